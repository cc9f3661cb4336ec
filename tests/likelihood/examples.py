"""Small markers and pedigrees of the tests, and the likelihood of one marker as a plain number."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations_with_replacement

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_model import Conditions

FREQUENCIES = {"9": 0.5, "9.3": 0.2, "10": 0.3}
MODELS = {
    "none": MutationModel(),
    "equal": MutationModel(MutationKind.EQUAL, 0.02),
    "proportional": MutationModel(MutationKind.PROPORTIONAL, 0.02),
    "stepwise": MutationModel(MutationKind.STEPWISE, 0.02, 0.001, 0.1),
}
INBRED = (
    Member("F"),
    Member("M"),
    Member("B", "F", "M"),
    Member("S", "F", "M"),
    Member("C", "B", "S"),
)
HALF_SIBS = (Member("F"), Member("M"), Member("N"), Member("A", "F", "M"), Member("B", "F", "N"))
X_FAMILY = (
    Member("F", sex=Sex.MALE),
    Member("M", sex=Sex.FEMALE),
    Member("H", sex=Sex.MALE),
    Member("D", "F", "M", Sex.FEMALE),
    Member("S", "F", "M", Sex.MALE),
    Member("G", "H", "D", Sex.MALE),
)
GENOTYPES = list(combinations_with_replacement(FREQUENCIES, 2))


def marker(model: str = "stepwise", silent: float = 0.0, kind: MarkerKind = MarkerKind.AUTOSOMAL) -> Marker:
    """A marker of three alleles; fathers mutate twice as often as mothers."""
    mothers = MODELS[model]
    fathers = replace(mothers, rate=2 * mothers.rate)
    scaled = {allele: value * (1 - silent) for allele, value in FREQUENCIES.items()}
    return Marker.from_frequencies(
        "L", scaled, kind=kind, silent_frequency=silent, male_mutation=fathers, female_mutation=mothers
    )


def log10_at(
    members: Iterable[Member],
    readings: Mapping[str, tuple[str, ...]],
    at: Marker,
    theta: float = 0.0,
    conditions: Mapping[str, Conditions] | None = None,
) -> float:
    """Log10 likelihood of the readings at one marker."""
    panel = Panel((at,))
    profiles = {name: {at.name: reading} for name, reading in readings.items()}
    read = Readings.of(profiles, panel, conditions=conditions)
    return float(log10_likelihood(Pedigree.of(members), read, panel, theta=theta)[0])


def likelihood(
    members: Iterable[Member],
    readings: Mapping[str, tuple[str, ...]],
    at: Marker,
    theta: float = 0.0,
    conditions: Mapping[str, Conditions] | None = None,
) -> float:
    """Likelihood of the readings at one marker."""
    return float(10 ** log10_at(members, readings, at, theta, conditions))
