"""A text held against the shipped record."""

import re
from dataclasses import replace
from importlib import resources
from typing import Any

import pytest

from homeward.account.checking import Check, CheckVerdict, check
from homeward.account.ledger import Ledger
from homeward.reader import Document, Reading, read
from homeward.reader.claims import Band, Claim, Kind, Modifier, Quantity, Scope, Span, Status, What
from homeward.reader.figures import ReadFigure, Role

BODY = (
    "1,000 bodies came home, Kyiv says, and 38 went back, says Medinsky. The deal is over 12,000. "
    "The last exchange was in November, 1,000 for 30. No prisoners since October."
)
WHOLE = Span(0, len(BODY), BODY)


def claim(figure: int | None, giver: str | None = "RUS", receiver: str | None = "UKR", **fields: Any) -> Claim:
    """Returns a claim on bodies handed over."""
    quantity = None if figure is None else Quantity.exact(figure)
    defaults: dict[str, Any] = {"kind": Kind.TRANSFER, "span": Span(0, 6, BODY[:6]), "what": What.REMAINS}
    return Claim(quantity=quantity, giver=giver, receiver=receiver, **{**defaults, **fields})


def found(ledger: Ledger, *claims: Claim, published: str = "2026-01-30") -> tuple[Check, ...]:
    return check(Reading(Document(body=BODY, published=published), claims), ledger)


STORY = (
    claim(1000, speaker_party="UKR"),
    claim(38, "UKR", "RUS", speaker_party="RUS"),
    claim(
        12_000, None, None, kind=Kind.COMMITMENT, status=Status.AGREED, scope=Scope.AGREEMENT, agreement="Istanbul 2025"
    ),
    claim(1000, when="2025-11", back_reference=True, span=WHOLE),
    claim(30, "UKR", "RUS", when="2025-11", back_reference=True),
    claim(0, None, None, kind=Kind.ABSENCE, what=What.PRISONERS, status=Status.DENIED, when="2025-10/..", span=WHOLE),
)


def test_check__tells_the_story_of_the_first_article(ledger: Ledger) -> None:
    findings = found(ledger, *STORY)
    told = [(finding.claim, finding.verdict, finding.record) for finding in findings]
    assert told == [
        (0, CheckVerdict.AGREES, "2026-01-29-remains"),
        (1, CheckVerdict.AGREES, "2026-01-29-remains"),
        (2, CheckVerdict.CONTRADICTS, "istanbul-2025-06-02"),
        (3, CheckVerdict.AGREES, "2025-11-20-remains"),
        (3, CheckVerdict.CONTRADICTS, "2025-12-19-remains"),
        (4, CheckVerdict.AGREES, "2025-11-20-remains"),
        (5, CheckVerdict.AGREES, "2025-10-02-prisoners"),
    ]
    assert "corroborated by both sides" in findings[0].explanation
    assert "given by Russia alone, in an exchange corroborated by both sides" in findings[1].explanation
    assert "not how either party worded" in findings[2].explanation
    assert "6,000 and 6,000" in findings[2].explanation
    assert "the record has 19 December 2025 after it" in findings[4].explanation
    assert "2 October 2025" in findings[6].explanation


def test_check__holds_no_claim_against_the_record_that_is_to_be_confirmed(ledger: Ledger) -> None:
    uncertain = claim(999, speaker_party="UKR", band=Band.TO_CONFIRM)
    assert found(ledger, uncertain) == ()
    assert {finding.claim for finding in found(ledger, uncertain, *STORY)} == {1, 2, 3, 4, 5, 6}


def test_check__tells_what_the_text_left_out(ledger: Ledger) -> None:
    findings = found(ledger, claim(1000, when="2025-12-19"), published="2025-12-20")
    missing = [item.explanation for item in findings if item.verdict is CheckVerdict.MISSING_FROM_TEXT]
    assert len(missing) == 2
    assert any("1,003 according to Coordination Headquarters (Ukraine)" in text for text in missing)
    assert any("26 bodies from Ukraine to Russia" in text for text in missing)
    assert not any("Saraliev" in text for text in missing)  # said a month after the text


def test_check__finds_a_wrong_figure_and_a_wrong_mouth(ledger: Ledger) -> None:
    (wrong, *_) = found(ledger, claim(900, when="2026-01-29"))
    assert wrong.verdict is CheckVerdict.CONTRADICTS
    ascribed = claim(1003, when="2025-12-19", speaker_party="RUS", speaker="Vladimir Medinsky")
    agrees, mouth, *_ = found(ledger, ascribed, published="2025-12-20")
    assert (agrees.verdict, mouth.verdict) == (CheckVerdict.AGREES, CheckVerdict.CONTRADICTS)
    assert "1,000 as the figure of Russia" in mouth.explanation


