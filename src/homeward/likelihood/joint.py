"""Joint identification: which victims are which missing persons, weighed together.

An assignment gives each victim to one missing person or to none. Families are independent of one another (theta 0), so
its likelihood ratio against "none identified" is a product over families of what each says about the victims assigned
to it. Each family's partial assignments are enumerated once; a sum over sets of victims already used combines the
families exactly. See docs/concepts/joint-identification.md.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.cases import DropOut
from homeward.genetics.families import Family
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.markers import MarkerKind
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.cases import with_drop_out
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.provenance import Provenance

__all__ = ["MOST_ASSIGNMENTS_OF_A_FAMILY", "NOBODY", "Assignment", "JointAnswer", "answer_joint_case"]

MOST_ASSIGNMENTS_OF_A_FAMILY = 100_000
MOST_STATES = 2_000_000
NOBODY = "none"
PRIOR = "every assignment that sexes allow is equally probable beforehand"

Local = tuple[int, float, tuple[tuple[int, str], ...]]
"""Victims used (as bits), log10 LR, and (victim, missing person) pairs of one family's partial assignment."""


@dataclass(frozen=True)
class Assignment:
    """Who is who, with log10 likelihood of all data, log10 LR against "none identified", and posterior."""

    missing_by_victim: Mapping[str, str | None]
    log10_likelihood: float
    log10_lr: float
    posterior: float

    def as_json(self) -> dict[str, object]:
        """Returns the assignment as a JSON object."""
        return {
            "assignment": dict(self.missing_by_victim),
            "log10_likelihood": self.log10_likelihood,
            "log10_lr": self.log10_lr,
            "posterior": self.posterior,
        }


@dataclass(frozen=True)
class JointAnswer:
    """The most probable assignments, and the marginal posterior of each victim and of each missing person."""

    assignments: tuple[Assignment, ...]
    victims: Mapping[str, Mapping[str, float]]
    missing: Mapping[str, Mapping[str, float]]
    notes: tuple[str, ...]
    provenance: Provenance

    def as_json(self) -> dict[str, object]:
        """Returns the answer as a JSON object of docs/reference/kinship-likelihood.md."""
        return {
            "assignments": [each.as_json() for each in self.assignments],
            "victims": {name: dict(values) for name, values in self.victims.items()},
            "missing": {name: dict(values) for name, values in self.missing.items()},
            "prior": PRIOR,
            "notes": list(self.notes),
            "provenance": self.provenance.as_json(),
        }


def answer_joint_case(case: JointCase, *, most: int = 20) -> JointAnswer:
    """The answer to a joint case, exact; ``most`` limits how many assignments are listed, not how many are summed.

    Raises InputError where a family has more partial assignments than can be enumerated, and where a family's own
    readings are impossible.
    """
    panel = Panel(case.markers)
    alone = {name: _victim_alone(case, name, panel) for name in case.victims}
    base, locals_by_family = 0.0, []
    for family in case.families:
        own = _log10(family, dict(family.genotypes), panel, _drop_out_of(case, family, ()))
        if own == -math.inf:
            place = f'family "{family.name}"'
            raise InputError(
                place=place,
                found="readings that are impossible on its pedigree",
                needed="a pedigree or mutation model that allows them",
            )
        base += own
        locals_by_family.append(list(_family_assignments(case, family, own=own, alone=alone, panel=panel)))
    none_identified = base + sum(alone.values())
    forward = _sums(locals_by_family)
    backward = _sums(locals_by_family[::-1])[::-1]
    total = _log10_sum(list(forward[-1].values()))
    pairs = _pair_posteriors(case, locals_by_family, forward, backward, total=total)
    listed = [
        Assignment(_named(case, chosen), none_identified + lr, lr, 10.0 ** (lr - total))
        for lr, chosen in _best(locals_by_family, most)
    ]
    victims, missing = _marginals(case, pairs)
    parameters: dict[str, str | int | float | bool | None] = {
        "theta": 0.0,
        "markers": len(panel),
        "log10_sum_over_assignments": total,
    }
    origin = Provenance("homeward.likelihood.joint", parameters=parameters)
    return JointAnswer(tuple(listed), victims, missing, case.notes, origin)


def _victim_alone(case: JointCase, name: str, panel: Panel) -> float:
    sex = case.victim_sexes[name]
    if sex is Sex.UNKNOWN and any(marker.kind is MarkerKind.X for marker in case.markers):
        raise InputError(place=f'victim "{name}"', found="unknown sex", needed="the sex, for markers on X")
    pedigree = Pedigree.of([Member(name, sex=sex)])
    readings = with_drop_out(Readings.of({name: case.victims[name]}, panel), case.drop_out, panel)
    return float(log10_likelihood(pedigree, readings, panel).sum())


def _log10(
    family: Family,
    profiles: Mapping[str, Mapping[str, tuple[str, ...]]],
    panel: Panel,
    drop_out: Mapping[str, DropOut],
) -> float:
    readings = with_drop_out(Readings.of(profiles, panel), drop_out, panel)
    return float(log10_likelihood(family.pedigree, readings, panel).sum())


def _drop_out_of(case: JointCase, family: Family, chosen: Sequence[tuple[int, str]]) -> dict[str, DropOut]:
    """The drop-out of a family's members, where these victims are these missing persons."""
    if not case.drop_out:
        return {}
    victims = list(case.victims)
    stated = {name: case.drop_out.get(f"{family.name} {name}", {}) for name in family.genotypes}
    return stated | {name: case.drop_out.get(victims[number], {}) for number, name in chosen}


