"""The readable report of `homeward prisoners entitled`: each person's answers, then the counts of them all."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from homeward.cli.printing import say
from homeward.entitlement.answers import Answer
from homeward.entitlement.findings import Entitled
from homeward.entitlement.inquiries import WARNING_DAYS, Tally
from homeward.entitlement.people_files import PeopleReading
from homeward.entitlement.reasons import Reasons
from homeward.entitlement.term_files import TermsReading

__all__ = ["write_report"]

MOST_LISTED = 20
NARROWEST = 60
WIDTH_OF_A_FILE = 160


def write_report(
    shown: Iterable[Sequence[tuple[Answer, str]]],
    tally: Tally,
    reasons: Reasons,
    *,
    people: PeopleReading,
    terms: TermsReading,
) -> None:
    """Writes the answers shown, a block a person, and the tally, which is whole once they are written."""
    width = max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 0
    n_shown = 0
    for rows in shown:
        n_shown += len(rows)
        say(_block(rows, reasons, width), end="")
    sys.stdout.flush()
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDTH_OF_A_FILE)
    console.print(_counts(tally, reasons))
    console.print()
    for line in [
        *_rows_and_answers(tally, reasons, people, n_shown),
        *_differing(tally, reasons),
        *_ending(tally, reasons),
    ]:
        console.print(Text(line))
    console.print(Text(reasons.say("report.terms", file=terms.name)))


def _block(rows: Sequence[tuple[Answer, str]], reasons: Reasons, width: int) -> str:
    lines = [rows[0][0].person.code]
    for answer, reason in rows:
        lines.append(f"  {reasons.entitled(answer.entitled):<10}{answer.term.name}")
        lines += (
            textwrap.wrap(reason, width, initial_indent="    ", subsequent_indent="    ")
            if width
            else [f"    {reason}"]
        )
    return "\n".join(lines) + "\n\n"


def _counts(tally: Tally, reasons: Reasons) -> Table:
    """Returns how many people have which answer under which term, and how many of them lose it soon."""
    table = Table(reasons.say("report.term"), box=None, pad_edge=False, header_style="bold")
    for entitled in Entitled:
        table.add_column(reasons.entitled(entitled), justify="right")
    for days in WARNING_DAYS:
        table.add_column(reasons.say("report.ends_within", days=days), justify="right")
    for position, question in enumerate(tally.inquiry.questions):
        numbers = [tally.answers[position, entitled] for entitled in Entitled]
        numbers += [tally.ending[position, days] for days in WARNING_DAYS]
        table.add_row(Text(question.term.name), *(f"{number:,}" for number in numbers))
    return table


def _rows_and_answers(tally: Tally, reasons: Reasons, people: PeopleReading, n_shown: int) -> list[str]:
    n_answers = tally.answers.total()
    lines = [
        reasons.say(
            "report.rows",
            file=people.name,
            encoding=people.encoding,
            rows=people.n_rows,
            people=tally.n_people,
            repeated=len(people.repeated),
        ),
        reasons.say("report.answers", answers=n_answers, shown=n_shown, day=tally.inquiry.on.isoformat()),
    ]
    if people.repeated:
        lines.append(reasons.say("report.repeated", places=_listed(people.repeated, reasons)))
    if tally.n_wish_unasked:
        lines.append(reasons.say("report.wish", people=tally.n_wish_unasked))
    return lines


def _differing(tally: Tally, reasons: Reasons) -> list[str]:
    lines = []
    for group in tally.inquiry.wordings:
        names = ", ".join(f'"{tally.inquiry.questions[position].term.name}"' for position in group)
        differing = tally.differing.get(group, [])
        if differing:
            lines.append(
                reasons.say("report.differ", terms=names, number=len(differing), people=_listed(differing, reasons))
            )
        else:
            lines.append(reasons.say("report.agree", terms=names))
    return lines


def _ending(tally: Tally, reasons: Reasons) -> list[str]:
    soonest = sorted(tally.ending_answers, key=lambda answer: (answer.until or tally.inquiry.on, answer.person.code))
    lines = [
        reasons.say(
            "report.ending", person=a.person.code, term=a.term.name, day=a.until, left=(a.until - tally.inquiry.on).days
        )
        for a in soonest[:MOST_LISTED]
        if a.until
    ]
    if len(soonest) > MOST_LISTED:
        lines.append(reasons.say("report.more_ending", number=len(soonest) - MOST_LISTED, days=WARNING_DAYS[-1]))
    return lines


def _listed(names: Sequence[str], reasons: Reasons) -> str:
    listed = ", ".join(names[:MOST_LISTED])
    more = len(names) - MOST_LISTED
    return listed + (reasons.say("report.and_more", number=more) if more > 0 else "")
