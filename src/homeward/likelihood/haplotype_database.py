"""A database of haplotypes, and how often the haplotype of the remains is seen in it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from homeward.genetics.haplotypes import TWO_COPY_MARKERS, Haplotype, HaplotypeSample
from homeward.genetics.mitochondrial import LENGTH_VARIANT_SITES, MtHaplotype
from homeward.genetics.profiles import Profile
from homeward.likelihood.lineage import compare_mt, steps_apart
from homeward.likelihood.match_probability import MatchProbability

__all__ = ["Counted", "HaplotypeDatabase"]

COMMON_SHARE = 0.9
"""A marker counts where this share of the database read it: a wider kit in a case would leave nobody to count among."""

_Alleles = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Counted:
    """How often a haplotype is seen, and on how many markers or bases, the others left out, that was counted."""

    match: MatchProbability
    n_counted_on: int


class HaplotypeDatabase:
    """Counts haplotypes on what the remains, the donor and nearly all of the database read.

    A haplotype is at least as common on fewer markers as on all, so its probability may stand for the other. An entry
    is counted unless it differs: a mixture of bases, or one allele of two, counts where it may be the same.
    """

    def __init__(self, samples: Sequence[HaplotypeSample], *, theta: float = 0.0) -> None:
        self._samples = tuple(samples)
        self._theta = theta
        self._y: dict[tuple[str, ...], _YCounts] = {}
        self._mt: dict[tuple[tuple[int, int], ...], list[tuple[MtHaplotype, int]]] = {}
        self._counted: dict[object, Counted | None] = {}

    @cached_property
    def n_people(self) -> int:
        """How many people the database holds."""
        return sum(sample.count for sample in self._samples)

    def count(self, remains: Haplotype, reference: Haplotype) -> Counted | None:
        """Returns how often the haplotype of the remains is seen; None where nobody read enough to be counted."""
        if isinstance(remains, MtHaplotype):
            assert isinstance(reference, MtHaplotype)
            own = remains.within(reference.stretches).within(self._common_range)
            key: object = own
        else:
            assert not isinstance(reference, MtHaplotype)
            names = tuple(sorted(name for name in remains if name in reference and name in self._common_markers))
            key = (names, tuple(remains[name] for name in names))
        if key not in self._counted:
            found = self._of_mt(own) if isinstance(remains, MtHaplotype) else self._of_y(remains, names)
            self._counted[key] = found
        return self._counted[key]

    @cached_property
    def _common_markers(self) -> frozenset[str]:
        read: Counter[str] = Counter()
        for sample in self._samples:
            for name in sample.haplotype if not isinstance(sample.haplotype, MtHaplotype) else ():
                read[name] += sample.count
        return frozenset(name for name, n in read.items() if n >= COMMON_SHARE * self.n_people)

    @cached_property
    def _common_range(self) -> tuple[tuple[int, int], ...]:
        """The range that most of the database read; of equal ones the first by position."""
        ranges: Counter[tuple[tuple[int, int], ...]] = Counter()
        for sample in self._samples:
            if isinstance(sample.haplotype, MtHaplotype):
                ranges[sample.haplotype.stretches] += sample.count
        return min(ranges, key=lambda each: (-ranges[each], each), default=())

    def _of_y(self, remains: Profile, names: tuple[str, ...]) -> Counted | None:
        if not names:
            return None
        if names not in self._y:
            self._y[names] = _YCounts(self._samples, names)
        counts = self._y[names]
        k = counts.seen(remains)
        return self._result(k, counts.n, counts.n_singletons, len(names))

    def _of_mt(self, own: MtHaplotype) -> Counted | None:
        if own.stretches not in self._mt:
            self._mt[own.stretches] = list(self._entries_within(own.stretches))
        entries = self._mt[own.stretches]
        k = sum(count for entry, count in entries if not compare_mt(own, entry, meioses=0).differences)
        alike = Counter[object]()
        for entry, count in entries:
            alike[_counted_sites(entry)] += count
        n_singletons = sum(count == 1 for count in alike.values())
        return self._result(k, sum(alike.values()), n_singletons, len(own.positions))

    def _entries_within(self, stretches: tuple[tuple[int, int], ...]) -> Iterator[tuple[MtHaplotype, int]]:
        for sample in self._samples:
            if isinstance(sample.haplotype, MtHaplotype):
                entry = sample.haplotype.within(stretches)
                if entry.stretches == stretches and stretches:
                    yield entry, sample.count

    def _result(self, k: int, n: int, n_singletons: int, n_counted_on: int) -> Counted | None:
        return Counted(MatchProbability(k, n, n_singletons, self._theta), n_counted_on) if n else None


class _YCounts:
    """The entries that read all of some markers, found by their alleles at the markers that are there once."""

    def __init__(self, samples: Sequence[HaplotypeSample], names: tuple[str, ...]) -> None:
        self._once = tuple(name for name in names if name not in TWO_COPY_MARKERS)
        self._twice = tuple(name for name in names if name in TWO_COPY_MARKERS)
        self._by_alleles: dict[_Alleles, Counter[_Alleles]] = {}
        for sample in samples:
            of = sample.haplotype
            if not isinstance(of, MtHaplotype) and all(name in of for name in names):
                both = self._by_alleles.setdefault(self._alleles(of, self._once), Counter())
                both[self._alleles(of, self._twice)] += sample.count
        self.n = sum(counts.total() for counts in self._by_alleles.values())
        self.n_singletons = sum(n == 1 for counts in self._by_alleles.values() for n in counts.values())

    def seen(self, haplotype: Profile) -> int:
        """How many people's haplotypes do not differ from this one."""
        near = self._by_alleles.get(self._alleles(haplotype, self._once), Counter())
        return sum(n for twice, n in near.items() if self._agree(haplotype, twice))

    def _agree(self, haplotype: Profile, twice: _Alleles) -> bool:
        entry: Mapping[str, tuple[str, ...]] = dict(zip(self._twice, twice, strict=True))
        return not any(steps_apart(name, haplotype, entry) for name in self._twice)

    @staticmethod
    def _alleles(haplotype: Profile, names: tuple[str, ...]) -> _Alleles:
        return tuple(tuple(haplotype[name]) for name in names)


def _counted_sites(entry: MtHaplotype) -> object:
    return frozenset(
        (site, bases)
        for site, bases in entry.bases.items()
        if not ((site[1] or "-" in bases) and site[0] in LENGTH_VARIANT_SITES)
    )
