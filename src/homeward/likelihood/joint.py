"""Joint identification: which victims are which missing persons, weighed together.

An assignment gives each victim to one missing person or to none. Families are independent of one another at theta 0, so
its likelihood ratio against "none identified" is a product over families of what each says about the victims assigned
to it. Each component of possible pairs is summed exactly while that is within reach, and sampled beyond. With theta
every assignment is computed in full (joint_theta.py). See docs/concepts/joint-identification.md.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.families import Family
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.profiles import Profile
from homeward.likelihood.assignment_counts import n_assignments
from homeward.likelihood.components import Likely, Pairs, Weighed, pairs_of, weighed_components
from homeward.likelihood.conditionals import Conditionals
from homeward.likelihood.dropout import DEFAULT_DROP_OUT, DropOutRates
from homeward.likelihood.joint_theta import assignments_with_theta
from homeward.likelihood.joint_units import Scene, scene_of
from homeward.likelihood.panels import Panel
from homeward.likelihood.references import reference_notes
from homeward.likelihood.sampling import SamplingOptions
from homeward.provenance import Provenance

__all__ = ["NOBODY", "Assignment", "JointAnswer", "answer_joint_case"]

NOBODY = "none"
PRIOR = "every assignment that sexes allow is equally probable beforehand"
MOST_FIGURES = 40_000
SMALLEST_OF_MANY = 1e-6
WITH_THETA = "theta: all families and all victims are taken to be of one subpopulation"
MOST_DIGITS_BITS = 14_000

Floats = NDArray[np.float64]
Marginals = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Assignment:
    """Who is who, with log10 likelihood of all data, log10 LR against "none identified", and posterior.

    ``standard_error`` is that of the posterior; None where it is exact.
    """

    missing_by_victim: Mapping[str, str | None]
    log10_likelihood: float
    log10_lr: float
    posterior: float
    standard_error: float | None = None

    def as_json(self) -> dict[str, object]:
        """Returns the assignment as a JSON object."""
        result: dict[str, object] = {
            "assignment": dict(self.missing_by_victim),
            "log10_likelihood": self.log10_likelihood,
            "log10_lr": self.log10_lr,
            "posterior": self.posterior,
        }
        return result if self.standard_error is None else result | {"standard_error": self.standard_error}


@dataclass(frozen=True)
class JointAnswer:
    """The most probable assignments, and the marginal posterior of each victim and of each missing person.

    ``n_assignments`` counts those with a positive prior (None: not counted). ``standard_errors`` are those of
    ``victims`` and ``missing``; empty where everything is exact.
    """

    assignments: tuple[Assignment, ...]
    victims: Marginals
    missing: Marginals
    n_assignments: int | None
    notes: tuple[str, ...]
    provenance: Provenance
    standard_errors: Mapping[str, Marginals] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def method(self) -> str:
        """How the figures were made: "exact", or "sampled" where a part of them was."""
        return "sampled" if self.standard_errors else "exact"

    def as_json(self) -> dict[str, object]:
        """Returns the answer as a JSON object of docs/reference/kinship-likelihood.md."""
        result: dict[str, object] = {
            "method": self.method,
            "n_assignments": self.n_assignments,
            "assignments": [each.as_json() for each in self.assignments],
            "victims": _as_dict(self.victims),
            "missing": _as_dict(self.missing),
        }
        if self.standard_errors:
            result["standard_error"] = {side: _as_dict(values) for side, values in self.standard_errors.items()}
        return result | {"prior": PRIOR, "notes": list(self.notes), "provenance": self.provenance.as_json()}


def answer_joint_case(
    case: JointCase,
    *,
    most: int = 20,
    options: SamplingOptions | None = None,
    drop_out: DropOutRates = DEFAULT_DROP_OUT,
    advance: Callable[[], None] = lambda: None,
) -> JointAnswer:
    """The answer to a joint case; ``most`` limits how many assignments are listed, not how many are weighed.

    ``advance`` is called at each step of the work. Raises InputError where a family's own readings, or a pair that
    other evidence fixed, are impossible.
    """
    if case.theta > 0:
        return _answer_with_theta(case, drop_out, most=most, advance=advance)
    options = options or SamplingOptions()
    scene = scene_of(case, drop_out)
    conditionals = Conditionals(scene)
    pairs = pairs_of(conditionals, advance)
    weighed = weighed_components(conditionals, pairs, most=most, options=options, advance=advance)
    total = n_assignments(case)
    marginals = _Marginals.of(scene, pairs, weighed)
    return JointAnswer(
        assignments=tuple(_named(scene, pairs, each) for each in _best(weighed, most)),
        victims=marginals.victims,
        missing=marginals.missing,
        n_assignments=total if total is None or total.bit_length() <= MOST_DIGITS_BITS else None,
        notes=(*case.notes, *reference_notes(_complete(case), scene.panel), *_notes(weighed, marginals)),
        provenance=_provenance(scene, weighed, options),
        standard_errors=marginals.errors,
    )


def _answer_with_theta(
    case: JointCase, drop_out: DropOutRates, *, most: int, advance: Callable[[], None]
) -> JointAnswer:
    """The answer under theta, by all assignments."""
    weighed, none_identified = assignments_with_theta(case, drop_out, advance=advance)
    logs = np.array([each.log10_likelihood for each in weighed])
    if not np.isfinite(none_identified) or not np.isfinite(logs.max()):
        found = "readings that are impossible under every assignment"
        raise InputError(place="joint case", found=found, needed="pedigrees, fixed pairs or mutation that allow them")
    shares = 10.0 ** (logs - logs.max())
    shares /= shares.sum()
    victims, missing = list(case.victims), list(case.missing)
    values = np.zeros((len(victims), len(missing)))
    for each, share in zip(weighed, shares.tolist(), strict=True):
        for row, victim in enumerate(victims):
            if name := each.missing_by_victim[victim]:
                values[row, missing.index(name)] += share
    everywhere = np.ones_like(values, dtype=np.bool_)
    best = sorted(zip(weighed, shares.tolist(), strict=True), key=lambda pair: -pair[0].log10_likelihood)[:most]
    sum_of_lr = logs.max() - none_identified + math.log10(float((10.0 ** (logs - logs.max())).sum()))
    parameters: dict[str, str | int | float | bool | None] = {
        "theta": case.theta,
        "markers": len(case.markers),
        "components": 1,
        "sampled_components": 0,
        "posterior_left_out_at_most": 0.0,
        "log10_sum_over_assignments": float(sum_of_lr),
    }
    return JointAnswer(
        assignments=tuple(
            Assignment(
                each.missing_by_victim, each.log10_likelihood, each.log10_likelihood - none_identified, share, None
            )
            for each, share in best
            if math.isfinite(each.log10_likelihood)
        ),
        victims=_rows(victims, missing, values, np.maximum(0.0, 1.0 - values.sum(axis=1)), everywhere),
        missing=_rows(missing, victims, values.T, np.maximum(0.0, 1.0 - values.sum(axis=0)), everywhere.T),
        n_assignments=len(weighed),
        notes=(*case.notes, *reference_notes(_complete(case), Panel(case.markers)), WITH_THETA),
        provenance=Provenance("homeward.likelihood.joint", parameters=parameters),
    )


def _complete(case: JointCase) -> list[Family]:
    """The families without the readings that may be half of a genotype: a check of references takes them as whole."""
    found = []
    for family in case.families:
        genotypes: dict[str, Profile] = {}
        for name, profile in family.genotypes.items():
            stated = case.conditions.of_member(f"{family.name} {name}")
            lost, doubted = stated.drop_out, stated.drop_in.keys() | stated.error.keys()
            whole = {
                marker: alleles
                for marker, alleles in profile.items()
                if (len(set(alleles)) > 1 or marker not in lost) and marker not in doubted
            }
            genotypes |= {name: whole} if whole else {}
        found.append(replace(family, genotypes=genotypes))
    return found


def _as_dict(values: Marginals) -> dict[str, dict[str, float]]:
    return {name: dict(row) for name, row in values.items()}


def _provenance(scene: Scene, weighed: Sequence[Weighed], options: SamplingOptions) -> Provenance:
    sums = [each.log10_sum for each in weighed if each.log10_sum is not None]
    is_exact = len(sums) == len(weighed)
    parameters: dict[str, str | int | float | bool | None] = {
        "theta": 0.0,
        "markers": len(scene.panel),
        "components": len(weighed),
        "sampled_components": len(weighed) - len(sums),
        "posterior_left_out_at_most": sum(each.left_out for each in weighed),
        "log10_sum_over_assignments": scene.fixed_lr + sum(sums) if is_exact else None,
    }
    if not is_exact:
        sweeps = [options.sweeps_of_batch(len(each.slots)) for each in weighed if not each.is_exact]
        parameters |= {"seed": options.seed, "chains": options.n_chains, "batches_of_a_chain": options.n_batches}
        parameters |= {"sweeps_of_a_batch": min(sweeps)}
    return Provenance("homeward.likelihood.joint", parameters=parameters)


def _notes(weighed: Sequence[Weighed], marginals: "_Marginals") -> list[str]:
    notes = []
    n_sampled = sum(not each.is_exact for each in weighed)
    if n_sampled:
        notes.append(f"{n_sampled} of {len(weighed)} components were sampled; their figures have standard errors")
    left_out = sum(each.left_out for each in weighed)
    if left_out:
        notes.append(f"pairs left out as negligible have together a posterior of at most {left_out:.1e} (proven)")
    if marginals.is_shortened:
        notes.append(f"posteriors below {SMALLEST_OF_MANY:g} are not listed; they count in what is listed as none")
    return notes


def _best(weighed: Sequence[Weighed], most: int) -> list[Likely]:
    """The best assignments of all components together, largest LR first."""
    listed = [Likely(0.0, (), 1.0)]
    for each in weighed:
        grown = [_joined(first, second) for first in listed for second in each.best]
        listed = nlargest(most, grown, key=lambda found: found.log10_lr)
    return listed


def _joined(first: Likely, second: Likely) -> Likely:
    """Two independent components' assignments as one; relative errors add up in squares."""
    error = math.hypot(first.standard_error * second.posterior, second.standard_error * first.posterior)
    pairs = (*first.pairs, *second.pairs)
    return Likely(first.log10_lr + second.log10_lr, pairs, first.posterior * second.posterior, error)


