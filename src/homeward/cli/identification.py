"""`homeward identification`: posteriors and rules, from files, without a database."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.identification.sentences import Language

if TYPE_CHECKING:
    from homeward.identification.posterior_cases import PosteriorAnswer
    from homeward.identification.rules import Judgement

__all__ = ["commands"]

commands = typer.Typer(help="Identification: posteriors, rules.", no_args_is_help=True)

CasesFile = Annotated[Path, typer.Argument(help="cases as JSON (docs/reference/identification.md)")]
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
        typer.echo("\n\n".join("\n".join(_posterior_lines(answer)) for answer in answers))


@commands.command()
def rules(file: CasesFile, as_json: AsJson = False, language: InLanguage = Language.ENGLISH) -> None:  # noqa: FBT002
    """Prints whether each proposal may be made and signed, and what stands against it."""
    from homeward.identification.case_files import rule_cases_from_object
    from homeward.identification.fields import read_object
    from homeward.identification.rules import judge

    given = rule_cases_from_object(read_object(file), place=file.name)
    judgements = [judge(case) for case in given.cases]
    for note in given.notes:
        typer.echo(f"Note: {note}", err=True)
    if as_json:
        _print_json([judgement.as_json() for judgement in judgements])
    else:
        typer.echo("\n\n".join("\n".join(_judgement_lines(each, language)) for each in judgements))


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


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

    figures = ", ".join(f"{name} {figure:.9f}" for name, figure in judgement.posterior.as_json().items())
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
