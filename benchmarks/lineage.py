"""What lineage markers cost: `python -m benchmarks lineage`, remains against donors, by the screen and pair by pair.

Haplotypes are made up: founders of some lineages, with steps at Y markers or sites of mtDNA drawn for each person. The
ratio is the time of pairs compared one by one (a sample of them, carried up) to that of the search.
"""

import time
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from homeward.genetics.haplotypes import Haplotype
from homeward.genetics.mitochondrial import mt_haplotype, reference_base
from homeward.likelihood.lineage import compare_haplotypes
from homeward.likelihood.lineage_search import Donor, LineSearch

__all__ = ["run"]

SIZES = {"small": (300, 2_000), "full": (12_000, 70_000)}
N_SAMPLED = 2_000
N_FOUNDERS = 40
YFILER_PLUS = (
    *("DYS19", "DYS385", "DYS389I", "DYS389II", "DYS390", "DYS391", "DYS392", "DYS393", "DYS437", "DYS438"),
    *("DYS439", "DYS448", "DYS449", "DYS456", "DYS458", "DYS460", "DYS481", "DYS518", "DYS533", "DYS570", "DYS576"),
    *("DYS627", "DYS635", "DYF387S1", "YGATAH4"),
)
Row = dict[str, object]


def run(size: str) -> list[Row]:
    """Returns a row for each kind: name, seconds, ratio, against, note."""
    n_remains, n_donors = SIZES[size]
    rows: list[Row] = []
    for name, make in (("Y, 25 markers", _y_haplotypes), ("mtDNA, control region", _mt_haplotypes)):
        generator = np.random.default_rng(20261125)
        people = make(n_donors, generator)
        meioses = generator.integers(1, 4, size=n_donors).tolist()
        donors = [
            Donor(f"F{i}", "missing", "donor", n, each) for i, (each, n) in enumerate(zip(people, meioses, strict=True))
        ]
        kin = generator.integers(0, n_donors, size=n_remains * 7 // 10)
        remains = [people[i] for i in kin] + make(n_remains - len(kin), generator)
        rows.append(_row(name, remains, donors, generator))
    return rows


def _row(name: str, remains: Sequence[Haplotype], donors: Sequence[Donor], generator: Generator) -> Row:
    start = time.perf_counter()
    search = LineSearch(donors)
    n_kept = sum(len(search.near(haplotype)) for haplotype in remains)
    seconds = time.perf_counter() - start
    start = time.perf_counter()
    for i, j in generator.integers(0, (len(remains), len(donors)), size=(N_SAMPLED, 2)):
        compare_haplotypes(remains[i], donors[j].haplotype, meioses=donors[j].meioses)
    n_pairs = len(remains) * len(donors)
    one_by_one = (time.perf_counter() - start) * n_pairs / N_SAMPLED
    return {
        "name": f"lineage: {name}, {len(remains):,} x {len(donors):,}",
        "seconds": seconds,
        "ratio": one_by_one / seconds,
        "against": "pair by pair",
        "note": f"({n_kept:,} of {n_pairs:,} pairs not excluded)",
    }


def _y_haplotypes(n: int, generator: Generator) -> list[Haplotype]:
    founders = np.random.default_rng(1).integers(12, 22, size=(N_FOUNDERS, len(YFILER_PLUS)))
    steps = generator.binomial(8, 0.5, size=(n, len(YFILER_PLUS))) - 4
    alleles = founders[generator.integers(0, N_FOUNDERS, size=n)] + np.where(
        generator.random(steps.shape) < 0.5, steps, 0
    )
    twice = [YFILER_PLUS.index(name) for name in ("DYS385", "DYF387S1")]
    found: list[Haplotype] = []
    for row in alleles.tolist():
        read = {name: (str(allele),) for name, allele in zip(YFILER_PLUS, row, strict=True)}
        read["DYS389II"] = (str(row[2] + row[3]),)
        found.append(read | {YFILER_PLUS[at]: (str(row[at]), str(row[at] + 2)) for at in twice})
    return found


def _mt_haplotypes(n: int, generator: Generator) -> list[Haplotype]:
    fixed = np.random.default_rng(2)
    sites = fixed.permutation([*range(16024, 16570), *range(1, 300)])[:400]
    motifs = [fixed.choice(sites, size=fixed.integers(1, 9), replace=False) for _ in range(N_FOUNDERS)]
    weights = 1 / np.arange(1, len(sites) + 1)
    found: list[Haplotype] = []
    for founder in generator.integers(0, N_FOUNDERS, size=n):
        own = generator.choice(sites, size=generator.poisson(2), replace=False, p=weights / weights.sum())
        words = [f"{at}{_other(int(at))}" for at in sorted({*motifs[founder].tolist(), *own.tolist()})]
        found.append(mt_haplotype(" ".join([*words, "315.1C"]), read="16024-576", place=""))
    return found


_TRANSITIONS = {"A": "G", "G": "A", "C": "T", "T": "C"}


def _other(at: int) -> str:
    return _TRANSITIONS[reference_base(at)]
