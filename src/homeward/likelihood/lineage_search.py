"""Many remains against the donors of many lines: equal haplotypes are compared once, far ones are passed over unseen.

What is passed over is excluded for certain: a lower bound of the differences alone excludes it. A test compares every
pair one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from homeward.genetics.alleles import repeats
from homeward.genetics.haplotypes import Haplotype
from homeward.genetics.mitochondrial import GAP, MtHaplotype
from homeward.genetics.profiles import Profile
from homeward.likelihood.lineage import (
    DEFAULT_RULES,
    DYS389,
    LineageFinding,
    LineageRules,
    compare_haplotypes,
    mutations_at_least,
)

__all__ = ["Donor", "LineSearch", "haplotype_key"]

_UNREAD = -1
_MOST_STEPS = 60

_Stretches = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Donor:
    """Somebody on the line of a missing member of a family, so many meioses away, with a haplotype."""

    family: str
    missing: str
    member: str
    meioses: int
    haplotype: Haplotype


def haplotype_key(haplotype: Haplotype) -> object:
    """Returns what is equal for equal haplotypes."""
    return haplotype if isinstance(haplotype, MtHaplotype) else tuple(sorted(haplotype.items()))


class LineSearch:
    """The donors of many lines, to compare remains with one after the other; equal haplotypes are compared once."""

    def __init__(self, donors: Sequence[Donor], *, rules: LineageRules = DEFAULT_RULES) -> None:
        self._donors, self._rules = donors, rules
        by_key: dict[object, list[int]] = {}
        for i, donor in enumerate(donors):
            by_key.setdefault(haplotype_key(donor.haplotype), []).append(i)
        self._groups = list(by_key.values())
        haplotypes = [donors[group[0]].haplotype for group in self._groups]
        self._screen = _screen(haplotypes, _most_meioses(donors, self._groups), rules)
        self._near: dict[object, list[int]] = {}

    def near(self, haplotype: Haplotype) -> Sequence[int]:
        """Returns the donors, by number, whom the haplotype does not exclude, in their order."""
        key = haplotype_key(haplotype)
        if key not in self._near:
            self._near[key] = sorted(i for at in self._screen(haplotype) for i in self._not_excluded(haplotype, at))
        return self._near[key]

    def _not_excluded(self, haplotype: Haplotype, at: int) -> Iterator[int]:
        """Yields the donors of one haplotype whose meioses leave room for the differences."""
        found: dict[int, LineageFinding] = {}
        for i in self._groups[at]:
            donor = self._donors[i]
            if donor.meioses not in found:
                found[donor.meioses] = compare_haplotypes(
                    haplotype, donor.haplotype, meioses=donor.meioses, rules=self._rules
                ).finding
            if found[donor.meioses] is not LineageFinding.EXCLUDED:
                yield i


def _most_meioses(donors: Sequence[Donor], groups: Iterable[Sequence[int]]) -> list[int]:
    return [max(donors[i].meioses for i in group) for group in groups]


class _NoDonors:
    def __call__(self, haplotype: Haplotype) -> Iterable[int]:  # noqa: ARG002
        return ()


class _YScreen:
    """The donors whose steps, counted from below, mutation on their line may explain.

    Markers are added one by one, those that mutate most first, and a donor who is too far leaves. DYS389II is not
    counted here: what is compared of it depends on DYS389I.
    """

    def __init__(self, donors: Sequence[Profile], most_meioses: Sequence[int], rules: LineageRules) -> None:
        self._names = sorted({name for donor in donors for name in donor} - {DYS389[1]})
        every = tuple(sorted({name for donor in donors for name in donor}))
        excluding = {m: _excluding_steps(every, m, rules) for m in {max(m, 1) for m in most_meioses}}
        self._limits = np.array([excluding[max(m, 1)] for m in most_meioses], dtype=np.int16)
        self._low, self._high = _encoded(donors, self._names)

    def __call__(self, haplotype: Haplotype) -> Iterable[int]:
        assert not isinstance(haplotype, MtHaplotype)
        low, high = _encoded([haplotype], self._names)
        near: npt.NDArray[np.int64] = np.arange(len(self._limits))
        steps = np.zeros(len(near), dtype=np.int16)
        for m in range(len(self._names)):
            if low[m, 0] == _UNREAD:
                continue
            of_low, of_high = self._low[m, near], self._high[m, near]
            least = np.minimum(np.abs(of_low - low[m, 0]), np.abs(of_high - high[m, 0]))
            if low[m, 0] == high[m, 0]:
                least = np.minimum(np.abs(of_low - low[m, 0]), np.abs(of_high - low[m, 0]))
            steps += np.where(of_low == _UNREAD, 0, least // 10)
            kept = steps < self._limits[near]
            if not kept.all():
                near, steps = near[kept], steps[kept]
        return (int(i) for i in near)


def _excluding_steps(markers: tuple[str, ...], meioses: int, rules: LineageRules) -> int:
    """The fewest steps that exclude however many of these markers were compared."""
    for n in range(1, _MOST_STEPS):
        if mutations_at_least(n, markers, meioses) < rules.excluded_below:
            return n
    return _MOST_STEPS


def _encoded(
    haplotypes: Sequence[Profile], names: Sequence[str]
) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int16]]:
    """The shorter and the longer allele of each marker and haplotype, in tenths of a repeat."""
    low = np.full((len(names), len(haplotypes)), _UNREAD, dtype=np.int16)
    high = low.copy()
    at = {name: i for i, name in enumerate(names)}
    for column, haplotype in enumerate(haplotypes):
        for name, alleles in haplotype.items():
            if name in at:
                tenths = sorted(10 * whole + int(odd or 0) for whole, odd in map(repeats, alleles))
                low[at[name], column], high[at[name], column] = tenths[0], tenths[-1]
    return low, high


class _MtScreen:
    """The donors that differ at fewer sites than exclude, counted from below on bases without mixtures or gaps.

    Of two sets of sites and bases, within the range both read, each site that differs holds at most one base of each
    set that the other lacks; a mixture or a gap in one may answer for one base of the other.
    """

    def __init__(self, donors: Sequence[MtHaplotype], rules: LineageRules) -> None:
        tokens = sorted({token for donor in donors for token in _tokens(donor)})
        self._most = rules.excluding_differences - 1
        self._at = {token: i for i, token in enumerate(tokens)}
        self._sites = np.array([token[0] for token in tokens], dtype=np.int64)
        by_range: dict[_Stretches, list[int]] = {}
        for i, donor in enumerate(donors):
            by_range.setdefault(donor.stretches, []).append(i)
        self._ranges = [self._of_range([donors[i] for i in group], group) for group in by_range.values()]
        self._n_within: dict[tuple[_Stretches, int], npt.NDArray[np.int32]] = {}

    def _of_range(self, donors: Sequence[MtHaplotype], group: Sequence[int]) -> "_DonorsOfRange":
        held = np.zeros((len(self._at), len(donors)), dtype=np.uint8)
        for column, donor in enumerate(donors):
            held[[self._at[token] for token in _tokens(donor)], column] = 1
        return _DonorsOfRange(donors[0].positions, np.array(group), held, np.array([_n_mixed(each) for each in donors]))

    def __call__(self, haplotype: Haplotype) -> Iterable[int]:
        assert isinstance(haplotype, MtHaplotype)
        own = _tokens(haplotype)
        known = [self._at[token] for token in own if token in self._at]
        for number, donors in enumerate(self._ranges):
            both = haplotype.positions & donors.positions
            key = (haplotype.stretches, number)
            if key not in self._n_within:
                rows = np.flatnonzero(np.isin(self._sites, list(both)))
                self._n_within[key] = donors.held[rows].sum(axis=0, dtype=np.int32)
            shared = donors.held[known].sum(axis=0, dtype=np.int32)
            unshared = sum(token[0] in both for token in own) + self._n_within[key] - 2 * shared
            near = unshared - donors.n_mixed - _n_mixed(haplotype) <= 2 * self._most
            yield from (int(i) for i in donors.group[near])


@dataclass(frozen=True)
class _DonorsOfRange:
    """Donors that read the same range: which of all bases that differ each of them holds."""

    positions: frozenset[int]
    group: npt.NDArray[np.int64]
    held: npt.NDArray[np.uint8]
    n_mixed: npt.NDArray[np.int64]


def _tokens(haplotype: MtHaplotype) -> list[tuple[int, str]]:
    """Sites and bases that differ from the reference for certain: no inserted or lost bases, no mixtures."""
    return [
        (site[0], next(iter(bases)))
        for site, bases in haplotype.bases.items()
        if len(bases) == 1 and not site[1] and GAP not in bases
    ]


def _n_mixed(haplotype: MtHaplotype) -> int:
    return sum(len(bases) > 1 or GAP in bases for site, bases in haplotype.bases.items() if not site[1])


def _screen(
    haplotypes: Sequence[Haplotype], most_meioses: Sequence[int], rules: LineageRules
) -> _YScreen | _MtScreen | _NoDonors:
    mt = [each for each in haplotypes if isinstance(each, MtHaplotype)]
    if mt:
        return _MtScreen(mt, rules)
    y = [each for each in haplotypes if not isinstance(each, MtHaplotype)]
    return _YScreen(y, most_meioses, rules) if y else _NoDonors()
