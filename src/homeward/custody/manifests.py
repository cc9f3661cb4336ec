"""Manifests as files: the other side's list of bags for one handover, with headings in English, Ukrainian or Russian.

A row is never dropped, even without a label: the other side counted it. What is odd about a label is told, not mended.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from homeward.custody.labels import Manifest, ManifestLine
from homeward.errors import InputError
from homeward.imports.tables import Row, read_table

__all__ = ["HEADINGS", "ManifestFile", "read_manifest"]

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "bag": ("bag", "мішок", "№ мішка", "мешок", "№ мешка"),
    "seal": ("seal", "пломба"),
    "place": ("place", "місце", "место"),
    "remark": ("remark", "примітка", "примечание"),
}
"""What a column may be called, in any case; numbers of rows (№ п/п, № з/п) are no labels."""

_BY_HEADING = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_MANGLED = re.compile(r"[0-9]+([.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class ManifestFile:
    """A manifest with its file: the SHA-256 of its bytes, every row as written, and what is odd about the rows."""

    manifest: Manifest
    sha256: str
    encoding: str
    as_written: tuple[Mapping[str, str], ...]
    warnings: tuple[str, ...]


def read_manifest(raw: bytes, *, name: str) -> ManifestFile:
    """Returns the manifest in `raw`; rows count from 1 on, rows without anything in any cell are none.

    Raises InputError where the bytes are no text or the heading of the labels is missing or stands twice.
    """
    table = read_table(raw, name=name, required=(), refuse_others=False)
    columns = _columns(table.columns, place=name)
    if not table.rows:
        raise InputError(place=name, found="headings and no row", needed="a row for each bag")
    lines = tuple(_line(number, row, columns) for number, row in enumerate(table.rows, 1))
    return ManifestFile(
        manifest=Manifest(lines),
        sha256=hashlib.sha256(raw).hexdigest(),
        encoding=table.encoding,
        as_written=tuple(row.values for row in table.rows),
        warnings=tuple(_warnings(lines)),
    )


def _columns(columns: tuple[str, ...], *, place: str) -> dict[str, str]:
    """Returns the file's heading of each column that is known."""
    found: dict[str, str] = {}
    for column in columns:
        name = _BY_HEADING.get(_folded(column))
        if name in found:
            told = f'the headings "{found[name]}" and "{column}" for one column'
            raise InputError(place=place, found=told, needed=f"one heading for {name}")
        if name is not None:
            found[name] = column
    if "bag" not in found:
        told = ", ".join(f'"{column}"' for column in columns)[:200]
        raise InputError(place=place, found=f"the headings {told}", needed=f"one of {', '.join(HEADINGS['bag'])}")
    return found


def _folded(heading: str) -> str:
    return " ".join(heading.casefold().replace("№", "№ ").split())


def _line(number: int, row: Row, columns: Mapping[str, str]) -> ManifestLine:
    seal = row.values[columns["seal"]] if "seal" in columns else ""
    return ManifestLine(number, row.values[columns["bag"]], seal)


def _warnings(lines: tuple[ManifestLine, ...]) -> list[str]:
    told = [f"row {line.row} has no label" for line in lines if not line.label]
    told += [
        f'row {line.row}: "{line.label}" is what a spreadsheet makes of a long number'
        for line in lines
        if _MANGLED.fullmatch(line.label)
    ]
    numbers = [line.label for line in lines if _PLAIN_NUMBER.fullmatch(line.label)]
    if len({len(number) for number in numbers}) > 1 and not any(number.startswith("0") for number in numbers):
        told.append("labels are numbers of different lengths: a spreadsheet may have taken zeros in front away")
    rows: dict[str, list[int]] = {}
    for line in lines:
        rows.setdefault(line.label, []).append(line.row)
    told += [
        f'"{label}" stands in rows {", ".join(map(str, twins))}'
        for label, twins in rows.items()
        if label and len(twins) > 1
    ]
    return told
