"""Runs the command line as a person does, in an installation of its own."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = [sys.executable, "-c", "from homeward.cli.app import main; main()"]


def environment_of(folder: Path, **settings: str) -> dict[str, str]:
    """Returns the environment of an installation in `folder`, whatever stands in that of the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    return {**kept, "HOMEWARD_DATA_DIR": str(folder), **settings}


def homeward(folder: Path, *words: object, timeout: float = 120, **settings: str) -> subprocess.CompletedProcess[str]:
    """Returns how the command ended and what it said."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)],
        env=environment_of(folder, **settings),
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
        timeout=timeout,
        stdin=subprocess.DEVNULL,
    )
