"""Profiles in and out of GeneMapper-style tables."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.imports.workbook_files import cell, workbook

from homeward.errors import InputError
from homeward.genetics.marker_names import MarkerNames
from homeward.genetics.profiles import DropOutClass, Sample, load_profiles, parse_profiles, write_profiles
from homeward.genetics.sex_markers import SexReading

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


def test_parse_profiles__passes_over_quality_sensors_and_rows_without_alleles() -> None:
    text = TAB + "R-1\tQS1\t1\t\nR-1\tIQCS\t1\t\nR-1\tTH01\t\t\n"
    reading = parse_profiles(text, place="t.tsv", known_markers=MARKERS)
    assert reading.samples == (Sample("R-1", {}, unread=frozenset({"TH01"})),)
    assert reading.problems == ()


def test_parse_profiles__keeps_the_drop_out_class_of_a_row() -> None:
    text = TAB.rstrip("\n") + "\tDrop-out class\nR-1\tTH01\t6\t\tHigh\nR-1\tD3S1358\t14\t15\t\n"
    assert parse_profiles(text, place="t.tsv").samples[0].drop_out == {"TH01": DropOutClass.HIGH}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("R-1\tD3S13\t14\t15", 't.tsv line 3: found marker "D3S13"; .*did you mean D3S1358'),
        ("R-1\tTH01\t6", "line 3: found 3 cells; needed: a cell for each of the alleles"),
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


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ("6\t7\t8", "3 alleles (6, 7, 8)"),
        ("OL\t7\t", '"OL" is off the ladder'),
        ("6.9\t\t", "a repeat of 4 bases has .1 to .3"),
        ("6/7\t\t", '"6/7" is two alleles in one cell'),
        ("6 7\t\t", '"6 7" is two alleles in one cell'),
        ("six\t\t", '"six" is no number of repeats'),
    ],
)
def test_parse_profiles__sets_a_marker_of_a_sample_aside_with_its_reason(cells: str, reason: str) -> None:
    text = TAB.rstrip("\n") + f"\tAllele 3\nR-1\tTH01\t{cells}\nR-1\tD3S1358\t14\t15\t\nR-2\tTH01\t6\t7\t\n"
    reading = parse_profiles(text, place="t.tsv", known_markers=MARKERS)
    assert [sample.profile for sample in reading.samples] == [{"D3S1358": ("14", "15")}, {"TH01": ("6", "7")}]
    assert reading.problems == ()
    (aside,) = reading.account.set_aside
    assert (aside.place, aside.sample, aside.marker) == ("t.tsv line 2", "R-1", "TH01")
    assert reason in aside.reason
    assert (reading.account.total, reading.account.used) == (3, 2)


def test_parse_profiles__reads_no_sign_of_nothing_as_an_allele() -> None:
    signs = ["0", "-", "-/-", "NA", "N/A", ".", "?", "", "0.0"]
    rows = "".join(f"R-{i}\tTH01\t{sign}\t{sign}\nR-{i}\tD3S1358\t14\t{sign}\n" for i, sign in enumerate(signs))
    reading = parse_profiles(TAB + rows, place="t.tsv", known_markers=MARKERS)
    assert {tuple(sample.profile.items()) for sample in reading.samples} == {(("D3S1358", ("14",)),)}
    assert (reading.account.not_read, reading.account.used, reading.account.half_read) == (9, 9, 8)


def test_parse_profiles__loses_no_row_to_a_stray_quotation_mark() -> None:
    head = TAB.rstrip("\n") + "\tRemark\n"
    rows = "".join(f"R-{i}\tTH01\t6\t7\t" + ('5" bone' if i == 3 else "") + "\n" for i in range(40))
    assert len(parse_profiles(head + rows, place="t.tsv").samples) == 40


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp1251"])
def test_parse_profiles__reads_the_encodings_of_instruments(encoding: str) -> None:
    table = (TAB + "Кістка\tTH01\t6\t7\n").encode(encoding)
    assert parse_profiles(table, place="t.txt").samples == (Sample("Кістка", {"TH01": ("6", "7")}),)


def test_parse_profiles__counts_a_reading_given_twice_and_tells_both_lines_of_two_that_differ() -> None:
    twice = TAB + "R-1\tPenta E\t7\t12\nR-1\tPENTA_E\t12\t7.0\n"
    reading = parse_profiles(twice, place="t.tsv", known_markers=MARKERS)
    assert (reading.account.repeated, reading.problems) == (1, ())
    (problem,) = parse_profiles(twice + "R-1\tpenta e\t7\t7\n", place="t.tsv", known_markers=MARKERS).problems
    assert "line 4" in problem.place
    assert "line 2 has another" in problem.found


def test_parse_profiles__refuses_two_samples_of_one_name_that_share_no_marker() -> None:
    rows = "R-1\tTH01\t6\t7\nR-2\tTH01\t6\t7\nR-1\tD3S1358\t14\t15\n"
    (problem,) = parse_profiles(TAB + rows + "R-2\tTH01\t6\t7\n", place="t.tsv", known_markers=MARKERS).problems
    assert str(problem).startswith('t.tsv line 4: found sample "R-1" again, begun in line 2')
    ordered_by_marker = "R-1\tTH01\t6\t7\nR-2\tTH01\t6\t7\nR-1\tD3S1358\t14\t15\nR-2\tD3S1358\t14\t15\n"
    assert parse_profiles(TAB + ordered_by_marker, place="t.tsv").problems == ()
    files = "Sample File\t" + TAB + "a.fsa\tR-1\tTH01\t6\t7\nb.fsa\tR-1\tD3S1358\t14\t15\n"
    assert len(parse_profiles(files, place="t.tsv").problems) == 1


def test_parse_profiles__refuses_an_unknown_drop_out_class() -> None:
    text = TAB.rstrip("\n") + "\tDrop-out class\nR-1\tTH01\t6\t\tsome\n"
    (problem,) = parse_profiles(text, place="t.tsv").problems
    assert "none, low, medium or high" in str(problem)


def test_parse_profiles__names_the_columns_that_are_missing() -> None:
    with pytest.raises(InputError, match="needed: also Sample Name, Allele 1, Allele 2"):
        parse_profiles("Marker,Value\n", place="t.csv")


def test_load_profiles__counts_the_problems_beyond_the_first(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_text(TAB + "R-1\tTH1\t6\t\nR-1\tTH2\t6\t\n", encoding="utf-8")
    with pytest.raises(InputError, match=r't.tsv line 2: found marker "TH1".*and 1 more rows'):
        load_profiles(path, MARKERS)


def test_load_profiles__refuses_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "t.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="needed: text in UTF-8, UTF-16"):
        load_profiles(path)


alleles = st.sampled_from(["6", "7", "9.3", "14", "30.2"])
profiles = st.dictionaries(st.sampled_from(MARKERS), st.lists(alleles, min_size=1, max_size=2).map(tuple), min_size=1)


@given(st.dictionaries(st.sampled_from(["R-1", "R 2", "R,3"]), profiles, min_size=1), st.sampled_from(DropOutClass))
def test_write_profiles__is_read_back_as_the_same_samples(
    samples: dict[str, dict[str, tuple[str, ...]]], drop_out: DropOutClass
) -> None:
    classes = {"TH01": drop_out}
    given_samples = tuple(
        Sample(name, profile, {m: c for m, c in classes.items() if m in profile}) for name, profile in samples.items()
    )
    reading = parse_profiles(write_profiles(given_samples), place="t.tsv", known_markers=MARKERS)
    assert reading.samples == given_samples
    assert reading.problems == ()


def test_parse_profiles__keeps_sex_markers_apart_and_writes_them_again() -> None:
    rows = ["TH01\t6\t7", "Amelogenin\tX\tY", "DYS391\t10\t", "Yindel\t\t", "SRY\t0\t0", "AMEL\tY\tX"]
    table = TAB + "".join(f"R-1\t{row}\n" for row in rows)
    reading = parse_profiles(table, place="r.tsv")
    (sample,) = reading.samples
    assert sample.sex_markers == {"AMEL": ("X", "Y"), "DYS391": ("10",), "Yindel": (), "SRY": ()}
    account = reading.account
    assert (account.used, account.of_sex, account.not_read, account.repeated, account.total) == (1, 2, 2, 1, 6)
    assert parse_profiles(write_profiles([sample]), place="again").samples == (sample,)


def test_parse_profiles__sets_two_amelogenins_that_differ_aside_and_goes_on() -> None:
    rows = ["AMEL\tX\tY", "TH01\t6\t7", "AMEL\tX\t", "AMEL\tX\tY"]
    reading = parse_profiles(TAB + "".join(f"R-1\t{row}\n" for row in rows), place="r.tsv")
    (sample,) = reading.samples
    assert not reading.problems
    assert SexReading.of(sample.sex_markers) == SexReading()
    account = reading.account
    assert [each.place for each in account.set_aside] == ["r.tsv line 4", "r.tsv line 4", "r.tsv line 5"]
    assert (account.of_sex, account.total) == (0, 4)


def test_parse_profiles__sets_aside_what_is_neither_x_nor_y() -> None:
    reading = parse_profiles(TAB + "R-1\tAMEL\tOL\tX\nR-1\tTH01\t6\t7\n", place="r.tsv")
    assert [each.marker for each in reading.account.set_aside] == ["AMEL"]
    assert not reading.samples[0].sex_markers


def test_parse_profiles__reads_a_workbook_and_sets_aside_what_the_spreadsheet_spoilt(tmp_path: Path) -> None:
    heads = "".join(
        cell(f"{column}1", heading) for column, heading in zip("ABCD", TAB.strip().split("\t"), strict=True)
    )
    rows = {
        1: heads,
        2: cell("A2", "R-1") + cell("B2", "TH01") + cell("C2", 9.3) + cell("D2", 6.0),
        3: cell("A3", "R-1") + cell("B3", "D3S1358") + cell("C3", 46090.0, day=True) + cell("D3", 14.0),
        4: cell("A4", "R-1") + cell("B4", "Penta E") + cell("C4", 7.0) + '<c r="D4" t="e"><v>#REF!</v></c>',
    }
    (tmp_path / "profiles.xlsx").write_bytes(workbook({"Genotypes": rows}))
    names = MarkerNames(MARKERS)
    assert load_profiles(tmp_path / "profiles.xlsx", names) == (Sample("R-1", {"TH01": ("9.3", "6")}),)
    assert [(aside.place, aside.marker) for aside in names.account.set_aside] == [
        ("profiles.xlsx line 3", "D3S1358"),
        ("profiles.xlsx line 4", "Penta E"),
    ]
