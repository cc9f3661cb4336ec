"""Strict reading of JSON: every key is known, given once and of its type, or the whole file is refused."""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeGuard, TypeVar

from homeward.errors import InputError
from homeward.imports.spelling import did_you_mean

__all__ = ["Fields", "fields_of", "read_lines", "read_object", "refuse_repeated", "shown"]

HALF_A_PAIR = re.compile("[\ud800-\udfff]")  # what UTF-8 cannot write
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
IGNORED = ("format", "note")  # texts for the people who keep a file
Choice = TypeVar("Choice", bound=Enum)


@dataclass(frozen=True)
class Fields:
    """The fields of one JSON object with the place where it stands; each is asked for by key and type."""

    place: str
    values: Mapping[str, object]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def refused(self, key: str, needed: str) -> InputError:
        """Returns the error for a field that is not as it must be."""
        found = shown(self.values[key]) if key in self.values else "nothing"
        return InputError(place=f"{self.place}, {key}", found=found, needed=needed)

    def text(self, key: str) -> str:
        """Returns a text of one line that is not blank; raises InputError where it is missing."""
        value = self.values.get(key)
        if not _is_line(value):
            raise self.refused(key, "a text of one line")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Returns a text, or None for null, for a blank text and where there is none."""
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if not _is_text(value):
            raise self.refused(key, "a text, or null")
        return value

    def texts(self, key: str, *, needed: bool = False, once: bool = True) -> tuple[str, ...]:
        """Returns a list of texts of one line; with ``needed`` at least one, with ``once`` no text twice."""
        value = self.values.get(key, [])
        if not isinstance(value, Sequence) or isinstance(value, str) or not all(_is_line(item) for item in value):
            raise self.refused(key, "a list of texts of one line each")
        if needed and not value:
            raise self.refused(key, "a list with at least one text")
        if once:
            refuse_repeated(value, place=f"{self.place}, {key}")
        return tuple(value)

    def number(
        self, key: str, default: float | None = None, *, low: float = -math.inf, high: float = math.inf
    ) -> float:
        """Returns a finite number from low to high; raises InputError where it is missing without a default."""
        value = self.values.get(key, default)
        if not _is_number(value) or not low <= value <= high:
            raise self.refused(key, "a number" + _limits(low, high))
        return float(value)

    def number_or_none(self, key: str, *, low: float = -math.inf) -> float | None:
        """Returns a finite number, or None for null and where there is none."""
        return None if self.values.get(key) is None else self.number(key, low=low)

    def whole(self, key: str, default: int | None = None, *, low: float = -math.inf, high: float = math.inf) -> int:
        """Returns a whole number from low to high; raises InputError where it is missing without a default."""
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.refused(key, "a whole number" + _limits(low, high))
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Returns true or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.refused(key, "true or false")
        return value

    def choice(self, key: str, default: Choice) -> Choice:
        """Returns a member of the default's enumeration by its value."""
        return default if key not in self.values else self.chosen(key, type(default))

    def chosen(self, key: str, kind: type[Choice]) -> Choice:
        """Returns a member of an enumeration by its value; raises InputError where it is missing."""
        value = self.values.get(key)
        try:
            return kind(value)
        except ValueError:
            allowed = [str(member.value) for member in kind]
            needed = f"one of {', '.join(allowed)}{did_you_mean(str(value), allowed)}"
            raise self.refused(key, needed) from None

    def inner(self, key: str, known: Iterable[str]) -> "Fields":
        """Returns the fields of an object inside; an object that is not given has none."""
        return fields_of(self.values.get(key, {}), known, place=f"{self.place}, {key}")

    def each(self, key: str, known: Iterable[str]) -> tuple["Fields", ...]:
        """Returns the fields of every object of a list inside."""
        value = self.values.get(key, [])
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise self.refused(key, "a list of objects")
        known = tuple(known)
        return tuple(fields_of(item, known, place=f"{self.place}, {key} {n}") for n, item in enumerate(value, start=1))


def fields_of(value: object, known: Iterable[str] | None, *, place: str) -> Fields:
    """Returns the fields of a JSON object; refuses a key that is not known (None: further keys are allowed)."""
    if not isinstance(value, Mapping):
        raise InputError(place=place, found=shown(value), needed="an object in braces")
    if known is not None:
        known = tuple(known)
        for key in value:
            if key not in known and key not in IGNORED:
                needed = f"one of the keys {', '.join(known)}{did_you_mean(str(key), known)}"
                raise InputError(place=place, found=f"the key {shown(key)}", needed=needed)
    return Fields(place, {key: item for key, item in value.items() if key not in IGNORED or key in (known or ())})


def read_object(path: Path) -> object:
    """Returns the JSON value of a file; raises InputError for anything else."""
    return _parsed(_text_of(path), place=path.name, line=None)


def read_lines(path: Path) -> tuple[tuple[int, object], ...]:
    """Returns the JSON value of every line that is not blank, with its number."""
    lines = enumerate(_text_of(path).split("\n"), start=1)
    return tuple((n, _parsed(line, place=path.name, line=n)) for n, line in lines if line.strip())


def refuse_repeated(values: Iterable[str], *, place: str) -> None:
    """Raises InputError where a text stands twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InputError(place=place, found=f"{shown(value)} twice", needed="each once")
        seen.add(value)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed="a file of JSON") from error
    except UnicodeDecodeError as error:
        raise InputError(place=path.name, found="bytes that are not UTF-8 text", needed="JSON in UTF-8") from error


def _parsed(text: str, *, place: str, line: int | None) -> object:
    where = place if line is None else f"{place} line {line}"
    try:
        return STRICT.decode(text)
    except InputError as error:
        raise InputError(place=where, found=error.found, needed=error.needed) from error
    except (ValueError, RecursionError) as error:  # ValueError alone: a whole number of thousands of digits
        if line is None and isinstance(error, json.JSONDecodeError):
            where = f"{place} line {error.lineno}"
        raise InputError(place=where, found="no JSON", needed="a JSON value") from error


def _object(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Refuses a key that is given twice, of which JSON readers otherwise keep the last in silence."""
    values = dict(pairs)
    if len(values) < len(pairs):
        refuse_repeated((key for key, _ in pairs), place="")
    return values


def _refuse_constant(constant: str) -> Callable[[], None]:
    raise InputError(place="", found=constant, needed="a finite number")


STRICT = json.JSONDecoder(parse_constant=_refuse_constant, object_pairs_hook=_object)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip()) and not HALF_A_PAIR.search(value)


def _is_line(value: object) -> TypeGuard[str]:
    """Whether this is a text that can stand in one line: a code or a name, never a passage."""
    return _is_text(value) and not CONTROL.search(value)


def _is_number(value: object) -> TypeGuard[int | float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return math.isfinite(float(value))
    except OverflowError:  # a whole number of hundreds of digits
        return False


def _limits(low: float, high: float) -> str:
    if low > -math.inf and high < math.inf:
        return f" from {low:g} to {high:g}"
    return f" of {low:g} or more" if low > -math.inf else ""


def shown(value: object) -> str:
    """Returns a JSON value as it can stand in one line of a message: quoted, escaped, not too long."""
    text = json.dumps(value, ensure_ascii=False).encode(errors="backslashreplace").decode()
    return text if len(text) <= 60 else f"{text[:57]}..."
