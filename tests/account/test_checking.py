"""A text held against the shipped record."""

import re
from importlib import resources
from typing import Any

import pytest

from homeward.account.checking import Check, CheckVerdict, check
from homeward.account.ledger import Ledger
from homeward.reader import Document, Reading, read
from homeward.reader.claims import Band, Claim, Kind, Modifier, Quantity, Scope, Span, Status, What

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
    assert any("25 to 26 bodies from Ukraine to Russia" in text for text in missing)


def test_check__finds_a_wrong_figure_and_a_wrong_mouth(ledger: Ledger) -> None:
    (wrong, *_) = found(ledger, claim(900, when="2026-01-29"))
    assert wrong.verdict is CheckVerdict.CONTRADICTS
    agrees, mouth, *_ = found(ledger, claim(1003, when="2025-12-19", speaker_party="RUS"))
    assert (agrees.verdict, mouth.verdict) == (CheckVerdict.AGREES, CheckVerdict.CONTRADICTS)
    assert "1,000 as the figure of Russia" in mouth.explanation


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
    (finding, *_) = found(ledger, claim(189, when="2024-12-30", what=What.PRISONERS, speaker_party="UKR"))
    assert finding.verdict is CheckVerdict.AGREES
    assert "prisoners and civilians together" in finding.explanation
    (wrong, *_) = found(ledger, claim(190, when="2024-12-30", what=What.PRISONERS, speaker_party="UKR"))
    assert wrong.verdict is CheckVerdict.CONTRADICTS
    (nobodys, *_) = found(ledger, claim(190, when="2024-12-30", what=What.PRISONERS))
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


def test_check__knows_a_published_total(ledger: Ledger) -> None:
    (finding,) = found(ledger, claim(16_483, scope=Scope.CUMULATIVE), published="2026-02-28")
    assert finding.verdict is CheckVerdict.AGREES
    assert "18,298 to 18,304" in finding.explanation


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
