"""The brief as plain text, 100 columns wide."""

import textwrap
from collections.abc import Iterator

from homeward.brief.document import Brief, Sentence

__all__ = ["SIMULATED", "marks", "render"]

WIDTH = 100
MOST_RUNS = 6
SIMULATED = "SIMULATED: this comes from an installation in which people, remains and families are made up."


def render(brief: Brief) -> str:
    """Returns the brief as plain text; the numbers in brackets are the claims that a sentence rests on."""
    return "\n".join(_lines(brief)) + "\n"


def _lines(brief: Brief) -> Iterator[str]:
    if brief.simulated:
        yield SIMULATED
        yield ""
    yield from _wrapped(brief.headline.text)
    yield brief.dateline
    yield ""
    yield from _wrapped(" ".join(sentence.text for sentence in brief.standfirst))
    for side in brief.latest:
        yield f"  {side.figure:>16}  {side.title} [{side.chip}]"
    for section in brief.sections:
        yield ""
        yield section.title
        for sentence in section.sentences:
            yield from _wrapped(_with_marks(sentence), indent="- ")


def _wrapped(text: str, *, indent: str = "") -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent), break_on_hyphens=False
    )


def _with_marks(sentence: Sentence) -> str:
    return f"{sentence.text} [{marks(sentence.claims)}]" if sentence.claims else sentence.text


def marks(claims: tuple[int, ...]) -> str:
    """Returns the numbers of the claims, runs shortened and a long list cut: "1-3, 7"."""
    runs: list[list[int]] = []
    for number in claims:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    shown = ", ".join("-".join(str(end) for end in run) for run in runs[:MOST_RUNS])
    return f"{shown}, …" if len(runs) > MOST_RUNS else shown
