"""The words of the templates."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from homeward.account.checking import CheckVerdict
from homeward.account.ledger import Reconciliation, Verdict
from homeward.account.vocabulary import ProposalState
from homeward.reader.claims import Kind, Modifier, Quantity, Scope, Status, What
from homeward.record.templatetags import record_words
from homeward.record.words import WORDS


def claim(
    quantity: Quantity | None, what: What | None = What.PRISONERS, category: str | None = None
) -> SimpleNamespace:
    return SimpleNamespace(quantity=quantity, what=what, category=category)


EVERYBODY = Quantity(None, None, Modifier.ALL)


@pytest.mark.parametrize(
    ("language", "given", "expected"),
    [
        ("en", claim(Quantity.exact(1)), "1 prisoner"),
        ("en", claim(None), "an unstated number of prisoners"),
        ("en", claim(Quantity.exact(40), None), "40"),
        ("en", claim(EVERYBODY, category="under_25"), "all prisoners under 25"),
        ("en", claim(EVERYBODY, category="seriously_wounded_or_sick"), "all seriously wounded or sick prisoners"),
        ("uk", claim(Quantity.exact(22)), "22 полонених"),
        ("uk", claim(Quantity.exact(3), What.REMAINS), "3 тіла"),
        ("uk", claim(EVERYBODY, category="under_25"), "усі полонені віком до 25 років"),
        ("ru", claim(EVERYBODY, What.REMAINS), "все тела"),
    ],
)
def test_counted__tells_figure_and_noun_as_they_stand_alone(
    language: str, given: SimpleNamespace, expected: str
) -> None:
    with translation.override(language):
        assert record_words.counted(given) == expected


def test_words__know_every_member_of_the_closed_types() -> None:
    members = [one for enum in (Kind, What, Modifier, Status, Scope, ProposalState, CheckVerdict) for one in enum]
    assert set(WORDS) == set(members)
    assert set(record_words.LOOKS) == {*Verdict, *CheckVerdict}


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.CORROBORATED, '<span class="chip both">Both sides</span>'),
        (Verdict.ONE_SIDED, '<span class="chip one">One side: Moscow</span>'),
        (Verdict.CONTESTED, '<span class="chip contested">Contested</span>'),
        (Verdict.REPORTED, '<span class="chip press">Reported</span>'),
        (Verdict.UNVERIFIED, '<span class="chip unverified">Unverified</span>'),
    ],
)
def test_chip__has_a_word_and_a_look_for_every_verdict(verdict: Verdict, expected: str) -> None:
    found = Reconciliation(verdict=verdict, low=1, high=1, said_by=("RUS",) if verdict is Verdict.ONE_SIDED else ())
    template = Template("{% load record_words %}{% chip found %}")
    assert template.render(Context({"found": found})).strip() == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "7 days"), ("uk", "7 днів"), ("ru", "7 дней")])
def test_age__is_told_in_the_language(language: str, expected: str) -> None:
    now = datetime(2026, 2, 5, tzinfo=UTC)
    with translation.override(language):
        assert record_words.age(now - timedelta(days=7), now) == expected
        assert record_words.language_name("xx") == "xx"


def test_day__takes_the_form_that_the_sentence_needs() -> None:
    with translation.override("uk"):
        assert record_words.day("2025-10", "genitive") == "жовтня 2025 року"
        assert record_words.day("") == ""