def _family_assignments(
    case: JointCase, family: Family, *, own: float, alone: Mapping[str, float], panel: Panel
) -> Iterator[Local]:
    """All possible partial assignments of one family; what is impossible stays so when more victims are added."""
    victims = list(case.victims)
    waiting: list[Local] = [(0, 0.0, ())]
    count = 0
    while waiting:
        used, log10_lr, chosen = waiting.pop()
        yield used, log10_lr, chosen
        first = family.missing.index(chosen[-1][1]) + 1 if chosen else 0
        for missing in family.missing[first:]:
            for number, victim in enumerate(victims):
                if used >> number & 1 or not _sexes_agree(case, family, victim, missing):
                    continue
                count += 1
                if count > MOST_ASSIGNMENTS_OF_A_FAMILY:
                    raise InputError(
                        place=f'family "{family.name}"',
                        found=f"more than {MOST_ASSIGNMENTS_OF_A_FAMILY} partial assignments",
                        needed="fewer victims or missing persons; leave out victims whose pairwise LR is 0",
                    )
                extended = (*chosen, (number, missing))
                profiles = dict(family.genotypes) | {name: case.victims[victims[v]] for v, name in extended}
                drop_out = _drop_out_of(case, family, extended)
                value = _log10(family, profiles, panel, drop_out) - own - sum(alone[victims[v]] for v, _ in extended)
                if value > -math.inf:
                    waiting.append((used | 1 << number, value, extended))


def _sexes_agree(case: JointCase, family: Family, victim: str, missing: str) -> bool:
    sexes = {case.victim_sexes[victim], family.pedigree.member(missing).sex} - {Sex.UNKNOWN}
    return len(sexes) < 2


def _sums(locals_by_family: list[list[Local]]) -> list[dict[int, float]]:
    """After each number of families: log10 of the summed LRs for each set of victims used."""
    result = [{0: 0.0}]
    for options in locals_by_family:
        terms: dict[int, list[float]] = {}
        for used, total in result[-1].items():
            for more, log10_lr, _ in options:
                if not used & more:
                    terms.setdefault(used | more, []).append(total + log10_lr)
        if len(terms) > MOST_STATES:
            raise InputError(place="joint case", found="too many sets of victims", needed="fewer victims in one case")
        result.append({used: _log10_sum(values) for used, values in terms.items()})
    return result


def _pair_posteriors(
    case: JointCase,
    locals_by_family: list[list[Local]],
    forward: list[dict[int, float]],
    backward: list[dict[int, float]],
    *,
    total: float,
) -> NDArray[np.float64]:
    """Posterior of each (victim, missing person) pair."""
    column = {name: number for number, name in enumerate(case.missing)}
    result = np.zeros((len(case.victims), len(column)))
    for number, options in enumerate(locals_by_family):
        around: dict[int, float] = {}
        for before, first in forward[number].items():
            for after, second in backward[number + 1].items():
                if not before & after:
                    around[before | after] = _log10_sum([around.get(before | after, -math.inf), first + second])
        for used, log10_lr, chosen in options:
            mass = _log10_sum([value for others, value in around.items() if not others & used]) + log10_lr - total
            for victim, missing in chosen:
                result[victim, column[missing]] += 10.0**mass
    return result


def _best(locals_by_family: list[list[Local]], most: int) -> list[tuple[float, tuple[tuple[int, str], ...]]]:
    """The assignments with the largest LRs: the best of each set of victims used, family after family."""
    states: dict[int, list[tuple[float, tuple[tuple[int, str], ...]]]] = {0: [(0.0, ())]}
    for options in locals_by_family:
        following: dict[int, list[tuple[float, tuple[tuple[int, str], ...]]]] = {}
        for used, entries in states.items():
            for more, log10_lr, chosen in options:
                if not used & more:
                    grown = following.setdefault(used | more, [])
                    grown += [(lr + log10_lr, (*pairs, *chosen)) for lr, pairs in entries]
        states = {used: nlargest(most, entries) for used, entries in following.items()}
    return nlargest(most, (entry for entries in states.values() for entry in entries))


def _named(case: JointCase, chosen: tuple[tuple[int, str], ...]) -> dict[str, str | None]:
    by_number = dict(chosen)
    return {name: by_number.get(number) for number, name in enumerate(case.victims)}


def _marginals(
    case: JointCase, pairs: NDArray[np.float64]
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Posteriors of each victim over missing persons, and of each missing person over victims, "none" included."""
    victims, missing = list(case.victims), list(case.missing)
    by_victim = {
        name: dict(zip(missing, row.tolist(), strict=True)) | {NOBODY: max(0.0, 1.0 - float(row.sum()))}
        for name, row in zip(victims, pairs, strict=True)
    }
    by_missing = {
        name: dict(zip(victims, row.tolist(), strict=True)) | {NOBODY: max(0.0, 1.0 - float(row.sum()))}
        for name, row in zip(missing, pairs.T, strict=True)
    }
    return by_victim, by_missing


def _log10_sum(terms: list[float]) -> float:
    largest = max(terms, default=-math.inf)
    if largest == -math.inf:
        return largest
    return largest + math.log10(sum(10.0 ** (term - largest) for term in terms))
