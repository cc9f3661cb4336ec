"""`homeward brief`: the public account of the record."""

import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.printing import say
from homeward.errors import InputError
from homeward.output import write_whole

if TYPE_CHECKING:
    from homeward.brief.document import Brief

__all__ = ["brief"]


class Format(StrEnum):
    """The forms in which a brief is handed out."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    PDF = "pdf"


def brief(
    on: Annotated[str | None, typer.Option(help="the day to tell it on, YYYY-MM-DD; today by default")] = None,
    language: Annotated[str, typer.Option(help="the language to tell it in")] = "en",
    form: Annotated[Format, typer.Option("--format", help="the form to hand it out in")] = Format.TEXT,
    out: Annotated[Path | None, typer.Option(help="the file to write, in place of standard output")] = None,
) -> None:
    """Tells the public account of the record: the latest exchange, disputes, totals, what is still owed."""
    from homeward.wording.catalogue import wording

    wording(language)
    day = _day(on)
    if form is Format.PDF and out is None and sys.stdout.isatty():
        raise InputError(place="homeward brief", found="a PDF for the terminal", needed="--out FILE")
    from homeward.cli import database

    database.prepare()
    from homeward.brief.account import tell
    from homeward.record.queries import ledger

    found = ledger(day)
    content = _rendered(tell(found, found.on, language=language), form)
    if out is not None:
        write_whole(out, lambda waiting: waiting.write_bytes(content))
    elif form in {Format.TEXT, Format.JSON}:
        say(content.decode(), end="")
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(place="--on", found=f'"{text}"', needed="a day such as 2026-01-31") from None


def _rendered(told: "Brief", form: Format) -> bytes:
    from homeward.brief.formats import as_json, pdf, text
    from homeward.public import standalone

    if form is Format.PDF:
        return pdf.render(told)
    render = {Format.TEXT: text.render, Format.JSON: as_json.render, Format.HTML: standalone.render}[form]
    return render(told).encode()
