"""Every command and every option is documented, and nothing is documented that is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from homeward.cli.app import app

REPOSITORY = Path(__file__).resolve().parents[2]
PAGE = (REPOSITORY / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
SECTION = re.compile(r"^## `(homeward [^`]+)`$", re.MULTILINE)


def walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if hasattr(command, "commands"):
        for child in command.commands.values():
            yield from walk(child, f"{name} {child.name}")
    else:
        yield name, command


COMMANDS = dict(walk(typer.main.get_command(app), "homeward"))


def sections() -> dict[str, str]:
    parts = SECTION.split(PAGE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def test_every_command_has_a_section__and_every_section_a_command() -> None:
    assert sorted(sections()) == sorted(COMMANDS)


def test_every_option_is_named_in_its_section() -> None:
    undocumented = [
        f"{name} {option}"
        for name, command in COMMANDS.items()
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help" and option not in sections().get(name, "")
    ]
    assert undocumented == []
