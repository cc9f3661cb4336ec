"""What two haplotypes of one line say: excluded, inconclusive or supported, and how rare the haplotype is.

A lineage marker is shared by everybody on a line, known or not: alone it never names. Formulas and sources stand in
docs/concepts/lineage.md.
"""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from importlib import resources

from homeward.errors import InputError
from homeward.genetics.alleles import repeats
from homeward.genetics.haplotypes import Haplotype
from homeward.genetics.mitochondrial import GAP, LENGTH_VARIANT_SITES, MtHaplotype, MtSite
from homeward.genetics.profiles import Profile

__all__ = [
    "ALONE_NEVER_NAMES",
    "INDEPENDENCE",
    "Combination",
    "Comparison",
    "Difference",
    "LineageFinding",
    "LineageRules",
    "compare_haplotypes",
    "compare_mt",
    "compare_y",
    "log10_transmission",
    "mutations_at_least",
    "steps_apart",
    "y_mutation_rate",
]

ALONE_NEVER_NAMES = (
    "Everybody on a line shares its haplotype, known relatives and unknown ones: a lineage finding alone never names."
)
INDEPENDENCE = "the sum assumes that autosomal and lineage markers are independent given the population"

DEFAULT_Y_RATE = 2.1e-3
"""For a Y marker without its own rate: 32 mutations in 15,435 transmissions (Int J Legal Med 121 (2007) 359-363)."""
TWO_STEP_SHARE = 1 / 84
"""Of 84 mutations of 17 Y markers one was of two repeats (Goedbloed and others, Int J Legal Med 123 (2009) 471-482)."""
MT_RATE = 3 / 705
"""Mutations of the control region per transmission (Sigurdardottir and others, Am J Hum Genet 66 (2000) 1599-1609)."""
MICROVARIANT_RATE = 1e-6
MICROVARIANT_STEPS = 2
DYS389 = ("DYS389I", "DYS389II")


class LineageFinding(Enum):
    """What a comparison of haplotypes says of a common line."""

    EXCLUDED = "excluded"
    INCONCLUSIVE = "inconclusive"
    SUPPORTED = "supported"


@dataclass(frozen=True)
class LineageRules:
    """When a comparison excludes, and how much must have been compared before it supports.

    ``excluded_below`` is for Y: the probability of so many mutations on the line; ``excluding_differences`` for mtDNA.
    """

    excluded_below: float = 1e-3
    least_y_markers: int = 8
    excluding_differences: int = 2
    least_mt_bases: int = 300

    def __post_init__(self) -> None:
        if not 0 < self.excluded_below < 1:
            found = f"{self.excluded_below:g}"
            raise InputError(place="lineage, excluded_below", found=found, needed="a probability above 0 and below 1")


DEFAULT_RULES = LineageRules()


@dataclass(frozen=True)
class Difference:
    """One marker or site at which two haplotypes differ, in mutational steps."""

    where: str
    remains: str
    reference: str
    steps: int


@dataclass(frozen=True)
class Comparison:
    """Two haplotypes compared: markers or bases that both read, differences, and what that says.

    ``probability`` is that of at least so many mutations among the meioses (Y); ``compatible`` names the sites where
    a mixture of bases holds what the other shows (mtDNA).
    """

    finding: LineageFinding
    reason: str
    n_compared: int
    meioses: int
    differences: tuple[Difference, ...] = ()
    compatible: tuple[str, ...] = ()
    probability: float | None = None
    log10_transmission: float | None = None

    @property
    def steps(self) -> int:
        """All mutational steps together."""
        return sum(each.steps for each in self.differences)


def compare_haplotypes(
    remains: Haplotype, reference: Haplotype, *, meioses: int, rules: LineageRules = DEFAULT_RULES
) -> Comparison:
    """Returns what two haplotypes of one kind say of a line on which so many meioses separate their persons."""
    if isinstance(remains, MtHaplotype):
        assert isinstance(reference, MtHaplotype)
        return compare_mt(remains, reference, meioses=meioses, rules=rules)
    assert not isinstance(reference, MtHaplotype)
    return compare_y(remains, reference, meioses=meioses, rules=rules)


