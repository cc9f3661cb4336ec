"""Units of a joint case: missing persons whose victims bear on one another, family by family.

A relative whose genotype is known at every marker separates those above from those below: two missing brothers with
both parents read are independent of each other, so each is a unit of his own. A pair that other evidence fixed makes
the missing person a typed member before the family is taken apart. See docs/concepts/joint-identification.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.families import Family
from homeward.genetics.joint_cases import JointCase
from homeward.genetics.markers import MarkerKind
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.cases import with_conditions
from homeward.likelihood.dropout import DEFAULT_DROP_OUT, DropOutRates
from homeward.likelihood.panels import NOT_READ, Panel
from homeward.likelihood.peeling import Reading, Readings, log10_likelihood

__all__ = ["Scene", "Unit", "Victims", "scene_of", "together"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Unit:
    """Missing persons of one family who must be weighed together, and what was read from the family."""

    family: str
    pedigree: Pedigree
    missing: tuple[str, ...]
    readings: Readings


@dataclass(frozen=True, eq=False)
class Victims:
    """Who the victims are, and what was read of them; one who was read several times has as many rows of readings."""

    ids: tuple[str, ...]
    readings: Readings

    @classmethod
    def of(cls, case: JointCase, panel: Panel, rates: DropOutRates) -> "Victims":
        """The victims of a case, each under the conditions that it states."""
        parts = [Readings.of(case.victims, panel)]
        parts += [Readings.of({name: each}, panel) for name, found in case.replicates.items() for each in found]
        return cls(tuple(case.victims), with_conditions(Readings.joined(parts), case.conditions, panel, rates))

    @cached_property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """The rows of each victim."""
        found: dict[str, list[int]] = {}
        for row, name in enumerate(self.readings.ids):
            found.setdefault(name, []).append(row)
        return tuple(tuple(found[name]) for name in self.ids)

    def reading(self, victim: int, locus: int) -> tuple[Reading, ...]:
        """What was read of one victim at one marker, in order; nothing where no replicate read it."""
        codes = self.readings.codes
        return tuple(
            sorted(self.readings.reading(row, locus) for row in self.rows[victim] if codes[row, locus] != NOT_READ)
        )

    def is_read(self, locus: int) -> NDArray[np.bool_]:
        """Which victims were read at a marker."""
        read = self.readings.codes[:, locus] != NOT_READ
        return np.array([read[list(rows)].any() for rows in self.rows], dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class Scene:
    """A joint case ready to be weighed: what fixed pairs contribute stands in the numbers, the rest is in the units.

    ``victims`` are the readings of all victims; ``alone`` is log10 P(victim) at each marker, (n_victims, n_markers).
    ``free_victims`` are those whom no evidence has fixed. ``none_identified`` is log10 P(all readings) with nobody
    identified, ``fixed_lr`` the log10 LR of the fixed pairs against it.
    """

    case: JointCase
    panel: Panel
    victims: Victims
    alone: Floats
    units: tuple[Unit, ...]
    free_victims: tuple[int, ...]
    none_identified: float
    fixed_lr: float

    def allowed(self, unit: Unit, missing: str) -> NDArray[np.bool_]:
        """Which victims sex and other evidence allow for this missing person; a fixed victim is none of them."""
        sex = unit.pedigree.member(missing).sex
        result = self._is_free.copy()
        if sex is not Sex.UNKNOWN:
            result &= self._sexes[sex]
        for victim, name in self.case.excluded:
            if name == missing:
                result[self.victims.ids.index(victim)] = False
        return result

    @cached_property
    def _is_free(self) -> NDArray[np.bool_]:
        free = set(self.free_victims)
        return np.array([row in free for row in range(len(self.victims.ids))], dtype=np.bool_)

    @cached_property
    def _sexes(self) -> Mapping[Sex, NDArray[np.bool_]]:
        """For each sex: the victims who may be of it."""
        sexes = [self.case.victim_sexes[name] for name in self.victims.ids]
        return {sex: np.array([own in (sex, Sex.UNKNOWN) for own in sexes], dtype=np.bool_) for sex in Sex}


def scene_of(case: JointCase, rates: DropOutRates = DEFAULT_DROP_OUT) -> Scene:
    """The scene of a case; raises InputError where a family's readings, or a fixed pair, are impossible."""
    panel = Panel(case.markers)
    victims = Victims.of(case, panel, rates)
    alone = np.array([_alone(case, victims, row, panel) for row in range(len(victims.ids))]).reshape(-1, len(panel))
    for row, name in enumerate(victims.ids):
        if not np.isfinite(alone[row]).all():
            found = "a reading whose probability is 0"
            raise InputError(place=f'victim "{name}"', found=found, needed="alleles with a frequency above 0")
    rows = {name: row for row, name in enumerate(victims.ids)}
    units: list[Unit] = []
    none_identified, fixed_lr = float(alone.sum()), 0.0
    for family in case.families:
        readings = with_conditions(
            Readings.of(family.genotypes, panel), case.conditions, panel, rates, within=f"{family.name} "
        )
        own = _log10(family.pedigree, readings, panel)
        if own == -math.inf:
            place = f'family "{family.name}"'
            needed = "a pedigree or mutation model that allows them"
            raise InputError(place=place, found="readings that are impossible on its pedigree", needed=needed)
        none_identified += own
        fixed = {name: rows[victim] for victim, name in case.fixed.items() if name in family.missing}
        if fixed:
            readings = together(readings, victims, list(fixed.items()))
            fixed_lr += _fixed_lr(family, readings, panel, own=own, alone=alone, fixed=fixed)
        left = tuple(name for name in family.missing if name not in fixed)
        units += _split(family, left, readings, panel)
    free = tuple(row for name, row in rows.items() if name not in case.fixed)
    return Scene(case, panel, victims, alone, tuple(units), free, none_identified, fixed_lr)


