"""Allele frequencies of several published populations on one ladder of alleles, read from the CSV files alone."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

__all__ = ["EUROPEAN", "LOCI", "Floats", "Integers", "Ladder", "read_ladder"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DATA = Path(__file__).resolve().parents[2] / "src" / "homeward" / "genetics" / "data"
TABLES = ("fbi2015", "nist1036")
EUROPEAN = ("fbi2015:Caucasian", "nist1036:Cauc")
TIMES_SEEN = 5  # no allele is believed to be rarer than one that was counted five times (NRC 1996)

BASIC = (
    *("D3S1358", "vWA", "D16S539", "CSF1PO", "TPOX", "D8S1179", "D21S11", "D18S51", "D2S441", "D19S433", "TH01"),
    *("FGA", "D22S1045", "D5S818", "D13S317", "D7S820", "SE33", "D10S1248", "D1S1656", "D12S391", "D2S1338"),
)
PENTAS = ("Penta D", "Penta E")
SECOND_SET = ("D6S1043", "F13A01", "F13B", "FESFPS", "LPL", "Penta C")
LOCI = {21: BASIC, 23: BASIC + PENTAS, 29: BASIC + PENTAS + SECOND_SET}


@dataclass(frozen=True, eq=False)
class Ladder:
    """Frequencies by population, each of shape (n_loci, most alleles), zeros after a locus's last allele.

    The alleles are those of the population in which people are drawn, so that every reading has a frequency everywhere.
    """

    loci: tuple[str, ...]
    alleles: tuple[tuple[str, ...], ...]
    populations: dict[str, Floats]

    def of(self, population: str) -> Callable[[Integers], Floats]:
        """Returns the frequencies of alleles whose last axis is that of the loci."""
        values, rows = self.populations[population], np.arange(len(self.loci))

        def frequency(alleles: Integers) -> Floats:
            return np.asarray(values[rows, alleles])

        return frequency

    def at(self, population: str, locus: int) -> Callable[[Integers], Floats]:
        """Returns the frequencies of alleles of one locus, whatever their shape."""
        values = self.populations[population][locus]

        def frequency(alleles: Integers) -> Floats:
            return np.asarray(values[alleles])

        return frequency


def read_ladder(loci: Sequence[str], *, drawn_from: str, names: Sequence[str] | None = None) -> Ladder:
    """Returns the tables that have all the loci, or those that are named; one that is named and lacks a locus is told.

    Alleles are raised to 5/(2N), those that a table lacks too, and each locus scaled to the sum 1.
    """
    counts = {f"{table}:{name}": rows for table in TABLES for name, rows in _read(DATA / f"{table}.csv").items()}
    whole = [name for name, rows in counts.items() if set(loci) <= set(rows)]
    chosen = list(dict.fromkeys([drawn_from, *(whole if names is None else names)]))
    if lacking := [name for name in chosen if name not in whole]:
        raise SystemExit(f"without all of the {len(loci)} loci: {', '.join(lacking)}; with them: {', '.join(whole)}")
    alleles = tuple(tuple(sorted(counts[drawn_from][locus], key=float)) for locus in loci)
    populations = {name: _on_ladder(counts[name], loci, alleles) for name in chosen}
    return Ladder(tuple(loci), alleles, populations)


def _read(path: Path) -> dict[str, dict[str, dict[str, tuple[float, float]]]]:
    """Population, locus, allele: frequency, and the number of alleles sampled."""
    tables: dict[str, dict[str, dict[str, tuple[float, float]]]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            locus = tables.setdefault(row["population"], {}).setdefault(row["locus"], {})
            locus[row["allele"]] = float(row["frequency"]), float(row["n_alleles_sampled"])
    return tables


def _on_ladder(
    counted: dict[str, dict[str, tuple[float, float]]], loci: Sequence[str], alleles: tuple[tuple[str, ...], ...]
) -> Floats:
    values = np.zeros((len(loci), max(map(len, alleles))))
    for row, (locus, names) in enumerate(zip(loci, alleles, strict=True)):
        sampled = next(iter(counted[locus].values()))[1]
        raised = [max(counted[locus].get(name, (0.0, sampled))[0], TIMES_SEEN / sampled) for name in names]
        elsewhere = sum(value for name, (value, _) in counted[locus].items() if name not in names)
        values[row, : len(names)] = np.array(raised) / (sum(raised) + elsewhere)
    return values
