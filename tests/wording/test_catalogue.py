"""Message catalogues, numbers and dates in words."""

import ast
import re
import string
from collections.abc import Mapping
from enum import Enum
from pathlib import Path

import pytest

import homeward.account
import homeward.brief
import homeward.public
import homeward.record
import homeward.wording
from homeward.account.ledger import Verdict
from homeward.errors import InputError
from homeward.reader.claims import Kind, Modifier, Quantity, Scope, Status, What
from homeward.wording import dates, numbers
from homeward.wording.catalogue import MESSAGES, Inflected, Wording, languages, wording
from homeward.wording.errors import sentence

SOURCES = [
    path
    for package in (homeward.account, homeward.brief, homeward.public, homeward.record, homeward.wording)
    for path in Path(package.__file__ or "").parent.rglob("*.py")
    if "migrations" not in path.parts
]
ALSO_GIVEN = {
    "base",
    "days",
    "giver",
    "receiver",
    "past",
    "count",
    "noun",
    "month",
}  # by the code to every message of one direction
ENUMS: tuple[type[Enum], ...] = (Kind, What, Status, Scope, Verdict, Modifier)


@pytest.fixture
def english() -> Wording:
    return wording("en")


def asked_for() -> tuple[set[str], list[re.Pattern[str]]]:
    """Returns the keys that stand in the code as they are, and a pattern for each key that is put together there."""
    exact: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                exact.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+(\.[\w-]+)?"
                    for part in node.values
                    if not isinstance(part, ast.Constant) or isinstance(part.value, str)
                ]
                if re.match(r"[a-z_]+\\?\.", parts[0]) or len(parts) > 1:
                    patterns.append(re.compile("".join(parts)))
    return exact, patterns


@pytest.mark.parametrize("language", languages())
def test_catalogue__has_no_entry_that_is_never_asked_for(language: str) -> None:
    exact, patterns = asked_for()
    unused = []
    for key in wording(language).entries:
        stems = [key, key.rpartition(".")[0]]
        if key.startswith(("party.", "unknown_party.", "error.")):
            continue
        if not any(stem in exact or any(found.fullmatch(stem) for found in patterns) for stem in stems if stem):
            unused.append(key)
    assert unused == []