def test_check__knows_that_officials_of_one_side_count_differently(ledger: Ledger) -> None:
    nobody = claim(1003, when="2025-12-19", speaker_party="RUS", speaker="Russian side")
    agrees, mouth, *_ = found(ledger, nobody, published="2025-12-20")
    assert (agrees.verdict, mouth.verdict) == (CheckVerdict.AGREES, CheckVerdict.DIFFERS)


def test_check__takes_a_part_of_the_whole_for_no_contradiction(ledger: Ledger) -> None:
    for part in (246, 31):
        (finding, *_) = found(ledger, claim(part, when="2025-04-19", what=What.PRISONERS))
        assert finding.verdict is CheckVerdict.UNKNOWN
        assert "for a part of them" in finding.explanation
    (whole, *_) = found(ledger, claim(277, when="2025-04-19", what=What.PRISONERS))
    assert whole.verdict is CheckVerdict.AGREES
    (wounded, *_) = found(ledger, claim(31, when="2025-04-19", what=What.PRISONERS, category="wounded"))
    assert wounded.verdict is CheckVerdict.AGREES
    (other, *_) = found(ledger, claim(40, when="2025-04-19", what=What.PRISONERS, category="wounded"))
    assert other.verdict is CheckVerdict.DIFFERS  # two speakers seldom draw the line around "the wounded" alike


def test_check__knows_that_people_are_prisoners_and_civilians(ledger: Ledger) -> None:
    on_the_day = {"when": "2024-12-30", "what": What.PRISONERS}
    (finding, *_) = found(ledger, claim(189, speaker_party="UKR", **on_the_day), published="2024-12-31")
    assert finding.verdict is CheckVerdict.AGREES
    assert "prisoners and civilians together" in finding.explanation
    (wrong, *_) = found(ledger, claim(190, speaker_party="UKR", **on_the_day), published="2024-12-31")
    assert wrong.verdict is CheckVerdict.CONTRADICTS
    (nobodys, *_) = found(ledger, claim(190, **on_the_day), published="2024-12-31")
    assert nobodys.verdict is CheckVerdict.DIFFERS  # the record has Ukraine's figure alone


def test_check__does_not_take_a_total_for_one_side(ledger: Ledger) -> None:
    total = claim(206, None, None, what=What.PRISONERS)
    (finding,) = found(ledger, total, published="2024-09-14")
    assert (finding.verdict, finding.record) == (CheckVerdict.AGREES, "2024-09-14-prisoners")
    assert "not the figure of one side" in finding.explanation


def test_check__contradicts_an_absence_that_is_none(ledger: Ledger) -> None:
    absence = claim(0, kind=Kind.ABSENCE, what=What.PRISONERS, when="2025-07/..")
    (finding,) = found(ledger, absence)
    assert (finding.verdict, finding.record) == (CheckVerdict.CONTRADICTS, "2025-10-02-prisoners")


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        ({"giver": None, "receiver": None}, "one conflict"),
        ({"what": None}, "same people or remains"),
        ({"category": "wounded"}, "same part"),
    ],
)
def test_check__does_not_contradict_an_absence_on_less(ledger: Ledger, known: dict[str, Any], reason: str) -> None:
    absence = claim(0, kind=Kind.ABSENCE, what=What.PRISONERS, when="2025-07/..")
    (finding,) = found(ledger, replace(absence, **known))
    assert finding.verdict is CheckVerdict.DIFFERS
    assert reason in finding.explanation


def test_check__knows_a_published_total(ledger: Ledger) -> None:
    (finding,) = found(ledger, claim(16_483, scope=Scope.CUMULATIVE), published="2026-02-28")
    assert finding.verdict is CheckVerdict.AGREES
    assert "18,298 to 18,304" in finding.explanation


def test_check__holds_no_total_of_bodies_against_one_of_people(ledger: Ledger) -> None:
    (finding,) = found(ledger, claim(7000, scope=Scope.CUMULATIVE), published="2025-10-03")
    assert finding.verdict is CheckVerdict.UNKNOWN


def test_check__says_something_on_every_claim_of_an_exchange(ledger: Ledger) -> None:
    odd = (
        claim(77, when="2021"),
        claim(77, status=Status.PLANNED),
        claim(3, what=None),
        claim(9, scope=Scope.CUMULATIVE),
        Claim(kind=Kind.COMMITMENT, span=WHOLE, quantity=Quantity(None, None, Modifier.ALL), agreement="Nowhere 1999"),
        claim(0, None, None, kind=Kind.ABSENCE),
    )
    findings = found(ledger, *odd)
    assert {item.claim for item in findings} == set(range(len(odd)))
    assert {item.verdict for item in findings} == {CheckVerdict.UNKNOWN}
    undated = check(Reading(Document(body=BODY), STORY), ledger)
    assert {item.claim for item in undated} >= set(range(len(STORY)))


