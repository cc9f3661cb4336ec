"""Errors tell place, found and needed."""

import pytest

from homeward import errors
from homeward.errors import BrokenChainError, HomewardError, InputError, NotPermittedError


def test_input_error__names_place_found_and_needed() -> None:
    error = InputError(place="bags.csv line 3", found='seal "12"', needed="a seal of six digits")
    assert str(error) == 'bags.csv line 3: found seal "12"; needed: a seal of six digits'
    assert (error.place, error.found, error.needed) == ("bags.csv line 3", 'seal "12"', "a seal of six digits")


@pytest.mark.parametrize("kind", [InputError, NotPermittedError, BrokenChainError])
def test_every_error__is_a_homeward_error(kind: type[Exception]) -> None:
    assert issubclass(kind, HomewardError)


def test_the_tree_in_the_docstring__is_the_tree_of_the_module() -> None:
    classes = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)]
    assert all(name in (errors.__doc__ or "") for name in classes)
