"""Profiles in and out of GeneMapper-style tables."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.genetics.profiles import DropOutClass, Sample, load_profiles, parse_profiles, read_allele, write_profiles

MARKERS = ("D3S1358", "TH01", "Penta E")
TAB = "Sample Name\tMarker\tAllele 1\tAllele 2\n"


def test_parse_profiles__reads_a_table_with_more_columns_in_any_order() -> None:
    text = "Panel\tMarker\tSample Name\tAllele 2\tAllele 1\tSize\nG\tD3S1358\tR-1\t16\t14\t120\n"
    reading = parse_profiles(text, place="t.tsv")
    assert reading.samples == (Sample("R-1", {"D3S1358": ("16", "14")}),)


def test_parse_profiles__reads_commas_and_semicolons() -> None:
    for separator in ",;":
        text = TAB.replace("\t", separator) + separator.join(["R-1", "TH01", "9.3", ""]) + "\n"
        assert parse_profiles(text, place="t.csv").samples[0].profile == {"TH01": ("9.3",)}


def test_parse_profiles__spells_markers_as_the_frequency_table_does() -> None:
    reading = parse_profiles(TAB + "R-1\tPENTA_E\t7\t12\n", place="t.tsv", known_markers=MARKERS)
    assert reading.samples[0].profile == {"Penta E": ("7", "12")}


def test_parse_profiles__passes_over_sex_markers_and_rows_without_alleles() -> None:
    text = TAB + "R-1\tAMEL\tX\tY\nR-1\tDYS391\t10\t\nR-1\tTH01\t\t\n"
    reading = parse_profiles(text, place="t.tsv", known_markers=MARKERS)
    assert reading.samples == (Sample("R-1", {}),)
    assert reading.problems == ()


def test_parse_profiles__keeps_the_drop_out_class_of_a_row() -> None:
    text = TAB.rstrip("\n") + "\tDrop-out class\nR-1\tTH01\t6\t\tHigh\nR-1\tD3S1358\t14\t15\t\n"
    assert parse_profiles(text, place="t.tsv").samples[0].drop_out == {"TH01": DropOutClass.HIGH}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("R-1\tD3S13\t14\t15", 't.tsv line 3: found marker "D3S13"; .*did you mean D3S1358'),
        ("R-1\tTH01\tOL\t6", 'line 3: found allele "OL"'),
        ("\tTH01\t6\t6", "line 3: found no sample name"),
        ("R-1\t\t6\t6", "line 3: found no marker for sample R-1"),
        ("R-1\tD3S1358\t14\t16", "line 3: found a second, different reading of D3S1358 for R-1"),
    ],
)
def test_parse_profiles__tells_each_bad_row_and_keeps_the_others(row: str, message: str) -> None:
    text = f"{TAB}R-1\tD3S1358\t14\t15\n{row}\nR-2\tTH01\t6\t7\n"
    reading = parse_profiles(text, place="t.tsv", known_markers=MARKERS)
    assert [sample.name for sample in reading.samples] == ["R-1", "R-2"]
    assert len(reading.problems) == 1
    with pytest.raises(InputError, match=message):
        raise reading.problems[0]


def test_parse_profiles__refuses_three_alleles() -> None:
    text = TAB.rstrip("\n") + "\tAllele 3\nR-1\tTH01\t6\t7\t8\n"
    (problem,) = parse_profiles(text, place="t.tsv").problems
    assert "3 alleles (6, 7, 8) at TH01" in str(problem)


def test_parse_profiles__refuses_an_unknown_drop_out_class() -> None:
    text = TAB.rstrip("\n") + "\tDrop-out class\nR-1\tTH01\t6\t\tsome\n"
    (problem,) = parse_profiles(text, place="t.tsv").problems
    assert "none, low, medium or high" in str(problem)


def test_parse_profiles__names_the_columns_that_are_missing() -> None:
    with pytest.raises(InputError, match="needed: also Sample Name, Allele 1, Allele 2"):
        parse_profiles("Marker,Value\n", place="t.csv")


def test_load_profiles__counts_the_problems_beyond_the_first(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(TAB + "R-1\tTH01\tx\t\nR-1\tTH01\ty\t\n", encoding="utf-8")
    with pytest.raises(InputError, match=r't.tsv line 2: found allele "x".*and 1 more rows'):
        load_profiles(path)


def test_load_profiles__refuses_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="needed: a table in UTF-8"):
        load_profiles(path)


@pytest.mark.parametrize(("text", "allele"), [("14.0", "14"), (" 9,3 ", "9.3"), ("08", "8"), ("30.2", "30.2")])
def test_read_allele__gives_the_one_spelling(text: str, allele: str) -> None:
    assert read_allele(text, place="here") == allele


alleles = st.sampled_from(["6", "7", "9.3", "14", "30.2"])
profiles = st.dictionaries(st.sampled_from(MARKERS), st.lists(alleles, min_size=1, max_size=2).map(tuple), min_size=1)


@given(st.dictionaries(st.sampled_from(["R-1", "R 2", "R,3"]), profiles, min_size=1), st.sampled_from(DropOutClass))
def test_write_profiles__is_read_back_as_the_same_samples(
    samples: dict[str, dict[str, tuple[str, ...]]], drop_out: DropOutClass
) -> None:
    classes = {} if drop_out is DropOutClass.NONE else {"TH01": drop_out}
    given_samples = tuple(
        Sample(name, profile, {m: c for m, c in classes.items() if m in profile}) for name, profile in samples.items()
    )
    reading = parse_profiles(write_profiles(given_samples), place="t.tsv", known_markers=MARKERS)
    assert reading.samples == given_samples
    assert reading.problems == ()
