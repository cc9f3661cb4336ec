"""What holds over a whole text: one figure one direction, parts and wholes, and silence where there is no exchange."""

import pytest
from tests.reader.steps import PUBLISHED, claims_of, short

from homeward.reader import Document, read
from homeward.reader.claims import Band

R, U, DONE = "RUS", "UKR", "carried_out"


def test_way__that_is_a_guess_is_settled_by_the_same_figure_elsewhere() -> None:
    text = "Ukraine returns 140 bodies\n\nUkraine received 140 bodies from Russia on Friday, the Red Cross said."
    assert {short(claim) for claim in claims_of(text)} == {("remains", 140, R, U, DONE)}


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine has returned the bodies of 140 soldiers, its ombudsman Dmytro Lubinets said. Russia was silent.",
        "Russia has returned 12 bodies, Vladimir Medinsky said. Ukraine was silent.",
    ],
)
def test_return__that_whoever_speaks_may_have_got_is_left_unread(text: str) -> None:
    assert claims_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine repatriated 140 bodies, and Russia was silent.",
        "Ukraine brought home 140 bodies, and Russia was silent.",
    ],
)
def test_repatriation__goes_to_whoever_repatriates(text: str) -> None:
    assert [short(claim) for claim in claims_of(text)] == [("remains", 140, R, U, DONE)]


def test_repatriation__goes_where_the_words_say() -> None:
    [claim] = claims_of("Ukraine repatriated 140 bodies to Russia.")
    assert (claim.giver, claim.receiver) == (U, R)


def test_claim__told_twice_is_one_with_both_quotations() -> None:
    body = "Russia returned 40 bodies to Ukraine. The bodies of 40 soldiers were handed over to Ukraine by Russia."
    found = read(Document(body=body, published=PUBLISHED))
    [claim] = found.claims
    assert [span.text[:6] for span in claim.spans] == ["Russia", "The bo"]
    assert [figure.claim for figure in found.figures] == [0, 0]


def test_whole__of_which_the_parts_are_told_is_accounted_for() -> None:
    found = read(Document(body="Ukraine handed Russia 25 Russians (19 soldiers and six civilians)."))
    assert [(figure.value, figure.role.value) for figure in found.figures] == [
        (25, "moved"),
        (19, "moved"),
        (6, "moved"),
    ]
    assert [figure.why for figure in found.figures] == ["told by its parts", None, None]


@pytest.mark.parametrize(
    "body",
    [
        "Shares on the exchange in Moscow fell by 3 per cent. Traders returned 157 contracts and sold 40 in Kyiv.",
        "The exchange of students goes on: 340 went to Poland, and 120 came back to Ukraine.",
        "A drone killed two people in Odesa and wounded 14. Talks between Ukraine and Russia continue in Istanbul.",
    ],
)
def test_text__on_something_else_has_no_claims_and_no_figure_left_unread(body: str) -> None:
    found = read(Document(body=body, published=PUBLISHED))
    assert (found.claims, found.unread) == ((), ())


def test_side__that_nobody_names_is_presumed_and_never_told_with_confidence() -> None:
    [claim] = claims_of("Russia received 38 bodies in return.")
    assert claim.band is Band.TO_CONFIRM


def test_people__who_go_elsewhere_are_not_given_to_the_other_side() -> None:
    assert claims_of("Russia and the United States spoke. Russia freed 16 people, who flew to Germany.") == []
