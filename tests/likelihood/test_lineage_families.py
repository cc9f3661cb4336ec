"""Donors on the lines of families, and what they say together."""

import math

import pytest

from homeward.genetics.families import Family
from homeward.genetics.haplotypes import HaplotypeSample
from homeward.genetics.lineages import LineageKind
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.likelihood.haplotype_database import HaplotypeDatabase
from homeward.likelihood.lineage import LineageFinding
from homeward.likelihood.lineage_families import family_findings, line_donors

MARKERS = ("DYS19", "DYS390", "DYS391", "DYS392", "DYS393", "DYS437", "DYS438", "DYS439")
ALICE = dict.fromkeys(MARKERS, ("14",))
FAR = dict.fromkeys(MARKERS, ("18",))


def family(name: str = "F-1", **sex_markers: dict[str, tuple[str, ...]]) -> Family:
    members = [
        Member("Bob"),
        Member("Dana"),
        Member("Charlie", "Bob", "Dana"),
        Member("Erik", "Bob", "Dana"),
    ]
    return Family(name, ("Charlie",), Pedigree.of(members), {}, sex_markers)


def sample(name: str, haplotype: dict[str, tuple[str, ...]] = ALICE, place: str = "references") -> HaplotypeSample:
    return HaplotypeSample(name, haplotype, place)


def donors_of(families: list[Family], *references: HaplotypeSample):  # type: ignore[no-untyped-def]
    return line_donors(families, references, kind=LineageKind.Y, place="families")


def test_donors__are_named_by_family_and_member_or_by_a_member_of_one_family() -> None:
    lines = donors_of([family(), family("F-2")], sample("F-1/Bob"), sample("Erik"), sample("Zed"), sample("F-2/Dana"))
    assert [(d.family, d.member, d.meioses) for d in lines.donors] == [("F-1", "Bob", 1)]
    assert {each.sample: each.reason.split(";")[0] for each in lines.set_aside} == {
        "Erik": "a member of 2 families",
        "Zed": "no member of a family",
        "F-2/Dana": "on the paternal line of nobody who is missing",
    }
    assert lines.without_donor == (("F-2", "Charlie"),)


def test_donors__y_markers_of_the_families_count_too__and_two_that_differ_are_both_set_aside() -> None:
    with_bob = family(Bob={name: ALICE[name] for name in MARKERS[:2]}, Erik=ALICE)
    lines = donors_of([with_bob], sample("F-1/Bob"), sample("F-1/Erik", FAR))
    assert [(donor.member, len(donor.haplotype)) for donor in lines.donors] == [("Bob", 8)]  # type: ignore[arg-type]
    assert [each.place for each in lines.set_aside] == ["references", "families"]


def test_findings__the_nearest_donor_gives_the_ratio() -> None:
    lines = donors_of([family()], sample("Erik"), sample("Bob"))
    database = HaplotypeDatabase([sample(f"P{i}", FAR, "database") for i in range(99)])
    (found,) = family_findings([sample("bone")], lines.donors, database=database)
    assert found.finding is LineageFinding.SUPPORTED
    assert [donor.member for donor, _ in found.comparisons] == ["Bob", "Erik"]
    told = found.as_json()
    # By hand: nobody of 99, so 1/100; and no mutation at eight markers in one meiosis, with the published rates.
    rates = (2.2e-3, 2.08e-3, 2.53e-3, 4.96e-4, 1.07e-3, 1.32e-3, 3.51e-4, 5.46e-3)
    unchanged = math.fsum(math.log10(1 - rate) for rate in rates)
    assert told["log10_lr"] == pytest.approx(2 + unchanged, rel=1e-9)
    assert told["log10_lr_bound"] == pytest.approx(unchanged - math.log10(1 - 0.05 ** (1 / 99)), rel=1e-9)
    assert (told["seen"], told["database"], told["by"]) == (0, 99, "Bob")


def test_findings__donors_who_disagree_are_inconclusive_and_listed() -> None:
    lines = donors_of([family()], sample("Bob", FAR), sample("Erik"))
    (found,) = family_findings([sample("bone")], lines.donors)
    assert found.finding is LineageFinding.INCONCLUSIVE
    assert "disagree" in found.reason
    assert found.as_json()["log10_lr"] is None


def test_findings__excluded_ones_are_listed_if_asked() -> None:
    lines = donors_of([family()], sample("Bob", FAR))
    assert list(family_findings([sample("bone")], lines.donors)) == []
    (found,) = family_findings([sample("bone")], lines.donors, with_excluded=True)
    assert found.finding is LineageFinding.EXCLUDED