def compare_y(remains: Profile, reference: Profile, *, meioses: int, rules: LineageRules = DEFAULT_RULES) -> Comparison:
    """Returns what two Y haplotypes say: excluded where so many mutations are too improbable on the line.

    DYS389II contains DYS389I: where both were read of both, its own part is compared. One meiosis at least is
    assumed, since readings err as well. Support needs no difference at all.
    """
    markers = [name for name in remains if name in reference]
    apart = {name: _apart(name, remains, reference) for name in markers}
    differences = tuple(
        Difference(name, "/".join(remains[name]), "/".join(reference[name]), steps)
        for name, (steps, _) in apart.items()
        if steps
    )
    n_meioses = max(meioses, 1)
    n_steps = sum(each.steps for each in differences)
    probability = mutations_at_least(n_steps, tuple(sorted(markers)), n_meioses)
    if n_steps and probability < rules.excluded_below:
        finding = LineageFinding.EXCLUDED
        reason = f"steps: {n_steps}, at {len(differences)} of {len(markers)} markers; meioses: {meioses}"
    elif n_steps:
        finding, reason = (
            LineageFinding.INCONCLUSIVE,
            f"steps: {n_steps}; so many mutations have probability {probability:.2g}",
        )
    elif len(markers) < rules.least_y_markers:
        finding, reason = LineageFinding.INCONCLUSIVE, f"markers that both read: only {len(markers)}"
    else:
        finding, reason = LineageFinding.SUPPORTED, f"the same at all {len(markers)} markers"
    passed_on = sum(log10_transmission(n, y_mutation_rate(name), n_meioses, odd) for name, (n, odd) in apart.items())
    return Comparison(
        finding, reason, len(markers), meioses, differences, probability=probability, log10_transmission=passed_on
    )


def steps_apart(name: str, one: Profile, other: Profile) -> int:
    """Returns the mutational steps between two haplotypes at a marker that both have."""
    return _apart(name, one, other)[0]


def _apart(name: str, one: Profile, other: Profile) -> tuple[int, bool]:
    """Steps between the alleles of a marker, and whether a microvariant lies between them."""
    if name == DYS389[1] and all(DYS389[0] in each for each in (one, other)):
        pairs = [_less(each[DYS389[1]][0], each[DYS389[0]][0]) for each in (one, other)]
        if all(pairs):
            return _steps(*(pair for pair in pairs if pair))
    a, b = ([repeats(allele) for allele in each[name]] for each in (one, other))
    if len(a) == len(b) == 2:
        ways = [[_steps(a[0], b[i]), _steps(a[1], b[1 - i])] for i in (0, 1)]
        return min((sum(steps for steps, _ in way), any(odd for _, odd in way)) for way in ways)
    # One allele of two: both copies have it, or one was not seen; what explains best is assumed.
    return min(_steps(left, right) for left in a for right in b)


def _less(whole: str, part: str) -> tuple[int, str] | None:
    (long, odd), (short, odd_part) = repeats(whole), repeats(part)
    return None if odd_part or long <= short else (long - short, odd)


def _steps(one: tuple[int, str], other: tuple[int, str]) -> tuple[int, bool]:
    odd = one[1] != other[1]
    return abs(one[0] - other[0]) + MICROVARIANT_STEPS * odd, odd


def compare_mt(
    remains: MtHaplotype, reference: MtHaplotype, *, meioses: int, rules: LineageRules = DEFAULT_RULES
) -> Comparison:
    """Returns what two mitochondrial haplotypes say within the ranges both read: two differences exclude, one does not.

    Length variants of runs of one base are not counted; a run of neighbouring inserted or lost bases is one
    difference; a mixture that holds the other's base is none.
    """
    both = remains.positions & reference.positions
    counted, compatible = list[MtSite](), list[MtSite]()
    for site in sorted({*remains.bases, *reference.bases}):
        if site[0] not in both:
            continue
        one, other = remains.at(site), reference.at(site)
        if one == other or (GAP in one | other and site[0] in LENGTH_VARIANT_SITES):
            continue
        (compatible if one & other else counted).append(site)
    differences = tuple(_mt_difference(run, remains, reference) for run in _runs(counted, remains, reference))
    n = len(differences)
    if n >= rules.excluding_differences:
        finding, reason = LineageFinding.EXCLUDED, f"differences: {n}, in {len(both)} bases"
    elif n:
        finding, reason = (
            LineageFinding.INCONCLUSIVE,
            f"differences: {n}, in {len(both)} bases; mutation may explain it",
        )
    elif len(both) < rules.least_mt_bases:
        finding, reason = LineageFinding.INCONCLUSIVE, f"bases that both read: only {len(both)}"
    else:
        finding, reason = LineageFinding.SUPPORTED, f"the same in all {len(both)} bases"
    passed_on = None if n else meioses * math.log10(1 - MT_RATE)
    named = tuple(f"{at}.{i}" if i else str(at) for at, i in compatible)
    return Comparison(finding, reason, len(both), meioses, differences, named, log10_transmission=passed_on)


