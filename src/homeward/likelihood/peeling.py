"""Exact likelihood of the data on a pedigree, marker by marker, by variable elimination.

The shell of kernels.py: groups the markers by who was read, fetches the plan, lumps alleles where that is exact and
pays, and hands over flat arrays. See docs/concepts/peeling.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.pedigrees import Pedigree, Sex
from homeward.likelihood import kernels
from homeward.likelihood.networks import Shape
from homeward.likelihood.panels import NOT_READ, Panel, StateModel, lumped, stack
from homeward.likelihood.plans import plan_of
from homeward.likelihood.reading_model import CLEAN, Conditions
from homeward.likelihood.theta import log10_likelihood_with_theta

__all__ = ["Reading", "Readings", "blurred_of", "is_blurred", "log10_likelihood", "most_phases", "shape_of"]

LUMPING_PAYS_ABOVE = 30_000

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Reading = tuple[int, float, float, float]
"""The code of a reading with the drop-out, drop-in and error of its conditions."""


@dataclass(frozen=True)
class Readings:
    """What was read from the typed members: codes, (n_typed, n_markers), and under which conditions.

    A member who was read several times has a row for each replicate. ``conditions`` is (n_typed, n_markers, 3):
    drop-out per allele, drop-in and error (see reading_model.py).
    """

    ids: tuple[str, ...]
    codes: Integers
    conditions: Floats

    @classmethod
    def of(
        cls,
        profiles: Mapping[str, Mapping[str, tuple[str, ...]]],
        panel: Panel,
        *,
        conditions: Mapping[str, Conditions] | None = None,
    ) -> "Readings":
        """Readings of these profiles; ``conditions`` gives those of the members who have some, at all markers."""
        ids = tuple(profiles)
        codes = [panel.encode(profiles[member]) for member in ids]
        stated = [(conditions or {}).get(member, CLEAN).as_row for member in ids]
        return cls(
            ids=ids,
            codes=np.array(codes, dtype=np.int64).reshape(len(ids), len(panel)),
            conditions=np.repeat(np.array(stated, dtype=np.float64).reshape(-1, 1, 3), len(panel), axis=1),
        )

    @classmethod
    def joined(cls, parts: "Sequence[Readings]") -> "Readings":
        """All readings one after the other; a member who stands in several parts was read as often."""
        return cls(
            tuple(name for part in parts for name in part.ids),
            np.concatenate([part.codes for part in parts]),
            np.concatenate([part.conditions for part in parts]),
        )

    def reading(self, row: int, locus: int) -> Reading:
        """One reading with its conditions; equal ones mean the same of the genotype."""
        d, c, e = self.conditions[row, locus].tolist()
        return int(self.codes[row, locus]), d, c, e


def shape_of(
    pedigree: Pedigree, typed: Sequence[str], *, kind: MarkerKind, free: str | None = None, blurred: Sequence[str] = ()
) -> Shape:
    """The shape of a pedigree for a plan; raises InputError for a sex that X-linkage needs and that is unknown."""
    x_linked = kind is MarkerKind.X
    if x_linked:
        unknown = [member.id for member in pedigree.members if member.sex is Sex.UNKNOWN]
        if unknown:
            raise InputError(place=f'member "{unknown[0]}"', found="unknown sex", needed="the sex, for markers on X")
    return Shape(
        parents=pedigree.parent_positions,
        male=pedigree.males if x_linked else (),
        typed=tuple(pedigree.position(member) for member in typed),
        free=-1 if free is None else pedigree.position(free),
        x_linked=x_linked,
        blurred=tuple(pedigree.position(member) for member in blurred),
    )


def is_blurred(conditions: Floats) -> NDArray[np.bool_]:
    """Whether any genotype may stand behind a reading made under these conditions (the last axis)."""
    return np.asarray((conditions[..., 1:] > 0).any(axis=-1), dtype=np.bool_)


def blurred_of(typed: Sequence[str], conditions: Floats) -> list[str]:
    """The members of ``typed`` who are two gametes in a network: any genotype may show their reading, or they have two.

    ``conditions`` is (n_typed, ..., 3).
    """
    unsure = [bool(is_blurred(of_member).any()) for of_member in conditions]
    return [name for name, is_unsure in zip(typed, unsure, strict=True) if is_unsure or typed.count(name) > 1]


def most_phases(sizes: Integers, conditions: Floats) -> int:
    """How many ordered genotypes may stand behind one reading on these markers."""
    largest = int(sizes[:, 0].max())
    if is_blurred(conditions).any():
        return max(3, largest**2)
    return 2 * largest + 1 if (conditions[..., 0] > 0).any() else 3


def log10_likelihood(pedigree: Pedigree, readings: Readings, panel: Panel, *, theta: float = 0.0) -> Floats:
    """Log10 of P(readings | pedigree) at each marker, float64; -inf where the readings are impossible.

    With theta 0 founders' alleles are drawn independently from the frequencies, otherwise by sequential sampling over
    all founders. Members without reading stay in the pedigree. Raises InputError where somebody typed is not in it.
    """
    result = np.zeros(len(panel))
    for loci, present in _markers_by_typed_members(readings, panel):
        kind = panel.markers[loci[0]].kind
        typed = [readings.ids[row] for row in present]
        # Theta counts founders' alleles by their phases, so it lists all genotypes instead.
        if theta > 0 and len(set(typed)) < len(typed):
            needed = "theta 0, or one reading of each member: co-ancestry counts what founders show once"
            raise InputError(place="theta", found="replicates of one member", needed=needed)
        unsure = blurred_of(typed, readings.conditions[np.ix_(present, loci)]) if theta == 0 else []
        shape = shape_of(pedigree, typed, kind=kind, blurred=unsure)
        _refuse_two_alleles_of_males(shape, readings.codes[np.ix_(present, loci)], panel.markers[loci[0]])
        if theta == 0:
            _peel_group(shape, loci, present, readings=readings, panel=panel, result=result)
            continue
        for locus in loci.tolist():
            result[locus] = _with_theta(shape, locus, present, readings=readings, panel=panel, theta=theta)
    return result


def _markers_by_typed_members(readings: Readings, panel: Panel) -> list[tuple[Integers, Integers]]:
    """Markers in groups of one kind and one set of members read: (markers, rows of the readings)."""
    read = readings.codes != NOT_READ
    keys: dict[bytes, list[int]] = {}
    for locus, x_linked in enumerate(panel.x_linked.tolist()):
        keys.setdefault(read[:, locus].tobytes() + bytes([x_linked]), []).append(locus)
    return [(np.array(loci), np.flatnonzero(read[:, loci[0]])) for loci in keys.values()]


def _peel_group(
    shape: Shape, loci: Integers, rows: Integers, *, readings: Readings, panel: Panel, result: Floats
) -> None:
    """Peels markers that share a plan, and writes their log10 likelihoods into ``result``."""
    plan = plan_of(shape)
    codes, conditions = readings.codes[rows], readings.conditions[rows]
    stacked = panel.stack
    largest = int(stacked.sizes[loci, 0].max())
    phases = most_phases(stacked.sizes[loci], conditions)
    chosen = _markers_to_lump(loci, panel, pays=plan.cost(largest, min(phases, 2)) > LUMPING_PAYS_ABOVE)
    if chosen:
        models, codes = _lumped_models(chosen, codes, panel)
        stacked = stack(models)
        largest = int(stacked.sizes[loci, 0].max())
        phases = most_phases(stacked.sizes[loci], conditions)
    kernels.peel_markers(
        plan.program,
        loci,
        stacked.sizes,
        stacked.offsets,
        stacked.frequencies,
        stacked.matrices,
        np.ascontiguousarray(codes.T),
        np.ascontiguousarray(conditions.transpose(1, 0, 2)),
        phases,
        np.empty(plan.workspace(largest, min(phases, 2 * largest + 1))),
        result,
    )


def _with_theta(shape: Shape, locus: int, rows: Integers, *, readings: Readings, panel: Panel, theta: float) -> float:
    """Log10 likelihood at one marker under theta."""
    model, codes = panel.models[locus], readings.codes[rows, locus]
    if panel.lumpable[locus]:
        model, codes = lump_to_shown(model, codes)
    return log10_likelihood_with_theta(
        shape,
        model,
        codes,
        conditions=readings.conditions[rows, locus],
        theta=theta,
        is_lumpable=bool(panel.lumpable[locus]),
    )


def _markers_to_lump(loci: Integers, panel: Panel, *, pays: bool) -> list[int]:
    """Markers whose unseen alleles become one state: it is exact, and it saves time or takes up rounding."""
    return [locus for locus in loci.tolist() if panel.lumpable[locus] and (pays or panel.models[locus].is_rounded)]


def _lumped_models(loci: Sequence[int], codes: Integers, panel: Panel) -> tuple[list[StateModel], Integers]:
    """Models of all markers, those of the loci lumped, and the codes in the new states."""
    models, new_codes = list(panel.models), codes.copy()
    for locus in loci:
        models[locus], new_codes[:, locus] = lump_to_shown(panel.models[locus], codes[:, locus])
    return models, new_codes


def lump_to_shown(model: StateModel, codes: Integers) -> tuple[StateModel, Integers]:
    """The model with all alleles that no reading shows lumped into one state, and the readings' codes in it."""
    larger = ((np.sqrt(8 * codes + 1) - 1) / 2 + 1e-9).astype(np.int64)
    smaller = codes - larger * (larger + 1) // 2
    shown, positions = np.unique(np.concatenate([smaller, larger]), return_inverse=True)
    a, b = positions[: len(codes)], positions[len(codes) :]
    return lumped(model, shown.tolist()), b * (b + 1) // 2 + a


def _refuse_two_alleles_of_males(shape: Shape, codes: Integers, marker: Marker) -> None:
    """Raises InputError where a male shows two alleles on X."""
    if not shape.x_linked:
        return
    larger = ((np.sqrt(8 * codes + 1) - 1) / 2 + 1e-9).astype(np.int64)
    males = np.array([shape.male[member] for member in shape.typed], dtype=np.bool_)
    if (codes != larger * (larger + 3) // 2)[males].any():
        raise InputError(place=f'marker "{marker.name}"', found="two alleles of a male on X", needed="one allele")
