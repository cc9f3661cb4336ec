"""Tables of replicates: what is read, what is no allele, and what is refused."""

import pytest

from homeward.errors import InputError
from homeward.genetics.profiles import DropOutClass
from homeward.laboratory.replicates import ReplicateTable, read_replicates

HEAD = "Sample Name\tMarker\tReplicate\tAllele 1\tAllele 2\tAllele 3\n"


def read(text: str, encoding: str = "utf-8") -> ReplicateTable:
    return read_replicates(text.encode(encoding), name="replicates.tsv")


def alleles(table: ReplicateTable) -> list[set[str]]:
    [sample] = table.samples.values()
    [marker] = sample.values()
    return [set(replicate.alleles) for replicate in marker]


def test_rows__are_grouped_by_sample_and_marker() -> None:
    table = read(f"{HEAD}S 1\tTH01\t1\t6\t9.3\t\nS 1\tth 01\t2\t6.0\t\t\nS 2\tTH01\t1\t\t\t\nS 1\tFGA\t1\t22\t23\t24\n")
    assert {name: list(markers) for name, markers in table.samples.items()} == {"S 1": ["TH01", "FGA"], "S 2": ["TH01"]}
    assert [set(each.alleles) for each in table.samples["S 1"]["TH01"]] == [{"6", "9.3"}, {"6"}]
    assert table.as_json() == {
        "read": 4,
        "with_alleles": 3,
        "off_ladder": 0,
        "nothing_read": 1,
        "repeated": [],
    }


@pytest.mark.parametrize("sign", ["", "0", "-", "NA", "N/A", "n/a", ".", "?", "–", "0.0"])
def test_signs_of_nothing_read__are_no_alleles(sign: str) -> None:
    assert alleles(read(f"{HEAD}S\tTH01\t1\t{sign}\t{sign}\t{sign}\nS\tTH01\t2\t6\t{sign}\t\n")) == [set(), {"6"}]


@pytest.mark.parametrize("sign", ["OL", "ol", "OL?", "off-ladder"])
def test_an_allele_off_the_ladder__is_seen_and_has_no_name(sign: str) -> None:
    rows = f"S\tTH01\t1\t6\t{sign}\t\nS\tTH01\t2\t{sign}\t\t\nS\tTH01\t3\t6\t\t\nS\tTH01\t4\t\t\t\n"
    table = read(HEAD + rows)
    assert alleles(table) == [{"6"}, set(), {"6"}, set()]
    assert [each.off_ladder for each in table.samples["S"]["TH01"]] == [True, True, False, False]
    assert [table.as_json()[name] for name in ("read", "with_alleles", "off_ladder", "nothing_read")] == [4, 1, 2, 1]


def test_a_reading_with_an_allele_off_the_ladder__is_another_than_one_without() -> None:
    assert read(f"{HEAD}S\tTH01\t1\t6\tOL\t\nS\tTH01\t1\tol\t6\t\n").repeated
    with pytest.raises(InputError, match="a second, different reading"):
        read(f"{HEAD}S\tTH01\t1\t6\tOL\t\nS\tTH01\t1\t6\t\t\n")


@pytest.mark.parametrize(
    ("written", "read_as"), [("6.0", "6"), ("06", "6"), ("9,3", "9.3"), ("9.30", "9.3"), (" 14 ", "14"), ("6.00", "6")]
)
def test_an_allele__has_one_spelling(written: str, read_as: str) -> None:
    assert alleles(read(f'{HEAD}S\tTH01\t1\t"{written}"\t\t\nS\tTH01\t2\t{read_as}\t\t\n')) == [{read_as}] * 2


def test_a_homozygote_written_twice__is_one_allele() -> None:
    assert alleles(read(f"{HEAD}S\tTH01\t1\t6\t6\t\n")) == [{"6"}]


