"""Families: the pedigree of one or several missing persons with what was read from their relatives."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from homeward.errors import InputError
from homeward.genetics.json_text import parsed, refuse_unknown_keys, short
from homeward.genetics.marker_names import MarkerNames
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import Profile

__all__ = ["Family", "NotSearchable", "family_from_object", "members_from_list", "read_families"]

FAMILY_KEYS = ("family", "missing", "members", "genotypes", "note")
MEMBER_KEYS = ("id", "father", "mother", "sex", "note")
_MEMBER_KEYS = frozenset(MEMBER_KEYS)
_SEXES = {each.value: each for each in Sex}


@dataclass(frozen=True)
class Family:
    """A pedigree, its missing members, and the profiles of its typed members.

    A missing member may have a profile: it is of a personal reference sample (a toothbrush, a blood card).
    ``sex_markers`` are the typed members' readings of amelogenin and Y markers.
    """

    name: str
    missing: tuple[str, ...]
    pedigree: Pedigree
    genotypes: Mapping[str, Profile]
    sex_markers: Mapping[str, Profile] = field(default_factory=dict)

    def __post_init__(self) -> None:
        place = f'family "{self.name}"'
        if not self.missing:
            raise InputError(place=place, found="nobody missing", needed="at least one missing member")
        for name in (*self.missing, *self.genotypes, *self.sex_markers):
            if name not in self.pedigree:
                raise InputError(place=place, found=f'"{name}"', needed="a member of the pedigree")
        if len(set(self.missing)) < len(self.missing):
            raise InputError(place=place, found="one missing member twice", needed="each missing member once")

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
            "genotypes": {name: self._readings_of(name) for name in (*self.genotypes, *self.sex_markers)},
        }

    def _readings_of(self, name: str) -> dict[str, list[str]]:
        """A member's readings as they stand in a file, sex markers last."""
        both = {**self.genotypes.get(name, {}), **self.sex_markers.get(name, {})}
        return {marker: list(alleles) for marker, alleles in both.items()}


@dataclass(frozen=True)
class NotSearchable:
    """A family, or a line that holds none, that cannot be searched for, and why."""

    family: str
    place: str
    reason: str

    def __str__(self) -> str:
        named = f'family "{self.family}"' if self.family else "a line"
        return f"{self.place}: {named} is not searchable: {self.reason}"

    def as_json(self) -> dict[str, str]:
        """Returns it as a JSON object."""
        return {"family": self.family, "place": self.place, "reason": self.reason}


def read_families(
    path: Path,
    known_markers: Collection[str] | MarkerNames | None = None,
    *,
    on_problem: Callable[[NotSearchable], None] | None = None,
) -> Iterator[Family]:
    """Yields the families of a JSON Lines file one by one, so that a large file never stands in memory whole.

    A family that stands twice with the same content is yielded once. Raises InputError with file and line for a line
    that is no family, a family name used for two families, an unknown key, marker or member, or a pedigree that cannot
    be; with ``on_problem`` such a line is told to it and left out instead, but for one name of two families: nobody can
    say which of them is meant.
    """
    names = known_markers if isinstance(known_markers, MarkerNames) else MarkerNames(known_markers)
    seen: dict[str, tuple[int, int]] = {}
    for number, line in _lines(path):
        place = f"{path.name} line {number}"
        data: object = None
        mark = names.account.mark()
        try:
            data = parsed(line, place=place, needed="one family as a JSON object")
            family = family_from_object(data, names, place=place)
        except InputError as problem:
            if on_problem is None:
                raise
            name = data.get("family") if isinstance(data, dict) else None
            told = name if isinstance(name, str) else ""
            reason = f"{_within(problem, place)}found {problem.found}; needed: {problem.needed}"
            on_problem(NotSearchable(told, place, reason))
            names.account.back_to(mark)
            continue
        first, before = seen.setdefault(family.name, (number, hash(line)))
        if first == number:
            yield family
        elif before == hash(line) or data == _content(path, first):
            names.account.back_to(mark)
        else:
            found = f'family "{family.name}" again, with other content than in line {first}'
            raise InputError(place=place, found=found, needed="each family once")


def _content(path: Path, number: int) -> object:
    """The JSON value of a line that was read before: asked where a family comes again, otherwise written."""
    return next(parsed(line, place=path.name, needed="a family") for at, line in _lines(path) if at == number)


