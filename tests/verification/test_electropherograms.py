"""The simulator by peak heights: it shares nothing with the engine, and its bones are what it says they are."""

from pathlib import Path

import numpy as np
import pytest
from verification.electropherograms import BENCHES, LENGTHS, Level, Made, made_search

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from verification import electropherograms

TABLE = published_frequencies(PublishedTable.FBI_2015, "Caucasian")


@pytest.fixture(scope="module")
def made() -> Made:
    frequencies = {name: locus.frequencies for name, locus in TABLE.loci.items()}
    return made_search(frequencies, n_families=60, n_remains=80, generator=np.random.default_rng(7))


def test_the_simulator__imports_neither_likelihoods_nor_searches_nor_the_other_simulator() -> None:
    text = Path(electropherograms.__file__).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith(("from", "import"))]
    assert not [line for line in lines if "likelihood" in line or "search" in line or "simulation" in line]


def test_made_search__hands_alleles_on_but_for_a_mutation_now_and_then(made: Made) -> None:
    foreign = compared = 0
    for family in made.families:
        if {"mother", "sister"} <= family.genotypes.keys():
            for marker, alleles in family.genotypes["sister"].items():
                compared += 1
                foreign += set(alleles).isdisjoint(family.genotypes["mother"][marker])
    assert compared > 300
    assert foreign < 0.01 * compared


def test_made_search__reads_less_of_what_is_more_degraded(made: Made) -> None:
    read = [sum(len(bone.profile) for bone in made.remains[level]) for level in Level]
    assert read == sorted(read, reverse=True)
    assert read[0] == 80 * len(LENGTHS)
    assert read[-1] < 0.7 * read[0]


def test_made_search__loses_long_fragments_before_short_ones(made: Made) -> None:
    lengths = sorted(LENGTHS, key=lambda name: LENGTHS[name])
    for level in (Level.MODERATE, Level.HIGH):
        unread = [sum(name in bone.unread for bone in made.remains[level]) for name in lengths]
        assert sum(unread[:7]) < sum(unread[7:14]) < sum(unread[14:])


def test_made_search__reads_no_peak_below_the_threshold(made: Made) -> None:
    for level, bones in made.remains.items():
        heights = [height for bone in bones for peaks in bone.heights.values() for height in peaks]
        assert min(heights) >= BENCHES[level].threshold


def test_made_search__finds_each_missing_person_once_at_most(made: Made) -> None:
    found = [family for family in made.truth if family]
    assert len(found) == len(set(found)) == 56
