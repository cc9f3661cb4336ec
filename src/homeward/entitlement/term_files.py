"""Terms files: TOML, one [[term]] after the other, every key and value checked, every problem told at once."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from homeward.entitlement.people import Health, Sex
from homeward.entitlement.terms import AgeCondition, AgeOn, Term
from homeward.entitlement.texts import Text, read_text
from homeward.errors import InputError
from homeward.imports.spelling import did_you_mean, quoted

__all__ = ["TermsReading", "parse_terms", "read_terms", "shipped_terms"]

DATA = Path(__file__).parent / "data"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_AGE, LONGEST_MONTHS = 150, 1200


@dataclass(frozen=True, slots=True)
class TermsReading:
    """The terms of a file in its order, and every problem of the file."""

    name: str
    terms: tuple[Term, ...]
    problems: tuple[InputError, ...]


def shipped_terms() -> tuple[str, ...]:
    """Returns the names of the terms that come with Homeward."""
    return tuple(sorted(path.stem for path in DATA.glob("*.toml")))


def read_terms(file: Path) -> TermsReading:
    """Returns the terms of a TOML file, or of those that come with Homeward where `file` is one of their names.

    Raises InputError where it is no such file; what is wrong with its terms is in `problems`.
    """
    path = DATA / f"{file}.toml" if str(file) in shipped_terms() and not file.exists() else file
    return parse_terms(read_text(path, needed=f"a TOML file of terms, or one of {', '.join(shipped_terms())}"))


def parse_terms(text: Text) -> TermsReading:
    """Returns the terms that the text of a TOML file tells of; see `read_terms`."""
    if text.encoding != "UTF-8":
        raise InputError(
            place=text.name, found=f"a text in {text.encoding}", needed="TOML, which is UTF-8 by definition"
        )
    try:
        data = tomllib.loads(text.body)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
        raise InputError(place=text.name, found=f"no TOML ({error})", needed="a TOML file of terms") from None
    tables = data.pop("term", [])
    for key in data:
        needed = f"[[term]] tables alone{did_you_mean(key, ['term'])}"
        raise InputError(place=text.name, found=f"a key {quoted(key)}", needed=needed)
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise InputError(place=text.name, found="no [[term]]", needed="one [[term]] or more")
    terms: dict[str, Term] = {}
    problems: list[InputError] = []
    for number, table in enumerate(tables, start=1):
        term = _term(table, _place(text.name, number, table), problems)
        if term and terms.setdefault(term.name, term) is not term:
            needed = f"a name of its own, other than that of {terms[term.name].place}"
            problems.append(InputError(place=term.place, found=f'the name "{term.name}" again', needed=needed))
    return TermsReading(text.name, tuple(terms.values()), tuple(problems))


def _place(file: str, number: int, table: Mapping[str, Any]) -> str:
    name = table.get("name")
    return f"{file} term {number}" + (f" ({quoted(name)})" if isinstance(name, str) and name else "")


def _term(table: Mapping[str, Any], place: str, problems: list[InputError]) -> Term | None:
    """Returns the term of a table; every key that is wrong becomes a problem, and the term None."""
    before = len(problems)
    values: dict[str, Any] = {}
    for key, value in table.items():
        try:
            if key not in KEYS:
                needed = f"keys among {', '.join(KEYS)}{did_you_mean(key, KEYS)}"
                raise InputError(place=place, found=f"the key {quoted(key)}", needed=needed)
            values[key] = KEYS[key](value, f"{place}, key {key}")
        except InputError as problem:
            problems.append(problem)
    for key in ("name", "agreement"):
        if key not in table:
            problems.append(InputError(place=place, found=f"no {key}", needed=f'{key} = "..."'))
    if len(problems) > before:
        return None
    try:
        return _made(values, place)
    except InputError as problem:
        problems.append(InputError(place=place, found=problem.found, needed=problem.needed))
        return None


def _made(values: dict[str, Any], place: str) -> Term:
    at_least, under, on = (values.pop(key, None) for key in ("at_least_age", "under_age", "age_on"))
    if (at_least or under) and on is None:
        raise InputError(place=place, found="an age without age_on", needed=f"age_on = {AGE_ON}")
    age = AgeCondition(at_least=at_least, under=under, on=on) if on else None
    return Term(**values, age=age, place=place)


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InputError(place=place, found=_shown(value), needed="a text in quotes")
    return " ".join(value.split())


def _texts(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise InputError(place=place, found=_shown(value), needed='a list of texts, ["...", "..."]')
    return tuple(_text(part, place) for part in value)


def _whole_number(most: int) -> Callable[[object, str], int]:
    def read(value: object, place: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise InputError(place=place, found=_shown(value), needed=f"a whole number from 1 to {most}")
        return value

    return read


def _day(value: object, place: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InputError(place=place, found=_shown(value), needed="a day such as 2025-06-02")


AGE_ON = ", ".join(f'"{word.value}"' for word in AgeOn) + " or a day such as 2025-06-02"


def _age_on(value: object, place: str) -> AgeOn | date:
    words = {word.value: word for word in AgeOn}
    if isinstance(value, str) and value in words:
        return words[value]
    try:
        return _day(value, place)
    except InputError:
        hint = did_you_mean(value, words) if isinstance(value, str) else ""
        raise InputError(place=place, found=_shown(value), needed=f"{AGE_ON}{hint}") from None


def _health(value: object, place: str) -> frozenset[Health]:
    # Nobody is owed a return for being fit, or for a state that nobody knows.
    words = {word.value: word for word in Health if word not in {Health.FIT, Health.UNKNOWN}}
    needed = f"a list of {', '.join(words)}"
    if not isinstance(value, list) or not value:
        raise InputError(place=place, found=_shown(value), needed=needed)
    for part in value:
        if not isinstance(part, str) or part not in words:
            hint = did_you_mean(part, words) if isinstance(part, str) else ""
            raise InputError(place=place, found=_shown(part), needed=f"{needed}{hint}")
    return frozenset(words[part] for part in value)


def _sex(value: object, place: str) -> Sex:
    words = {word.value: word for word in Sex if word is not Sex.UNKNOWN}
    if isinstance(value, str) and value in words:
        return words[value]
    hint = did_you_mean(value, words) if isinstance(value, str) else ""
    raise InputError(place=place, found=_shown(value), needed=f"{' or '.join(words)}{hint}")


def _shown(value: object) -> str:
    return quoted(value) if isinstance(value, str) else quoted(str(value)).strip('"')


KEYS: Mapping[str, Callable[[Any, str], object]] = MappingProxyType(
    {
        "name": _text,
        "agreement": _text,
        "agreement_on": _day,
        "under_age": _whole_number(LONGEST_AGE),
        "at_least_age": _whole_number(LONGEST_AGE),
        "age_on": _age_on,
        "health": _health,
        "sex": _sex,
        "held_longer_than_months": _whole_number(LONGEST_MONTHS),
        "commitment": _text,
        "worded_by": _text,
        "wording": _text,
        "sources": _texts,
    }
)
