"""Marker names under any spelling, readings at them, and the account of what was not used and why."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from homeward.errors import InputError
from homeward.genetics.alleles import AlleleReading, SetAside, read_alleles
from homeward.genetics.json_text import short
from homeward.genetics.marker_types import MarkerType, known_marker, same_marker_key
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.sex_markers import CONTRADICTED, sex_marker_name
from homeward.imports.spelling import did_you_mean

__all__ = ["MarkerNames", "ReadingAccount", "allele_texts"]

_NEVER_COMPARED = (MarkerType.Y, MarkerType.AMELOGENIN, MarkerType.QUALITY)


@dataclass
class ReadingAccount:
    """How the readings of a file were used: used, used for the sex, not read, given twice, beside, or set aside."""

    used: int = 0
    of_sex: int = 0
    not_read: int = 0
    repeated: int = 0
    half_read: int = 0
    beside: Counter[str] = field(default_factory=Counter)
    set_aside: list[SetAside] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many readings there were."""
        used = self.used + self.of_sex + self.not_read + self.repeated
        return used + self.beside.total() + len(self.set_aside)

    def mark(self) -> tuple[tuple[int, ...], dict[str, int], int]:
        """Returns where the account stands, to come back to where what follows turns out not to count."""
        counts = (self.used, self.of_sex, self.not_read, self.repeated, self.half_read)
        return counts, dict(self.beside), len(self.set_aside)

    def back_to(self, mark: tuple[tuple[int, ...], dict[str, int], int]) -> None:
        """Takes back what was counted since the mark: the readings of a family that is not searched for."""
        (self.used, self.of_sex, self.not_read, self.repeated, self.half_read), beside, n_set_aside = mark
        self.beside = Counter(beside)
        del self.set_aside[n_set_aside:]

    def as_json(self) -> dict[str, object]:
        """Returns the account as a JSON object."""
        return {
            "readings": self.total,
            "used": self.used,
            "used_for_sex": self.of_sex,
            "not_read": self.not_read,
            "given_twice": self.repeated,
            "one_side_not_read": self.half_read,
            "markers_passed_over": dict(sorted(self.beside.items())),
            "set_aside": [each.as_json() for each in self.set_aside],
        }


