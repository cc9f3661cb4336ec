"""The screen loses no donor whom a comparison one by one keeps."""

from collections.abc import Sequence

import numpy as np
import pytest

from homeward.genetics.haplotypes import Haplotype
from homeward.genetics.mitochondrial import mt_haplotype
from homeward.likelihood.lineage import LineageFinding, compare_haplotypes
from homeward.likelihood.lineage_search import Donor, LineSearch

MARKERS = ("DYS19", "DYS389I", "DYS389II", "DYS390", "DYS391", "DYS393", "DYS458", "DYS570", "DYS576", "DYS385")
SITES = ["73G", "150T", "152C", "152Y", "195C", "263G", "315.1C", "489C", "523- 524-", "249-", "16093C", "16093Y"]


def y_haplotypes(n: int, generator: np.random.Generator) -> list[Haplotype]:
    """Haplotypes near to each other, some markers unread, some with microvariants or one allele of two."""
    found: list[Haplotype] = []
    for _ in range(n):
        read: dict[str, tuple[str, ...]] = {}
        for name in MARKERS:
            alleles = [str(generator.integers(13, 16)) for _ in range(1 + (name == "DYS385"))]
            if name == "DYS389II":
                alleles = [str(generator.integers(28, 31))]
            if generator.random() < 0.05:
                alleles[0] += ".2"
            if generator.random() < 0.8:
                read[name] = tuple(alleles[: 1 if generator.random() < 0.1 else 2])
        found.append(read or {"DYS19": ("14",)})
    return found


def mt_haplotypes(n: int, generator: np.random.Generator) -> list[Haplotype]:
    ranges = ["16024-576", "16024-16365 73-340", "73-340"]
    found: list[Haplotype] = []
    for _ in range(n):
        words = generator.choice(SITES, size=generator.integers(0, 4), replace=False).tolist()
        words = [word for word in words if not (word == "152Y" and "152C" in words)]
        words = [word for word in words if not (word == "16093Y" and "16093C" in words)]
        whole = mt_haplotype(" ".join(words) or "rCRS", read="16024-576", place="")
        part = mt_haplotype("rCRS", read=ranges[generator.integers(3)], place="")
        found.append(whole.within(part.stretches))
    return found


def one_by_one(haplotype: Haplotype, donors: Sequence[Donor]) -> list[int]:
    return [
        i
        for i, donor in enumerate(donors)
        if compare_haplotypes(haplotype, donor.haplotype, meioses=donor.meioses).finding is not LineageFinding.EXCLUDED
    ]


@pytest.mark.parametrize("make", [y_haplotypes, mt_haplotypes])
@pytest.mark.parametrize("seed", range(3))
def test_search__finds_what_every_pair_compared_finds(make, seed: int) -> None:  # type: ignore[no-untyped-def]
    generator = np.random.default_rng(seed)
    haplotypes = make(150, generator)
    meioses = generator.integers(0, 7, size=len(haplotypes)).tolist()
    donors = [
        Donor(f"F{i}", "Charlie", "Bob", n, each) for i, (each, n) in enumerate(zip(haplotypes, meioses, strict=True))
    ]
    search = LineSearch(donors)
    remains = make(60, generator) + haplotypes[:20]
    kept = 0
    for haplotype in remains:
        found = list(search.near(haplotype))
        assert found == one_by_one(haplotype, donors)
        kept += len(found)
    assert 0 < kept < len(remains) * len(donors), "some are kept and some are not, or nothing was tested"


def test_search__without_donors_finds_nobody() -> None:
    assert list(LineSearch([]).near({"DYS19": ("14",)})) == []
