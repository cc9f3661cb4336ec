"""Reading and answering the cases of `homeward identification posterior`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from homeward.errors import InputError
from homeward.identification.fields import Fields, fields_of, refuse_repeated, shown
from homeward.identification.posterior import MOST_LISTED, Posterior, needed_log10_lr, posterior_of

__all__ = [
    "DEFAULT_SHARE",
    "PosteriorAnswer",
    "PosteriorCase",
    "answer_posterior_case",
    "listed_in",
    "person_in",
    "posterior_cases_from_object",
    "probability_in",
    "share_in",
    "weight_in",
]

DEFAULT_SHARE = 0.5
RESERVED_NAMES = ("rest", "none")  # of the answer's posteriors
LEAST_WEIGHT, MOST_WEIGHT = 1e-100, 1e100
NO_FIGURES: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class PosteriorCase:
    """A list with candidates, or the question which ratio reaches a posterior (``wanted``) in it, or both."""

    name: str
    n_listed: int
    share: float = DEFAULT_SHARE
    wanted: float | None = None
    group: int = 1
    log10_lrs: Mapping[str, float | None] | None = None
    weights: Mapping[str, float] = field(default_factory=lambda: NO_FIGURES)
    rest_sum: float | None = None
    place: str = "case"

    def __post_init__(self) -> None:
        if self.log10_lrs is None and self.wanted is None:
            needed = "candidates, or a posterior to be reached"
            raise InputError(place=self.place, found="neither of the two", needed=needed)


@dataclass(frozen=True)
class PosteriorAnswer:
    """What a case asked for; the rest is None."""

    case: str
    needed_log10_lr: float | None = None
    posterior: Posterior | None = None
    with_circumstances: Posterior | None = None

    def as_json(self) -> dict[str, object]:
        """Returns the answer as a JSON object, without what was not asked."""
        answer: dict[str, object] = {"case": self.case}
        if self.needed_log10_lr is not None:
            answer["needed_log10_lr"] = self.needed_log10_lr
        if self.posterior is not None and self.with_circumstances is not None:
            answer["posterior"] = self.posterior.as_json()
            answer["with_circumstances"] = self.with_circumstances.as_json()
        return answer


def posterior_cases_from_object(value: object, *, place: str) -> tuple[PosteriorCase, ...]:
    """Returns the cases of a JSON object; raises InputError for whatever is unknown, missing or impossible."""
    file = fields_of(value, ("cases",), place=place)
    if "cases" not in file:
        raise file.refused("cases", "a list of cases")
    known = ("case", "list", "share", "posterior", "group", "candidates", "rest_sum")
    cases = tuple(_case(fields, place) for fields in file.each("cases", known))
    refuse_repeated((case.name for case in cases), place=f"{place}, case")
    return cases


def answer_posterior_case(case: PosteriorCase) -> PosteriorAnswer:
    """Returns the needed ratio, the posteriors without and with circumstances, or all of them.

    Raises InputError where a question has no answer, as where nobody at all is possible.
    """
    try:
        needed = None if case.wanted is None else _needed(case, case.wanted)
        if case.log10_lrs is None:
            return PosteriorAnswer(case.name, needed)
        plain, weighed = (_posterior(case, case.log10_lrs, weights) for weights in (NO_FIGURES, case.weights))
        return PosteriorAnswer(case.name, needed, plain, weighed)
    except InputError as error:
        raise InputError(place=f"{case.place}, {error.place}", found=error.found, needed=error.needed) from error


def _needed(case: PosteriorCase, wanted: float) -> float:
    return needed_log10_lr(wanted, case.n_listed, share=case.share, group=case.group)


def _posterior(case: PosteriorCase, log10_lrs: Mapping[str, float | None], weights: Mapping[str, float]) -> Posterior:
    return posterior_of(log10_lrs, n_listed=case.n_listed, share=case.share, weights=weights, rest_sum=case.rest_sum)


def _case(fields: Fields, place: str) -> PosteriorCase:
    name = fields.text("case")
    fields = Fields(f"{place}, case {shown(name)}", fields.values)
    for key, other in (("group", "posterior"), ("rest_sum", "candidates")):
        if key in fields and other not in fields:
            raise fields.refused(key, f"{other} beside it, or no {key}")
    if fields.values.get("candidates") == [] and "posterior" in fields:
        fields = Fields(fields.place, {key: item for key, item in fields.values.items() if key != "candidates"})
    candidates = _candidates(fields) if "candidates" in fields else None
    return PosteriorCase(
        name=name,
        n_listed=listed_in(fields, len(candidates or ())),
        share=share_in(fields),
        wanted=probability_in(fields, "posterior") if "posterior" in fields else None,
        group=fields.whole("group", 1, low=1, high=MOST_LISTED),
        log10_lrs=None if candidates is None else {each.text("person"): _log10_lr(each) for each in candidates},
        weights={each.text("person"): weight_in(each) for each in candidates or ()},
        rest_sum=fields.number_or_none("rest_sum", low=0),
        place=fields.place,
    )


def _candidates(fields: Fields) -> tuple[Fields, ...]:
    candidates = fields.each("candidates", ("person", "log10_lr", "weight"))
    refuse_repeated((person_in(each) for each in candidates), place=f"{fields.place}, candidates")
    return candidates


def _log10_lr(fields: Fields) -> float | None:
    if "log10_lr" not in fields:
        raise fields.refused("log10_lr", "a number, or null where the readings are impossible")
    return fields.number_or_none("log10_lr")


def person_in(fields: Fields) -> str:
    """Returns a person's code, which may not be one of the answer's own words."""
    person = fields.text("person")
    if person in RESERVED_NAMES:
        raise fields.refused("person", f"a name other than {' and '.join(RESERVED_NAMES)}")
    return person


def listed_in(fields: Fields, n_named: int) -> int:
    """Returns the number of persons on the list, no fewer than are named."""
    n_listed = fields.whole("list", low=1, high=MOST_LISTED)
    if n_listed < n_named:
        needed = f"a list of {n_named:,} persons or more, for so many are named"
        raise InputError(place=f"{fields.place}, list", found=f"{n_listed:,}", needed=needed)
    return n_listed


def share_in(fields: Fields) -> float:
    """Returns the share of remains whose person is expected on the list, 0.5 where none is given."""
    share = fields.number("share", DEFAULT_SHARE)
    if not 0 < share <= 1:
        raise fields.refused("share", "a number above 0, at most 1")
    return share


def probability_in(fields: Fields, key: str, default: float | None = None) -> float:
    """Returns a probability that is neither impossible nor certain."""
    value = fields.number(key, default)
    if not 0 < value < 1:
        raise fields.refused(key, "a number above 0 and below 1")
    return value


def weight_in(fields: Fields) -> float:
    """Returns what circumstances say of a candidate beside anybody else on the list, 1 where nothing is given."""
    weight = fields.number("weight", 1.0)
    if weight != 0 and not LEAST_WEIGHT <= weight <= MOST_WEIGHT:
        raise fields.refused("weight", f"0, or a number from {LEAST_WEIGHT:g} to {MOST_WEIGHT:g}")
    return weight
