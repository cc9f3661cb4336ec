"""`homeward identification`: posteriors, rules, the account of an exchange, recall; from files, without a database."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from homeward.cli.printing import say, say_json
from homeward.cli.progress import counting
from homeward.identification.sentences import Language

if TYPE_CHECKING:
    from homeward.identification.ladder import Difference, Ladder
    from homeward.identification.posterior_cases import PosteriorAnswer
    from homeward.identification.rules import Judgement

__all__ = ["commands"]

MOST_SHOWN = 20
Item = TypeVar("Item")

commands = typer.Typer(
    help="Identification: posteriors, rules, the account of an exchange, recall.", no_args_is_help=True
)

CasesFile = Annotated[Path, typer.Argument(help="cases as JSON (docs/reference/identification.md)")]
HistoryFile = Annotated[Path, typer.Argument(help="a history as JSON Lines (docs/reference/identification.md)")]
Cause = Annotated[str, typer.Option("--of", help="the id of what is revoked or superseded")]
AsJson = Annotated[bool, typer.Option("--json", help="print the answer as JSON")]
InLanguage = Annotated[Language, typer.Option(help="the language of the sentences")]


@commands.command()
def posterior(file: CasesFile, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Prints how probable each candidate, the rest of the list and nobody on it are; or which ratio is needed."""
    from homeward.identification.fields import read_object
    from homeward.identification.posterior_cases import answer_posterior_case, posterior_cases_from_object

    cases = posterior_cases_from_object(read_object(file), place=file.name)
    answers = [answer_posterior_case(case) for case in cases]
    if as_json:
        _print_json([answer.as_json() for answer in answers])
    else:
        say("\n\n".join("\n".join(_posterior_lines(answer)) for answer in answers))


@commands.command()
def rules(file: CasesFile, as_json: AsJson = False, language: InLanguage = Language.ENGLISH) -> None:  # noqa: FBT002
    """Prints whether each proposal may be made and signed, and what stands against it."""
    from homeward.identification.case_files import rule_cases_from_object
    from homeward.identification.fields import read_object
    from homeward.identification.rules import judge

    given = rule_cases_from_object(read_object(file), place=file.name)
    judgements = [judge(case) for case in _shown_to_pass("cases judged", given.cases)]
    for note in given.notes:
        say(f"Note: {note}", err=True)
    if as_json:
        _print_json([judgement.as_json() for judgement in judgements])
    else:
        say("\n\n".join("\n".join(_judgement_lines(each, language)) for each in judgements))


@commands.command()
def ladder(file: HistoryFile, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Prints the account of one exchange, from what was announced to who is home, with the lists between the steps."""
    from homeward.identification.events import events_from_lines
    from homeward.identification.fields import read_lines
    from homeward.identification.ladder import ladder_after

    lines = _shown_to_pass("events read", read_lines(file))
    account = ladder_after(events_from_lines(lines, place=file.name))
    for note in account.notes():
        say(f"Note: {note}", err=True)
    if as_json:
        _print_json(account.as_json())
    else:
        say("\n".join(_ladder_lines(account)))


@commands.command()
def recall(file: HistoryFile, of: Cause, as_json: AsJson = False) -> None:  # noqa: FBT002
    """Prints everything that has to be done when a decision is revoked, or anything else superseded."""
    from homeward.identification.fields import read_lines
    from homeward.identification.recall import recall as recalled
    from homeward.identification.recall import rows_from_lines, unknown_ids

    rows = rows_from_lines(_shown_to_pass("rows read", read_lines(file)), place=file.name)
    found = recalled(rows, of)
    if unknown := unknown_ids(rows):
        counted = "1 id has no row" if len(unknown) == 1 else f"{len(unknown):,} ids have no row"
        say(f"Note: {counted}: {_listed(unknown)}", err=True)
    if as_json:
        _print_json(found.as_json())
        return
    say(f"{len(found.tasks)} tasks follow from {of}.")
    for task in found.tasks:
        say(f"  {task.due.value.replace('_', ' '):<12} {task.task.replace('_', ' '):<20} {task.event} {task.id}")


def _shown_to_pass(label: str, items: Sequence[Item]) -> Iterator[Item]:
    """The items one by one, with a bar on a terminal."""
    with counting(label, total=len(items)) as step:
        for item in items:
            yield item
            step()


def _print_json(value: object) -> None:
    say_json(value)


def _posterior_lines(answer: "PosteriorAnswer") -> list[str]:
    lines = [f"Case {answer.case}"]
    if answer.needed_log10_lr is not None:
        lines.append(f"  needed log10 LR: {answer.needed_log10_lr:.4f}")
    if answer.posterior is not None and answer.with_circumstances is not None:
        weighed = answer.with_circumstances.as_json()
        width = max(len(name) for name in [*weighed, "person"]) + 2
        lines.append(f"  {'person':<{width}}{'posterior':>14}{'with circumstances':>22}")
        lines += [
            f"  {name:<{width}}{figure:>14.9f}{weighed[name]:>22.9f}"
            for name, figure in answer.posterior.as_json().items()
        ]
    return lines


def _judgement_lines(judgement: "Judgement", language: Language) -> list[str]:
    from homeward.identification.rules import RULES
    from homeward.identification.sentences import sentence

    best = sorted(judgement.posterior.persons.items(), key=lambda item: -item[1])[:MOST_SHOWN]
    beside = [("rest", judgement.posterior.rest), ("none", judgement.posterior.none)]
    figures = ", ".join(f"{name} {figure:.9f}" for name, figure in [*best, *beside])
    answers = {True: "yes", False: "no"}
    lines = [
        f"Case {judgement.case}",
        f"  posterior: {figures}",
        f"  may be proposed: {answers[not judgement.against_proposing]}",
        f"  may be signed: {answers[not judgement.against_signing]}",
    ]
    for rule in RULES:
        if rule.code in judgement.against_signing:
            told = sentence(rule.code, language)
            lines += [f"  {rule.code} ({rule.blocks.value}): {told.refused}", f"    → {told.lifted_by}"]
            lines.append(f"    [{rule.source}]")
    return lines


def _ladder_lines(account: "Ladder") -> list[str]:
    """The steps with what lies between them, and the lists beside."""
    between = {difference.until: difference for difference in account.differences()}
    lines = []
    for step, figure in account.steps().items():
        if step in between:
            lines += _difference_lines(between[step])
        lines.append(f"{step.replace('_', ' '):<14}{_figure(figure):>18}")
    for name, items in account.beside().items():
        if items:
            lines.append(f"{name.replace('_', ' ')}: {_listed(items)}")
    return lines


def _figure(figure: object) -> str:
    if isinstance(figure, dict):
        return f"{figure['low']:,} to {figure['high']:,}"
    return "not known" if figure is None else f"{figure:,}"


def _listed(items: Sequence[str]) -> str:
    """The first items; the whole list is in the JSON."""
    more = f" and {len(items) - MOST_SHOWN:,} more" if len(items) > MOST_SHOWN else ""
    return ", ".join(items[:MOST_SHOWN]) + more


def _difference_lines(difference: "Difference") -> list[str]:
    lines = [
        f"    {sign} {len(items):,} {reason.replace('_', ' ')}: {_listed(items)}"
        for sign, lists in (("-", difference.out), ("+", difference.into))
        for reason, items in lists.items()
    ]
    if difference.explained:
        lines.append(f"    {difference.explained:+,} explained")
    low, high = difference.unexplained
    if low or high:
        lines.append(f"    {low:+,} unexplained" if low == high else f"    {low:+,} to {high:+,} unexplained")
    return lines
