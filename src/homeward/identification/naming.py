"""Whom the living decisions name, and which of them cannot all be true."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from homeward.identification.individuals import Individuals
from homeward.identification.standing import Decision

__all__ = ["Naming", "conflicts", "namings"]


@dataclass(frozen=True)
class Naming:
    """A living decision with the individuals in which its remains lie now."""

    code: str
    decision: Decision
    individuals: tuple[str, ...]

    @property
    def named(self) -> tuple[str, ...]:
        """The individuals that count as identified.

        As many persons as individuals are a closed group, in whatever order. One person over several individuals counts
        for the first, in the order of the decision's remains. More persons than individuals are "one of these" and name
        nobody.
        """
        if len(self.decision.persons) == len(self.individuals):
            return self.individuals
        return self.individuals[:1] if len(self.decision.persons) == 1 else ()


def namings(individuals: Individuals) -> tuple[Naming, ...]:
    """Returns the decisions that were not revoked."""
    return tuple(
        Naming(code, decision, individuals.of(decision))
        for code, decision in sorted(individuals.standing.decisions.items())
        if not decision.revoked
    )


def conflicts(given: Iterable[Naming]) -> tuple[str, ...]:
    """Returns the decisions that put one person in two individuals or two names on one."""
    given = tuple(given)
    found = {each.code for each in given if len(each.individuals) > len(each.decision.persons)}
    by_person, by_individual = defaultdict(list), defaultdict(list)
    for each in given:
        if each.named:
            for person in each.decision.persons:
                by_person[person].append(each)
            for individual in each.individuals:
                by_individual[individual].append(each)
    for of_one_person in by_person.values():
        for first, second in combinations(of_one_person, 2):
            if not set(first.individuals) & set(second.individuals):
                found |= {first.code, second.code}
    for of_one_individual in by_individual.values():
        for first, second in combinations(of_one_individual, 2):
            if not set(first.decision.persons) & set(second.decision.persons):
                found |= {first.code, second.code}
    return tuple(sorted(found))