def _named(scene: Scene, pairs: Pairs, found: Likely) -> Assignment:
    names: dict[str, str | None] = dict.fromkeys(scene.victims.ids)
    names.update(scene.case.fixed)
    for victim, slot in found.pairs:
        names[scene.victims.ids[victim]] = pairs.slots[slot][1]
    log10_lr = scene.fixed_lr + found.log10_lr
    error = found.standard_error or None
    return Assignment(names, scene.none_identified + log10_lr, log10_lr, found.posterior, error)


@dataclass(frozen=True)
class _Marginals:
    """Posteriors by victim and by missing person, "none" included, and their standard errors where there are any."""

    victims: Marginals
    missing: Marginals
    errors: Mapping[str, Marginals]
    is_shortened: bool

    @classmethod
    def of(cls, scene: Scene, pairs: Pairs, weighed: Sequence[Weighed]) -> "_Marginals":
        """Of all components, and of the pairs that other evidence fixed."""
        victims, missing = list(scene.victims.ids), list(scene.case.missing)
        row = {name: number for number, name in enumerate(victims)}
        column = {name: number for number, name in enumerate(missing)}
        values = np.zeros((len(victims), len(missing)))
        errors = np.zeros((len(victims) + 1, len(missing) + 1))
        for each in weighed:
            columns = [column[pairs.slots[slot][1]] for slot in each.slots]
            values[np.ix_(each.victims, columns)] = each.posteriors
            errors[np.ix_(each.victims, columns)] = each.errors
            errors[-1, columns] = each.nobody_errors
            errors[list(each.victims), -1] = each.unplaced_errors
        for victim, name in scene.case.fixed.items():
            if name is not None:
                values[row[victim], column[name]] = 1.0
        is_shortened = values.size > MOST_FIGURES
        is_listed = values >= (SMALLEST_OF_MANY if is_shortened else 0.0)
        by_side = {}
        if not all(each.is_exact for each in weighed):
            by_side = {
                "victims": _rows(victims, missing, errors[:-1, :-1], errors[:-1, -1], is_listed),
                "missing": _rows(missing, victims, errors[:-1, :-1].T, errors[-1, :-1], is_listed.T),
            }
        return cls(
            victims=_rows(victims, missing, values, np.maximum(0.0, 1.0 - values.sum(axis=1)), is_listed),
            missing=_rows(missing, victims, values.T, np.maximum(0.0, 1.0 - values.sum(axis=0)), is_listed.T),
            errors=by_side,
            is_shortened=is_shortened,
        )


def _rows(
    names: Sequence[str], others: Sequence[str], values: Floats, nobody: Floats, is_listed: NDArray[np.bool_]
) -> dict[str, dict[str, float]]:
    result = {}
    for number, name in enumerate(names):
        listed = np.flatnonzero(is_listed[number]).tolist()
        result[name] = {others[i]: float(values[number, i]) for i in listed} | {NOBODY: float(nobody[number])}
    return result