class MarkerNames:
    """The known markers, found under any spelling; what was met before is not checked again.

    ``known`` names the markers, or maps each to the alleles that have a frequency. ``account`` counts what was read.
    """

    def __init__(self, known: Collection[str] | Mapping[str, Collection[str]] | None = None) -> None:
        self._known = tuple(known) if known is not None else None
        self._alleles: Mapping[str, Collection[str]] = known if isinstance(known, Mapping) else {}
        self._names: dict[str, str | None] = {same_marker_key(name): name for name in known or ()}
        self._names |= {name: name for name in known or ()}
        self._readings: dict[tuple[str, Sequence[str]], AlleleReading] = {}
        self._entries: dict[tuple[str, tuple[object, ...]], tuple[str | None, AlleleReading]] = {}
        self._pedigrees: dict[tuple[Member, ...], Pedigree] = {}
        self.account = ReadingAccount()

    def pedigree(self, members: tuple[Member, ...]) -> Pedigree:
        """Returns the pedigree of these members; families with the same members share one."""
        found = self._pedigrees.get(members)
        if found is None:
            found = self._pedigrees[members] = Pedigree(members)
        return found

    def name(self, text: str, place: str) -> str | None:
        """Returns the known spelling of a marker, or None for one that is never compared here.

        Those are sex markers, quality sensors, and the X, Y and SNP markers that have no frequencies. Raises
        InputError, with a suggestion, for a name that neither the frequencies nor the field knows.
        """
        if text in self._names:
            return self._names[text]
        key = same_marker_key(text)
        found = self._names[key] if key in self._names else self._beyond(text, place)
        self._names[text] = found
        return found

    def _beyond(self, text: str, place: str) -> str | None:
        known = known_marker(text)
        if known is not None and known.type in _NEVER_COMPARED:
            return None
        if self._known is None:
            return text
        if known is not None:
            return known.name if known.type is MarkerType.AUTOSOMAL else None
        needed = f"a marker of the frequency table{did_you_mean(text, self._known)}"
        raise InputError(place=place, found=f'marker "{text}"', needed=needed)

    def read(self, marker: str, written: Sequence[str]) -> AlleleReading:
        """Returns the reading of a marker under its known name."""
        key = (marker, written)
        found = self._readings.get(key)
        if found is None:
            known = self._alleles.get(marker, ())
            found = self._readings[key] = read_alleles(written, marker=marker, known=known)
        return found

    def _met(self, text: str, value: object, place: str) -> tuple[str | None, AlleleReading]:
        """The known name and the reading of one entry of a profile; what came before, in the same words, is known."""
        try:
            key = (text, tuple(value)) if type(value) is list else None
            found = self._entries.get(key) if key else None
        except TypeError:  # a list or an object where an allele is meant: refused below, with its place
            key = found = None
        if found is None:
            marker = self.name(text, place)
            reading = AlleleReading() if marker is None else self.read(marker, allele_texts(value, place))
            found = (marker, reading)
            if key:
                self._entries[key] = found
        return found

    def add_sex_marker(
        self, text: str, written: Sequence[str], into: dict[str, tuple[str, ...]], *, sample: str, place: str
    ) -> bool:
        """Adds a reading of amelogenin or a Y marker, accounted for; returns False where the marker is neither.

        A Y marker without an allele is kept as read at none. Two readings that differ are set aside, both: sex markers
        never end the reading of a file.
        """
        name = sex_marker_name(text)
        if name is None:
            return False
        reading = self.read(name, tuple(written))
        account = self.account
        if reading.reason:
            account.set_aside.append(SetAside(place, sample, text, reading.reason))
        elif name not in into or not into[name]:
            into[name] = reading.alleles
            account.of_sex += bool(reading.alleles)
            account.not_read += not reading.alleles
        elif not reading.alleles:
            account.not_read += 1
        elif set(into[name]) == set(reading.alleles):
            account.repeated += 1
        else:
            account.of_sex -= into[name] != CONTRADICTED
            apart = 1 + (into[name] != CONTRADICTED)
            aside = SetAside(place, sample, text, f"{short(list(reading.alleles))} beside {short(list(into[name]))}")
            account.set_aside += [aside] * apart
            into[name] = CONTRADICTED
        return True

    def profile(
        self, data: object, *, sample: str, place: str, sex_markers: dict[str, tuple[str, ...]] | None = None
    ) -> dict[str, tuple[str, ...]]:
        """Returns the profile of a JSON object of markers and lists of alleles, its readings accounted for.

        Readings of amelogenin and Y markers go into ``sex_markers``, where that is given; otherwise they are passed
        over. Raises InputError for an unknown marker, and for two readings of one marker that differ.
        """
        if not isinstance(data, dict):
            raise InputError(place=place, found=short(data), needed="a profile")
        profile: dict[str, tuple[str, ...]] = {}
        first: dict[str, str] = {}
        account = self.account
        for text, value in data.items():
            marker, reading = self._met(text, value, place)
            if marker is None:
                into = sex_markers
                if into is None or not self.add_sex_marker(
                    text, allele_texts(value, place), into, sample=sample, place=place
                ):
                    account.beside[text] += 1
            elif reading.reason:
                account.set_aside.append(SetAside(place, sample, text, reading.reason))
            elif not reading.alleles:
                account.not_read += 1
            elif marker not in profile:
                profile[marker], first[marker] = reading.alleles, text
                account.used += 1
                account.half_read += reading.half_read
            elif set(profile[marker]) == set(reading.alleles):
                account.repeated += 1
            else:
                found = f'"{first[marker]}" {short(list(profile[marker]))} and "{text}" {short(list(reading.alleles))}'
                raise InputError(place=place, found=f"{found}, one marker twice", needed="one reading of a marker")
        return profile


def allele_texts(value: object, place: str) -> tuple[str, ...]:
    """Returns a list of alleles as texts; numbers are written as Python writes them, null is not read."""
    if isinstance(value, list):
        for each in value:
            if not isinstance(each, str):
                break
        else:
            return tuple(value)
        if all(each is None or (isinstance(each, str | int | float) and not isinstance(each, bool)) for each in value):
            return tuple("" if each is None else str(each) for each in value)
    raise InputError(place=place, found=short(value), needed='alleles such as ["14", "16"]')
