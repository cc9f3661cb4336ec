"""`homeward kinship`: likelihood ratios of one case, and joint identification of several victims.

The numerical packages are imported when a command runs, so that the rest of the command line starts quickly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.kinship_options import AsJson, SettingsFile
from homeward.cli.printing import say, say_json

if TYPE_CHECKING:
    from homeward.likelihood.cases import Answer
    from homeward.likelihood.joint import JointAnswer
    from homeward.provenance import Provenance
    from homeward.search.settings import KinshipSettings

__all__ = ["commands"]

commands = typer.Typer(help="Kinship: likelihood ratios, searches, joint identification.", no_args_is_help=True)

CaseFile = Annotated[Path, typer.Argument(help="a case as JSON (docs/reference/kinship-likelihood.md)")]
ThetaOfCase = Annotated[float | None, typer.Option("--theta", help="co-ancestry, in place of the case's own")]
MostListed = Annotated[int, typer.Option("--most", min=1, help="how many assignments to list")]

Seed = Annotated[int, typer.Option(min=0, help="where a part is sampled: the same seed gives the same answer")]


@commands.command()
def likelihood(
    file: CaseFile,
    settings_file: SettingsFile = None,
    theta: ThetaOfCase = None,
    as_json: AsJson = False,  # noqa: FBT002
) -> None:
    """Prints how probable the readings of a case are under each hypothesis, exactly, in total and per marker."""
    from homeward.genetics.cases import case_from_object, load_json
    from homeward.likelihood.cases import answer_case
    from homeward.search.settings import read_settings

    settings = read_settings(settings_file)
    data = _with_settings(load_json(file), settings, theta=theta)
    answer = answer_case(case_from_object(data, place=file.name), drop_out=settings.reading.rates)
    if settings_file is not None:
        answer = replace(answer, provenance=_with_hash(answer.provenance, settings))
    _tell_notes(answer.notes)
    if as_json:
        say_json(answer.as_json())
    else:
        say("\n".join(_told(answer)))


@commands.command()
def joint(
    file: CaseFile,
    settings_file: SettingsFile = None,
    theta: ThetaOfCase = None,
    as_json: AsJson = False,  # noqa: FBT002
    most: MostListed = 20,
    seed: Seed = 1,
) -> None:
    """Prints which victims are most probably which missing persons, weighed together.

    Exact while that is within reach; what is sampled beyond carries its standard error. Theta is 0 but where the
    case or the option says otherwise; with it every assignment is computed, for small cases.
    """
    from homeward.cli.progress import counting
    from homeward.genetics.cases import load_json
    from homeward.genetics.joint_cases import joint_case_from_object
    from homeward.likelihood.joint import answer_joint_case
    from homeward.likelihood.sampling import SamplingOptions
    from homeward.search.settings import read_settings

    settings = read_settings(settings_file)
    data = _with_settings(load_json(file), settings, theta=theta, takes_theta=False)
    case = joint_case_from_object(data, place=file.name)
    with counting("Weighing assignments: steps") as advance:
        answer = answer_joint_case(
            case, most=most, options=SamplingOptions(seed=seed), drop_out=settings.reading.rates, advance=advance
        )
    if settings_file is not None:
        is_left_out = "theta" in settings.stated and settings.theta > 0 and case.theta == 0
        notes = (*answer.notes, JOINT_WITHOUT_THETA) if is_left_out else answer.notes
        answer = replace(answer, notes=notes, provenance=_with_hash(answer.provenance, settings))
    _tell_notes(answer.notes)
    if as_json:
        say_json(answer.as_json())
    else:
        say("\n".join(_told_jointly(answer)))


def _with_settings(
    data: Mapping[str, object], settings: "KinshipSettings", *, theta: float | None = None, takes_theta: bool = True
) -> Mapping[str, object]:
    """The case with what the settings file states and the case does not, and with the option in place of both."""
    found = dict(data)
    if takes_theta and "theta" in settings.stated and found.get("theta") is None:
        found["theta"] = settings.theta
    if settings.frequencies.minimum > 0 and found.get("minimum_frequency") is None:
        found["minimum_frequency"] = settings.frequencies.minimum
    return found if theta is None else found | {"theta": theta}


def _with_hash(origin: "Provenance", settings: "KinshipSettings") -> "Provenance":
    return replace(origin, parameters={**origin.parameters, "settings": settings.hash})


JOINT_WITHOUT_THETA = (
    "the theta of the settings is not used: assignments are weighed with theta 0, by which families are independent; "
    "--theta weighs small cases with theta, and a search gives pairwise ratios with it"
)


def _tell_notes(notes: Iterable[str]) -> None:
    """Tells on standard error what was assumed and what is not used, whatever the answer is printed as."""
    for note in notes:
        say(f"Note: {note}", err=True)


def _told_jointly(answer: "JointAnswer") -> list[str]:
    """The best assignments and the marginal posteriors as lines of text."""
    lines = ["log10 LR   posterior    assignment"]
    for each in answer.assignments:
        pairs = ", ".join(f"{victim} = {name}" for victim, name in each.missing_by_victim.items() if name)
        error = "" if each.standard_error is None else f" (standard error {each.standard_error:.1g})"
        lines.append(f"{each.log10_lr:8.3f}   {each.posterior:.6f}     {pairs or 'nobody identified'}{error}")
    lines.append("")
    errors = answer.standard_errors.get("victims", {})
    for victim, values in answer.victims.items():
        best = sorted(values.items(), key=lambda item: -item[1])[:3]
        error = f" (standard error {errors[victim].get(best[0][0], 0):.1g})" if victim in errors else ""
        lines.append(f"{victim}: " + ", ".join(f"{name} {value:.6f}" for name, value in best) + error)
    lines += ["", "LR is against nobody identified. Prior: every assignment that sexes allow is equally probable."]
    return lines


def _told(answer: "Answer") -> list[str]:
    """The answer as lines of text: a row per marker, the total, what it means."""
    names = list(answer.log10_likelihood)
    columns = [*names, *(["log10 LR"] if len(names) > 1 else [])]
    width = max(len(name) for name in [*answer.per_marker, "Marker"]) + 2
    lines = ["Marker".ljust(width) + "".join(column.rjust(14) for column in columns)]
    for marker, values in answer.per_marker.items():
        shown = [values[name] for name in names] + ([values["log10_lr"]] if len(names) > 1 else [])
        lines.append(marker.ljust(width) + "".join(_number(value).rjust(14) for value in shown))
    totals = [*answer.log10_likelihood.values(), *([answer.log10_lr] if len(names) > 1 else [])]
    lines.append("Total".ljust(width) + "".join(_number(value).rjust(14) for value in totals))
    lines += ["", "Likelihoods are log10. " + _meaning(answer, names)]
    origin = answer.provenance
    parameters = ", ".join(f"{name} {value}" for name, value in origin.parameters.items())
    return [*lines, f"Made by {origin.made_by} {origin.version} with {parameters}."]


def _meaning(answer: "Answer", names: list[str]) -> str:
    impossible = [name for name in names if answer.log10_likelihood[name] is None]
    if impossible:
        return f"The readings are impossible under {' and '.join(impossible)}."
    if answer.log10_lr is None:
        return ""
    more, less = (names[0], names[1]) if answer.log10_lr >= 0 else (names[1], names[0])
    ratio = 10 ** min(abs(answer.log10_lr), 300.0)
    return f"The readings are {ratio:.4g} times as probable under {more} as under {less}."


def _number(value: float | None) -> str:
    return "impossible" if value is None else f"{value:.6f}"
