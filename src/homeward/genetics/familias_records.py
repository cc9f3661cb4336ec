"""What a Familias file states, as plain values: loci, people, pedigrees, families of missing persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

__all__ = [
    "FamFamily",
    "FamFile",
    "FamLocus",
    "FamModel",
    "FamMutation",
    "FamPedigree",
    "FamPerson",
]


class FamModel(Enum):
    """The mutation models by the number that the file writes."""

    EQUAL = 0
    PROPORTIONAL = 1
    STEPWISE = 2
    STEPWISE_STATIONARY = 3
    STEPWISE_EXTENDED = 4


@dataclass(frozen=True)
class FamMutation:
    """The mutation model of one sex at one locus."""

    model: FamModel
    rate: float
    range: float
    rate2: float


@dataclass(frozen=True)
class FamLocus:
    """One locus of the database."""

    name: str
    frequencies: Mapping[str, float]
    female: FamMutation
    male: FamMutation
    silent_frequency: float
    line: int
    drop_out: float = 0.0
    minimum_frequency: float = 0.0


@dataclass(frozen=True)
class FamPerson:
    """A person with the genotypes that the file gives; the sex is None where it says nothing.

    ``considers_drop_out`` says that the file wants drop-out considered for this person.
    """

    name: str
    sex: str | None
    genotypes: Mapping[str, tuple[str, ...]]
    line: int
    considers_drop_out: bool = False
    drop_in: float = 0.0
    """That the file states for this person, in the part for disaster victims."""


@dataclass(frozen=True)
class FamPedigree:
    """One pedigree: people that only it has, and who is whose parent."""

    name: str
    extras: tuple[FamPerson, ...]
    relations: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True)
class FamFamily:
    """A reference family of the part for disaster victims."""

    name: str
    persons: tuple[FamPerson, ...]
    pedigrees: tuple[FamPedigree, ...]
    line: int


@dataclass(frozen=True)
class FamFile:
    """What one file states, and notes on statements that nothing here stands for.

    The part for disaster victims is empty where the file has none.
    """

    version: str
    persons: tuple[FamPerson, ...]
    pedigrees: tuple[FamPedigree, ...]
    loci: tuple[FamLocus, ...]
    theta: float
    unidentified: tuple[FamPerson, ...]
    families: tuple[FamFamily, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_dvi(self) -> bool:
        """Whether the file has victims or reference families."""
        return bool(self.unidentified or self.families)
