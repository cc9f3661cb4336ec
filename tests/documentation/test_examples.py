"""The examples in the docstrings give what they say."""

import doctest
import importlib
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    for path in SOURCE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_every_example_holds(name: str) -> None:
    module = importlib.import_module(name)
    result = doctest.testmod(module, extraglobs=vars(module) | {"__name__": name})
    assert result.attempted
    assert not result.failed


def test_library_page__holds() -> None:
    page = SOURCE.parent / "docs" / "reference" / "library.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert result.attempted
    assert not result.failed
