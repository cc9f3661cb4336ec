"""Wide tables of profiles: a row for each sample, one or two columns for each marker."""

import re
from collections.abc import Iterator, Sequence

from homeward.errors import InputError
from homeward.imports.tables import Row, Table, read_cells

__all__ = ["is_wide", "long_table"]

_SAMPLE = frozenset(["sample name", "sample", "sample id", "id", "ind", "individual", "name"])
_BESIDE = frozenset(["pop", "population", "sex", "remark", "note", ""])
_SIDE = re.compile(r"(.+?)[ _.\-](?:allele[ _.\-]?)?[12]", re.IGNORECASE)
_COLUMNS = ("Sample Name", "Marker", "Allele 1", "Allele 2", "Sample File")


def is_wide(headings: Sequence[str]) -> bool:
    """Returns whether the headings are of a wide table: a sample first, and no column that names markers."""
    words = [heading.casefold() for heading in headings]
    return bool(words) and words[0] in _SAMPLE and "marker" not in words and len(words) > 1


def long_table(raw: bytes, *, name: str) -> Table:
    """Returns a wide table as a long one, with a row for each sample and marker.

    The columns of a marker stand side by side, under its name or its name with 1 and 2. One column alone holds both
    alleles with a stroke between them. Raises InputError for a row that has not a cell for every heading, and for a
    marker with three columns.
    """
    encoding, cells = read_cells(raw, name=name)
    (line, headings), *rows = cells
    markers = _markers(headings, place=f"{name} line {line}")
    long = [row for at, values in rows for row in _rows(values, markers, len(headings), table=name, line=at)]
    return Table(name, encoding, _COLUMNS, tuple(long))


def _markers(headings: Sequence[str], *, place: str) -> list[tuple[str, list[int]]]:
    """The markers with the numbers of their columns."""
    markers: list[tuple[str, list[int]]] = []
    for column, heading in enumerate(headings[1:], 1):
        if heading.casefold() in _BESIDE:
            continue
        side = _SIDE.fullmatch(heading)
        marker = side[1] if side else heading
        if markers and markers[-1][0].casefold() == marker.casefold():
            markers[-1][1].append(column)
        else:
            markers.append((marker, [column]))
    for marker, columns in markers:
        if len(columns) > 2:
            raise InputError(place=place, found=f"{len(columns)} columns of {marker}", needed="one or two")
    return markers


def _rows(
    values: Sequence[str], markers: Sequence[tuple[str, list[int]]], width: int, *, table: str, line: int
) -> Iterator[Row]:
    if len(values) != width:
        found = f"{len(values)} cells under {width} headings"
        raise InputError(place=f"{table} line {line}", found=found, needed="a cell for each")
    for marker, columns in markers:
        alleles = [values[column] for column in columns]
        if len(alleles) == 1:
            alleles = values[columns[0]].split("/") if values[columns[0]].count("/") == 1 else [alleles[0], ""]
        first, second = (text.strip() for text in alleles)
        # Each row is a sample of its own: two of one name are told apart as two sample files are.
        cells = (values[0], marker, first, second, f"line {line}")
        yield Row(table, line, dict(zip(_COLUMNS, cells, strict=True)), len(cells))