def together(readings: Readings, victims: Victims, pairs: Sequence[tuple[str, int]]) -> Readings:
    """The family's readings with those of victims, each under the name of the missing person who it is taken to be."""
    rows = [row for _, victim in pairs for row in victims.rows[victim]]
    names = [name for name, victim in pairs for _ in victims.rows[victim]]
    return Readings(
        (*readings.ids, *names),
        np.concatenate([readings.codes, victims.readings.codes[rows]]),
        np.concatenate([readings.conditions, victims.readings.conditions[rows]]),
    )


def _alone(case: JointCase, victims: Victims, row: int, panel: Panel) -> Floats:
    name = victims.ids[row]
    sex = case.victim_sexes[name]
    if sex is Sex.UNKNOWN and any(marker.kind is MarkerKind.X for marker in case.markers):
        raise InputError(place=f'victim "{name}"', found="unknown sex", needed="the sex, for markers on X")
    nobody = Readings.of({}, panel)
    return log10_likelihood(Pedigree.of([Member(name, sex=sex)]), together(nobody, victims, [(name, row)]), panel)


def _log10(pedigree: Pedigree, readings: Readings, panel: Panel) -> float:
    return float(log10_likelihood(pedigree, readings, panel).sum())


def _fixed_lr(
    family: Family, readings: Readings, panel: Panel, *, own: float, alone: Floats, fixed: Mapping[str, int]
) -> float:
    value = _log10(family.pedigree, readings, panel)
    if value == -math.inf:
        raise InputError(
            place=f'fixed, family "{family.name}"',
            found=f"{', '.join(fixed)}: readings that are impossible together",
            needed="a fixed pair that the pedigree and the mutation model allow",
        )
    return value - own - float(alone[list(fixed.values())].sum())


def _split(family: Family, missing: tuple[str, ...], readings: Readings, panel: Panel) -> list[Unit]:
    """The family's missing members in groups that are independent given what was read."""
    if not missing:
        return []
    pedigree = family.pedigree
    known = _known_members(readings, panel)
    group = {name: name for name in pedigree.ids}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for member in pedigree.members:
        if member.father and member.mother:
            tied = [name for name in (member.id, member.father, member.mother) if name not in known]
            for other in tied[1:]:
                group[root(other)] = root(tied[0])
    groups: dict[str, list[str]] = {}
    for name in missing:
        groups.setdefault(root(name), []).append(name)
    return [Unit(family.name, pedigree, tuple(names), readings) for names in groups.values()]


def _known_members(readings: Readings, panel: Panel) -> frozenset[str]:
    """Members whose genotype their reading leaves in no doubt, at every marker."""
    if any(marker.silent_frequency > 0 for marker in panel.markers):
        return frozenset()
    whole = ((readings.codes != NOT_READ) & (readings.conditions == 0).all(axis=2)).all(axis=1)
    return frozenset(name for name, is_whole in zip(readings.ids, whole.tolist(), strict=True) if is_whole)
