"""`homeward prisoners entitled`: who is entitled under which term, with the reason. Needs no database and no Django."""

import gc
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.printing import say
from homeward.cli.progress import counting
from homeward.errors import InputError

if TYPE_CHECKING:
    from homeward.entitlement.answers import Answer
    from homeward.entitlement.inquiries import Tally
    from homeward.entitlement.people_files import PeopleReading
    from homeward.entitlement.reasons import Reasons
    from homeward.entitlement.term_files import TermsReading

__all__ = ["commands"]

commands = typer.Typer(help="Captive persons: who is entitled to come home.", no_args_is_help=True)

PEOPLE_A_STEP = 100


@commands.callback()
def prisoners() -> None:
    """Captive persons: who is entitled to come home."""


class Only(Enum):
    """Answers to show alone."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@commands.command()
def entitled(
    people: Annotated[Path, typer.Argument(help="a CSV file, one row a person")],
    terms: Annotated[
        Path, typer.Option(help="a TOML file of terms, or istanbul-2025-06-02, which comes with Homeward")
    ],
    on: Annotated[str, typer.Option(help="the day of the exchange, YYYY-MM-DD")],
    as_json: Annotated[bool, typer.Option("--json", help="print a JSON array, one object a person and term")] = False,  # noqa: FBT002
    language: Annotated[str, typer.Option(help="language of the reasons: en, uk or ru")] = "en",
    only: Annotated[Only | None, typer.Option(help="show these answers alone; all are counted")] = None,
    ending_within: Annotated[
        int | None, typer.Option(min=1, help="show only the entitlements that are lost within so many days")
    ] = None,
) -> None:
    """Tells who is entitled under which term on a day, with the reason, the evidence and what would settle it."""
    from homeward.entitlement.inquiries import Inquiry, Tally, ends_within
    from homeward.entitlement.reasons import reasons_in

    day, reasons = _day(on), reasons_in(language)

    def wanted(answer: "Answer") -> bool:
        fits = only is None or answer.entitled.value == only.value
        return fits and (ending_within is None or ends_within(answer, day, ending_within))

    with _without_garbage():
        people_read, terms_read = _read(people, terms, day)
        tally = Tally(Inquiry.of(terms_read.terms, day))
        told = _told(tally, people_read, reasons)
        shown = (rows for rows in ([(a, r) for a, r in rows if wanted(a)] for rows in told) if rows)
        if as_json:
            _write_json(shown)
            _tell_repeated(people_read)
        else:
            from homeward.cli.entitlement_report import write_report

            write_report(shown, tally, reasons, people=people_read, terms=terms_read)


@contextmanager
def _without_garbage() -> Iterator[None]:
    """Spares the search for cycles, of which people and answers make none: it takes a fifth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _day(text: str) -> date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InputError(place="--on", found=f'"{text}"', needed="a day such as 2026-01-29")


def _read(people: Path, terms: Path, on: date) -> "tuple[PeopleReading, TermsReading]":
    """Returns both files; every problem of both goes to standard error, a line each, before anything is answered."""
    from homeward.entitlement.people_files import read_people
    from homeward.entitlement.term_files import read_terms

    terms_read, people_read = read_terms(terms), read_people(people, on=on)
    problems = [*terms_read.problems, *people_read.problems]
    if problems:
        say("".join(f"homeward: {problem}\n" for problem in problems), end="", err=True)
        raise typer.Exit(2)
    return people_read, terms_read


def _told(tally: "Tally", people: "PeopleReading", reasons: "Reasons") -> "Iterator[list[tuple[Answer, str]]]":
    """Gives the answers of one person after the other, each with its reason."""
    with counting("hundreds of people", total=-(-len(people.people) // PEOPLE_A_STEP)) as step:
        for number, (_, answers) in enumerate(tally.counting(people.people)):
            if number % PEOPLE_A_STEP == 0:
                step()
            others = tally.inquiry.others
            yield [(a, reasons.tell(a, others(answers, position))) for position, a in enumerate(answers)]


def _write_json(shown: "Iterator[list[tuple[Answer, str]]]") -> None:
    """Writes a JSON array, one line a person, as the answers come."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    before = "[\n"
    for rows in shown:
        say(before + encode([_object(answer, reason) for answer, reason in rows])[1:-1], end="")
        before = ",\n"
    say("[]\n" if before == "[\n" else "\n]\n", end="")


def _object(answer: "Answer", reason: str) -> dict[str, object]:
    return {
        "person": answer.person.code,
        "term": answer.term.name,
        "entitled": answer.entitled.value,
        "reason": reason,
        "until": answer.until.isoformat() if answer.until else None,
        "evidence": answer.evidence,
    }


def _tell_repeated(people: "PeopleReading") -> None:
    """Tells which rows stand in no object of the array; says nothing where there is none."""
    for place in people.repeated:
        say(f"homeward: {place}: an equal row of this person came before; told once\n", end="", err=True)