def _runs(sites: list[MtSite], one: MtHaplotype, other: MtHaplotype) -> list[list[MtSite]]:
    runs: list[list[MtSite]] = []
    was_length = False
    for site in sites:
        is_length = GAP in one.at(site) | other.at(site)
        if is_length and was_length and site[0] - runs[-1][-1][0] <= 1:
            runs[-1].append(site)
        else:
            runs.append([site])
        was_length = is_length
    return runs


def _mt_difference(run: list[MtSite], one: MtHaplotype, other: MtHaplotype) -> Difference:
    names = [f"{at}.{i}" if i else str(at) for at, i in run]
    where = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
    shown = ["".join("".join(sorted(each.at(site))) for site in run) for each in (one, other)]
    return Difference(where, shown[0], shown[1], 1)


@cache
def _y_rates() -> Mapping[str, float]:
    with resources.files("homeward.genetics").joinpath("data", "y_mutation_rates.csv").open(encoding="utf-8") as stream:
        return {row["marker"]: float(row["rate"]) for row in csv.DictReader(stream)}


def y_mutation_rate(marker: str) -> float:
    """Returns the mutations of a Y marker per meiosis: published (data/y_mutation_rates.csv), else the default.

    >>> y_mutation_rate("DYS570"), y_mutation_rate("DYS643")
    (0.0114, 0.0021)
    """
    return _y_rates().get(marker, DEFAULT_Y_RATE)


@lru_cache(maxsize=100_000)
def mutations_at_least(n: int, markers: tuple[str, ...], meioses: int) -> float:
    """Returns the probability of n or more mutations at these Y markers among so many meioses, each independent.

    >>> round(mutations_at_least(1, ("DYS570",), 2), 6)
    0.02267
    """
    fewer = [1.0, *[0.0] * (n - 1)] if n else []
    for marker in markers:
        rate = y_mutation_rate(marker)
        for _ in range(meioses if n else 0):
            fewer = [fewer[i] * (1 - rate) + (fewer[i - 1] * rate if i else 0.0) for i in range(n)]
    return max(0.0, 1 - math.fsum(fewer))


@lru_cache(maxsize=10_000)
def log10_transmission(steps: int, rate: float, meioses: int, is_microvariant: bool = False) -> float:  # noqa: FBT001, FBT002
    """Returns the log10 probability that an allele ends so many steps away, up or down as it is, after the meioses.

    Each meiosis changes it with the rate, by one step or seldom by two, up as often as down.
    """
    if is_microvariant:
        return math.log10(min(0.5, meioses * MICROVARIANT_RATE)) + min(0, MICROVARIANT_STEPS - steps)
    move = {0: 1 - rate}
    for by, share in ((1, 1 - TWO_STEP_SHARE), (2, TWO_STEP_SHARE)):
        move[by] = move[-by] = rate * share / 2
    at = {0: 1.0}
    for _ in range(meioses):
        reached: dict[int, float] = {}
        for place, probability in at.items():
            for by, chance in move.items():
                reached[place + by] = reached.get(place + by, 0.0) + probability * chance
        at = reached
    return math.log10(at[steps]) if steps in at else -math.inf


@dataclass(frozen=True)
class Combination:
    """An autosomal log10 LR and those of lineage markers, shown apart; their sum where none is missing."""

    autosomal_log10_lr: float | None
    lineage_log10_lr: Mapping[str, float]

    @property
    def total(self) -> float | None:
        """The sum, independent given the population; None without autosomal markers, since lineage never names."""
        if self.autosomal_log10_lr is None:
            return None
        return self.autosomal_log10_lr + math.fsum(self.lineage_log10_lr.values())

    def as_json(self) -> dict[str, object]:
        """Returns it as a JSON object, with what the sum assumes."""
        return {
            "autosomal_log10_lr": self.autosomal_log10_lr,
            **{f"{kind}_log10_lr": value for kind, value in self.lineage_log10_lr.items()},
            "total_log10_lr": self.total,
            "assumes": INDEPENDENCE,
        }
