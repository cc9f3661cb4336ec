"""One small case through every kernel, printed as JSON: run by test_kernels.py with and without compilation."""

import json

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables

FREQUENCIES = {"9": 0.45, "9.3": 0.2, "10": 0.3}
STEPWISE = MutationModel(MutationKind.STEPWISE, 0.02, 0.001, 0.1)
EQUAL = MutationModel(MutationKind.EQUAL, 0.01)


def figures() -> dict[str, list[float]]:
    """Likelihoods with and without theta and drop-out, and a table with its drop-out columns."""
    panel = Panel(
        (
            Marker.from_frequencies("A", FREQUENCIES, silent_frequency=0.05, male_mutation=STEPWISE),
            Marker.from_frequencies("E", FREQUENCIES, silent_frequency=0.05, male_mutation=EQUAL),
            Marker.from_frequencies("X", FREQUENCIES, kind=MarkerKind.X, silent_frequency=0.05, male_mutation=EQUAL),
        )
    )
    family = Pedigree.of(
        [
            Member("F", sex=Sex.MALE),
            Member("M", sex=Sex.FEMALE),
            Member("B", "F", "M", Sex.MALE),
            Member("S", "F", "M", Sex.FEMALE),
        ]
    )
    profiles = {
        "M": {"A": ("9", "10"), "E": ("9",), "X": ("9", "9.3")},
        "S": {"A": ("9.3",), "E": ("9", "10"), "X": ("9",)},
    }
    plain = Readings.of(profiles, panel)
    degraded = Readings.of(profiles, panel, drop_out={"S": 0.2})
    request = TableRequest(family, "B", profiles)
    return {
        "plain": log10_likelihood(family, plain, panel).tolist(),
        "degraded": log10_likelihood(family, degraded, panel).tolist(),
        "theta": log10_likelihood(family, degraded, panel, theta=0.02).tolist(),
        "table": family_tables([request], TableLayout(panel)).values[0].tolist(),
    }


if __name__ == "__main__":
    print(json.dumps(figures()))
