"""`homeward read`: an article's claims, its headline and summary, and the check against the record."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward.cli.opening import documents_of
from homeward.cli.printing import say_json
from homeward.cli.progress import Tell, share
from homeward.errors import InputError

if TYPE_CHECKING:
    from homeward.reader import Document

__all__ = ["read", "reading_of"]

Watch = Callable[[int, int], None]


class Language(StrEnum):
    """The languages a document may be in."""

    EN = "en"
    UK = "uk"
    RU = "ru"


FILES = "articles as text, web page or PDF, exports of Telegram, folders of them; - is standard input"
AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object, or an array for several files")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="print one JSON object a line for each file")]
NoRecord = Annotated[bool, typer.Option("--no-record", help="do not check against the record; needs no database")]


def read(
    files: Annotated[list[str], typer.Argument(help=FILES, metavar="FILE...")],
    published: Annotated[
        str | None, typer.Option(help="the day of publication, YYYY-MM-DD, in place of the document's own")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="the language, in place of the document's own")] = None,
    fetch: Annotated[bool, typer.Option("--fetch", help="fetch what is an address (http, https)")] = False,  # noqa: FBT002
    as_json: AsJson = False,  # noqa: FBT002
    as_lines: AsLines = False,  # noqa: FBT002
    no_record: NoRecord = False,  # noqa: FBT002
) -> None:
    """Reads articles: claims with their quoted words, headline, summary, and the check against the record."""
    if as_json and as_lines:
        raise InputError(place="homeward read", found="--json and --jsonl", needed="one of the two")
    if not no_record:
        from homeward.cli import database

        database.prepare()
    results = []
    wanted = language.value if language else None
    documents = list(documents_of(files, published, wanted, fetched=fetch, lenient=as_lines))
    with share("reading") as tell:
        for number, (name, document) in enumerate(documents):
            watch = partial(_tell, tell, number, len(documents))
            result = _result(name, document, checked=not no_record, lenient=as_lines, watch=watch)
            if as_lines:
                say_json(result, indent=None)
            else:
                results.append(result)
    if as_json:
        say_json(results[0] if len(results) == 1 else results)
    elif not as_lines:
        from homeward.cli.reports import print_reading

        for result in results:
            print_reading(result, checked=not no_record)


def _tell(tell: Tell, number: int, n_documents: int, n_done: int, n_total: int) -> None:
    """Tells how far all documents are, with the share of the one that is being read."""
    tell(number + n_done / max(n_total, 1), n_documents)


def _result(
    name: str, document: "Document | InputError", *, checked: bool, lenient: bool, watch: Watch
) -> dict[str, Any]:
    """Returns the object for one document; when `lenient`, one that cannot be read gets an "error" and no claims."""
    if isinstance(document, InputError):
        return {**_empty(name), "error": str(document)}
    try:
        return reading_of(name, document, checked=checked, watch=watch)
    except InputError as error:
        if not lenient:
            raise
        known = {"language": document.language, "published": document.published}
        return {**_empty(name), **known, "error": str(error)}


def _empty(name: str) -> dict[str, Any]:
    return {
        "file": name,
        "language": None,
        "published": None,
        "claims": [],
        "figures": [],
        "headline": None,
        "summary": [],
        "checks": [],
    }


def reading_of(
    name: str,
    document: "Document",
    *,
    checked: bool,
    watch: Watch = lambda _n_done, _n_total: None,
) -> dict[str, Any]:
    """Returns the object for one document: claims, headline, summary and, when `checked`, its check."""
    from homeward.brief.article import headline, summary
    from homeward.reader import read as read_document

    try:
        reading = read_document(document, watch=watch)
    except InputError as error:
        # A language whose dictionary is not installed is told by the file that is written in it.
        raise error.at(name) from None
    checks: list[dict[str, Any]] = []
    if checked:
        from homeward.account.checking import check
        from homeward.record import queries

        checks = [found.as_json() for found in check(reading, queries.ledger())]
    return {
        "file": name,
        "language": document.language,
        "published": document.published,
        "claims": [claim.as_json() for claim in reading.claims],
        "figures": [figure.as_json() for figure in reading.figures],
        "headline": headline(reading),
        "summary": [sentence.text for sentence in summary(reading)],
        "checks": checks,
    }
