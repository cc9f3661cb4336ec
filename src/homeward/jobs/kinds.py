"""The kinds of background work, by name. Each app declares its own in its module `background`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from homeward.jobs.progress import Progress

__all__ = ["Kind", "Work", "kind_named", "work"]

Work = Callable[[Progress, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Kind:
    """One kind of background work: what it is called on the page, and the function that does it.

    The function may be called again after a worker died in the middle of it, and then goes on or begins anew without
    doing anything twice.
    """

    name: str
    title: str | Promise
    do: Work


_KINDS: dict[str, Kind] = {}


def work(name: str, *, title: str | Promise) -> Callable[[Work], Work]:
    """Declares a function as the work of the kind `name`."""

    def declare(function: Work) -> Work:
        if name in _KINDS and _KINDS[name].do is not function:
            raise ValueError(f'background work "{name}" is declared twice')
        _KINDS[name] = Kind(name, title, function)
        return function

    return declare


def kind_named(name: str) -> Kind:
    """Returns the kind of that name; KeyError where no installed app has declared it."""
    return _KINDS[name]
