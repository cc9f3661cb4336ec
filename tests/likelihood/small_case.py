"""One small case through every kernel, printed as JSON: run by test_kernels.py with and without compilation."""

import json

import numpy as np

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_columns import columns_of
from homeward.likelihood.reading_model import Conditions
from homeward.likelihood.tables import TableLayout, TableRequest, family_tables

FREQUENCIES = {"9": 0.45, "9.3": 0.2, "10": 0.3}
STEPWISE = MutationModel(MutationKind.STEPWISE, 0.02, 0.001, 0.1)
EQUAL = MutationModel(MutationKind.EQUAL, 0.01)


def figures() -> dict[str, list[float]]:
    """Likelihoods with and without theta, drop-out, drop-in and error, a table, and ratios of readings."""
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
    degraded = Readings.of(profiles, panel, conditions={"S": Conditions(0.2)})
    blurred = Readings.of(profiles, panel, conditions={"S": Conditions(0.2, 0.05, 0.01)})
    layout = TableLayout(panel)
    tables = family_tables([TableRequest(family, "B", profiles)], layout).values
    codes, lost = np.array([[0, 1, 0], [1, 2, 0]]), [Conditions(), Conditions(0.3, 0.05, 0.01)]
    columns, _ = columns_of(codes[:, :2], codes[:, :2] * 0 + 1, lost, layout)
    return {
        "plain": log10_likelihood(family, plain, panel).tolist(),
        "degraded": log10_likelihood(family, degraded, panel).tolist(),
        "theta": log10_likelihood(family, degraded, panel, theta=0.02).tolist(),
        "blurred": log10_likelihood(family, blurred, panel).tolist(),
        "table": tables[0].tolist(),
        "readings": columns.ratios(tables)[0].tolist(),
    }


if __name__ == "__main__":
    print(json.dumps(figures()))
