"""Roles: the one role of every figure of a text, once it is known which of them make claims."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from homeward.reader.claims import Claim, Scope, Span, Status
from homeward.reader.clauses import Clause, Frame, Passage, Sharing
from homeward.reader.documents import Document
from homeward.reader.figures import Figure, ReadFigure, Role
from homeward.reader.slots import Finding, Unread
from homeward.reader.terms import Term

__all__ = ["Fate", "read_figures"]

# Reasons that in a text without any exchange only mean that the figure is of something else.
_OF_SOMETHING_ELSE = frozenset({Unread.NO_CLAUSE.value, Unread.NO_CUE.value, Unread.WEAK.value, Unread.WHOLE.value})
# A finding and the place of the claim that it makes, None where it makes none.
Fate = tuple[Finding, int | None]

_STILL = {
    Frame.HOLD: Role.HELD,
    Frame.IDENTIFY: Role.IDENTIFIED,
    Frame.MISS: Role.MISSING,
    Frame.KILL: Role.CASUALTY,
}
_OF_STATUS = {
    Status.CARRIED_OUT: Role.MOVED,
    Status.PLANNED: Role.PLANNED,
    Status.AGREED: Role.PROMISED,
    Status.DEMANDED: Role.DEMANDED,
    Status.DENIED: Role.OTHER,
}
# Shapes are read off the page; a figure that merely counts something else may yet be one of people.
_SURE_OF_SHAPE, _SURE_OF_OTHER = 0.95, 0.7


def read_figures(
    document: Document,
    passages: Sequence[Passage],
    fates: Mapping[int, Sequence[Fate]],
    claims: Sequence[Claim],
    *,
    silent: bool,
    apart: bool,
) -> Iterator[ReadFigure]:
    """Yields every figure of the document with its role, in the order of the text.

    `fates` are the findings of each passage by its number; a `silent` text tells of no exchange at all, so that its
    figures are of something else; one that is `apart` names no two sides, so that nobody can give or receive.
    """
    for passage in passages:
        of_figure: dict[int | None, list[Fate]] = {}
        for fate in fates.get(passage.number, ()):
            of_figure.setdefault(fate[0].clause.patient.figure, []).append(fate)
        told_whole = {number for number, of in of_figure.items() if any(place is not None for _, place in of)} - {None}
        wholes = {found.clause.part_of for found, place in fates.get(passage.number, ()) if place is not None}
        for number in range(len(passage.figures)):
            read = _read(
                document,
                passage,
                number,
                fates=of_figure.get(number, []),
                claims=claims,
                wholes=wholes,
                told_whole=told_whole,
            )
            elsewhere = apart or (silent and _is_of_something_else(read, of_figure.get(number, [])))
            if elsewhere and read.role is Role.UNKNOWN:
                read = replace(read, role=Role.OTHER, confidence=_SURE_OF_OTHER, why=Unread.NO_EXCHANGE.value)
            yield read
        for found, place in of_figure.get(None, []):
            # One person without a numeral, "a soldier", is a figure too, where it makes a claim.
            if place is not None and found.clause.patient.amount is not None:
                yield _without_numeral(document, passage, found, place, claims[place])


def _is_of_something_else(read: ReadFigure, fates: Sequence[Fate]) -> bool:
    """Returns whether in a text without any exchange the figure is merely of something else."""
    bare = bool(fates) and fates[0][0].clause.patient.kind is None
    doubted = read.why in (Unread.UNREAL.value, Unread.DISPUTED.value)
    return read.why in _OF_SOMETHING_ELSE or (bare and not doubted)


def _read(
    document: Document,
    passage: Passage,
    number: int,
    *,
    fates: Sequence[Fate],
    claims: Sequence[Claim],
    wholes: set[int | None],
    told_whole: set[int | None],
) -> ReadFigure:
    figure = passage.figures[number]
    span = Span(figure.start, figure.end, document.body[figure.start : figure.end])
    value = _value(figure, span.text)
    if figure.role is not None:
        return ReadFigure(span, value, figure.role, _SURE_OF_SHAPE)
    for found, place in fates:
        if place is None:
            continue
        claim = claims[place]
        role = _role_of_claim(found.clause, claim, is_part=found.clause.part_of in told_whole)
        return ReadFigure(span, value, role, claim.confidence, place)
    if number in wholes:
        return ReadFigure(span, value, Role.MOVED, _SURE_OF_OTHER, why="told by its parts")
    if _is_part(passage.terms, figure):
        return ReadFigure(span, value, Role.PART, _SURE_OF_OTHER)
    if fates:
        found = fates[0][0]
        if still := _STILL.get(found.clause.frame):
            return ReadFigure(span, value, still, _SURE_OF_OTHER)
        return ReadFigure(span, value, Role.UNKNOWN, 0.0, why=(found.unread or Unread.WEAK).value)
    return _without_clause(passage.terms, figure, span, value)


def _role_of_claim(clause: Clause, claim: Claim, *, is_part: bool) -> Role:
    if is_part:
        return Role.PART
    if claim.scope is Scope.CUMULATIVE:
        return Role.RUNNING_TOTAL
    undirected = claim.giver is None and claim.receiver is None
    if claim.status is Status.CARRIED_OUT and undirected and clause.sharing is Sharing.SUMMED:
        return Role.BOTH_WAY_TOTAL
    return _OF_STATUS[claim.status]


def _without_clause(terms: Sequence[Term], figure: Figure, span: Span, value: int | None) -> ReadFigure:
    """Returns a figure of which no provider tells: a part, something else, or one that was not understood."""
    following = terms[figure.last : figure.last + 3]
    counts_people = any(term.is_("noun") or term.is_("party") for term in following)
    if counts_people or not following or following[0].is_("marks") or following[0].is_("preposition"):
        return ReadFigure(span, value, Role.UNKNOWN, 0.0, why=Unread.NO_CLAUSE.value)
    return ReadFigure(span, value, Role.OTHER, _SURE_OF_OTHER)


def _is_part(terms: Sequence[Term], figure: Figure) -> bool:
    """Returns whether the words beside the figure make it a part: "including 35 women", "16 of them"."""
    if figure.first and terms[figure.first - 1].is_("including"):
        return True
    following = terms[figure.last : figure.last + 2]
    return len(following) > 1 and following[0].is_("preposition", "of") and following[1].is_("pronoun", "third")


def _without_numeral(document: Document, passage: Passage, found: Finding, place: int, claim: Claim) -> ReadFigure:
    patient = found.clause.patient
    start, end = passage.terms[patient.first].start, passage.terms[patient.last - 1].end
    number = patient.amount.number if patient.amount else None
    role = _role_of_claim(found.clause, claim, is_part=False)
    return ReadFigure(Span(start, end, document.body[start:end]), number, role, claim.confidence, place)


def _value(figure: Figure, text: str) -> int | None:
    """Returns the number that the figure says; None for "all", "dozens" and for dates of several numbers."""
    if figure.amount is not None:
        return figure.amount.number
    digits = "".join(letter if letter.isdecimal() else " " for letter in text.replace(",", "")).split()
    return int(digits[0]) if len(digits) == 1 and len(digits[0]) < 10 else None
