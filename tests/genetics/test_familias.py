"""Familias files: read in any encoding, and refused with the line where they are malformed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.genetics.fam_files import dvi_file, locus, paternity_file

from homeward.errors import InputError
from homeward.genetics.familias import read_fam
from homeward.genetics.familias_cases import fam_as_case
from homeward.genetics.familias_records import FamModel


def written(folder: Path, lines: list[str], *, encoding: str = "utf-8", end: str = "\n") -> Path:
    path = folder / "case.fam"
    path.write_bytes(end.join([*lines, ""]).encode(encoding))
    return path


def test_read_fam__finds_people_pedigrees_and_database(tmp_path: Path) -> None:
    fam = read_fam(written(tmp_path, paternity_file()))
    assert [(person.name, person.sex) for person in fam.persons] == [("Bob", "male"), ("Alice", "female")]
    assert fam.persons[1].genotypes == {"D3S1358": ("15", "16"), "TH01": ("6", "9.3")}
    assert [pedigree.relations for pedigree in fam.pedigrees] == [(("Bob", "Alice"),), ()]
    assert fam.theta == 0.02
    assert fam.loci[0].frequencies == {"14": 0.25, "15": 0.35, "16": 0.4}
    assert (fam.loci[1].female.rate, fam.loci[1].male.rate) == (0.001, 0.002)
    assert fam.loci[1].male.model is FamModel.STEPWISE_EXTENDED


@pytest.mark.parametrize(
    ("encoding", "end"), [("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("utf-16", "\r\n"), ("cp1252", "\r\n")]
)
def test_read_fam__reads_every_encoding_and_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    lines = [line.replace("Bob", "Børge") for line in paternity_file()]
    fam = read_fam(written(tmp_path, lines, encoding=encoding, end=end))
    assert fam.persons[0].name == "Børge"


def test_read_fam__passes_over_computed_probabilities(tmp_path: Path) -> None:
    lines = paternity_file()
    place = next(i for i, line in enumerate(lines) if line.startswith("#FALSE# (#Databases"))
    lines[place : place + 1] = [lines[place].replace("#FALSE#", "#TRUE#", 1), "2", "0.5", "0.5", "17"]
    assert len(read_fam(written(tmp_path, lines)).loci) == 2


def test_read_fam__refuses_a_genotype_at_a_marker_that_is_not_there(tmp_path: Path) -> None:
    lines = paternity_file(loci=locus("D3S1358", {"14": "0.25", "15": "0.35", "16": "0.4"}))
    with pytest.raises(InputError, match="a marker as a place in the list, 0 to 0"):
        read_fam(written(tmp_path, lines))


@pytest.mark.parametrize(
    ("number", "text", "message"),
    [
        (1, "a letter", 'line 1: found "a letter"; needed: the first line of a Familias file'),
        (5, "some", 'line 5: found "some"; needed: the number of people'),
        (10, "male", 'line 10: found "male"; needed: whether Bob is male, #TRUE# or #FALSE#'),
        (12, "77", 'line 12: found "77"; needed: an allele as a place in the list, 0 to 2'),
        (14, "9", 'line 14: found "9"; needed: a marker as a place in the list, 0 to 1'),
        (30, "Relations", 'line 30: found "Relations"; needed: "Known relations"'),
        (40, "5", 'line 40: found "5"; needed: a person as a place in the list, 0 to 1'),
        (40, "0 (Direct)", "identical twins cannot be expressed"),
        (54, "7", 'line 54: found "7"; needed: the female mutation model of marker D3S1358, 0 to 4'),
        (52, "1.5", 'line 52: found "1.5"; needed: the female mutation rate of marker D3S1358'),
        (66, '"14"', 'line 66: found ""14""; needed: each allele of marker D3S1358 once'),
    ],
)
def test_read_fam__names_the_line_that_is_wrong(tmp_path: Path, number: int, text: str, message: str) -> None:
    lines = paternity_file()
    lines[number - 1] = text
    with pytest.raises(InputError) as caught:
        read_fam(written(tmp_path, lines))
    assert message in str(caught.value)


@pytest.mark.parametrize("n_lines", [0, 1, 4, 12, 33, 45, 60, 70])
def test_read_fam__says_where_a_file_ends_too_soon(tmp_path: Path, n_lines: int) -> None:
    with pytest.raises(InputError, match=f"line {max(n_lines, 1)}|line {n_lines + 1}"):
        read_fam(written(tmp_path, paternity_file()[:n_lines]))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nSystems= 1", "nSystems= 2", "nSystems= 1, the number that follows"),
        ("SystemName= TH01", "SystemName= TH02", "a marker of the database above"),
        ("Allele2= 9.3", "Allele2= 77", "an allele of marker TH01 in the database above"),
        ("nFamilies= 1", "nFamilies= 3", "nFamilies= 1"),
        ("Name= V1", "Nome= V1", "a line Name="),
        ("Parent= Clara", "Mother= Clara", "Parent= before Child="),
        ("[[[[Persons]]]]", "[[[[[[Persons]]]]]]", "one level below"),
        ("Gender= Male", "who knows", 'an entry "Key= value"'),
    ],
)
def test_read_fam__names_the_line_of_the_victims_part(tmp_path: Path, old: str, new: str, message: str) -> None:
    lines = dvi_file()
    lines[lines.index(old)] = new
    with pytest.raises(InputError, match=r"case.fam line \d+") as caught:
        read_fam(written(tmp_path, lines))
    assert message in str(caught.value)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_read_fam__refuses_or_reads_a_damaged_file_and_never_breaks(tmp_path: Path, data: st.DataObject) -> None:
    lines = data.draw(st.sampled_from([paternity_file(), dvi_file()]))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["", "-1", "99", "x", "#TRUE#", '"', "[[[", "= =", None]))
        lines = lines[:place] + ([] if change is None else [change]) + lines[place + 1 :]
    try:
        fam = read_fam(written(tmp_path, lines))
        fam_as_case(fam, place="case.fam")
    except InputError as refusal:
        told = str(refusal)
    else:
        told = "case.fam line"
    assert "case.fam line" in told or "marker" in told or "mutation" in told
