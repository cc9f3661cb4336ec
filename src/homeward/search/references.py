"""The references of all families: which contradict their pedigree, and which samples stand in two places.

See docs/concepts/references.md for what a check can find, and for what it cannot.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.families import Family
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.likelihood.batches import LikelihoodRequest, log10_likelihoods
from homeward.likelihood.panels import NOT_READ, Panel
from homeward.likelihood.references import (
    DEFAULT_SLIP_RATES,
    ReferenceCheck,
    References,
    SlipRates,
    check_references,
)

__all__ = [
    "FAMILIES_AT_ONCE",
    "ReferenceHandling",
    "ReferenceReport",
    "SameSample",
    "check_all_references",
    "same_samples",
]

FAMILIES_AT_ONCE = 4096
MATCH_OF_STRANGERS = 1e-7
LEAST_COMPARED = 10
MOST_DIFFERENT = 1
MOST_TOLD = 5
LEAST_SUSPECT = 0.2
LEAST_FIT = 4.0
# Each is tried in the place of each: forty thousand likelihoods, a few seconds.
MOST_SUSPECTS = 200
_STRANGER = Pedigree.of([Member("stranger")])


class ReferenceHandling(Enum):
    """What a search does with families whose references contradict their pedigree."""

    MARK = "mark"
    SET_ASIDE = "set-aside"
    SKIP = "skip"


@dataclass(frozen=True)
class SameSample:
    """Two members, of two families or of one, who show one profile, and at how many markers both were read."""

    family: str
    member: str
    other_family: str
    other_member: str
    n_compared: int
    n_different: int

    def __str__(self) -> str:
        there = f"{self.other_member} of {self.other_family}"
        but = f" but {self.n_different}" if self.n_different else ""
        return f"{self.member} of {self.family} and {there} show one profile ({self.n_compared} markers{but})"


@dataclass(frozen=True)
class Elsewhere:
    """A suspected sample of one family that fits the place of another family's suspected sample."""

    family: str
    member: str
    other_family: str
    other_member: str
    log10_lr: float

    def __str__(self) -> str:
        there = f"{self.other_member} of {self.other_family}"
        return f"the sample of {self.member} of {self.family} fits as {there} (log10 LR {self.log10_lr:.1f})"


@dataclass(frozen=True, eq=False)
class ReferenceReport:
    """The checks by family, in the order of the families, and the samples that stand in two places.

    ``elsewhere`` are suspected samples that fit another family that contradicts; None where there are too many
    suspects to try each in the place of each.
    """

    checks: Mapping[str, ReferenceCheck]
    same_samples: tuple[SameSample, ...]
    rates: SlipRates
    elsewhere: tuple[Elsewhere, ...] | None = ()

    @property
    def contradicting(self) -> tuple[str, ...]:
        """The families that contradict, the least probable pedigree first."""
        found = [(check.posterior, name) for name, check in self.checks.items() if _contradicts(check)]
        return tuple(name for _, name in sorted(found))

    @property
    def counts(self) -> dict[str, int]:
        """How many families there are of each verdict."""
        counted = Counter(check.verdict for check in self.checks.values())
        return {verdict.value: counted[verdict] for verdict in References}

    def lines(self) -> Iterator[str]:
        """Yields a line for each family that contradicts, each sex that does, and each pair of equal samples."""
        for name in self.contradicting:
            check = self.checks[name]
            yield f"{name}: as stated {check.posterior:.2g}; most probably {check.alternatives[0]}"
        for name, check in self.checks.items():
            for member in check.wrong_sex:
                yield f"{name}: the sex markers of {member} are those of the other sex"
        yield from map(str, self.same_samples)
        yield from map(str, self.elsewhere or ())

    def as_json(self, *, every_family: bool) -> dict[str, object]:
        """Returns the report as a JSON object, with the families that contradict or with every one."""
        told = self.checks if every_family else self.contradicting
        return {
            "counts": self.counts,
            "families": [_family_object(name, self.checks[name]) for name in told],
            "wrong_sex": {name: list(check.wrong_sex) for name, check in self.checks.items() if check.wrong_sex},
            "same_samples": [asdict(each) for each in self.same_samples],
            "elsewhere": None if self.elsewhere is None else [asdict(each) for each in self.elsewhere],
            "slip_rates": asdict(self.rates),
        }


def check_all_references(
    families: Sequence[Family],
    panel: Panel,
    *,
    rates: SlipRates = DEFAULT_SLIP_RATES,
    threads: int = 1,
    on_families: Callable[[int], None] = lambda _: None,
) -> ReferenceReport:
    """Returns the check of every family; ``on_families`` is told how many were finished each time."""
    checks: dict[str, ReferenceCheck] = {}
    for start in range(0, len(families), FAMILIES_AT_ONCE):
        part = families[start : start + FAMILIES_AT_ONCE]
        found = check_references(part, panel, rates=rates, threads=threads)
        checks |= {family.name: check for family, check in zip(part, found, strict=True)}
        on_families(len(part))
    elsewhere = _elsewhere(families, checks, panel, threads=threads)
    return ReferenceReport(checks, same_samples(families, panel), rates, elsewhere)


