"""Comparing two names part by part: relation, reason, log10 likelihood ratio, and the verdict of the worst part."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log10

from homeward.names.contradictions import Contradiction, contradictions
from homeward.names.forenames import compare_given_names, compare_patronymics
from homeward.names.parsing import ParsedName, parse_name
from homeward.names.readings import Patronymic, Reading, is_initial
from homeward.names.relations import PART_NAMES, Part, Relation, Verdict, verdict_of
from homeward.names.surnames import PartRelation, compare_surnames
from homeward.names.weights import DEFAULT_MODEL, Model, part_log10_lr
from homeward.names.words import Word

__all__ = ["Comparison", "PartComparison", "compare", "compare_parsed"]


@dataclass(frozen=True, slots=True)
class PartComparison:
    """How one part of two names compares; None where a name does not have it."""

    part: Part
    left: str | None
    right: str | None
    relation: Relation
    log10_lr: float
    why: str

    def as_json(self) -> dict[str, object]:
        """Returns the part of the answer."""
        return {
            "part": self.part.value, "left": self.left, "right": self.right, "relation": self.relation.value,
            "log10_lr": round(self.log10_lr, 4), "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two names have in common and what parts them; never a merge."""

    left: ParsedName
    right: ParsedName
    parts: tuple[PartComparison, ...]
    verdict: Verdict
    log10_lr: float
    """One person against two unrelated people; the parts' sum, capped at the population."""
    brother_log10_lr: float
    """One person against two brothers (or sisters): surname and patronymic say nothing."""
    against: tuple[str, ...] = ()
    """What else keeps the two from being the same: a doubt in the reading, what stands beside the names."""

    @property
    def explanation(self) -> str:
        """The parts in words, the worst first."""
        worst_first = sorted(self.parts, key=lambda part: -part.relation.rank)
        return "; ".join([*(f"{PART_NAMES[part.part]}: {part.why}" for part in worst_first), *self.against])

    def as_json(self) -> dict[str, object]:
        """Returns the answer of `homeward names compare --json`."""
        return {
            "left": self.left.text,
            "right": self.right.text,
            "verdict": self.verdict.value,
            "log10_lr": round(self.log10_lr, 4),
            "parts": [part.as_json() for part in self.parts],
            "brother_log10_lr": round(self.brother_log10_lr, 4),
            "explanation": self.explanation,
            "set_aside": {
                side: [{"kind": one.kind.value, "text": one.text} for one in name.asides]
                for side, name in (("left", self.left), ("right", self.right))
            },
            "repairs": {"left": list(self.left.repairs), "right": list(self.right.repairs)},
        }


def compare(left: str, right: str, model: Model = DEFAULT_MODEL) -> Comparison:
    """Returns how two names compare; symmetric and deterministic.

    >>> compare("Сергій Щербак", "Serhii Shcherbak").verdict
    <Verdict.SAME: 'same'>
    """
    return compare_parsed(parse_name(left), parse_name(right), model)


def compare_parsed(
    left: ParsedName, right: ParsedName, model: Model = DEFAULT_MODEL, *, dates: bool = True
) -> Comparison:
    """Returns how two parsed names compare, in the pair of readings that agrees best.

    Without `dates`, birth dates beside the names are left to who asks: a list has a column for them.
    """
    found = [
        _judged(left, right, (one, two), _parts(one, two, left.suffix, right.suffix, model), model)
        for one in left.readings or (Reading(),)
        for two in right.readings or (Reading(),)
    ]
    best = min(found, key=_order)
    against = tuple(contradictions(left, right, dates=dates)) if left.asides or right.asides else ()
    return _lowered(best, against) if against else best


def _lowered(found: Comparison, against: tuple[Contradiction, ...]) -> Comparison:
    """Returns the comparison no better than what stands beside the names allows."""
    return replace(
        found,
        verdict=max(found.verdict, *(one.best for one in against), key=_BEST_FIRST.__getitem__),
        log10_lr=found.log10_lr + sum(one.log10_lr for one in against),
        brother_log10_lr=found.brother_log10_lr + sum(one.log10_lr for one in against),
        against=found.against + tuple(one.why for one in against),
    )


_BEST_FIRST = {Verdict.SAME: 0, Verdict.POSSIBLE: 1, Verdict.DIFFERENT: 2}


def _order(found: Comparison) -> tuple[int, float, tuple[str, ...]]:
    # The last item decides between readings of equal weight, so that left and right may be exchanged.
    texts = sorted(f"{part.part.value} {min(part.left or '', part.right or '')}" for part in found.parts)
    return _BEST_FIRST[found.verdict], -found.log10_lr, tuple(texts)


