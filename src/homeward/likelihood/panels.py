"""Panels: the markers of a computation, stacked into flat arrays, and readings as integers.

The code of a reading {a, b} with ladder positions a <= b is b(b + 1)/2 + a, so that a marker with n alleles has
n(n + 1)/2 codes; one allele seen is {a, a}, and -1 is a marker that was not read. Codes are the columns of family
tables as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from homeward.errors import InputError
from homeward.genetics.markers import Marker, MarkerKind

__all__ = ["NOT_READ", "Panel", "Stack", "StateModel", "lumped", "stack"]

NOT_READ = -1
EXACT_SUM = 1e-13
ROUNDED_SUM = 1e-6
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class StateModel:
    """What peeling needs of one marker: frequencies of the states and matrices [sex, from, to] (0 mother, 1 father).

    States are the alleles, and last the silent one if ``silent`` is its index (else -1).
    """

    frequencies: Floats
    matrices: Floats
    n_alleles: int
    silent: int

    @property
    def is_rounded(self) -> bool:
        """True if the frequencies miss 1 by no more than the rounding of a published table."""
        return EXACT_SUM < abs(float(self.frequencies.sum()) - 1) < ROUNDED_SUM

    @classmethod
    def of(cls, marker: Marker) -> "StateModel":
        """The states of a marker."""
        matrices = np.stack([marker.female_matrix, marker.male_matrix])
        silent = marker.n_alleles if marker.n_states > marker.n_alleles else -1
        return cls(marker.state_frequencies, matrices, marker.n_alleles, silent)


def lumped(model: StateModel, shown: Sequence[int]) -> StateModel:
    """The model in which all alleles but those shown are one state; the new states are the shown ones in this order.

    Exact only for mutation models with ``is_lumpable``: seen from outside, all unseen alleles mutate alike. The rest
    follows the shown alleles, the silent allele stands last. Where the frequencies miss 1 by rounding, the rest takes
    up the difference.
    """
    rest = [state for state in range(model.n_alleles) if state not in set(shown)]
    groups = [[state] for state in shown] + ([rest] if rest else []) + ([[model.silent]] if model.silent >= 0 else [])
    frequencies = np.array([model.frequencies[group].sum() for group in groups])
    if rest and model.is_rounded:
        frequencies[len(shown)] = max(frequencies[len(shown)] + 1 - frequencies.sum(), 0.0)
    columns = np.stack([model.matrices[:, :, group].sum(axis=2) for group in groups], axis=2)
    matrices = columns[:, [group[0] for group in groups], :]
    n_alleles = len(shown) + bool(rest)
    return StateModel(frequencies, np.ascontiguousarray(matrices), n_alleles, n_alleles if model.silent >= 0 else -1)


@dataclass(frozen=True)
class Stack:
    """Several models as flat arrays for the kernels.

    ``sizes`` is (n_markers, 3): states, alleles, silent index; ``offsets`` is (n_markers, 2): where the frequencies
    and the matrices of each marker begin.
    """

    sizes: Integers
    offsets: Integers
    frequencies: Floats
    matrices: Floats


def stack(models: Sequence[StateModel]) -> Stack:
    """The models, one after the other."""
    n_states = np.array([len(model.frequencies) for model in models], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(n_states)])[:-1]
    matrix_starts = np.concatenate([[0], np.cumsum(2 * n_states**2)])[:-1]
    sizes = [[len(model.frequencies), model.n_alleles, model.silent] for model in models]
    return Stack(
        sizes=np.array(sizes, dtype=np.int64).reshape(-1, 3),
        offsets=np.stack([starts, matrix_starts], axis=1).astype(np.int64),
        frequencies=np.concatenate([model.frequencies for model in models] or [np.zeros(0)]),
        matrices=np.concatenate([model.matrices.ravel() for model in models] or [np.zeros(0)]),
    )


class _Codes(dict[tuple[str, ...], int]):
    """Codes of one marker's readings, filled as they are asked for."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.marker = marker

    def __missing__(self, reading: tuple[str, ...]) -> int:
        code = self[tuple(reading)] = _code_of(self.marker, reading)
        return code


def _code_of(marker: Marker, reading: Sequence[str]) -> int:
    place = f'marker "{marker.name}"'
    if len(reading) == 0:
        return NOT_READ
    if len(reading) > 2:
        raise InputError(
            place=place, found=f"{len(reading)} alleles ({', '.join(reading)})", needed="one or two alleles"
        )
    positions = []
    for allele in reading:
        position = marker.index(allele)
        if position is None:
            raise InputError(place=place, found=f'allele "{allele}"', needed="an allele with a frequency")
        positions.append(position)
    a, b = min(positions), max(positions)
    return b * (b + 1) // 2 + a


@dataclass(frozen=True, eq=False)
class Panel:
    """The markers of a computation, in a fixed order, ready for the kernels.

    >>> panel = Panel((Marker.from_frequencies("M", {"14": 0.25, "15": 0.75}),))
    >>> panel.encode({"M": ("14", "15")}).tolist(), panel.reading(0, 1)
    ([1], ('14', '15'))
    """

    markers: tuple[Marker, ...]

    def __post_init__(self) -> None:
        names = [marker.name for marker in self.markers]
        repeated = sorted({name for name in names if names.count(name) > 1})
        if repeated:
            raise InputError(place="markers", found=f'"{repeated[0]}" twice', needed="each marker once")

    def __len__(self) -> int:
        return len(self.markers)

    @cached_property
    def models(self) -> tuple[StateModel, ...]:
        """The states of each marker."""
        return tuple(StateModel.of(marker) for marker in self.markers)

    @cached_property
    def stack(self) -> Stack:
        """All models as flat arrays."""
        return stack(self.models)

    @cached_property
    def x_linked(self) -> NDArray[np.bool_]:
        """Which markers lie on X."""
        return np.array([marker.kind is MarkerKind.X for marker in self.markers], dtype=np.bool_)

    @cached_property
    def lumpable(self) -> NDArray[np.bool_]:
        """Markers for which treating unseen alleles as one is exact."""
        both = [marker.female_mutation.is_lumpable and marker.male_mutation.is_lumpable for marker in self.markers]
        return np.array(both, dtype=np.bool_)

    @cached_property
    def n_codes(self) -> Integers:
        """How many readings each marker has."""
        n = self.stack.sizes[:, 1]
        return n * (n + 1) // 2

    @cached_property
    def _codes(self) -> tuple[tuple[str, _Codes], ...]:
        return tuple((marker.name, _Codes(marker)) for marker in self.markers)

    def encode(self, profile: Mapping[str, tuple[str, ...]]) -> Integers:
        """The profile's code at each marker, int64, -1 where it was not read; markers beyond the panel are ignored.

        Raises InputError for an allele without frequency and for more than two alleles.
        """
        return np.array([codes[tuple(profile[name])] if name in profile else NOT_READ for name, codes in self._codes])

    def reading(self, locus: int, code: int) -> tuple[str, ...]:
        """The alleles that a code stands for (one for a homozygous reading)."""
        if code == NOT_READ:
            return ()
        b = int(((8 * code + 1) ** 0.5 - 1) / 2)
        alleles = self.markers[locus].alleles
        a = code - b * (b + 1) // 2
        return (alleles[a],) if a == b else (alleles[a], alleles[b])
