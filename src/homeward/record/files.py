"""Record files: CSV tables of parties, sources, agreements, commitments, exchanges, claims, totals and statements.

Which table a file is, its columns tell; docs/reference/record-files.md describes each.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from homeward.account.vocabulary import PartyKind
from homeward.errors import InputError
from homeward.reader.claims import Kind, Scope, Status, What
from homeward.record.cells import Cells
from homeward.record.rows import (
    AgreementRow,
    ClaimRow,
    CommitmentRow,
    ExchangeRow,
    PartyRow,
    RecordFiles,
    SourceRow,
    StatementRow,
)

__all__ = ["read_files", "shipped_files"]

SHIPPED = Path(__file__).parent / "data"


def shipped_files() -> tuple[Path, ...]:
    """Returns the files of the public record that comes with Homeward."""
    return tuple(sorted(SHIPPED.glob("*.csv")))


def read_files(paths: Sequence[Path]) -> RecordFiles:
    """Returns the rows of all files, every cell checked; raises InputError at the first one that is wrong."""
    found = RecordFiles()
    for path in paths:
        content = _content(path)
        # For the journal: which state of a file a load was made from.
        found.sha256[path.name] = hashlib.sha256(content.encode()).hexdigest()
        columns, lines = _lines(path, content)
        add = _TABLES.get(frozenset(columns))
        if add is None:
            raise InputError(
                place=f"{path.name} line 1",
                found=f"the columns {', '.join(columns)}"[:300],
                needed="the columns of one of the record files (docs/reference/record-files.md)",
            )
        for cells in lines:
            add(found, cells)
    return found


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(place=str(path), found=error.strerror or "an error", needed="a file to read") from error
    except UnicodeDecodeError as error:
        raise InputError(
            place=path.name, found=f"byte {error.start:,}, which is no UTF-8", needed="a CSV file in UTF-8"
        ) from error


def _lines(path: Path, content: str) -> tuple[tuple[str, ...], Iterator[Cells]]:
    reader = csv.reader(content.splitlines(keepends=True), strict=True)
    header = _next(reader, path)
    if not header:
        raise InputError(place=f"{path.name} line 1", found="nothing", needed="a line with the names of the columns")
    columns = tuple(name.strip() for name in header)
    return columns, _cells(reader, path, columns)


def _cells(reader: Any, path: Path, columns: tuple[str, ...]) -> Iterator[Cells]:
    while (values := _next(reader, path)) is not None:
        if not values:
            continue
        if len(values) != len(columns):
            raise InputError(
                place=f"{path.name} line {reader.line_num}",
                found=f"{len(values)} cells",
                needed=f"{len(columns)} cells",
            )
        yield Cells(path.name, reader.line_num, dict(zip(columns, values, strict=True)))


def _next(reader: Any, path: Path) -> list[str] | None:
    try:
        values: list[str] | None = next(reader, None)
    except csv.Error as error:
        raise InputError(
            place=f"{path.name} line {reader.line_num}", found=str(error), needed="a line of CSV"
        ) from error
    return values


def _add_party(found: RecordFiles, cells: Cells) -> None:
    found.parties.append(
        PartyRow(
            cells=cells,
            code=cells.code("code"),
            name=cells.text("name", needed="the party's name", longest=200),
            kind=cells.word("kind", PartyKind),
        )
    )


def _add_source(found: RecordFiles, cells: Cells) -> None:
    found.sources.append(
        SourceRow(
            cells=cells,
            url=cells.address("url"),
            publisher=cells.text("publisher", needed="who published it", longest=200),
            published=cells.date("published"),
            retrieved=cells.date("retrieved"),
            language=cells.text("language", longest=20),
        )
    )


def _add_agreement(found: RecordFiles, cells: Cells) -> None:
    found.agreements.append(
        AgreementRow(
            cells=cells,
            slug=cells.slug("agreement"),
            name=cells.text("name", needed="the agreement's name", longest=200),
            concluded=cells.date("concluded"),
            place=cells.text("place", longest=200),
            intermediaries=cells.codes("intermediaries"),
            note=cells.text("note"),
        )
    )


def _add_exchange(found: RecordFiles, cells: Cells) -> None:
    found.exchanges.append(
        ExchangeRow(
            cells=cells,
            slug=cells.slug("exchange"),
            when=cells.date("when", needed="the date of the exchange"),
            agreement=cells.optional_slug("agreement"),
            intermediaries=cells.codes("intermediaries"),
            aborted=cells.flag("aborted"),
            note=cells.text("note"),
        )
    )


def _statement(cells: Cells) -> StatementRow:
    return StatementRow(
        speaker=cells.text("speaker", longest=200),
        party=cells.optional_code("party"),
        channel=cells.text("channel", longest=200),
        said=cells.date("said"),
        source=cells.address("source"),
    )


def _add_commitment(found: RecordFiles, cells: Cells) -> None:
    key, what, quantity = cells.key("commitment", longest=120), cells.word("what", What), cells.quantity()
    giver, receiver, category = cells.code("from"), cells.code("to"), cells.text("category", longest=60)
    wording = cells.text("wording", needed="the obligation as it was worded")
    claim = ClaimRow(
        cells=cells,
        key=f"commitment.{key}",
        statement=_statement(cells),
        kind=Kind.COMMITMENT,
        what=what,
        quantity=quantity,
        giver=giver,
        receiver=receiver,
        status=Status.AGREED,
        scope=Scope.AGREEMENT,
        commitment=key,
        category=category,
        note=cells.text("note"),
        verified=cells.flag("verified"),
    )
    found.commitments.append(
        CommitmentRow(
            cells=cells,
            key=key,
            agreement=cells.slug("agreement"),
            worded_by=cells.optional_code("worded_by"),
            what=what,
            giver=giver,
            receiver=receiver,
            quantity=quantity,
            category=category,
            wording=wording,
            claim=claim,
        )
    )


def _claim(cells: Cells, table: str, **fields: Any) -> ClaimRow:
    """Returns a claim of a table whose key is named like it: what every such table has, and the fields of its own."""
    return ClaimRow(
        cells=cells,
        key=cells.key(table, longest=200),
        statement=_statement(cells),
        quantity=cells.quantity(),
        note=cells.text("note"),
        verified=cells.flag("verified"),
        **fields,
    )


def _way_left_open(cells: Cells) -> dict[str, Any]:
    """Returns what goes from whom to whom, where a row may leave each of them open."""
    return {
        "what": cells.optional_word("what", What),
        "giver": cells.optional_code("from"),
        "receiver": cells.optional_code("to"),
    }


def _add_claim(found: RecordFiles, cells: Cells) -> None:
    claim = _claim(
        cells,
        "claim",
        kind=Kind.TRANSFER,
        what=cells.word("what", What),
        giver=cells.code("from"),
        receiver=cells.code("to"),
        exchange=cells.slug("exchange"),
        category=cells.text("category", longest=60),
        quote=cells.text("quote"),
    )
    found.claims.append(claim)


def _add_total(found: RecordFiles, cells: Cells) -> None:
    claim = _claim(
        cells,
        "total",
        kind=Kind.TRANSFER,
        **_way_left_open(cells),
        scope=Scope.CUMULATIVE,
        since=cells.date("since"),
        as_of=cells.date("as_of", needed="the day up to which the total counts"),
        explanation=cells.text("explanation"),
        series=cells.text("series", longest=120),
        leaves_out=cells.transfers("leaves_out"),
    )
    found.claims.append(claim)


def _add_statement(found: RecordFiles, cells: Cells) -> None:
    claim = _claim(
        cells,
        "statement",
        kind=cells.word("kind", Kind),
        **_way_left_open(cells),
        status=cells.word("status", Status),
        when=cells.date("when"),
        back_reference=cells.flag("back_reference"),
    )
    found.claims.append(claim)


def _add_ordinal(found: RecordFiles, cells: Cells) -> None:
    claim = _claim(
        cells,
        "ordinal",
        kind=Kind.TRANSFER,
        **_way_left_open(cells),
        when=cells.date("when", needed="the day by which so many had taken place"),
        series=cells.text("series", needed="whose count it is", longest=120),
        number=cells.number("number", needed="which exchange of the count it is, from 1"),
    )
    found.claims.append(claim)


_SAID = ("speaker", "party", "channel", "said", "source", "verified", "note")
_COUNTED = ("what", "from", "to", "figure", "modifier")
# By the set of columns, so that neither the name of a file nor the order of its columns matters.
_TABLES: dict[frozenset[str], Callable[[RecordFiles, Cells], None]] = {
    frozenset(("code", "name", "kind")): _add_party,
    frozenset(("url", "publisher", "published", "retrieved", "language")): _add_source,
    frozenset(("agreement", "name", "concluded", "place", "intermediaries", "note")): _add_agreement,
    frozenset(("commitment", "agreement", "category", "worded_by", "wording", *_COUNTED, *_SAID)): _add_commitment,
    frozenset(("exchange", "when", "agreement", "intermediaries", "aborted", "note")): _add_exchange,
    frozenset(("claim", "exchange", "category", "quote", *_COUNTED, *_SAID)): _add_claim,
    frozenset(("total", "since", "as_of", "explanation", "series", "leaves_out", *_COUNTED, *_SAID)): _add_total,
    frozenset(("ordinal", "series", "number", "when", *_COUNTED, *_SAID)): _add_ordinal,
    frozenset(("statement", "kind", "status", "when", "back_reference", *_COUNTED, *_SAID)): _add_statement,
}
