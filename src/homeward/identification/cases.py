"""A proposal to name remains, as plain values: all that the rules look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from homeward.identification.vocabulary import (
    Brothers,
    Consent,
    EvidenceKind,
    Finding,
    Human,
    ProfileState,
    References,
    RemainsAgree,
    SecondSample,
    SignOfLife,
)

__all__ = ["Candidate", "Case", "Dissent", "Dossier", "Evidence", "Individual", "People", "Search", "Settings"]


@dataclass(frozen=True)
class Settings:
    """What the organisation decided: thresholds, the list, and how many wrong names a deal may be expected to hold."""

    n_listed: int
    share: float = 0.5
    posterior: float = 0.9999
    sensitivity: float = 0.999
    second_sample: SecondSample = SecondSample.SIGN
    budget: float = 0.5
    spent: float = 0.0
    slip_rate: float = 0.0


@dataclass(frozen=True)
class Individual:
    """Remains that are held to be one person's. ``recovered_on`` is a day, month or year (YYYY-MM-DD)."""

    remains: tuple[str, ...]
    human: Human = Human.YES
    consistent: RemainsAgree = RemainsAgree.YES
    n_samples: int = 2
    profile: ProfileState = ProfileState.CURRENT
    recovered_on: str | None = None


@dataclass(frozen=True)
class Search:
    """With how many persons the remains were compared (None: with all), and whether nothing has changed since."""

    n_persons: int | None = None
    current: bool = True


@dataclass(frozen=True)
class Candidate:
    """A missing person and what is known of them. A ratio of None is impossible, or was never computed.

    ``lowest_log10_lr`` is the smallest ratio over the relevant populations and values of theta (minus infinity:
    impossible), and the ratio itself where none is given. ``decided`` names the living decision that already names this
    person; ``same_as`` are open proposed duplicates in the register.
    """

    person: str
    log10_lr: float | None = None
    lowest_log10_lr: float | None = None
    weight: float = 1.0
    group: str | None = None
    n_donors: int = 2
    resampled: bool = False
    references: References = References.AGREE
    consent: Consent = Consent.YES
    alive: SignOfLife = SignOfLife.NO_SIGN
    last_alive: str | None = None
    brothers: Brothers = Brothers.NONE
    decided: str | None = None
    same_as: tuple[str, ...] = ()

    @property
    def log10_lr_at_lowest(self) -> float | None:
        """The lowest ratio, or the one and only."""
        return self.log10_lr if self.lowest_log10_lr is None else self.lowest_log10_lr


@dataclass(frozen=True)
class Evidence:
    """One comparison beside the likelihood ratio. Without a person it concerns whoever is proposed, as a doubt only."""

    kind: EvidenceKind
    finding: Finding
    person: str | None = None
    reason: str | None = None
    second: str | None = None


@dataclass(frozen=True)
class Dissent:
    """An objection of a member of the board, and what was answered."""

    by: str
    text: str | None = None
    answer: str | None = None


@dataclass(frozen=True)
class People:
    """Who recommends, who signs, who is on the board, whose second factor was asked for now."""

    recommends: str | None = None
    signs: tuple[str, ...] = ()
    board: tuple[str, ...] = ()
    second_factor: tuple[str, ...] = ()
    dissent: tuple[Dissent, ...] = ()


@dataclass(frozen=True)
class Dossier:
    """The hash of what the board sees, and the hash that each signer signed."""

    frozen: str | None = None
    signed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Case:
    """A proposal: these remains are this person, or one of these persons of one family."""

    name: str
    settings: Settings
    individual: Individual
    proposal: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    search: Search = field(default_factory=Search)
    people: People = field(default_factory=People)
    dossier: Dossier = field(default_factory=Dossier)
    rest_sum: float | None = None
