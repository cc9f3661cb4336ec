"""Every body against every person of the register, exactly: tables over the readings that occur, and look-ups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from verification.rules.families import FAMILY_KINDS
from verification.rules.frequencies import Floats, Integers
from verification.rules.kinship import Chances, likelihood_ratio
from verification.rules.power import Model, lowest_ratios
from verification.rules.register import Bodies, Register

__all__ = ["Candidates", "screen", "together"]

PERSONS_AT_ONCE = 64
LEAST_CANDIDATE = 3.0  # log10 LR; all below it are in the sum of the rest, one by one


@dataclass(frozen=True, eq=False)
class Candidates:
    """Pairs of a ratio above LEAST_CANDIDATE, and for each list (a number of persons) the sum of all other ratios."""

    persons: Integers
    samples: Integers
    log10_lr: Floats
    lowest_log10_lr: Floats
    rest: dict[int, Floats]


def screen(
    model: Model, register: Register, persons: Integers, bodies: Bodies, *, theta: float, lists: Sequence[int]
) -> Candidates:
    """Returns the candidates among these persons for the sample of each body, and the sums over the others."""
    readings = [_Readings.of(bodies, locus) for locus in range(bodies.readings.shape[1])]
    found: list[tuple[int, Integers, Integers, Floats]] = []
    rest = {n_listed: np.zeros(len(bodies)) for n_listed in lists}
    buffer = np.empty((PERSONS_AT_ONCE, len(bodies)))
    for kind in np.unique(register.kinds[persons]).tolist():
        of_kind = persons[register.kinds[persons] == kind]
        for low, high in zip([0, *lists], lists, strict=False):
            segment = of_kind[(of_kind >= low) & (of_kind < high)]
            for start in range(0, len(segment), PERSONS_AT_ONCE):
                some = segment[start : start + PERSONS_AT_ONCE]
                values = _ratios(model, register, kind, some, readings, theta=theta, buffer=buffer[: len(some)])
                who, where = np.nonzero(values > LEAST_CANDIDATE)
                found.append((kind, some[who], where, values[who, where]))
                values[who, where] = -np.inf
                np.exp(np.multiply(values, np.log(10.0), out=values), out=values)
                sums = values.sum(axis=0)
                for n_listed in lists:
                    if n_listed >= high:
                        rest[n_listed] += sums
    return _candidates(model, register, bodies, found, rest)


@dataclass(frozen=True, eq=False)
class _Readings:
    """The different readings of a locus, with their drop-out, and which of them each body shows."""

    first: Integers
    second: Integers
    drop_out: Floats
    of_body: Integers

    @classmethod
    def of(cls, bodies: Bodies, locus: int) -> "_Readings":
        one, two = bodies.readings[:, locus, 0], bodies.readings[:, locus, 1]
        drop_out = np.where(one == two, bodies.drop_out, 0.0)  # two alleles seen leave nothing to explain
        rows, of_body = np.unique(np.stack([one, two, drop_out], axis=-1), axis=0, return_inverse=True)
        return cls(rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64), rows[:, 2], of_body.reshape(-1))


def _ratios(
    model: Model,
    register: Register,
    kind: int,
    persons: Integers,
    readings: Sequence[_Readings],
    *,
    theta: float,
    buffer: Floats,
) -> Floats:
    """Log10 ratios, shape (persons, bodies)."""
    donors = register.donors_of(kind, persons)
    total = np.zeros_like(buffer)
    for locus, seen in enumerate(readings):
        frequency = model.ladder.at(model.computed_with, locus)
        chances = Chances(frequency, theta, 1 - model.mutation_rate)
        patterns = FAMILY_KINDS[kind].patterns_of(donors[:, None, locus], chances)
        table = np.log10(likelihood_ratio(patterns, seen.first, seen.second, chances, drop_out=seen.drop_out))
        total += np.take(table, seen.of_body, axis=1, out=buffer, mode="clip")
    return total


def _candidates(
    model: Model,
    register: Register,
    bodies: Bodies,
    found: Sequence[tuple[int, Integers, Integers, Floats]],
    rest: dict[int, Floats],
) -> Candidates:
    parts = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0))]
    for kind in sorted({each[0] for each in found}):
        of_kind = [each[1:] for each in found if each[0] == kind]
        persons, samples, own = (np.concatenate(part) for part in zip(*of_kind, strict=True))
        lowest = lowest_ratios(
            model,
            FAMILY_KINDS[kind],
            register.donors_of(kind, persons),
            bodies.readings[samples],
            drop_out=bodies.drop_out[samples, None],
        )
        parts.append((persons, samples, own, np.minimum(own, lowest)))
    persons, samples, own, lowest = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Candidates(persons, samples, own, lowest, rest)


def together(left: Candidates, right: Candidates) -> Candidates:
    """Returns the candidates of two parts of one register."""
    return Candidates(
        np.concatenate([left.persons, right.persons]),
        np.concatenate([left.samples, right.samples]),
        np.concatenate([left.log10_lr, right.log10_lr]),
        np.concatenate([left.lowest_log10_lr, right.lowest_log10_lr]),
        {n_listed: left.rest[n_listed] + right.rest[n_listed] for n_listed in left.rest},
    )
