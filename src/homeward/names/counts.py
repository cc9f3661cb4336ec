"""How often names are borne: the shipped counts, their rare end by Good-Turing, and a register's own by Dirichlet."""

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from homeward.names.keys import cyrillic_rhythm, sound_key

__all__ = [
    "Counts",
    "blended",
    "given_name_counts",
    "patronymic_counts",
    "surname_counts",
    "surname_spellings",
    "surnames_by_rhythm",
]


@dataclass(frozen=True)
class Counts:
    """Bearers of each name that at least five people bear, with the mass and the number of the rarer ones."""

    bearers: Mapping[str, int]
    total: int
    rare_frequency: float
    """Mean frequency of a name that is not in the counts: Good-Turing over the rest."""

    def frequency(self, key: str) -> float:
        """Returns the share of people who bear the name with this key."""
        n = self.bearers.get(key)
        return n / self.total if n else self.rare_frequency

    @property
    def same_by_chance(self) -> float:
        """Probability that two unrelated people bear one name: the sum of squared frequencies."""
        return sum((n / self.total) ** 2 for n in self.bearers.values())


def rare_frequency(total: int, spectrum: tuple[int, int, int, int], seen_five_times: int) -> float:
    """Returns the mean frequency of names seen fewer than five times, unseen ones included.

    Good (1953): the names seen r times have together the mass (r + 1) n(r+1) / N, those never seen n1 / N; the number
    never seen is at least n1² / (2 n2) (Chao 1984).
    """
    n1, n2, n3, n4 = spectrum
    mass = (n1 + 2 * n2 + 3 * n3 + 4 * n4 + 5 * seen_five_times) / total
    types = n1 * n1 / (2 * n2) + n1 + n2 + n3 + n4
    return mass / types


def blended(own: int, own_total: int, base: float, weight: float = 1000.0) -> float:
    """Returns a frequency from a register's own count and the general one, which weighs as much as `weight` people."""
    return (own + weight * base) / (own_total + weight)


def _read(name: str) -> str:
    data = files("homeward.names").joinpath("data").joinpath(name).read_bytes()
    return gzip.decompress(data).decode("utf-8")


def _header(text: str) -> tuple[int, tuple[int, int, int, int]]:
    words = text[: text.index("\n")].split()
    values = dict(zip(words[1::2], words[2::2], strict=True))
    n1, n2, n3, n4 = (int(values[f"n{i}"]) for i in range(1, 5))
    return int(values["total"]), (n1, n2, n3, n4)


def _counts(name: str) -> Counts:
    text = _read(name)
    total, spectrum = _header(text)
    body = text[text.index("\n") + 1 :]
    bearers: dict[str, int] = {}
    n_five = 0
    for line in sound_key(body).splitlines():
        key, n = line.split("\t")[:2]
        n_five += n == "5"
        bearers[key] = bearers.get(key, 0) + int(n)
    return Counts(bearers, total, rare_frequency(total, spectrum, n_five))


@cache
def surname_counts() -> Counts:
    """Bearers of surnames by sound key, both sexes together."""
    return _counts("surnames.txt.gz")


@cache
def given_name_counts() -> Counts:
    """Bearers of given names by sound key."""
    return _counts("given_names.txt.gz")


@cache
def patronymic_counts() -> Counts:
    """Bearers of patronymics by sound key."""
    return _counts("patronymics.txt.gz")


@cache
def surname_spellings() -> frozenset[str]:
    """The attested surnames as Russian writes them, ё as е."""
    return frozenset(name for names in surnames_by_rhythm().values() for name in names)


@cache
def surnames_by_rhythm() -> Mapping[str, tuple[str, ...]]:
    """The attested surnames by rhythm, for the question whether a Latin form is one of them."""
    text = _read("surnames.txt.gz")
    names = [line.split("\t", 1)[0] for line in text[text.index("\n") + 1 :].splitlines()]
    found: dict[str, list[str]] = {}
    for name, rhythm in zip(names, cyrillic_rhythm("\n".join(names)).splitlines(), strict=True):
        found.setdefault(rhythm, []).append(name)
    return {rhythm: tuple(some) for rhythm, some in found.items()}
