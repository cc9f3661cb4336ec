"""The headline and the summary of one article."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.brief.article import HEADLINE_WORDS, headline, summary
from homeward.reader import Document, Reading
from homeward.reader.claims import Band, Claim, Kind, Modifier, Quantity, Scope, Span, Status, What
from homeward.reader.figures import ReadFigure, Role

SPAN = Span(0, 4, "Some")


def transfer(number: int | None, giver: str | None, receiver: str | None, **more: object) -> Claim:
    quantity = None if number is None else Quantity.exact(number)
    values: dict[str, object] = {"kind": Kind.TRANSFER, "span": SPAN, "what": What.REMAINS, "quantity": quantity}
    return Claim(**{**values, "giver": giver, "receiver": receiver, **more})  # type: ignore[arg-type]


def read(*claims: Claim) -> Reading:
    return Reading(Document(body="Some text."), claims)


def texts(*claims: Claim) -> list[str]:
    return [sentence.text for sentence in summary(read(*claims))]


SEED = (
    transfer(1000, "RUS", "UKR", speaker="Kyiv", speaker_party="UKR"),
    transfer(38, "UKR", "RUS", speaker="Vladimir Medinsky", speaker_party="RUS", channel="Telegram"),
    transfer(
        12000, None, None, kind=Kind.COMMITMENT, status=Status.AGREED, scope=Scope.AGREEMENT, agreement="Istanbul 2025"
    ),
    transfer(1000, "RUS", "UKR", back_reference=True, when="2025-11"),
    transfer(30, "UKR", "RUS", back_reference=True, when="2025-11"),
    transfer(0, None, None, kind=Kind.ABSENCE, what=What.PRISONERS, status=Status.DENIED, when="2025-10/.."),
    Claim(kind=Kind.TALKS, span=Span(0, 5, "talks continue")),
    Claim(kind=Kind.INCIDENT, span=Span(0, 5, "an attack killed five"), quantity=Quantity.exact(5)),
)


def test_headline__tells_both_directions_and_who_says_so() -> None:
    assert headline(read(*SEED)) == "Russia hands over 1,000 bodies, receives 38, Kyiv and Moscow say"


def test_summary__tells_the_first_article() -> None:
    assert texts(*SEED) == [
        (
            "Russia handed over 1,000 bodies to Ukraine, according to Kyiv; Ukraine handed over 38 bodies to Russia, "
            "according to Vladimir Medinsky (Russia, Telegram)."
        ),
        "Agreed (Istanbul 2025): 12,000 bodies, according to the text.",
        (
            "Background. In November 2025, Russia handed over 1,000 bodies to Ukraine and Ukraine handed over 30 "
            "bodies to Russia, according to the text."
        ),
        "No exchange of prisoners since October 2025, according to the text.",
        "On the talks, according to the text: “talks continue”.",
        "Also told, and no exchange, according to the text: “an attack killed five”.",
    ]


def test_summary__names_the_claims_of_each_sentence() -> None:
    assert [sentence.claims for sentence in summary(read(*SEED))] == [(0, 1), (2,), (3, 4), (5,), (6,), (7,)]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.PLANNED, "Russia to hand over 50 bodies to Ukraine, Moscow says"),
        (Status.AGREED, "Russia agrees to hand over 50 bodies to Ukraine, Moscow says"),
        (Status.DEMANDED, "Russia asked to hand over 50 bodies to Ukraine, Moscow says"),
        (Status.DENIED, "Denied: Russia handed over 50 bodies to Ukraine, Moscow says"),
    ],
)
def test_headline__never_tells_a_plan_or_a_denial_as_a_fact(status: Status, expected: str) -> None:
    assert headline(read(transfer(50, "RUS", "UKR", status=status, speaker_party="RUS"))) == expected


def test_headline__gives_figures_that_differ_as_such() -> None:
    claims = (
        transfer(1000, "RUS", "UKR", speaker_party="RUS"),
        transfer(26, "UKR", "RUS", speaker_party="RUS"),
        transfer(1003, "RUS", "UKR", speaker_party="UKR"),
    )
    assert headline(read(*claims)) == "Russia hands over 1,000 to 1,003 bodies, receives 26; accounts differ"
    assert "1,000 according to Moscow; 1,003 according to Kyiv" in texts(*claims)[0]


def test_headline__does_not_lend_an_unnamed_figure_a_voice() -> None:
    claims = (transfer(1212, "RUS", "UKR", speaker_party="UKR"), transfer(27, "UKR", "RUS"))
    assert headline(read(*claims)) == "Russia hands over 1,212 bodies, receives 27, report says"


def test_headline__is_not_about_what_the_text_looks_back_to() -> None:
    claims = (transfer(500, "RUS", "UKR", back_reference=True), transfer(20, "UKR", "RUS", speaker_party="UKR"))
    assert headline(read(*claims)) == "Ukraine hands over 20 bodies to Russia, Kyiv says"


def test_headline__says_that_an_attack_is_no_exchange() -> None:
    assert headline(read(SEED[-1])) == "Report tells of an attack, not of an exchange"


def test_article__tells_nothing_from_a_claim_that_is_to_be_confirmed() -> None:
    uncertain = transfer(40, "RUS", "UKR", band=Band.TO_CONFIRM)
    assert headline(read(uncertain)) == "Report tells of figures that could not be read"
    assert texts(uncertain) == ["Claims to be confirmed: 1."]
    assert "40" not in " ".join(texts(transfer(3, "UKR", "RUS"), uncertain))


def test_article__says_how_many_figures_were_not_read_and_never_that_there_was_no_exchange() -> None:
    unread = ReadFigure(Span(0, 2, "40"), 40, Role.UNKNOWN, 0.0)
    date = ReadFigure(Span(3, 7, "2026"), 2026, Role.DATE, 0.9)
    reading = Reading(Document(body="40 2026"), (), (unread, date))
    assert headline(reading) == "Report tells of figures that could not be read"
    assert [sentence.text for sentence in summary(reading)] == ["1 of 1 figures could not be read."]


def test_headline__of_no_claims_says_so() -> None:
    assert headline(read()) == "Report tells of no exchange"
    assert summary(read()) == ()


def test_summary__gives_two_figures_of_one_speaker_as_two_events() -> None:
    claims = (
        transfer(1212, "RUS", "UKR", speaker_party="UKR"),
        transfer(1200, "RUS", "UKR", speaker_party="UKR"),
    )
    assert not any("differ" in text for text in texts(*claims))
    assert len(texts(*claims)) == 2


def test_summary__uses_words_below_ten() -> None:
    assert "handed over nine bodies" in texts(transfer(9, "RUS", "UKR"))[0]
    assert "handed over one body" in texts(transfer(1, "RUS", "UKR"))[0]
    assert "handed over 10 bodies" in texts(transfer(10, "RUS", "UKR"))[0]


PARTIES = st.sampled_from(["RUS", "UKR", "ARM", "XYZ", "ICRC"])
NUMBERS = st.integers(0, 20000)
QUANTITIES = st.one_of(
    st.none(),
    NUMBERS.map(Quantity.exact),
    NUMBERS.map(lambda number: Quantity(number, None, Modifier.AT_LEAST)),
    NUMBERS.map(lambda number: Quantity(None, number, Modifier.AT_MOST)),
    st.just(Quantity(None, None, Modifier.ALL)),
    st.just(Quantity(100, None, Modifier.VAGUE)),
)
CLAIMS = st.builds(
    Claim,
    kind=st.sampled_from(Kind),
    span=st.just(SPAN),
    what=st.one_of(st.none(), st.sampled_from(What)),
    quantity=QUANTITIES,
    giver=st.one_of(st.none(), PARTIES),
    receiver=st.one_of(st.none(), PARTIES),
    status=st.sampled_from(Status),
    scope=st.sampled_from(Scope),
    when=st.one_of(
        st.none(), st.sampled_from(["2026-01-29", "2025-11", "2025", "2025-10/..", "2025-05-23/2025-05-25"])
    ),
    category=st.one_of(st.none(), st.sampled_from(["under_25", "seriously_wounded_or_sick", "women"])),
    agreement=st.one_of(st.none(), st.just("Istanbul 2025")),
    speaker=st.one_of(st.none(), st.text("abc def", min_size=1, max_size=90).filter(str.strip)),
    speaker_party=st.one_of(st.none(), PARTIES),
    channel=st.one_of(st.none(), st.just("Telegram")),
    back_reference=st.booleans(),
)


def _figures(text: str) -> set[str]:
    return {word.strip(".,;:()“”").replace(",", "") for word in text.split() if word[0].isdigit()}


def _known(claims: Sequence[Claim]) -> set[str]:
    bounds = {bound for claim in claims if claim.quantity for bound in (claim.quantity.low, claim.quantity.high)}
    return {str(bound) for bound in bounds} | {"25", "29", "23", "2025", "2026"}


@settings(deadline=None, max_examples=150)
@given(st.lists(CLAIMS, max_size=8))
def test_article__is_told_for_any_claims_and_invents_no_figure(claims: list[Claim]) -> None:
    reading = read(*claims)
    told = headline(reading)
    assert 1 <= len(told.split()) <= HEADLINE_WORDS
    sentences = summary(reading)
    assert bool(sentences) == bool(claims)
    for sentence in sentences:
        assert sentence.claims
        assert set(sentence.claims) <= set(range(len(claims)))
        assert _figures(sentence.text) <= _known(claims)
    assert _figures(told) <= _known(claims)
