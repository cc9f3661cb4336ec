"""How probable each victim is as one missing person, given the relatives and the victims already placed in the family.

    LR(v) = P(relatives, placed victims, v is m) / (P(relatives, placed victims) P(v))

The family is peeled once per marker with the missing person's gametes left free; each victim is then looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.markers import MarkerKind
from homeward.genetics.pedigrees import Sex
from homeward.likelihood import kernels
from homeward.likelihood.joint_units import Scene, Unit, together
from homeward.likelihood.panels import NOT_READ, StateModel
from homeward.likelihood.peeling import Reading, Readings, blurred_of, is_blurred, most_phases, shape_of
from homeward.likelihood.plans import plan_of

__all__ = ["Conditionals", "phases_of", "reading_table"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
MOST_KEPT = 50_000


@dataclass
class Conditionals:
    """Log10 LRs of all victims for one missing person and what is placed beside, each kept for the next time."""

    scene: Scene
    _classes: list[tuple[Integers, list[tuple[Reading, ...]]]] = field(init=False)
    _weights: dict[tuple[int, bool], Floats] = field(init=False, default_factory=dict)
    _kept: dict[tuple[int, str, tuple[tuple[str, int], ...]], Floats] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        victims = self.scene.victims
        self._classes = []
        for locus in range(len(self.scene.panel)):
            pairs = [victims.reading(row, locus) for row in range(len(victims.ids))]
            distinct = sorted(set(pairs))
            number = {pair: i for i, pair in enumerate(distinct)}
            self._classes.append((np.array([number[pair] for pair in pairs]), distinct))

    def log10_lrs(self, number: int, missing: str, placed: tuple[tuple[str, int], ...] = ()) -> Floats:
        """Of every victim, for a missing person of unit ``number``; -inf where it is impossible, or sex forbids it.

        ``placed`` are the other missing members of the unit with their victims, in the order of the unit.
        """
        key = (number, missing, placed)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = self._computed(self.scene.units[number], missing, placed)
        return found

    def _computed(self, unit: Unit, missing: str, placed: Sequence[tuple[str, int]]) -> Floats:
        scene = self.scene
        n_victims = len(scene.victims.ids)
        allowed = scene.allowed(unit, missing)
        if not allowed.any():
            return np.full(n_victims, -np.inf)
        readings = together(unit.readings, scene.victims, placed)
        result = np.where(allowed, 0.0, -np.inf)
        for locus in range(len(scene.panel)):
            result += self._at(unit, missing, readings, locus)
        return result

    def _at(self, unit: Unit, missing: str, readings: Readings, locus: int) -> Floats:
        """Log10 LR of every victim at one marker."""
        scene, stacked = self.scene, self.scene.panel.stack
        kind = scene.panel.markers[locus].kind
        rows = np.flatnonzero(readings.codes[:, locus] != NOT_READ)
        typed = [readings.ids[row] for row in rows]
        blurred = blurred_of(typed, readings.conditions[rows, locus])
        shape = shape_of(unit.pedigree, typed, kind=kind, free=missing, blurred=blurred)
        plan = plan_of(shape)
        n = int(stacked.sizes[locus, 0])
        start, matrix_start = stacked.offsets[locus].tolist()
        most = most_phases(stacked.sizes[locus : locus + 1], readings.conditions[rows, locus])
        paternal, maternal = np.zeros((2, len(rows), most), dtype=np.int64)
        weights, n_phases = np.zeros((len(rows), most)), np.zeros(len(rows), dtype=np.int64)
        for i, row in enumerate(rows.tolist()):
            male = bool(shape.x_linked and shape.male[shape.typed[i]])
            found = phases_of(readings.reading(row, locus), scene.panel.models[locus], hemizygous=male)
            n_phases[i] = len(found[2])
            paternal[i, : n_phases[i]], maternal[i, : n_phases[i]], weights[i, : n_phases[i]] = found
        table = np.empty(n**plan.n_gametes_kept)
        scale = kernels.peel(
            plan.program,
            stacked.frequencies[start : start + n],
            stacked.matrices[matrix_start : matrix_start + 2 * n * n].reshape(2, n, n),
            paternal,
            maternal,
            weights,
            n_phases,
            0,
            np.empty(plan.workspace(n, min(most, 2 * n + 1))),
            table,
        )
        if scale == -np.inf or table.sum() <= 0:
            return np.full(len(scene.victims.ids), -np.inf)
        hemizygous = kind is MarkerKind.X and unit.pedigree.member(missing).sex is Sex.MALE
        classes = self._classes[locus][0]
        with np.errstate(divide="ignore"):
            found_lrs = np.log10(self._reading_weights(locus, hemizygous) @ table / table.sum())
        return np.where(scene.victims.is_read(locus), found_lrs[classes] - scene.alone[:, locus], 0.0)

    def _reading_weights(self, locus: int, hemizygous: bool) -> Floats:  # noqa: FBT001
        """P(reading | gametes) for each distinct reading of the victims, (n_readings, n or n * n)."""
        key = (locus, hemizygous)
        if key not in self._weights:
            model, distinct = self.scene.panel.models[locus], self._classes[locus][1]
            tables = [reading_table(reading, model, hemizygous=hemizygous) for reading in distinct]
            self._weights[key] = np.array(tables).reshape(len(distinct), -1)
        return self._weights[key]


def phases_of(reading: Reading, model: StateModel, *, hemizygous: bool) -> tuple[Integers, Integers, Floats]:
    """The ordered genotypes behind a reading: paternal and maternal states, and P(reading | genotype)."""
    code, conditions = reading[0], np.array(reading[1:])
    second = int(((8 * code + 1) ** 0.5 - 1) / 2 + 1e-9)
    first = code - second * (second + 1) // 2
    n_states = len(model.frequencies)
    most = max(2 * n_states + 3, n_states**2 if is_blurred(conditions) else 0)
    paternal, maternal = np.zeros((2, most), dtype=np.int64)
    weights = np.zeros(most)
    n = kernels.fill_phases(
        first,
        second,
        int(hemizygous),
        model.n_alleles,
        model.silent,
        conditions,
        model.frequencies,
        paternal,
        maternal,
        weights,
    )
    return paternal[:n], maternal[:n], weights[:n]


def reading_table(readings: Sequence[Reading], model: StateModel, *, hemizygous: bool) -> Floats:
    """P(readings | gametes) as a table over the paternal and the maternal gamete, or over the one gamete there is.

    Several readings are replicates. Two alleles of a male on X are impossible; what was not read says nothing.
    """
    n = len(model.frequencies)
    table = np.ones(n if hemizygous else (n, n))
    for reading in readings:
        table *= _table_of_one(reading, model, hemizygous=hemizygous)
    return table


def _table_of_one(reading: Reading, model: StateModel, *, hemizygous: bool) -> Floats:
    n = len(model.frequencies)
    table = np.zeros(n if hemizygous else (n, n))
    paternal, maternal, weights = phases_of(reading, model, hemizygous=hemizygous)
    if not hemizygous:
        np.add.at(table, (paternal, maternal), weights)
    elif (paternal == maternal).all():
        table[maternal] = weights
    return table
