"""Message catalogues, numbers and dates in words."""

import ast
import re
import string
from enum import Enum
from pathlib import Path

import pytest

import homeward.brief
import homeward.record
from homeward.account.ledger import Verdict
from homeward.errors import InputError
from homeward.reader.claims import Kind, Modifier, Quantity, Scope, Status, What
from homeward.wording import dates, numbers
from homeward.wording.catalogue import MESSAGES, PLURAL_RULES, Wording, languages, wording

SOURCES = [
    path
    for package in (homeward.brief, homeward.record)
    for path in Path(package.__file__ or "").parent.rglob("*.py")
    if "migrations" not in path.parts
]
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
        if key.startswith("party."):
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
    assert {key for key in ours if key not in stems} == set()


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


@pytest.mark.parametrize("language", languages())
def test_catalogue__has_the_keys_and_slots_of_english(language: str) -> None:
    def slots(value: object) -> set[str]:
        return {name.partition(":")[0] for _, name, _, _ in string.Formatter().parse(str(value)) if name}

    english, other = wording("en").entries, wording(language).entries
    assert other["plural_rule"] in PLURAL_RULES
    plain = {key: value for key, value in english.items() if not key.startswith("party.")}
    assert {key for key in plain if key not in other} == set()
    assert {key for key in plain if slots(other[key]) - slots(english[key])} == set()


def test_wording__refuses_a_language_without_a_catalogue() -> None:
    with pytest.raises(InputError, match='found "ru"; needed: one with a message catalogue'):
        wording("ru")


def test_say__refuses_a_missing_key(english: Wording) -> None:
    with pytest.raises(InputError, match=r"messages/en.toml: found no entry told.nothing"):
        english.say("told.nothing")


def test_say__refuses_a_slot_that_nobody_fills(english: Wording) -> None:
    with pytest.raises(InputError, match=r"entry date.since: found the slot \{date\}"):
        english.say("date.since")


def test_plural__follows_the_rule_of_slavic_languages() -> None:
    rule = PLURAL_RULES["one_few_many"]
    assert [rule(number) for number in (1, 2, 5, 11, 12, 21, 22, 111, 1000)] == [
        "one",
        "few",
        "many",
        "many",
        "many",
        "one",
        "few",
        "many",
        "many",
    ]


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
