"""Made-up registers and lists with known truth, to try a list out and to measure: no person in them is real."""

import gzip
import random
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import translitua

from homeward.names.given_names import GivenName, Sex, given_names, russian_patronymics, ukrainian_patronymics
from homeward.names.lists import Entry

__all__ = ["MadeUp", "make_up"]


@dataclass(frozen=True)
class MadeUp:
    """A register, a list, and for each entry of the list the id in the register or nothing."""

    register: tuple[Entry, ...]
    wanted: tuple[Entry, ...]
    truth: dict[str, str]


@dataclass(frozen=True)
class _Man:
    surname: str
    given: GivenName
    father: GivenName
    born: str


@cache
def _surnames() -> tuple[list[str], list[int]]:
    data = files("homeward.names").joinpath("data").joinpath("surnames.txt.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(data).decode("utf-8").splitlines()[1:]]
    return [row[0] for row in rows], [int(row[1]) for row in rows]


@cache
def _given() -> tuple[list[GivenName], list[float]]:
    from homeward.names.weights import class_frequencies

    men = [(i, name) for i, name in enumerate(given_names()) if name.sex is Sex.MALE]
    return [name for _, name in men], [class_frequencies(patronymic=False)[i] for i, _ in men]


def _men(n: int, rng: random.Random) -> list[_Man]:
    surnames = rng.choices(_surnames()[0], weights=_surnames()[1], k=n)
    given, fathers = (rng.choices(_given()[0], weights=_given()[1], k=n) for _ in range(2))
    days = [f"{rng.randint(1965, 2006)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}" for _ in range(n)]
    return [_Man(*one) for one in zip(surnames, given, fathers, days, strict=True)]


def _russian(man: _Man) -> tuple[str, str, str]:
    patronymics = man.father.russian_patronymics or russian_patronymics(man.father.russian[0])
    return man.surname.title(), man.given.russian[0].title(), patronymics[0][0].title()


_UKRAINIAN = str.maketrans({"ы": "и", "э": "е", "ъ": "'", "и": "і"})


def _ukrainian(man: _Man) -> tuple[str, str, str]:
    patronymics = man.father.ukrainian_patronymics or ukrainian_patronymics(man.father.ukrainian[0])
    surname = man.surname.translate(_UKRAINIAN).title()
    return surname, man.given.ukrainian[0].title(), patronymics[0][0].title()


def _spelled(man: _Man, rng: random.Random) -> str:
    surname, given, father = _russian(man)
    way = rng.random()
    if way < 0.4:
        return f"{surname} {given} {father}"
    if way < 0.6:
        return str(translitua.translit(f"{surname} {given} {father}", translitua.RussianICAO))
    if way < 0.8:
        return " ".join(_ukrainian(man))
    if way < 0.88:
        return f"{surname} {given[0]}. {father[0]}."
    if way < 0.95:
        return f"{given} {surname}"
    if len(surname) < 4:
        return f"{surname} {given} {father}"
    place = rng.randrange(1, len(surname) - 1)
    slipped = surname[:place] + surname[place + 1] + surname[place] + surname[place + 2 :]
    return f"{slipped} {given} {father}"


def make_up(n_register: int, n_wanted: int, seed: int, *, share: float = 0.7) -> MadeUp:
    """Returns a register and a list, a share of which is in the register; the same seed gives the same."""
    rng = random.Random(seed)  # noqa: S311 (no secret: the same seed gives the same list)
    people, strangers = _men(n_register, rng), _men(n_wanted, rng)
    places = rng.sample(range(n_register), n_wanted)
    register = tuple(Entry(f"R{i}", _spelled(man, rng), man.born) for i, man in enumerate(people))
    wanted, truth = [], {}
    for i in range(n_wanted):
        here = rng.random() < share
        man = people[places[i]] if here else strangers[i]
        wanted.append(Entry(f"L{i}", _spelled(man, rng), man.born if rng.random() < 0.5 else ""))
        truth[f"L{i}"] = f"R{places[i]}" if here else ""
    return MadeUp(register, tuple(wanted), truth)
