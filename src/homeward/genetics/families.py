"""Families: the pedigree of one or several missing persons with what was read from their relatives."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from homeward.errors import InputError
from homeward.genetics.alleles import canonical_allele, repeats
from homeward.genetics.names import marker_key, misspelt
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import Profile

__all__ = ["Family", "MarkerNames", "family_from_object", "read_families"]


@dataclass(frozen=True)
class Family:
    """A pedigree, its missing members, and the profiles of its typed members."""

    name: str
    missing: tuple[str, ...]
    pedigree: Pedigree
    genotypes: Mapping[str, Profile]

    def __post_init__(self) -> None:
        place = f'family "{self.name}"'
        if not self.missing:
            raise InputError(place=place, found="nobody missing", needed="at least one missing member")
        for name in (*self.missing, *self.genotypes):
            if name not in self.pedigree:
                raise InputError(place=place, found=f'"{name}"', needed="a member of the pedigree")
        for name in self.missing:
            if name in self.genotypes:
                raise InputError(place=place, found=f'a profile of "{name}", who is missing', needed="no profile")

    @property
    def typed_members(self) -> tuple[str, ...]:
        """Members with a profile, in the order of the pedigree."""
        return tuple(name for name in self.pedigree.ids if name in self.genotypes)

    @property
    def untyped_members(self) -> tuple[str, ...]:
        """Members who are neither missing nor typed, in the order of the pedigree."""
        return tuple(name for name in self.pedigree.ids if name not in self.genotypes and name not in self.missing)

    def as_object(self) -> dict[str, object]:
        """Returns the family as one JSON object; reading it back gives the same family."""
        return {
            "family": self.name,
            "missing": list(self.missing),
            "members": [_member_object(member) for member in self.pedigree.members],
            "genotypes": {
                name: {marker: list(alleles) for marker, alleles in profile.items()}
                for name, profile in self.genotypes.items()
            },
        }


class MarkerNames:
    """The known markers, found under any spelling; genotypes and pedigrees met before are not checked again."""

    def __init__(self, known: Collection[str] | None = None) -> None:
        self._known = tuple(known) if known is not None else None
        self._names = {name: name for name in known or ()} | {marker_key(name): name for name in known or ()}
        self._genotypes: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._pedigrees: dict[tuple[Member, ...], Pedigree] = {}

    def pedigree(self, members: tuple[Member, ...]) -> Pedigree:
        """Returns the pedigree of these members; families with the same members share one."""
        found = self._pedigrees.get(members)
        if found is None:
            found = self._pedigrees[members] = Pedigree(members)
        return found

    def name(self, text: str, place: str) -> str:
        """Returns the known spelling of a marker, or raises InputError with a suggestion."""
        found = self._names.get(text)
        if found is None:
            found = self._names.get(marker_key(text), text if self._known is None else None)
            if found is None:
                needed = f"a marker of the frequency table{misspelt(text, self._known or ())}"
                raise InputError(place=place, found=f'marker "{text}"', needed=needed)
            self._names[text] = found
        return found

    def genotype(self, alleles: object, place: str) -> tuple[str, ...]:
        """Returns one or two alleles, spelled canonically; none for an empty list.

        Where the markers are known, alleles are numbers of repeats: a search has a stepwise mutation model.
        """
        if not isinstance(alleles, list) or not all(isinstance(allele, str) for allele in alleles):
            raise InputError(place=place, found=json.dumps(alleles)[:60], needed='alleles such as ["14", "16"]')
        key = tuple(alleles)
        found = self._genotypes.get(key)
        if found is None:
            found = tuple(canonical_allele(allele) for allele in key if allele.strip())
            if len(found) > 2:
                raise InputError(place=place, found=f"{len(found)} alleles", needed="one or two")
            for allele in found if self._known is not None else ():
                repeats(allele, place)
            self._genotypes[key] = found
        return found


def read_families(path: Path, known_markers: Collection[str] | None = None) -> Iterator[Family]:
    """Yields the families of a JSON Lines file one by one, so that a large file never stands in memory whole.

    Raises InputError with file and line for a line that is no family, a family name that was used before, an
    unknown marker or member, more than two alleles, or a pedigree that cannot be.
    """
    names = MarkerNames(known_markers)
    seen: set[str] = set()
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    place = f"{path.name} line {number}"
                    family = family_from_object(_json_object(line, place), names, place=place)
                    if family.name in seen:
                        raise InputError(place=place, found=f'family "{family.name}" again', needed="each family once")
                    seen.add(family.name)
                    yield family
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed="families, one a line") from error
    except UnicodeDecodeError as error:
        raise InputError(place=path.name, found="bytes that are not UTF-8 text", needed="JSON in UTF-8") from error


def family_from_object(data: object, names: MarkerNames, *, place: str) -> Family:
    """Returns the family of one JSON object, with marker names and alleles in their one spelling."""
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=type(data).__name__, needed="one family as a JSON object")
    try:
        return Family(
            name=_text(data.get("family"), f"{place}, family"),
            missing=tuple(_text(name, f"{place}, missing") for name in _list(data.get("missing"), f"{place}, missing")),
            pedigree=names.pedigree(
                tuple(_member(entry, f"{place}, members") for entry in _list(data.get("members"), f"{place}, members"))
            ),
            genotypes=_genotypes(data.get("genotypes", {}), names, place),
        )
    except InputError as problem:
        if problem.place.startswith(place):
            raise
        where = f"{place}, {problem.place}"
        raise InputError(place=where, found=problem.found, needed=problem.needed) from problem


def _json_object(line: str, place: str) -> object:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError alone: a whole number of thousands of digits
        reason = f" ({error.msg})" if isinstance(error, json.JSONDecodeError) else ""
        raise InputError(place=place, found=f"no JSON{reason}", needed="one family as a JSON object") from error
    return data


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise InputError(place=place, found=json.dumps(value)[:60], needed="a list")
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value:
        raise InputError(place=place, found=json.dumps(value)[:60], needed="a name")
    return value


def _member(entry: object, place: str) -> Member:
    if not isinstance(entry, dict):
        raise InputError(place=place, found=json.dumps(entry)[:60], needed='members such as {"id": "F1"}')
    sex = entry.get("sex") or Sex.UNKNOWN.value
    try:
        known_sex = Sex(sex)
    except ValueError as error:
        raise InputError(place=place, found=f'sex "{sex}"', needed="male, female or unknown") from error
    father, mother = (_text(entry[role], place) if entry.get(role) else None for role in ("father", "mother"))
    return Member(_text(entry.get("id"), place), father, mother, known_sex)


def _member_object(member: Member) -> dict[str, str]:
    parents = {"father": member.father, "mother": member.mother} if member.father and member.mother else {}
    return {"id": member.id, **parents, "sex": member.sex.value}


def _genotypes(data: object, names: MarkerNames, place: str) -> Mapping[str, Profile]:
    if not isinstance(data, dict):
        raise InputError(place=f"{place}, genotypes", found=json.dumps(data)[:60], needed="an object of profiles")
    genotypes: dict[str, Profile] = {}
    for member, profile in data.items():
        if not isinstance(profile, dict):
            raise InputError(
                place=f'{place}, genotypes of "{member}"', found=json.dumps(profile)[:60], needed="a profile"
            )
        where = f'{place}, genotypes of "{member}"'
        read: dict[str, tuple[str, ...]] = {}
        for marker, alleles in profile.items():
            genotype = names.genotype(alleles, where)
            if genotype:
                read[names.name(marker, where)] = genotype
        if read:
            genotypes[member] = read
    return genotypes
