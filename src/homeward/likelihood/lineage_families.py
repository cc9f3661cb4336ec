"""The donors of families' lines, and what their haplotypes together say of each of the remains."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from homeward.genetics.alleles import SetAside
from homeward.genetics.families import Family
from homeward.genetics.haplotypes import HaplotypeSample, y_haplotype
from homeward.genetics.lineages import LineageKind, meioses_on_line
from homeward.genetics.mitochondrial import MtHaplotype
from homeward.likelihood.haplotype_database import Counted, HaplotypeDatabase
from homeward.likelihood.lineage import DEFAULT_RULES, Comparison, LineageFinding, LineageRules, compare_haplotypes
from homeward.likelihood.lineage_search import Donor, LineSearch

__all__ = ["FamilyFinding", "LineDonors", "family_findings", "line_donors", "n_lines"]


@dataclass(frozen=True)
class LineDonors:
    """The donors on the lines of missing members, the references that are on nobody's, the missing without a donor."""

    donors: tuple[Donor, ...]
    set_aside: tuple[SetAside, ...]
    without_donor: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FamilyFinding:
    """One of the remains against one missing member, by every donor on the line, the nearest first.

    Donors of one line are no independent witnesses: the ratio is that of the nearest alone. ``counted`` is how often
    the haplotype was seen in the database, None without one.
    """

    remains: str
    family: str
    missing: str
    comparisons: tuple[tuple[Donor, Comparison], ...]
    counted: Counted | None = None

    @property
    def finding(self) -> LineageFinding:
        """What all donors say; inconclusive where they disagree."""
        found = {comparison.finding for _, comparison in self.comparisons}
        return found.pop() if len(found) == 1 else LineageFinding.INCONCLUSIVE

    @property
    def reason(self) -> str:
        """Why."""
        found = {comparison.finding for _, comparison in self.comparisons}
        if LineageFinding.EXCLUDED in found and len(found) > 1:
            return "the donors of the family disagree: one of them may not be on the line"
        return next(c.reason for _, c in self.comparisons if c.finding is self.finding)

    def log10_lr(self, match: float | None) -> float | None:
        """Returns the log10 LR of the nearest donor at a match probability; None where there is none."""
        passed_on = self.comparisons[0][1].log10_transmission
        if match is None or passed_on is None or passed_on == -math.inf:
            return None
        return passed_on - math.log10(match)

    def as_json(self) -> dict[str, object]:
        """Returns it as a JSON object."""
        donor, nearest = self.comparisons[0]
        return {
            "remains": self.remains,
            "family": self.family,
            "missing": self.missing,
            "finding": self.finding.value,
            "reason": self.reason,
            "donors": [_as_json(donor, comparison) for donor, comparison in self.comparisons],
            **self._ratio(donor, nearest),
        }

    def _ratio(self, donor: Donor, nearest: Comparison) -> dict[str, object]:
        if self.counted is None:
            return {"log10_lr": None, "log10_lr_bound": None}
        match = self.counted.match
        kappa = match.kappa if not nearest.differences else None
        return {
            "log10_lr": self.log10_lr(match.augmented),
            "log10_lr_bound": self.log10_lr(match.upper),
            "log10_lr_kappa": self.log10_lr(kappa),
            "by": donor.member,
            "seen": match.k,
            "database": match.n,
            "counted_on": self.counted.n_counted_on,
            "theta": match.theta,
        }


def _as_json(donor: Donor, comparison: Comparison) -> dict[str, object]:
    return {
        "member": donor.member,
        "meioses": donor.meioses,
        "finding": comparison.finding.value,
        "reason": comparison.reason,
        "compared": comparison.n_compared,
        "steps": comparison.steps,
        "probability": comparison.probability,
        "differences": [
            {"where": each.where, "remains": each.remains, "reference": each.reference, "steps": each.steps}
            for each in comparison.differences
        ],
        "compatible": list(comparison.compatible),
    }


