"""What is kept of a source's text: the spans that claims quote, with a little of the text around them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from homeward.record.models import Claim, Excerpt

__all__ = ["Piece", "excerpts_of", "pieces"]


@dataclass(frozen=True)
class Piece:
    """A stretch of text with the numbers of the claims that quote it."""

    text: str
    claims: tuple[int, ...] = ()


def excerpts_of(source: int) -> list[tuple[Piece, ...]]:
    """Returns what is kept of a source's text, the spans that claims quote marked."""
    spans = list(
        Claim.objects.filter(statement__source_id=source, span_start__isnull=False)
        .order_by("span_start")
        .values_list("pk", "span_start", "span_end")
    )
    rows = Excerpt.objects.filter(source_id=source).order_by("start").values_list("start", "text")
    return [
        pieces(text, [(number, (first or 0) - start, (last or 0) - start) for number, first, last in spans])
        for start, text in rows
    ]


def pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> tuple[Piece, ...]:
    """Returns the text cut wherever a span begins or ends; `spans` are (number, start, end), and may overlap."""
    inside = [(number, max(0, start), min(len(text), end)) for number, start, end in spans]
    # Spans of the source's other excerpts fall outside this one and clip to nothing.
    inside = [span for span in inside if span[1] < span[2]]
    cuts = sorted({0, len(text), *(cut for _, start, end in inside for cut in (start, end))})
    return tuple(
        Piece(text[first:last], tuple(number for number, start, end in inside if start <= first and last <= end))
        for first, last in pairwise(cuts)
    )