def _within(problem: InputError, place: str) -> str:
    where = problem.place.removeprefix(place).removeprefix(", ")
    return f"{where}: " if where else ""


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yields the lines that hold anything, with their numbers."""
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise InputError(place=str(path), found="no file that can be read", needed="families, one a line") from error
    except UnicodeDecodeError as error:
        raise InputError(place=path.name, found="bytes that are not UTF-8 text", needed="JSON in UTF-8") from error


def family_from_object(data: object, names: MarkerNames, *, place: str) -> Family:
    """Returns the family of one JSON object, with marker names and alleles in their one spelling."""
    if not isinstance(data, Mapping):
        raise InputError(place=place, found=type(data).__name__, needed="one family as a JSON object")
    refuse_unknown_keys(data, FAMILY_KEYS, place=place)
    sex_markers: dict[str, Profile] = {}
    try:
        return Family(
            name=_text(data.get("family"), f"{place}, family"),
            missing=tuple(_text(name, f"{place}, missing") for name in _list(data.get("missing"), f"{place}, missing")),
            pedigree=names.pedigree(members_from_list(data.get("members"), place=f"{place}, members")),
            genotypes=_genotypes(data.get("genotypes", {}), names, place, sex_markers),
            sex_markers=sex_markers,
        )
    except InputError as problem:
        if problem.place.startswith(place):
            raise
        where = f"{place}, {problem.place}"
        raise InputError(place=where, found=problem.found, needed=problem.needed) from problem


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise InputError(place=place, found=short(value), needed="a list")
    return value


def _text(value: object, place: str) -> str:
    if not isinstance(value, str) or not value:
        raise InputError(place=place, found=short(value), needed="a name")
    return value


def members_from_list(data: object, *, place: str) -> tuple[Member, ...]:
    """Returns the members of a list; one who stands twice alike is one, and one who stands twice unlike is refused."""
    members: dict[str, tuple[int, Member]] = {}
    for number, entry in enumerate(_list(data, place), 1):
        member = _member(entry, place)
        first, before = members.setdefault(member.id, (number, member))
        if before != member:
            found = f'"{member.id}" twice, as entries {first} and {number}, with different content'
            raise InputError(place=place, found=found, needed="each member once")
    return tuple(member for _, member in members.values())


def _member(entry: object, place: str) -> Member:
    if isinstance(entry, dict) and entry.keys() <= _MEMBER_KEYS:
        name, father, mother, sex = (entry.get(key) for key in ("id", "father", "mother", "sex"))
        texts = all(value is None or type(value) is str for value in (father, mother, sex))
        if texts and type(name) is str and name and (sex is None or sex in _SEXES):
            return Member(name, father or None, mother or None, _SEXES[sex or "unknown"])
    raise _bad_member(entry, place)


def _bad_member(entry: object, place: str) -> InputError:
    """What is wrong with a member."""
    if not isinstance(entry, dict):
        return InputError(place=place, found=short(entry), needed='members such as {"id": "F1"}')
    refuse_unknown_keys(entry, MEMBER_KEYS, place=place)
    where = f'{place}, member "{_text(entry.get("id"), f"{place}, id")}"'
    for role in ("father", "mother"):
        if entry.get(role) is not None and not isinstance(entry[role], str):
            return InputError(place=f"{where}, {role}", found=short(entry[role]), needed="the id of a member")
    return InputError(place=f"{where}, sex", found=f'sex "{entry.get("sex")}"', needed="male, female or unknown")


def _member_object(member: Member) -> dict[str, str]:
    parents = {"father": member.father, "mother": member.mother} if member.father and member.mother else {}
    return {"id": member.id, **parents, "sex": member.sex.value}


def _genotypes(data: object, names: MarkerNames, place: str, sex_markers: dict[str, Profile]) -> Mapping[str, Profile]:
    """The profiles of the typed members; their readings of sex markers go into ``sex_markers``."""
    if not isinstance(data, dict):
        raise InputError(place=f"{place}, genotypes", found=short(data), needed="an object of profiles")
    genotypes: dict[str, Profile] = {}
    for member, profile in data.items():
        of_sex: dict[str, tuple[str, ...]] = {}
        read = names.profile(profile, sample=member, place=f'{place}, genotypes of "{member}"', sex_markers=of_sex)
        if read:
            genotypes[member] = read
        if of_sex:
            sex_markers[member] = of_sex
    return genotypes