def _elsewhere(
    families: Sequence[Family], checks: Mapping[str, ReferenceCheck], panel: Panel, *, threads: int
) -> tuple[Elsewhere, ...] | None:
    """Tries each suspected sample in the place of each other one: where do the exchanged tubes belong?

    The ratio is P(relatives, sample in that place) / (P(relatives) P(sample)), as that of remains against a family.
    """
    suspects = [
        (family, member)
        for family in families
        if _contradicts(checks[family.name])
        for member, posterior in checks[family.name].suspects.items()
        if posterior >= LEAST_SUSPECT and member in family.genotypes
    ]
    if len(suspects) > MOST_SUSPECTS:
        return None
    own = [panel.encode(family.genotypes[member]) for family, member in suspects]
    requests = [LikelihoodRequest(_STRANGER, _STRANGER.ids, codes[None, :]) for codes in own]
    tried = []
    for family, member in suspects:
        typed = tuple(family.genotypes)
        codes = np.array([panel.encode(profile) for profile in family.genotypes.values()])
        row = typed.index(member)
        without = LikelihoodRequest(family.pedigree, typed[:row] + typed[row + 1 :], np.delete(codes, row, axis=0))
        base = len(requests)
        requests.append(without)
        for number, (other, name) in enumerate(suspects):
            if other is not family:
                there = codes.copy()
                there[row] = own[number]
                tried.append((number, base, len(requests), (other.name, name, family.name, member)))
                requests.append(LikelihoodRequest(family.pedigree, typed, there))
    totals = log10_likelihoods(requests, panel, threads=threads)
    found = [(names, float(totals[whole] - totals[base] - totals[alone])) for alone, base, whole, names in tried]
    return tuple(Elsewhere(*names, ratio) for names, ratio in found if ratio >= LEAST_FIT)


def same_samples(families: Sequence[Family], panel: Panel) -> tuple[SameSample, ...]:
    """Returns the pairs of typed members who show one profile: the same sample, the same person, or identical twins.

    At least ten markers must be read in both, at most one of them may differ, and the markers of one key be equal: by
    keys that one pair of strangers in ten million shares, equal samples are found among 200,000 without comparing all
    with all. A panel too small for one key tells nobody apart, and nothing is said.
    """
    owners = [(family.name, member) for family in families for member in family.genotypes]
    profiles = [panel.encode(profile) for family in families for profile in family.genotypes.values()]
    codes = np.array(profiles, dtype=np.int64).reshape(len(owners), len(panel))
    pairs = {pair for key in _keys(panel) for pair in _equal_rows(codes[:, key])}
    found = []
    for one, other in sorted(pairs):
        both = (codes[one] != NOT_READ) & (codes[other] != NOT_READ)
        n_compared = int(both.sum())
        n_different = int((codes[one] != codes[other])[both].sum())
        if n_compared >= LEAST_COMPARED and n_different <= MOST_DIFFERENT:
            found.append(SameSample(*owners[one], *owners[other], n_compared, n_different))
    return tuple(found)


def _keys(panel: Panel) -> list[list[int]]:
    """Neighbouring markers in groups, each as long as it takes; the last one reaches back where it has to."""
    matches = []
    for marker in panel.markers:
        p = marker.frequencies / marker.frequencies.sum()
        # That two strangers show one genotype: sum of p^4 and, over pairs, of (2 p q)^2.
        matches.append(float(2 * (p**2).sum() ** 2 - (p**4).sum()))
    keys: list[list[int]] = []
    key: list[int] = []
    for locus in range(len(panel)):
        key = [*key, locus]
        if np.prod([matches[each] for each in key]) <= MATCH_OF_STRANGERS:
            keys.append(key)
            key = []
    while key and key[0] > 0:
        key = [key[0] - 1, *key]
        if np.prod([matches[each] for each in key]) <= MATCH_OF_STRANGERS:
            return [*keys, key]
    return keys


def _equal_rows(codes: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yields the pairs of rows that were read in full and are equal."""
    read = np.flatnonzero((codes != NOT_READ).all(axis=1))
    _, which = np.unique(codes[read], axis=0, return_inverse=True)
    order = np.argsort(which.reshape(-1), kind="stable")
    groups = np.split(read[order], np.flatnonzero(np.diff(which.reshape(-1)[order])) + 1)
    for group in groups:
        for place, other in enumerate(group.tolist()):
            for one in group[:place].tolist():
                yield one, other


def _contradicts(check: ReferenceCheck) -> bool:
    return check.verdict is References.CONTRADICT


def _family_object(name: str, check: ReferenceCheck) -> dict[str, object]:
    return {
        "family": name,
        "references": check.verdict.value,
        "posterior": check.posterior,
        "suspects": dict(list(check.suspects.items())[:MOST_TOLD]),
        "alternatives": [each.as_json() for each in check.alternatives[:MOST_TOLD]],
        "untested": list(check.untested),
    }
