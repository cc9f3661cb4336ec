"""The readable report of `homeward read`: headline, summary, claims, checks."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from homeward.output import terminal_text

__all__ = ["print_reading"]


def print_reading(result: dict[str, Any], *, checked: bool) -> None:
    """Prints the reading of one file for a person."""
    console = Console(highlight=False, soft_wrap=False)
    console.print()
    console.print(_shown(result["headline"] or result["file"], style="bold"))
    console.print(_shown(f"{result['file']}, published {result['published'] or 'on an unknown day'}", style="dim"))
    console.print()
    for sentence in result["summary"]:
        console.print(_shown(sentence))
    if result["summary"]:
        console.print()
    console.print(_claims(result["claims"]) if result["claims"] else _shown(_no_claim(result["figures"])))
    if checked:
        _print_checks(console, result["checks"])


def _no_claim(figures: list[dict[str, Any]]) -> str:
    """Returns what to say where nothing was read: never "no exchange" where figures were not understood."""
    if any(figure["role"] == "unknown" for figure in figures):
        return "No claim was read with certainty; the figures that could not be read may be some."
    return "No claim about an exchange was found."


def _claims(claims: list[dict[str, Any]]) -> Table:
    table = Table("what", "how many", "from", "to", "when", "who says so", "status", box=None, header_style="bold")
    for claim in claims:
        told = claim["kind"] in ("transfer", "commitment", "absence")
        status = claim["status"].replace("_", " ") if told else ""
        table.add_row(
            _shown(claim["what"] or claim["kind"]),
            _shown(_figure(claim["quantity"])),
            _shown(claim["from"] or ""),
            _shown(claim["to"] or ""),
            _shown(claim["when_text"] or ""),
            _shown(_speaker(claim)),
            _shown(_meant(claim, status)),
        )
    return table


def _meant(claim: dict[str, Any], status: str) -> str:
    """Returns the status with what has to be known beside it."""
    words = [
        status,
        "looking back" if claim["back_reference"] else "",
        "to confirm" if claim["band"] == "to_confirm" else "",
    ]
    return ", ".join(word for word in words if word)


def _shown(text: str, style: str = "") -> Text:
    """Returns a text of the document as it may stand on a terminal."""
    return Text(terminal_text(text), style=style)


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
    console.print(_shown("Against the record", style="bold"))
    if not checks:
        console.print(_shown("Nothing in the record bears on it."))
    for check in checks:
        console.print(_shown(f"{check['verdict'].replace('_', ' ')}: {check['explanation']}"))
