"""The shortlist on disk: whole or not at all."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from homeward.errors import InputError
from homeward.search.shortlist import check_writable, pairs_schema, write_shortlist

LOCI = ("A", "B")


def part(*rows: tuple[str, float]) -> pa.Table:
    """Pairs of one family with these remains and ratios."""
    columns = {"remains": [name for name, _ in rows], "log10_lr": [value for _, value in rows]}
    fixed = {"family": "F", "missing": "MP", "loci_compared": 2, "n_inconsistent": 0, "inconsistent_loci": ""}
    columns |= {name: [value] * len(rows) for name, value in fixed.items()}
    columns |= {f"log10_lr:{locus}": [None] * len(rows) for locus in LOCI}
    return pa.Table.from_pydict(columns, schema=pairs_schema(LOCI))


def test_write_shortlist__holds_no_formula_in_csv_and_every_name_as_it_is_in_parquet(tmp_path: Path) -> None:
    table = part(('=cmd|"/c calc"!A1', 5.0), ("-7", -6.5))
    write_shortlist(table, tmp_path / "s.csv", summary={})
    write_shortlist(table, tmp_path / "s.parquet", summary={})
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["remains"] for row in rows] == ['\'=cmd|"/c calc"!A1', "-7"]
    assert rows[1]["log10_lr"] == "-6.5"
    assert pq.read_table(tmp_path / "s.parquet")["remains"].to_pylist()[0] == '=cmd|"/c calc"!A1'


def test_write_shortlist__carries_the_summary_inside_parquet_and_beside_it(tmp_path: Path) -> None:
    beside = write_shortlist(pairs_schema(LOCI).empty_table(), tmp_path / "s.parquet", summary={"n_pairs": 3})
    assert json.loads(beside.read_text()) == {"n_pairs": 3}
    metadata = pq.read_schema(tmp_path / "s.parquet").metadata
    assert json.loads(metadata[b"homeward"]) == {"n_pairs": 3}


@pytest.mark.parametrize("path", ["s.txt", "nowhere/s.csv"])
def test_check_writable__refuses_before_anything_is_computed(tmp_path: Path, path: str) -> None:
    with pytest.raises(InputError):
        check_writable(tmp_path / path)
