"""The words that are kept of a source, cut where claims begin and end to quote it."""

from hypothesis import given
from hypothesis import strategies as st

from homeward.access.models import User
from homeward.journal.actors import SYSTEM
from homeward.reader import Document
from homeward.reader.claims import Claim, Kind, Quantity, Span, What
from homeward.record import actions
from homeward.record.excerpts import Piece, excerpts_of, pieces
from homeward.record.models import ProposedClaim, Source

BODY = f"{'Alpha gave back 40 bodies.':400}{'Beta gave back 3 bodies.':400}"


def test_pieces__cut_where_two_claims_overlap() -> None:
    assert pieces("abcdef", [(7, 0, 4), (9, 2, 6)]) == (
        Piece("ab", (7,)),
        Piece("cd", (7, 9)),
        Piece("ef", (9,)),
    )


def test_pieces__leave_a_span_out_of_the_text_unmarked() -> None:
    assert pieces("abcdef", [(1, -9, -2), (2, 6, 20), (3, 4, 9)]) == (Piece("abcd"), Piece("ef", (3,)))


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(1, 9), st.integers(-5, 35), st.integers(-5, 35))))
def test_pieces__lose_nothing_of_the_text(text: str, spans: list[tuple[int, int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


def test_excerpts_of__mark_each_claim_in_the_words_that_it_quotes(alice: User) -> None:
    actions.load_shipped(by=SYSTEM)
    article = actions.submit_article(document=Document(body=BODY, published="2026-04-11"), by=alice)
    keys = {}
    for position, (quoted, giver, receiver) in enumerate([("40 bodies", "RUS", "UKR"), ("3 bodies", "UKR", "RUS")]):
        start = BODY.index(quoted)
        claim = Claim(
            kind=Kind.TRANSFER,
            span=Span(start, start + len(quoted), quoted),
            what=What.REMAINS,
            quantity=Quantity.exact(int(quoted.split()[0])),
            giver=giver,
            receiver=receiver,
            when="2026-04-10",
        )
        proposal = ProposedClaim.objects.create(article=article, position=100 + position, data=claim.as_json())
        keys[actions.accept_claim(proposal=proposal, by=alice).pk] = quoted
    source = Source.objects.get(text_sha256=article.text_sha256)
    marked = {piece.claims: piece.text for excerpt in excerpts_of(source.pk) for piece in excerpt if piece.claims}
    assert marked == {(number,): quoted for number, quoted in keys.items()}
