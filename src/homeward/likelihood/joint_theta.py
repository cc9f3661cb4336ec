"""Joint identification under theta: every assignment computed in full, with all families and victims as one sample.

Under theta nothing is independent: one more typed founder of one family makes his alleles more probable in every other.
So each assignment is one pedigree, of all families and of the victims whom it places nowhere. See
docs/concepts/joint-identification.md.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from homeward.errors import InputError
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.assignment_counts import n_assignments
from homeward.likelihood.cases import with_conditions
from homeward.likelihood.dropout import DropOutRates
from homeward.likelihood.joint_units import Victims
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood

__all__ = ["MOST_ASSIGNMENTS", "WeighedAssignment", "assignments_with_theta"]

MOST_ASSIGNMENTS = 2000


@dataclass(frozen=True)
class WeighedAssignment:
    """Who is who, and log10 P(all readings)."""

    missing_by_victim: Mapping[str, str | None]
    log10_likelihood: float


def assignments_with_theta(
    case: JointCase, rates: DropOutRates, *, advance: Callable[[], None] = lambda: None
) -> tuple[list[WeighedAssignment], float]:
    """All assignments with a positive prior, and log10 P(all readings) with nobody identified.

    Raises InputError where there are too many, or where a sum over hidden founders is out of reach.
    """
    total = n_assignments(case)
    if total is None or total > MOST_ASSIGNMENTS:
        found = "too many assignments to count" if total is None else f"{total:,} assignments"
        needed = f"at most {MOST_ASSIGNMENTS:,} with theta, since each is computed in full; or theta 0"
        raise InputError(place="joint case, theta", found=found, needed=needed)
    whole = _Whole.of(case, rates)
    weighed = []
    for assignment in _assignments(case, tuple(case.victims), {}):
        weighed.append(WeighedAssignment(assignment, whole.log10_likelihood(assignment)))
        advance()
    return weighed, whole.log10_likelihood(dict.fromkeys(case.victims))


def _assignments(
    case: JointCase, victims: tuple[str, ...], chosen: Mapping[str, str | None]
) -> Iterator[Mapping[str, str | None]]:
    """All ways to place the victims that sexes and other evidence allow."""
    if not victims:
        yield dict(chosen)
        return
    victim, *rest = victims
    free: list[str | None] = [None, *(name for name in case.missing if _is_allowed(case, victim, name))]
    for name in [case.fixed[victim]] if victim in case.fixed else free:
        taken = {*chosen.values(), *(other for who, other in case.fixed.items() if who != victim)}
        if name is None or name not in taken:
            yield from _assignments(case, tuple(rest), {**chosen, victim: name})


def _is_allowed(case: JointCase, victim: str, name: str) -> bool:
    sexes = {family.pedigree.member(name).sex for family in case.families if name in family.missing}
    return len((sexes | {case.victim_sexes[victim]}) - {Sex.UNKNOWN}) < 2 and (victim, name) not in case.excluded


@dataclass(frozen=True, eq=False)
class _Whole:
    """All families as one list of members, everybody's readings, and under which name each missing person stands."""

    case: JointCase
    panel: Panel
    members: tuple[Member, ...]
    relatives: Readings
    victims: Readings
    place_of: Mapping[str, str]

    @classmethod
    def of(cls, case: JointCase, rates: DropOutRates) -> "_Whole":
        panel = Panel(case.markers)
        members: list[Member] = []
        place_of: dict[str, str] = {}
        parts = []
        for family in case.families:
            name = {each: f"{family.name} {each}" for each in family.pedigree.ids}
            members += [
                Member(name[m.id], name.get(m.father or ""), name.get(m.mother or ""), m.sex)
                for m in family.pedigree.members
            ]
            place_of |= {each: name[each] for each in family.missing}
            own = Readings.of(family.genotypes, panel)
            own = with_conditions(own, case.conditions, panel, rates, within=f"{family.name} ")
            parts.append(replace(own, ids=tuple(name[each] for each in own.ids)))
        victims = Victims.of(case, panel, rates).readings
        return cls(case, panel, tuple(members), Readings.joined(parts), victims, place_of)

    def log10_likelihood(self, assignment: Mapping[str, str | None]) -> float:
        """Log10 P(all readings) where the victims are these people."""
        # A blank first: no family and no relative of one is called so.
        called = [self.place_of[name] if (name := assignment[v]) else f" {v}" for v in self.victims.ids]
        alone = [Member(f" {v}", sex=self.case.victim_sexes[v]) for v in self.case.victims if not assignment[v]]
        own = replace(self.victims, ids=tuple(called))
        pedigree = Pedigree.of([*self.members, *alone])
        values = log10_likelihood(pedigree, Readings.joined([self.relatives, own]), self.panel, theta=self.case.theta)
        total = float(values.sum())
        return total if math.isfinite(total) else -math.inf
