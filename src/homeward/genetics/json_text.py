"""JSON as it is written: nothing wins by being last, and no key is passed over."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from homeward.errors import InputError
from homeward.imports.spelling import did_you_mean

__all__ = ["parsed", "refuse_unknown_keys", "short"]


def parsed(text: str, *, place: str, needed: str) -> object:
    """Returns the value of a JSON text; raises InputError for broken text, NaN, and one key with two values.

    A key that stands twice with the same value agrees with itself.

    >>> parsed('{"a": 1, "a": 1}', place="case.json", needed="a case")
    {'a': 1}
    """
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_without_repetition)
    except InputError as problem:
        raise InputError(place=f"{place}, {problem.place}", found=problem.found, needed=problem.needed) from problem
    except (ValueError, RecursionError) as error:  # ValueError alone: a whole number of thousands of digits
        known = error if isinstance(error, json.JSONDecodeError) else None
        where = f"{place} line {known.lineno}" if known and " line " not in place else place
        reason = f" ({known.msg})" if known else ""
        raise InputError(place=where, found=f"no JSON{reason}", needed=needed) from error


def refuse_unknown_keys(data: Mapping[str, object], known: Collection[str], *, place: str) -> None:
    """Raises InputError for a key that the format does not have, with the one that may have been meant."""
    for key in data:
        if key not in known:
            needed = f"only {', '.join(known)}{did_you_mean(str(key), known)}"
            raise InputError(place=place, found=f'the unknown key "{key}"', needed=needed)


def short(value: object) -> str:
    """Returns a value as short JSON, for a complaint about it."""
    text = "nothing" if value is None else json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        first: dict[str, Any] = {}
        for key, value in pairs:
            before = first.setdefault(key, value)
            if before != value:
                found = f"{short(before)} and then {short(value)}"
                raise InputError(place=f'the key "{key}", given twice', found=found, needed="one value")
    return result


def _refuse_constant(name: str) -> float:
    raise InputError(place="JSON", found=name, needed="a number")
