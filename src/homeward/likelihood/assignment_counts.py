"""How many assignments the prior is spread over: all that sexes and other evidence allow."""

from collections.abc import Sequence
from functools import cache
from math import comb, factorial

from homeward.genetics.joint_cases import JointCase
from homeward.genetics.pedigrees import Sex

__all__ = ["MOST_EXCLUDED_PAIRS", "n_assignments"]

MOST_EXCLUDED_PAIRS = 24

Counts = tuple[int, int, int]
"""Males, females, of unknown sex."""


def n_assignments(case: JointCase) -> int | None:
    """The number of assignments with a positive prior, or None where too many pairs are excluded to count them.

    An assignment that avoids an excluded pair is any assignment, less those that hold the pair.
    """
    taken = set(case.fixed.values())
    sexes = {name: case.victim_sexes[name] for name in case.victims if name not in case.fixed}
    wanted = {
        name: family.pedigree.member(name).sex
        for family in case.families
        for name in family.missing
        if name not in taken
    }
    excluded = [
        (victim, name)
        for victim, name in sorted(case.excluded)
        if victim in sexes and name in wanted and len({sexes[victim], wanted[name]} - {Sex.UNKNOWN}) < 2
    ]
    if len(excluded) > MOST_EXCLUDED_PAIRS:
        return None
    return _avoiding(_counts(list(sexes.values())), _counts(list(wanted.values())), sexes, wanted, excluded)


def _avoiding(
    victims: Counts,
    missing: Counts,
    sexes: dict[str, Sex],
    wanted: dict[str, Sex],
    excluded: Sequence[tuple[str, str]],
) -> int:
    if not excluded:
        return _matchings(victims, missing)
    (victim, name), rest = excluded[0], excluded[1:]
    without = [pair for pair in rest if pair[0] != victim and pair[1] != name]
    fewer_victims, fewer_missing = _less(victims, sexes[victim]), _less(missing, wanted[name])
    return _avoiding(victims, missing, sexes, wanted, rest) - _avoiding(
        fewer_victims, fewer_missing, sexes, wanted, without
    )


def _counts(sexes: Sequence[Sex]) -> Counts:
    return sexes.count(Sex.MALE), sexes.count(Sex.FEMALE), sexes.count(Sex.UNKNOWN)


def _less(counts: Counts, sex: Sex) -> Counts:
    males, females, unknown = counts
    return males - (sex is Sex.MALE), females - (sex is Sex.FEMALE), unknown - (sex is Sex.UNKNOWN)


@cache
def _matchings(victims: Counts, missing: Counts) -> int:
    """Partial matchings in which a male is no female: over how many go to persons of unknown sex, by sex."""
    total = 0
    for a in range(min(victims[0], missing[2]) + 1):
        for b in range(min(victims[1], missing[2] - a) + 1):
            to_unknown = _placed(victims[0], missing[2], a) * _placed(victims[1], missing[2] - a, b)
            for c in range(min(victims[0] - a, missing[0]) + 1):
                males = _placed(victims[0] - a, missing[0], c)
                for d in range(min(victims[1] - b, missing[1]) + 1):
                    females = _placed(victims[1] - b, missing[1], d)
                    left = sum(missing) - a - b - c - d
                    free = _all_matchings(victims[2], left) if victims[2] else 1
                    total += to_unknown * males * females * free
    return total


def _placed(n: int, places: int, k: int) -> int:
    """Ways to place k of n victims at distinct ones of the places."""
    return comb(n, k) * comb(places, k) * factorial(k)


@cache
def _all_matchings(n: int, m: int) -> int:
    return sum(_placed(n, m, k) for k in range(min(n, m) + 1))
