"""What was set aside on both sides and speaks against one person: it never makes two names the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from homeward.names.asides import AsideKind, is_given_text, is_patronymic_text, words_in
from homeward.names.birth_dates import DateRelation, birth_date_weight
from homeward.names.evidence import service_number_evidence
from homeward.names.forenames import compare_given_names
from homeward.names.parsing import ParsedName
from homeward.names.ranks import sex_of_title
from homeward.names.readings import Reading
from homeward.names.relations import Relation, Verdict
from homeward.names.script import normal_word
from homeward.names.words import Word, sound_relation

__all__ = ["Contradiction", "contradictions"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Why two names are no better than this verdict, and what that weighs."""

    best: Verdict
    why: str
    log10_lr: float = 0.0


_OTHER_NAME = -2.3
"""What two given names in brackets weigh: as another given name does in weights."""


def contradictions(left: ParsedName, right: ParsedName, *, dates: bool = True) -> Iterator[Contradiction]:
    """Returns what birth dates, call signs and remarks beside the names say against one person; symmetric."""
    if not left.asides and not right.asides:
        return
    if dates:
        yield from _of_birth_dates(left.birth_date, right.birth_date)
    yield from _of_numbers(_texts(left, AsideKind.NUMBER), _texts(right, AsideKind.NUMBER))
    titles = [{sex_of_title(text) for text in _texts(name, AsideKind.RANK)} - {None} for name in (left, right)]
    if titles[0] and titles[1] and titles[0].isdisjoint(titles[1]):
        yield Contradiction(Verdict.DIFFERENT, "the other sex by the title", _OTHER_NAME)
    for kind, name in ((AsideKind.CALL_SIGN, "call signs"), (AsideKind.REMARK, "remarks")):
        ours, theirs = _texts(left, kind), _texts(right, kind)
        if ours and theirs and not any(_alike(one, two) for one in ours for two in theirs):
            best = _best(ours, theirs, kind)
            weight = _OTHER_NAME if best is Verdict.DIFFERENT else 0.0
            yield Contradiction(best, f"other {name}: {_joined(ours, theirs)}", weight)
        elif kind is AsideKind.REMARK and bool(ours) != bool(theirs) and _tells_another_forename(left, right):
            yield Contradiction(Verdict.POSSIBLE, f"another name in brackets on one side: {_joined(ours, theirs)}")


def _of_birth_dates(ours: str, theirs: str) -> Iterator[Contradiction]:
    found = birth_date_weight(ours, theirs)
    if found is None or found.relation in (DateRelation.EQUAL, DateRelation.COMPATIBLE):
        return
    # A slip in a date speaks for one person in a search; two strings that disagree are not made likelier by it.
    yield Contradiction(Verdict.POSSIBLE, f"{found.why} beside the name", min(found.log10_lr, 0.0))


def _of_numbers(ours: list[str], theirs: list[str]) -> Iterator[Contradiction]:
    """Full service numbers that share nothing; numbers in a list and of documents of two kinds say nothing."""
    found = [service_number_evidence(one, two) for one in ours for two in theirs]
    if found and all(one is not None and one.contradicts for one in found):
        yield Contradiction(Verdict.POSSIBLE, f"other numbers: {_joined(ours, theirs)}")


def _texts(name: ParsedName, kind: AsideKind) -> list[str]:
    return [one.text for one in name.asides if one.kind is kind]


def _joined(ours: list[str], theirs: list[str]) -> str:
    return ", ".join(sorted({*ours, *theirs}))


def _best(ours: list[str], theirs: list[str], kind: AsideKind) -> Verdict:
    """Two given names in brackets are two names; two call signs or former surnames one person may have."""
    if (
        kind is AsideKind.REMARK
        and len(ours) == len(theirs) == 1
        and is_given_text(ours[0])
        and is_given_text(theirs[0])
    ):
        relation = compare_given_names(_word(ours[0]), _word(theirs[0])).relation
        return Verdict.DIFFERENT if relation is Relation.DIFFERENT else Verdict.POSSIBLE
    return Verdict.POSSIBLE


def _alike(one: str, two: str) -> bool:
    ours, theirs = ([_word(word) for word in words_in(text)] for text in (one, two))
    if not ours or not theirs:
        return one == two
    numbers = ["".join(filter(str.isdigit, text)) for text in (one, two)]
    pairs = zip(ours, theirs, strict=False)
    return len(ours) == len(theirs) and numbers[0] == numbers[1] and all(sound_relation(a, b) for a, b in pairs)


def _word(text: str) -> Word:
    return Word(text, normal_word(text.rstrip(".")))


def _tells_another_forename(left: ParsedName, right: ParsedName) -> bool:
    """Whether a forename in brackets is none of the name beside it: Ольга (Оля) says nothing new."""
    return any(
        _may_be_forename(text) and not any(_is_form_of(text, reading) for reading in name.readings)
        for name in (left, right)
        for text in _texts(name, AsideKind.REMARK)
    )


def _is_form_of(text: str, reading: Reading) -> bool:
    given = reading.given
    return given is not None and compare_given_names(_word(text), given).relation is not Relation.DIFFERENT


def _may_be_forename(text: str) -> bool:
    return len(words_in(text)) == 1 and (is_given_text(text) or is_patronymic_text(text))