@pytest.mark.parametrize("language", languages())
def test_catalogue__has_every_key_that_the_code_spells_out(language: str) -> None:
    exact, _ = asked_for()
    entries = wording(language).entries
    tops = {key.partition(".")[0] for key in entries}
    stems = {key.rpartition(".")[0] for key in entries} | set(entries)
    wanted = {key for key in exact if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", key) and key.partition(".")[0] in tops}
    ours = {key for key in wanted if not key.endswith((".json", ".csv", ".pdf", ".typ"))}
    assert {key for key in ours if key not in stems} - {"date.months_in"} == set()


@pytest.mark.parametrize("language", languages())
def test_catalogue__has_a_message_for_every_member_of_the_closed_types(language: str) -> None:
    entries = wording(language).entries
    for status in Status:
        for known in ("both", "giver", "receiver", "none"):
            assert {f"told.{status.value}.{known}", f"headline.{status.value}.{known}"} <= set(entries)
        assert f"terms.{status.value}" in entries
    for verdict in Verdict:
        assert {f"brief.latest.{verdict.value}", f"brief.chip.{verdict.value}", f"verdict.{verdict.value}"} <= set(
            entries
        )
    for modifier in set(Modifier) - {Modifier.VAGUE, Modifier.ALL}:
        assert f"amount.{modifier.value}" in entries
    for what in What:
        assert f"verb.{what.value}.past" in entries


PLURALS = {"one", "few", "many", "other"}


def _slots(value: object) -> set[str]:
    return {name.partition(":")[0] for _, name, _, _ in string.Formatter().parse(str(value)) if name}


def _is_plural(entries: Mapping[str, object], key: str) -> bool:
    stem, _, last = key.rpartition(".")
    return last in PLURALS and f"{stem}.other" in entries


@pytest.mark.parametrize("language", languages())
def test_catalogue__has_every_key_of_english(language: str) -> None:
    english, other = wording("en").entries, wording(language).entries
    plain = {key for key in english if not _is_plural(english, key) and not key.startswith("party.")}
    assert plain - set(other) == set()
    assert {key for key in english if key.startswith("party.") and key.endswith(".name")} - set(other) == set()


@pytest.mark.parametrize("language", languages())
def test_catalogue__has_every_plural_of_its_language(language: str) -> None:
    english, other = wording("en").entries, wording(language)
    stems = {key.rpartition(".")[0] for key in english if _is_plural(english, key)}
    wanted = {other.locale.plural_form(number) for number in range(200)}
    assert len(stems) > 5
    assert {f"{stem}.{form}" for stem in stems for form in wanted} - set(other.entries) == set()


@pytest.mark.parametrize("language", languages())
def test_catalogue__asks_for_no_slot_that_english_does_not_have(language: str) -> None:
    english, other = wording("en").entries, wording(language).entries
    wrong = [key for key in set(english) & set(other) if _slots(other[key]) - _slots(english[key]) - ALSO_GIVEN]
    assert wrong == []


@pytest.mark.parametrize("language", sorted(set(languages()) - {"en"}))
def test_catalogue__tells_nothing_in_english(language: str) -> None:
    english, other = wording("en").entries, wording(language).entries
    same = {
        key
        for key in set(english) & set(other)
        if english[key] == other[key] and re.search("[a-z]{2}", str(other[key]).replace("{", " {"))
    }
    assert {key for key in same if re.sub(r"\{[^}]*\}", "", str(other[key])).strip(" ,;()“”:.—–-1")} == set()


@pytest.mark.parametrize("language", sorted(set(languages()) - {"en"}))
def test_catalogue__declines_every_party(language: str) -> None:
    entries = wording(language).entries
    codes = {key.split(".")[1] for key in entries if key.startswith("party.")}
    assert {f"party.{code}.{form}" for code in codes for form in ("genitive", "dative", "past")} - set(entries) == set()
    assert {"unknown_party.genitive", "unknown_party.dative", "unknown_party.past"} <= set(entries)


def test_wording__refuses_a_language_without_a_catalogue() -> None:
    with pytest.raises(InputError, match='found "xx"; needed: one with a message catalogue'):
        wording("xx")


def test_say__refuses_a_missing_key(english: Wording) -> None:
    with pytest.raises(InputError, match=r"messages/en.toml: found no entry told.nothing"):
        english.say("told.nothing")


def test_say__refuses_a_slot_that_nobody_fills(english: Wording) -> None:
    with pytest.raises(InputError, match=r"entry date.since: found the slot \{date\}"):
        english.say("date.since")


def test_plural__follows_the_rule_of_slavic_languages() -> None:
    numbers_ = (1, 2, 5, 11, 12, 21, 22, 111, 1000)
    words = [wording("uk").plural("what.remains", number) for number in numbers_]
    assert words == ["тіло", "тіла", "тіл", "тіл", "тіл", "тіло", "тіла", "тіл", "тіл"]


def test_inflected__is_a_word_with_forms() -> None:
    word = Inflected("червень", {"genitive": "червня"})
    assert (str(word), f"{word}", f"{word:genitive}", f"{word:dative}") == ("червень", "червень", "червня", "червень")


@pytest.mark.parametrize(
    ("language", "number", "expected"),
    [
        ("en", 1000, "1,000"),
        ("uk", 1000, "1000"),
        ("uk", 20802, "20\xa0802"),
        ("ru", 9999, "9999"),
        ("ru", 10000, "10\xa0000"),
    ],
)
def test_figure__is_grouped_as_the_language_does(language: str, number: int, expected: str) -> None:
    assert numbers.figure(wording(language), number) == expected


@pytest.mark.parametrize(
    ("language", "parts", "expected"),
    [
        ("en", ["A", "B", "C"], "A, B and C"),
        ("en", ["A", "B"], "A and B"),
        ("en", ["A"], "A"),
        ("en", [], ""),
        ("uk", ["А", "Б", "В"], "А, Б і В"),
        ("ru", ["А", "Б"], "А и Б"),
    ],
)
def test_listed__joins_as_the_language_does(language: str, parts: list[str], expected: str) -> None:
    assert wording(language).listed(parts) == expected


@pytest.mark.parametrize(
    ("language", "edtf", "expected"),
    [
        ("uk", "2026-01-29", "29 січня 2026 року"),
        ("uk", "2025-10", "у жовтні 2025 року"),
        ("uk", "2025-10/..", "від жовтня 2025 року"),
        ("uk", "../2025-10-02", "до 2 жовтня 2025 року"),
        ("uk", "2025", "у 2025 році"),
        ("ru", "2026-01-29", "29 января 2026 года"),
        ("ru", "2025-10", "в октябре 2025 года"),
        ("ru", "2025-10/..", "с октября 2025 года"),
        ("ru", "2025-22", "летом 2025 года"),
    ],
)
def test_adverbial__declines_the_month(language: str, edtf: str, expected: str) -> None:
    assert dates.adverbial(wording(language), edtf) == expected


def test_party__that_no_catalogue_knows_is_told_of_in_every_case() -> None:
    unknown = wording("uk").knowing({"ALP": "Альфаленд"}).party("ALP")
    assert f"{unknown:dative}" == "стороні «Альфаленд»"


def test_sentence__tells_an_error_by_its_code_and_in_english_without_one() -> None:
    known = InputError(
        place="claim, party", found='"ALP"', needed="a party", code="party_unknown", parameters={"party": "ALP"}
    )
    bare = InputError(place="claim", found="nothing", needed="something")
    assert sentence(wording("uk"), known) == "В обліку немає сторони «ALP»."
    assert sentence(wording("en"), known) == "The record has no party “ALP”."
    assert sentence(wording("uk"), bare) == "Claim: found nothing; needed: something."


def test_every_code_of_an_error__has_a_sentence_and_every_sentence_a_code() -> None:
    source = Path(homeward.wording.__file__).parents[1]
    codes = set()
    for path in source.rglob("*.py"):
        for call in re.findall(r"InputError\((.*?)\n\n", path.read_text(encoding="utf-8") + "\n\n", re.DOTALL):
            for text in re.findall(r'code=f?"([a-z_0-9{}.]+)"', call):
                codes |= {text.replace("{proposal.state}", state) for state in ("accepted", "corrected", "rejected")}
    told = {key.removeprefix("error.") for key in wording("en").entries if key.startswith("error.")}
    assert codes == told


def test_party__falls_back_on_the_record_and_then_on_the_code(english: Wording) -> None:
    assert f"{english.party('RUS'):voice}" == "Moscow"
    assert str(english.knowing({"ALP": "Alphaland"}).party("ALP")) == "Alphaland"
    assert f"{english.party('XYZ'):short}" == "XYZ"


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (Quantity.exact(1000), "1,000 bodies"),
        (Quantity.exact(1), "one body"),
        (Quantity.exact(9), "nine bodies"),
        (Quantity(6000, None, Modifier.MORE_THAN), "more than 6,000 bodies"),
        (Quantity(None, 10, Modifier.AT_MOST), "up to 10 bodies"),
        (Quantity(None, None, Modifier.ALL), "all bodies"),
        (Quantity(100, None, Modifier.VAGUE), "hundreds of bodies"),
        (Quantity(1000, 1003, Modifier.EXACT), "1,000 to 1,003 bodies"),
        (None, "an unstated number of bodies"),
    ],
)
def test_counted__tells_the_figure_as_it_was_given(english: Wording, quantity: Quantity | None, expected: str) -> None:
    assert numbers.counted(english, quantity, What.REMAINS) == expected


def test_counted__names_a_category(english: Wording) -> None:
    everyone = Quantity(None, None, Modifier.ALL)
    assert numbers.counted(english, everyone, What.PRISONERS, category="under_25") == "all prisoners under 25"
    assert numbers.counted(english, everyone, What.PRISONERS, category="women") == "all prisoners (women)"


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2026-01-29", "on 29 January 2026"),
        ("2025-10", "in October 2025"),
        ("2025", "in 2025"),
        ("2025-10/..", "since October 2025"),
        ("../2025-10-02", "until 2 October 2025"),
        ("2025-05-23/2025-05-25", "from 23 May 2025 to 25 May 2025"),
        ("2025-10~", "about October 2025"),
        ("2025-22", "in summer 2025"),
        ("not a date", "not a date"),
    ],
)
def test_adverbial__puts_a_date_into_a_sentence(english: Wording, edtf: str, expected: str) -> None:
    assert dates.adverbial(english, edtf) == expected


def test_adverbial__of_a_total_says_by_when(english: Wording) -> None:
    assert dates.adverbial(english, "2025-06-16", of_total=True) == "by 16 June 2025"


def test_messages__are_files_beside_the_code() -> None:
    assert (MESSAGES / "en.toml").is_file()
