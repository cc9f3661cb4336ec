"""`homeward read`: an article's claims, its headline and summary, and the check against the record."""

import sys
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward.cli.printing import say_json
from homeward.errors import InputError

if TYPE_CHECKING:
    from homeward.reader import Document

__all__ = ["read", "reading_of"]


class Language(StrEnum):
    """The languages a document may be in."""

    EN = "en"
    UK = "uk"
    RU = "ru"


AsJson = Annotated[bool, typer.Option("--json", help="print one JSON object, or an array for several files")]
AsLines = Annotated[bool, typer.Option("--jsonl", help="print one JSON object a line for each file")]
NoRecord = Annotated[bool, typer.Option("--no-record", help="do not check against the record; needs no database")]


def read(
    files: Annotated[list[str], typer.Argument(help="articles to read; - is standard input", metavar="FILE...")],
    published: Annotated[
        str | None, typer.Option(help="the day of publication, YYYY-MM-DD, in place of the document's own")
    ] = None,
    language: Annotated[Language | None, typer.Option(help="the language, in place of the document's own")] = None,
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
    with _progress(len(files)) as advance:
        for name in files:
            result = _result(name, published, language, checked=not no_record, lenient=as_lines)
            advance()
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


def _progress(n_files: int) -> Any:
    if n_files < 2:
        return nullcontext(lambda: None)
    from homeward.cli.progress import counting

    return counting("reading", total=n_files)


def _document(name: str, published: str | None, language: Language | None) -> "Document":
    from homeward.reader import Document

    wanted = language.value if language else None
    if name == "-":
        return Document.from_bytes(sys.stdin.buffer.read(), name="standard input", published=published, language=wanted)
    return Document.from_path(Path(name), published=published, language=wanted)


def _result(
    name: str, published: str | None, language: Language | None, *, checked: bool, lenient: bool
) -> dict[str, Any]:
    """Returns the object for one file; when `lenient`, one that cannot be read gets an "error" and no claims."""
    known = {"language": language.value if language else None, "published": published}
    try:
        document = _document(name, published, language)
        known = {"language": document.language, "published": document.published}
        return reading_of(name, document, checked=checked)
    except InputError as error:
        if not lenient:
            raise
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


def reading_of(name: str, document: "Document", *, checked: bool) -> dict[str, Any]:
    """Returns the object for one document: claims, headline, summary and, when `checked`, its check."""
    from homeward.brief.article import headline, summary
    from homeward.reader import SUPPORTED_LANGUAGES
    from homeward.reader import read as read_document

    if document.language not in SUPPORTED_LANGUAGES:
        raise InputError(
            place=name,
            found=f'a text in "{document.language}"',
            needed=f"one of the languages that can be read: {', '.join(SUPPORTED_LANGUAGES)}",
        )
    reading = read_document(document)
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
