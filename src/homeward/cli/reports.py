"""The readable report of `homeward read`: headline, summary, claims, checks."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

__all__ = ["print_reading"]


def print_reading(result: dict[str, Any], *, checked: bool) -> None:
    """Prints the reading of one file for a person."""
    console = Console(highlight=False, soft_wrap=False)
    console.print()
    console.print(Text(result["headline"] or result["file"], style="bold"))
    console.print(Text(f"{result['file']}, published {result['published'] or 'on an unknown day'}", style="dim"))
    console.print()
    for sentence in result["summary"]:
        console.print(Text(sentence))
    if result["summary"]:
        console.print()
    console.print(_claims(result["claims"]) if result["claims"] else Text("No claim about an exchange was found."))
    if checked:
        _print_checks(console, result["checks"])


def _claims(claims: list[dict[str, Any]]) -> Table:
    table = Table("what", "how many", "from", "to", "when", "who says so", "status", box=None, header_style="bold")
    for claim in claims:
        told = claim["kind"] in ("transfer", "commitment", "absence")
        status = claim["status"].replace("_", " ") if told else ""
        table.add_row(
            Text(claim["what"] or claim["kind"]),
            Text(_figure(claim["quantity"])),
            Text(claim["from"] or ""),
            Text(claim["to"] or ""),
            Text(claim["when_text"] or ""),
            Text(_speaker(claim)),
            Text(f"{status}, looking back" if claim["back_reference"] else status),
        )
    return table


def _speaker(claim: dict[str, Any]) -> str:
    said = claim["speaker"] or claim["speaker_party"] or ""
    return f"{said} ({claim['channel']})" if said and claim["channel"] else said


def _figure(quantity: dict[str, Any] | None) -> str:
    """Returns a quantity in words: "1,000", "at least 5", "all"."""
    if quantity is None:
        return ""
    low, high, modifier = quantity["low"], quantity["high"], quantity["modifier"]
    number = low if low is not None else high
    if number is None:
        return "all" if modifier == "all" else "not told"
    if low is not None and high is not None and low != high:
        return f"{low:,} to {high:,}"
    return f"{number:,}" if modifier == "exact" else f"{modifier.replace('_', ' ')} {number:,}"


def _print_checks(console: Console, checks: list[dict[str, Any]]) -> None:
    console.print()
    console.print(Text("Against the record", style="bold"))
    if not checks:
        console.print(Text("Nothing in the record bears on it."))
    for check in checks:
        console.print(Text(f"{check['verdict'].replace('_', ' ')}: {check['explanation']}"))