def test_check__takes_a_day_of_an_agreement_for_no_day_of_a_hand_over(ledger: Ledger) -> None:
    # "As agreed on 23 July in Istanbul, 185 came home", of 2 October; 250 came home on 23 July.
    as_agreed = claim(185, "UKR", "RUS", what=What.PRISONERS, when="2025-07-23", speaker_party="RUS")
    for sure in (as_agreed, replace(as_agreed, back_reference=True)):
        (finding, *_) = found(ledger, sure, published="2025-10-02")
        assert finding.verdict is CheckVerdict.DIFFERS
        assert "one day or one agreement" in finding.explanation


@pytest.mark.parametrize(
    ("figure", "verdict"), [("500", CheckVerdict.AGREES), ("1000", CheckVerdict.AGREES), ("314", CheckVerdict.DIFFERS)]
)
def test_check__holds_a_promise_against_the_agreement_that_is_named(
    ledger: Ledger, figure: str, verdict: CheckVerdict
) -> None:
    promise: dict[str, Any] = {"kind": Kind.COMMITMENT, "status": Status.AGREED, "scope": Scope.AGREEMENT}
    named = claim(int(figure), None, None, what=What.PRISONERS, agreement="Geneva", **promise)
    (finding,) = found(ledger, named, published="2026-03-10")
    # One party alone has worded Geneva, so another number differs and contradicts nobody else; 1,000 is both ways.
    assert (finding.verdict, finding.record) == (verdict, "geneva-2026-02")


def test_check__says_nothing_of_a_promise_that_may_be_of_two_agreements(ledger: Ledger) -> None:
    promise: dict[str, Any] = {"kind": Kind.COMMITMENT, "status": Status.AGREED, "scope": Scope.AGREEMENT}
    for named in ({}, {"agreement": "Istanbul 2025"}):
        (finding,) = found(ledger, claim(314, None, None, what=What.PRISONERS, **named, **promise))
        assert (finding.verdict, finding.record) == (CheckVerdict.UNKNOWN, "")
        assert "several agreements" in finding.explanation


def test_check__takes_a_published_total_for_no_wrong_hand_over(ledger: Ledger) -> None:
    (finding, *_) = found(ledger, claim(6060), published="2025-06-17")
    assert finding.verdict is CheckVerdict.UNKNOWN
    assert "6,060 bodies was published by Vladimir Medinsky" in finding.explanation


def test_check__takes_what_was_promised_for_no_wrong_hand_over(ledger: Ledger) -> None:
    (finding, *_) = found(ledger, claim(1200, what=What.PRISONERS), published="2025-07-24")
    assert (finding.verdict, finding.record) == (CheckVerdict.UNKNOWN, "istanbul-2025-07-23")
    assert "is not held against what was carried out" in finding.explanation
    (other, *_) = found(ledger, claim(1201, what=What.PRISONERS), published="2025-07-24")
    assert (other.verdict, other.record) == (CheckVerdict.DIFFERS, "2025-07-23-prisoners")


def test_check__calls_another_conflict_outside_the_record(ledger: Ledger) -> None:
    (finding,) = found(ledger, claim(15, "ISR", "PSE", when="2026-01-29"))
    assert (finding.verdict, finding.explanation[:18]) == (CheckVerdict.UNKNOWN, "Outside the record")


def test_check__says_nothing_of_talks_accusations_and_incidents(ledger: Ledger) -> None:
    kinds = (Kind.TALKS, Kind.ACCUSATION, Kind.INCIDENT)
    assert found(ledger, *(claim(5, None, None, kind=kind) for kind in kinds)) == ()


def test_check__misses_nothing_that_the_text_has_in_other_words(ledger: Ledger) -> None:
    told = claim(1000, when="2025-12-19", speaker_party="RUS")
    doubtful = claim(26, "UKR", "RUS", when="2025-12-19", band=Band.TO_CONFIRM)
    findings = found(ledger, told, doubtful, published="2025-12-20")
    assert not [one for one in findings if "from Ukraine to Russia" in one.explanation]
    figure = ReadFigure(Span(0, 2, "26"), 26, Role.UNKNOWN, 0.5)
    reading = Reading(Document(body=BODY, published="2025-12-20"), (told,), (figure,))
    assert not [one for one in check(reading, ledger) if "from Ukraine to Russia" in one.explanation]


def test_check__misses_nothing_outside_the_time_of_the_text(ledger: Ledger) -> None:
    findings = found(ledger, claim(1000, when="2025-12-19"), published="2026-02-20")
    assert CheckVerdict.MISSING_FROM_TEXT not in {finding.verdict for finding in findings}


