"""The shortlist: pairs worth looking at, as a table in memory and as a CSV or Parquet file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from homeward.errors import InputError
from homeward.genetics.sex_markers import AMELOGENIN
from homeward.output import csv_cell, write_whole
from homeward.search.pairs import ExactPairs

__all__ = ["check_writable", "pairs_schema", "pairs_table", "summary_path", "write_shortlist"]

FIXED = ("remains", "family", "missing", "log10_lr", "loci_compared", "n_inconsistent", "inconsistent_loci")


def pairs_schema(loci: Sequence[str]) -> pa.Schema:
    """Returns the columns of pairs before they are weighed: who, figures, and for each marker its log10 ratio."""
    fields = [pa.field(name, pa.string()) for name in FIXED[:3]]
    fields += [pa.field("log10_lr", pa.float64()), pa.field("loci_compared", pa.int32())]
    fields += [pa.field("n_inconsistent", pa.int32()), pa.field("inconsistent_loci", pa.string())]
    return pa.schema(fields + [pa.field(f"log10_lr:{locus}", pa.float64()) for locus in loci])


def pairs_table(names: Sequence[tuple[str, str, str]], pairs: ExactPairs, loci: Sequence[str]) -> pa.Table:
    """Returns pairs as a table; names are (remains, family, missing)."""
    columns = [[name[i] for name in names] for i in range(3)]
    inconsistent = [";".join(np.array(loci)[row].tolist()) for row in pairs.inconsistent]
    arrays = [pa.array(column, pa.string()) for column in columns]
    arrays += [
        pa.array(pairs.log10_lr, pa.float64()),
        # Markers read on the remains and on a relative; the sex markers are compared with the register alone.
        pa.array((~np.isnan(pairs.contributions))[:, np.array(loci) != AMELOGENIN].sum(axis=1), pa.int32()),
        pa.array(pairs.inconsistent.sum(axis=1), pa.int32()),
        pa.array(inconsistent, pa.string()),
    ]
    # `from_pandas` makes NaN an empty cell: a marker that was not compared has no figure.
    arrays += [pa.array(pairs.contributions[:, i], pa.float64(), from_pandas=True) for i in range(len(loci))]
    return pa.Table.from_arrays(arrays, schema=pairs_schema(loci))


def check_writable(path: Path) -> None:
    """Raises InputError where a shortlist cannot be written, before anything is computed."""
    if path.suffix not in (".csv", ".parquet"):
        raise InputError(place=str(path), found=f'the ending "{path.suffix}"', needed=".csv or .parquet")
    if not path.parent.is_dir():
        raise InputError(place=str(path.parent), found="no folder", needed="a folder that exists")


def summary_path(path: Path) -> Path:
    """Returns where the summary of the shortlist at `path` stands: beside it."""
    return path.with_name(f"{path.stem}.summary.json")


def write_shortlist(table: pa.Table, path: Path, *, summary: Mapping[str, object]) -> Path:
    """Writes the shortlist and beside it its summary, each whole or not at all; returns the summary's path."""
    if path.suffix == ".parquet":
        described = table.replace_schema_metadata({"homeward": json.dumps(summary)})
        write_whole(path, lambda waiting: pq.write_table(described, waiting))
    else:
        write_whole(path, lambda waiting: pa_csv.write_csv(_without_formulas(table), waiting, _CSV_OPTIONS))
    beside = summary_path(path)
    text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
    write_whole(beside, lambda waiting: waiting.write_text(text, encoding="utf-8"))
    return beside


def _without_formulas(table: pa.Table) -> pa.Table:
    """Returns the table with every name safe for a spreadsheet; the names come from files that somebody sent."""
    for place, field in enumerate(table.schema):
        if field.type == pa.string():
            safe = pa.array([csv_cell(value) for value in table.column(place).to_pylist()], pa.string())
            table = table.set_column(place, field, safe)
    return table


_CSV_OPTIONS = pa_csv.WriteOptions(quoting_style="needed")