def test_the_sex_marker__has_x_and_y() -> None:
    assert alleles(read(f"{HEAD}S\tAMEL\t1\tX\ty\t\n")) == [{"X", "Y"}]
    with pytest.raises(InputError, match='found "Z"; needed: X or Y'):
        read(f"{HEAD}S\tAMEL\t1\tX\tZ\t\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1251"])
def test_tables_of_instruments__are_read_with_their_other_columns(encoding: str) -> None:
    text = "Sample File,sample name,PANEL,marker,Dye,allele 1,Allele 2,Height 1,replicate\n"
    text += "a.fsa,Зразок,P,TH01,B,6,9.3,812,1\n"
    table = read(text, encoding)
    assert list(table.samples) == ["Зразок"]
    assert alleles(table) == [{"6", "9.3"}]
    assert alleles(read("Sample Name;Marker;Replicate;Allele 1;Allele 2\nS;TH01;1;9,3;\n")) == [{"9.3"}]


def test_a_fourth_allele__is_read_too_and_never_passed_over() -> None:
    head = HEAD.replace("Allele 3", "Allele 3\tAllele 4")
    assert alleles(read(f"{head}S\tTH01\t1\t6\t7\t8\t9\n")) == [{"6", "7", "8", "9"}]


def test_the_class_that_the_laboratory_states__is_kept() -> None:
    head = HEAD.replace("\n", "\tDrop-out class\n")
    [replicate] = read(f"{head}S\tTH01\t1\t6\t\t\tNone\n").samples["S"]["TH01"]
    assert replicate.stated is DropOutClass.NONE
    with pytest.raises(InputError, match='field Drop-out class: found "some"'):
        read(f"{head}S\tTH01\t1\t6\t\t\tsome\n")


def test_the_same_row_again__is_used_once_and_told_and_another_reading_is_refused() -> None:
    twice = f"{HEAD}S\tTH01\t1\t6\t9.3\t\nS\tTH01\t1\t9.3\t6.0\t\n"
    table = read(twice)
    assert alleles(table) == [{"6", "9.3"}]
    assert table.repeated == ["replicates.tsv line 3: S, TH01, replicate 1 stands there again"]
    assert table.as_json()["with_alleles"] == 1
    with pytest.raises(InputError, match="a second, different reading of TH01 of S in replicate 1"):
        read(f"{twice}S\tTH01\t1\t6\t\t\n")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("\tTH01\t1\t6\t\t", "field Sample Name: found nothing"),
        ("S\t\t1\t6\t\t", "field Marker: found nothing"),
        ("S\t--\t1\t6\t\t", 'field Marker: found "--"'),
        ("S\tTH01\t\t6\t\t", "field Replicate: found nothing; needed: the number of the replicate"),
        ("S\tTH01\t1\tsix\t\t", 'field Allele 1: found "six"; needed: a number of repeats'),
        ("S\tTH01\t1\t140\t\t", 'field Allele 1: found "140"'),
        ("S\tTH01\t1\t-6\t\t", 'field Allele 1: found "-6"'),
        ("S\tTH01\t1\t٦\t\t", "field Allele 1: found"),
        ("S\tTH01\t1\tX\t\t", 'field Allele 1: found "X"'),
        ("S\tTH01\t1\t6\t\t\t\t7", "cells under 6 headings"),
    ],
)
def test_a_row_that_cannot_be__is_refused(row: str, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(f"{HEAD}S\tFGA\t1\t22\t\t\n{row}\n")
    assert told in str(refusal.value)
    assert refusal.value.place.startswith("replicates.tsv line 3")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "an empty file"),
        (HEAD, "headings and no row"),
        ("Sample Name\tMarker\tAllele 1\nS\tTH01\t6\n", "needed: also Replicate"),
        ("Sample Name\tMarker\tReplicate\tAllele 1\tALLELE 1\n", 'found the heading "Allele 1" twice'),
    ],
)
def test_a_file_that_is_no_table_of_replicates__is_refused(text: str, told: str) -> None:
    with pytest.raises(InputError) as refusal:
        read(text)
    assert told in str(refusal.value)