def test_check__agrees_with_every_figure_of_the_record_and_with_no_other(ledger: Ledger) -> None:
    right, wrong = [], []
    for entry in ledger.exchanges:
        for part in entry.transfers if entry.earliest == entry.latest and not entry.aborted else ():
            for one in part.whole_claims:
                if one.verified and one.quantity and one.quantity.modifier is Modifier.EXACT and one.quantity.low:
                    said: dict[str, Any] = {"what": part.what, "when": entry.when, "speaker": one.speaker}
                    of_it = claim(0, part.giver, part.receiver, speaker_party=one.speaker_party, **said)
                    day = entry.latest.isoformat()
                    right.append(found(ledger, replace(of_it, quantity=one.quantity), published=day)[0].verdict)
                    # Wrong by more than any sum of the day's figures, so that no other reading can agree with it.
                    figure = Quantity.exact(100_000 + (one.quantity.high or 0))
                    wrong.append(found(ledger, replace(of_it, quantity=figure), published=day)[0].verdict)
    assert len(right) > 100
    assert set(right) == {CheckVerdict.AGREES}
    assert set(wrong) == {CheckVerdict.CONTRADICTS, CheckVerdict.DIFFERS}
    assert wrong.count(CheckVerdict.CONTRADICTS) > len(wrong) / 2


def test_check__is_no_witness_for_itself(ledger: Ledger) -> None:
    said = claim(38, "UKR", "RUS", when="2026-01-29")
    document = Document(body=BODY, published="2026-01-30")
    reading = Reading(document, (said,))
    (agrees, *_) = check(reading, ledger)
    assert agrees.verdict is CheckVerdict.AGREES
    (unknown, *_) = check(reading, _all_from(ledger, document.text_hash))
    assert unknown.verdict is CheckVerdict.UNKNOWN
    assert "no exchange of bodies" in unknown.explanation
    assert check(reading, _all_from(ledger, "0" * 64)) == check(reading, ledger)


def _all_from(ledger: Ledger, text_sha256: str) -> Ledger:
    """Returns the record as if every claim of 29 January 2026 came from one text."""
    exchanges = tuple(
        replace(
            entry,
            transfers=tuple(
                replace(
                    part,
                    claims=tuple(
                        replace(one, source=replace(one.source, text_sha256=text_sha256)) for one in part.claims
                    ),
                )
                for part in entry.transfers
            ),
        )
        if entry.slug == "2026-01-29-remains"
        else entry
        for entry in ledger.exchanges
    )
    return replace(ledger, exchanges=exchanges)


@pytest.mark.parametrize(
    ("body", "language", "cautioned"),
    [
        ("Russia handed over the bodies of 1,000 Ukrainian soldiers.", "en", True),
        ("Kyiv brought home 1,000 of its fallen defenders.", "en", True),
        ("Росія передала тіла 1000 українських військовослужбовців.", "uk", True),
        ("Россия передала тела 1000 украинских военнослужащих.", "ru", True),
        ("Russia handed 1,000 bodies to Ukraine, soldiers said.", "en", False),
        ("1,000 bodies came from Russia.", "en", False),
    ],
)
def test_check__warns_where_bodies_are_called_ones_own_dead(
    ledger: Ledger, body: str, language: str, *, cautioned: bool
) -> None:
    whole = claim(1000, when="2026-01-29", span=Span(0, len(body), body))
    (finding, *_) = check(Reading(Document(body=body, published="2026-01-30", language=language), (whole,)), ledger)
    assert finding.verdict is CheckVerdict.AGREES
    assert ("not all one's own dead" in finding.explanation) is cautioned


def test_check__as_json_has_the_documented_fields(ledger: Ledger) -> None:
    assert set(found(ledger, *STORY)[0].as_json()) == {"verdict", "claim", "record", "explanation"}


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_check__tells_the_same_findings_in_every_language(ledger: Ledger, language: str) -> None:
    text = resources.files("homeward").joinpath("examples/exchange-of-29-january-2026.txt").read_text(encoding="utf-8")
    reading = read(Document.from_text(text))
    english, other = check(reading, ledger), check(reading, ledger, language=language)
    assert [(one.verdict, one.claim, one.record) for one in other] == [
        (one.verdict, one.claim, one.record) for one in english
    ]
    assert all(re.match("[А-ЯЄІЇ]", one.explanation) for one in other)


def test_check__declines_in_ukrainian(ledger: Ledger) -> None:
    reading = Reading(Document(body=BODY, published="2026-01-30"), (claim(1000), claim(38, "UKR", "RUS")))
    told = [one.explanation for one in check(reading, ledger, language="uk")]
    assert told[0] == "В обліку: 29 січня 2026 року, 1000 тіл (від Росії — Україні) — підтверджено обома сторонами."
