"""Haplotypes from tables: every row is used or set aside with its reason."""

from pathlib import Path

import pytest

from homeward.errors import InputError
from homeward.genetics.haplotypes import read_haplotypes, y_haplotype
from homeward.genetics.lineages import LineageKind

HEAD = "Sample Name\tMarker\tAllele 1\tAllele 2\n"
MT_HEAD = "Sample Name,Range,Haplotype\n"


def written(folder: Path, text: str, name: str = "table.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_y__is_read_from_the_table_of_all_markers__with_the_account(tmp_path: Path) -> None:
    rows = [
        "Alice\tTH01\t6\t9.3",
        "Alice\tAMEL\tX\tY",
        "Alice\tdys19\t14\t",
        "Alice\tDYS385 a/b\t14\t11",
        "Alice\tY-GATA-H4\t12.0\t",
        "Alice\tDYS390\t\t",
        "Alice\tDYS391\tOL\t",
        "Alice\tDYS392\t13\t14",
        "Alice\tDYS393\t13\t14\t15",
        "Bob\tDYS19\t-\t",
    ]
    table = HEAD.replace("\n", "\tAllele 3\n") + "\n".join(rows) + "\n"
    reading = read_haplotypes(written(tmp_path, table), LineageKind.Y)
    (alice,) = reading.samples
    assert dict(alice.haplotype) == {"DYS19": ("14",), "DYS385": ("11", "14"), "YGATAH4": ("12",)}  # type: ignore[call-overload]
    assert {(each.sample, each.marker) for each in reading.set_aside} == {
        ("Alice", "DYS391"),
        ("Alice", "DYS392"),
        ("Alice", "DYS393"),
        ("Bob", "Y haplotype"),
    }
    assert sum(reading.counts.values()) == len(rows)
    assert reading.counts["used"] == 3
    assert reading.counts["not read"] == 2
    assert reading.counts["set aside"] == 3


def test_y__a_wide_table_and_copies_apart_are_the_same(tmp_path: Path) -> None:
    wide = "Sample Name,DYS19,DYS385a,DYS385b\nAlice,14,11,14\n"
    (alice,) = read_haplotypes(written(tmp_path, wide, "wide.csv"), LineageKind.Y).samples
    assert alice.haplotype == {"DYS19": ("14",), "DYS385": ("11", "14")}


def test_y__two_spellings_that_differ_are_set_aside() -> None:
    read = {"DYS389I": ("13",), "DYS389 I": ("14",), "DYS19": ("14",)}
    haplotype, aside = y_haplotype(read, sample="Alice", place="table")
    assert set(haplotype) == {"DYS19"}
    assert [each.marker for each in aside] == ["DYS389I"]


def test_mt__rows_are_used_joined_or_set_aside(tmp_path: Path) -> None:
    rows = ["Alice,16024-16365,16093Y", "Alice,73-340,263G 315.1C", "Bob,73-340,", "Charlie,73-340,750G", ",1-2,rCRS"]
    reading = read_haplotypes(written(tmp_path, MT_HEAD + "\n".join(rows) + "\n"), LineageKind.MT)
    (alice,) = reading.samples
    assert str(alice.haplotype) == "263G 315.1C 16093Y"
    assert [each.sample for each in reading.set_aside] == ["Bob", "Charlie", ""]
    assert reading.counts == {"used": 1, "joined": 1, "set aside": 3}
    assert sum(reading.counts.values()) == len(rows)


def test_mt__one_sample_with_two_contents_is_refused_with_both_places(tmp_path: Path) -> None:
    table = MT_HEAD + "Alice,73-340,263G\nAlice,200-340,263G 315.1C\n"
    with pytest.raises(InputError, match=r"line 3.*line 2"):
        read_haplotypes(written(tmp_path, table), LineageKind.MT)


def test_mt__a_database_in_the_format_of_empop(tmp_path: Path) -> None:
    emp = "# people of our own invention\n#! 16024-576\nP1\tH1\t1\t16519C\t263G\t249DEL\nP2\t?\t3\n"
    one, other = read_haplotypes(written(tmp_path, emp), LineageKind.MT).samples
    assert (str(one.haplotype), one.count) == ("249- 263G 16519C", 1)
    assert (str(other.haplotype), other.count) == ("rCRS", 3)


def test_mt__an_emp_file_without_a_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no range"):
        read_haplotypes(written(tmp_path, "# nothing\nP1\tH1\t1\t263G\n"), LineageKind.MT)
