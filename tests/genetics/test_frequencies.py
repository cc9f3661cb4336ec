"""Frequency tables: read from a file, refused where wrong, never below the minimum."""

import math
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.genetics.frequencies import (
    LocusFrequencies,
    PublishedTable,
    load_frequencies,
    populations_of,
    published_frequencies,
)

HEADINGS = "population,locus,allele,frequency,n_alleles_sampled\n"


def written(folder: Path, rows: str) -> Path:
    path = folder / "table.csv"
    path.write_text(HEADINGS + rows, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("table", "population", "n_loci"),
    [
        (PublishedTable.FBI_2015, "Caucasian", 23),
        (PublishedTable.NIST_1036, "Cauc", 29),
        (PublishedTable.UK_DNA_17, "White_-_EA1_&_EA2", 16),
    ],
)
def test_published_frequencies__sum_to_one_at_every_locus(table: PublishedTable, population: str, n_loci: int) -> None:
    found = published_frequencies(table, population)
    assert len(found.loci) == n_loci
    for locus in found.loci.values():
        assert math.fsum(locus.frequencies.values()) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize(
    ("population", "n_loci"),
    [("Poland", 15), ("Slovakia", 16), ("Hungary", 16), ("Czech Republic", 16), ("Finland", 15)],
)
def test_published_frequencies__of_strider_sum_to_one_within_its_six_digits(population: str, n_loci: int) -> None:
    found = published_frequencies(PublishedTable.STRIDER_2015, population)
    assert len(found.loci) == n_loci
    for locus in found.loci.values():
        assert math.fsum(locus.frequencies.values()) == pytest.approx(1.0, abs=1e-6)


def test_published_frequencies__asks_for_a_population_where_there_are_several() -> None:
    with pytest.raises(InputError, match=r"4 populations; needed: one of them named: AfAm, Asian"):
        published_frequencies(PublishedTable.NIST_1036)


def test_published_frequencies__suggests_the_population_that_was_meant() -> None:
    with pytest.raises(InputError, match="did you mean Caucasian"):
        published_frequencies(PublishedTable.FBI_2015, "Caucasain")


def test_load_frequencies__takes_the_only_population(tmp_path: Path) -> None:
    table = load_frequencies(written(tmp_path, "P,TH01,6,0.25,200\nP,TH01,9.3,0.75,200\n"))
    assert table.population == "P"
    assert table.loci["TH01"].frequencies == {"6": 0.25, "9.3": 0.75}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("P,TH01,6,0.25,200\nP,TH01,6,0.75,200\n", r"line 3: found allele 6 of TH01 a second time"),
        ("P,TH01,6,much,200\n", r'line 2: found frequency "much"'),
        ("P,TH01,6,1.5,200\n", r'line 2: found frequency "1.5"'),
        ("P,TH01,6,1,no\n", r'line 2: found n_alleles_sampled "no"'),
        ("P,TH01,6,0.25,200\n", r"locus TH01: found frequencies that sum to 0.2500"),
        ("", "no rows"),
    ],
)
def test_load_frequencies__refuses_a_wrong_row_with_its_line(tmp_path: Path, rows: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        load_frequencies(written(tmp_path, rows))


def test_load_frequencies__names_the_missing_columns(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("population,allele\nP,6\n", encoding="utf-8")
    with pytest.raises(InputError, match="needed: locus, frequency, n_alleles_sampled"):
        load_frequencies(path)


def test_load_frequencies__says_that_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no file that can be read"):
        load_frequencies(tmp_path / "nothing.csv")


def test_populations_of__keeps_the_order_of_the_file(tmp_path: Path) -> None:
    assert populations_of(written(tmp_path, "B,TH01,6,1,200\nA,TH01,6,1,200\n")) == ["B", "A"]


def test_locus__is_found_under_any_spelling_and_suggested_when_misspelt() -> None:
    table = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
    assert table.locus("PENTA_E", place="here").locus == "Penta E"
    with pytest.raises(InputError, match="did you mean D3S1358"):
        table.locus("D3S1385", place="here")


@given(
    counts=st.lists(st.integers(0, 300), min_size=2, max_size=20).filter(lambda counts: sum(counts) > 10),
    floor=st.floats(0, 0.2),
    n_unseen=st.integers(0, 4),
)
def test_with_minimum__sums_to_one_and_leaves_nothing_below_the_minimum(
    counts: list[int], floor: float, n_unseen: int
) -> None:
    total = sum(counts)
    locus = LocusFrequencies("L", {str(i): count / total for i, count in enumerate(counts)}, total)
    unseen = tuple(f"new {i}" for i in range(n_unseen))
    minimum = locus.minimum_frequency(floor)
    assert minimum == max(floor, 5 / total)
    frequencies = locus.with_minimum(minimum, unseen=unseen)
    assert set(frequencies) == set(locus.frequencies) | set(unseen)
    assert math.fsum(frequencies.values()) == pytest.approx(1.0, abs=1e-9)
    assert min(frequencies.values()) >= min(minimum, 1 / len(frequencies)) - 1e-12


def test_with_minimum__gives_an_unseen_allele_exactly_the_minimum() -> None:
    locus = LocusFrequencies("L", {"6": 0.5, "7": 0.5}, 1000)
    assert locus.with_minimum(0.005, unseen=("8",))["8"] == 0.005


def test_published_frequencies__takes_a_class_of_rare_alleles_for_no_allele_and_says_so() -> None:
    table = published_frequencies(PublishedTable.STRIDER_2015, "Czech Republic")
    locus = table.loci["D2S1338"]
    assert "1" not in locus.frequencies
    assert locus.frequencies["17"] > 0
    assert any("D2S1338" in note and "0.0025" in note for note in table.notes)
    raw = load_frequencies_of_text("D2S1338,1,0.01,400", "D2S1338,17,0.5,400", "D2S1338,25,0.49,400")
    assert raw["17"] == pytest.approx(0.5 / 0.99)


def load_frequencies_of_text(*rows: str) -> Mapping[str, float]:
    """The frequencies of a table of one locus."""
    with TemporaryDirectory() as folder:
        path = written(Path(folder), "".join(f"P,{row}\n" for row in rows))
        (locus,) = load_frequencies(path).loci.values()
    return locus.frequencies


def test_load_frequencies__keeps_the_allele_1_of_a_snp() -> None:
    assert load_frequencies_of_text("rs1,1,0.4,400", "rs1,2,0.6,400") == {"1": 0.4, "2": 0.6}


def test_load_frequencies__refuses_a_class_that_holds_more_than_rare_alleles() -> None:
    with pytest.raises(InputError, match=r'"99", a class of rare alleles, with a share of 0.1'):
        load_frequencies_of_text("TH01,6,0.9,400", "TH01,99,0.1,400")
