"""Speed, measured as ratios within one run: `python -m benchmarks [NAME...] [--size small|full]`."""

import importlib
from typing import Any


def rows_of(name: str, size: str) -> list[dict[str, Any]]:
    """Returns the rows of one benchmark; every row has name, seconds, ratio, against and note."""
    rows: list[dict[str, Any]] = importlib.import_module(f"benchmarks.{name}").run(size)
    return rows
