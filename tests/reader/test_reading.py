"""Reading as a whole: what must hold for every text, and the story of the first example."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.reader import SUPPORTED_LANGUAGES, Document, Reading, read
from homeward.reader.claims import Claim, Kind, Modifier, Quantity, Status, What
from homeward.reader.documents import LANGUAGES

EXAMPLES = Path(__file__).parents[2] / "src" / "homeward" / "examples"

WORDS = """
    Russia Ukraine Kyiv Moscow Armenia Hamas Israel returned received handed over bodies prisoners soldiers 1,000 38
    five each for in return the of to from by and , . ; : " ( ) - said not no since October 2025 under 25 agreement
    Istanbul
    up to at least more than dozens Thursday last week exchange swap were was has been given all wounded Р о с с и я
""".split()  # noqa: SIM905
texts = st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join) | st.text(max_size=400)


def document(body: str) -> Document:
    return Document(body=body, published="2026-01-30")


@settings(max_examples=300, deadline=None)
@given(texts)
def test_read__never_fails_and_quotes_what_stands_there(body: str) -> None:
    for claim in read(document(body)).claims:
        span = claim.span
        assert body[span.start : span.end] == span.text
        assert span.text
        assert claim.giver is None or claim.giver != claim.receiver


@settings(max_examples=50, deadline=None)
@given(texts)
def test_read__gives_the_same_twice(body: str) -> None:
    assert read(document(body)) == read(document(body))


@settings(max_examples=100, deadline=None)
@given(texts)
def test_claim__survives_json(body: str) -> None:
    for claim in read(document(body)).claims:
        assert Claim.from_json(claim.as_json()) == claim


@pytest.mark.parametrize(
    "body",
    [
        " ".join(map(str, range(10_000))),
        "Рussіа rеturnеd 1,000 bоdiеs tо Ukrаinе. " * 500,
        "(" * 5_000 + "1,000 bodies" + ")" * 5_000,
        "1,000 for " * 5_000,
        "returned " * 20_000,
        "Russia and Ukraine and " * 5_000,
    ],
    ids=["numbers", "homoglyphs", "brackets", "pairs", "verbs", "subjects"],
)
def test_read__is_not_hung_by_a_hostile_text(body: str) -> None:
    assert all(body[c.span.start : c.span.end] == c.span.text for c in read(document(body)).claims)


def test_read__sees_through_letters_that_only_look_latin() -> None:
    [claim] = read(document("Rusѕia returned 1,000 bоdies to Ukraine, Kyiv said.")).claims
    assert (claim.what, claim.giver, claim.receiver) == (What.REMAINS, "RUS", "UKR")


def test_read__reads_each_language_that_a_document_may_have() -> None:
    assert set(SUPPORTED_LANGUAGES) == set(LANGUAGES)


def test_read__dates_what_is_demanded_since_a_month() -> None:
    [claim] = read(document("Since January Ukraine has demanded that Russia return 40 prisoners.")).claims
    assert claim.when == "2026-01/.."


@pytest.fixture(scope="module")
def story() -> Reading:
    return read(Document.from_text((EXAMPLES / "exchange-of-29-january-2026.txt").read_text(encoding="utf-8")))


def the(reading: Reading, **wanted: object) -> Claim:
    [claim] = [c for c in reading.claims if all(getattr(c, name) == value for name, value in wanted.items())]
    return claim


def test_story__has_both_directions_and_who_says_so(story: Reading) -> None:
    there = the(story, quantity=Quantity.exact(1000), back_reference=False)
    assert (there.what, there.giver, there.receiver, there.speaker_party) == (What.REMAINS, "RUS", "UKR", "UKR")
    back = the(story, quantity=Quantity.exact(38))
    assert (back.what, back.giver, back.receiver, back.status) == (What.REMAINS, "UKR", "RUS", Status.CARRIED_OUT)
    assert (back.speaker, back.speaker_party, back.channel) == ("Vladimir Medinsky", "RUS", "Telegram")


def test_story__has_the_agreement_with_its_categories(story: Reading) -> None:
    quota = the(story, quantity=Quantity.exact(12000))
    assert (quota.kind, quota.what, quota.agreement) == (Kind.COMMITMENT, What.REMAINS, "Istanbul 2025")
    for category in ("seriously_wounded_or_sick", "under_25"):
        claim = the(story, category=category)
        assert claim.kind is Kind.COMMITMENT
        assert claim.quantity == Quantity(None, None, Modifier.ALL)


def test_story__looks_back_without_making_news(story: Reading) -> None:
    looking_back = [c for c in story.claims if c.back_reference]
    assert [c.quantity for c in looking_back] == [Quantity.exact(1000), Quantity.exact(30)]
    assert {c.when for c in looking_back} == {"2025-11"}


def test_story__has_the_absence_the_accusation_the_talks_and_the_incident(story: Reading) -> None:
    absence = the(story, kind=Kind.ABSENCE)
    assert (absence.what, absence.quantity, absence.status) == (What.PRISONERS, Quantity.exact(0), Status.DENIED)
    assert (absence.when or "").startswith("2025-10")
    assert the(story, kind=Kind.ACCUSATION).span.text
    assert "territor" in the(story, kind=Kind.TALKS).span.text
    incident = the(story, kind=Kind.INCIDENT)
    assert incident.quantity == Quantity(5, None, Modifier.AT_LEAST)
    assert incident.what is None