def line_donors(
    families: Iterable[Family], references: Sequence[HaplotypeSample], *, kind: LineageKind, place: str
) -> LineDonors:
    """Returns who of the families has a haplotype and is on the line of whom.

    A reference is named "family/member", or by the member alone where only one family has one of that name. Y markers
    that stand in the families are read too; where both files name a member and differ, that member is set aside.
    """
    listed = list(families)
    aside: list[SetAside] = []
    haplotypes = _by_member(listed, references, aside)
    if kind is LineageKind.Y:
        for family in listed:
            for member, read in family.sex_markers.items():
                own, unusable = y_haplotype(read, sample=f"{family.name}/{member}", place=place)
                aside += unusable
                if own:
                    _add(haplotypes, (family.name, member), HaplotypeSample(member, own, place), aside)
    used: set[tuple[str, str]] = set()
    donors: list[Donor] = []
    without: list[tuple[str, str]] = []
    for family in listed:
        for missing in family.missing:
            line = meioses_on_line(family.pedigree, missing, kind=kind)
            found = [(m, n) for m, n in line.items() if (family.name, m) in haplotypes]
            used |= {(family.name, member) for member, _ in found}
            samples = {member: haplotypes[family.name, member].haplotype for member, _ in found}
            donors += [Donor(family.name, missing, member, n, samples[member]) for member, n in found]
            without += [] if found else [(family.name, missing)]
    word = "paternal" if kind is LineageKind.Y else "maternal"
    for (name, member), sample in haplotypes.items():
        if (name, member) not in used:
            reason = f"on the {word} line of nobody who is missing"
            aside.append(SetAside(sample.place, f"{name}/{member}", "haplotype", reason))
    return LineDonors(tuple(donors), tuple(aside), tuple(without))


_Haplotypes = dict[tuple[str, str], HaplotypeSample]


def _by_member(families: Sequence[Family], references: Sequence[HaplotypeSample], aside: list[SetAside]) -> _Haplotypes:
    members: dict[str, list[tuple[str, str]]] = {}
    for family in families:
        for member in family.pedigree.ids:
            for name in (member, f"{family.name}/{member}"):
                members.setdefault(name, []).append((family.name, member))
    found: _Haplotypes = {}
    for sample in references:
        named = members.get(sample.name, [])
        if len(named) == 1:
            _add(found, named[0], sample, aside)
        else:
            reason = 'no member of a family; needed: "family/member"'
            if named:
                reason = f'a member of {len(named)} families; needed: "family/member"'
            aside.append(SetAside(sample.place, sample.name, "haplotype", reason))
    return found


def _add(found: _Haplotypes, member: tuple[str, str], sample: HaplotypeSample, aside: list[SetAside]) -> None:
    """Adds a member's haplotype; one that was there before is completed, and one that differs takes both away."""
    before = found.get(member)
    if before is None:
        found[member] = sample
        return
    one, other = before.haplotype, sample.haplotype
    if not isinstance(one, MtHaplotype) and not isinstance(other, MtHaplotype):
        differing = [name for name in one if name in other and set(one[name]) != set(other[name])]
        if not differing:
            found[member] = HaplotypeSample(sample.name, {**one, **other}, sample.place)
            return
        reason = f"two readings differ at {', '.join(differing)} (the other in {before.place})"
    elif one == other:
        return
    else:
        reason = f"a second haplotype (the other in {before.place})"
    aside += [SetAside(each.place, "/".join(member), "haplotype", reason) for each in (before, sample)]
    del found[member]


def family_findings(
    remains: Sequence[HaplotypeSample],
    donors: Sequence[Donor],
    *,
    database: HaplotypeDatabase | None = None,
    rules: LineageRules = DEFAULT_RULES,
    with_excluded: bool = False,
    on_remains: Callable[[], object] = lambda: None,
) -> Iterator[FamilyFinding]:
    """Yields what each of the remains shows against each missing member with a donor; excluded ones if asked.

    A family that one donor excludes and another does not is yielded: it is inconclusive.
    """
    by_missing: dict[tuple[str, str], list[Donor]] = {}
    for donor in donors:
        by_missing.setdefault((donor.family, donor.missing), []).append(donor)
    search = LineSearch(donors, rules=rules)
    for sample in remains:
        near = range(len(donors)) if with_excluded else search.near(sample.haplotype)
        for key in dict.fromkeys((donors[i].family, donors[i].missing) for i in near):
            yield _finding(sample, by_missing[key], database, rules)
        on_remains()


def n_lines(donors: Iterable[Donor]) -> int:
    """Returns how many missing members have a donor on their line."""
    return len({(donor.family, donor.missing) for donor in donors})


def _finding(
    sample: HaplotypeSample, donors: Sequence[Donor], database: HaplotypeDatabase | None, rules: LineageRules
) -> FamilyFinding:
    found = [
        (donor, compare_haplotypes(sample.haplotype, donor.haplotype, meioses=donor.meioses, rules=rules))
        for donor in donors
    ]
    found.sort(key=lambda each: each[0].meioses)
    nearest = found[0][0]
    counted = database.count(sample.haplotype, nearest.haplotype) if database else None
    return FamilyFinding(sample.name, nearest.family, nearest.missing, tuple(found), counted)