def _judged(
    left: ParsedName,
    right: ParsedName,
    readings: tuple[Reading, Reading],
    parts: tuple[PartComparison, ...],
    model: Model,
) -> Comparison:
    cap = log10(model.population)
    apart = {Part.SURNAME, Part.PATRONYMIC}
    total = min(sum(part.log10_lr for part in parts), cap)
    brother = min(sum(part.log10_lr for part in parts if part.part not in apart), cap)
    verdict = verdict_of(part.relation for part in parts)
    doubts = tuple(sorted({one.doubt for one in readings if one.doubt}))
    against = doubts + _too_little(parts)
    if against and verdict is Verdict.SAME:
        verdict = Verdict.POSSIBLE
    return Comparison(left, right, parts, verdict, total - len(doubts) * _OF_TWO_READINGS, brother, against)


def _too_little(parts: tuple[PartComparison, ...]) -> tuple[str, ...]:
    """Two bare surnames agree as two initials do: less is known than where one is written out."""
    compared = {part.part for part in parts}
    lacking = [PART_NAMES[part] for part in (Part.SURNAME, Part.GIVEN_NAME) if part not in compared]
    if Part.INITIALS in compared or not lacking or not parts:
        return ()
    return (f"no {lacking[0]} on either side",)


_OF_TWO_READINGS = log10(2.0)
"""What a reading that is one of two weighs less."""


@lru_cache(maxsize=65536)
def _parts(
    left: Reading, right: Reading, left_suffix: str | None, right_suffix: str | None, model: Model
) -> tuple[PartComparison, ...]:
    parts = [*_surname(left, right, model), *_given(left, right, model), *_patronymic(left, right, model)]
    if (left_suffix is None) != (right_suffix is None):
        parts.append(_missing(Part.SUFFIX, left_suffix, right_suffix))
    elif left_suffix and right_suffix:
        equal = left_suffix == right_suffix
        relation = Relation.EQUAL if equal else Relation.DIFFERENT
        why = "the same suffix" if equal else f"one is {left_suffix}, the other {right_suffix}"
        parts.append(PartComparison(Part.SUFFIX, left_suffix, right_suffix, relation, 0.0 if equal else -1.0, why))
    if not any(part.relation is not Relation.MISSING for part in parts):
        parts = parts or [PartComparison(Part.SURNAME, None, None, Relation.MISSING, 0.0, "no name")]
    return tuple(parts)


def _missing(part: Part, left: str | None, right: str | None) -> PartComparison:
    side = "left" if left is None else "right"
    return PartComparison(part, left, right, Relation.MISSING, 0.0, f"not given on the {side}")


def _surname(left: Reading, right: Reading, model: Model) -> Iterator[PartComparison]:
    if not left.surname and not right.surname:
        return
    ours, theirs = _text(left.surname), _text(right.surname)
    if not left.surname or not right.surname:
        yield _missing(Part.SURNAME, ours, theirs)
        return
    found = compare_surnames(left.surname, right.surname, (left.sex, right.sex))
    yield _weighed(
        Part.SURNAME, (ours, theirs), found, part_log10_lr(Part.SURNAME, found, left.surname, right.surname, model)
    )


def _given(left: Reading, right: Reading, model: Model) -> Iterator[PartComparison]:
    one, two = left.given, right.given
    if one is None and two is None:
        return
    if one is None or two is None:
        yield _missing(Part.GIVEN_NAME, one.text if one else None, two.text if two else None)
        return
    found = compare_given_names(one, two)
    part = Part.INITIALS if is_initial(one) and is_initial(two) else Part.GIVEN_NAME
    yield _weighed(part, (one.text, two.text), found, part_log10_lr(Part.GIVEN_NAME, found, (one,), (two,), model))


def _patronymic(left: Reading, right: Reading, model: Model) -> Iterator[PartComparison]:
    one, two = left.patronymic, right.patronymic
    if one is None and two is None:
        return
    if one is None or two is None:
        yield _missing(Part.PATRONYMIC, _patronymic_text(one), _patronymic_text(two))
        return
    found = compare_patronymics(one, two)
    weight = part_log10_lr(Part.PATRONYMIC, found, one, two, model)
    yield _weighed(Part.PATRONYMIC, (one.word.text, two.word.text), found, weight)


def _weighed(part: Part, texts: tuple[str | None, str | None], found: PartRelation, weight: float) -> PartComparison:
    return PartComparison(part, texts[0], texts[1], found.relation, weight, found.why)


def _text(words: tuple[Word, ...]) -> str | None:
    return "-".join(word.text for word in words) or None


def _patronymic_text(patronymic: Patronymic | None) -> str | None:
    return patronymic.word.text if patronymic else None
