"""Answers to cases: how probable the readings are under each hypothesis, and how the first two compare."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from homeward.genetics.case_conditions import StatedConditions
from homeward.genetics.cases import Case
from homeward.genetics.profiles import DropOutClass
from homeward.likelihood.dropout import DEFAULT_DROP_OUT, DropOutRates
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.likelihood.reading_model import Conditions
from homeward.provenance import Provenance

__all__ = ["Answer", "answer_case", "readings_of", "with_conditions"]


@dataclass(frozen=True)
class Answer:
    """Log10 likelihoods by hypothesis, in total and per marker; None where the readings are impossible.

    ``log10_lr`` compares the first hypothesis with the second one; it is None where either is impossible, and where
    there is one hypothesis only.
    """

    log10_likelihood: Mapping[str, float | None]
    log10_lr: float | None
    per_marker: Mapping[str, Mapping[str, float | None]]
    notes: tuple[str, ...]
    provenance: Provenance

    def as_json(self) -> dict[str, object]:
        """Returns the answer as a JSON object of docs/reference/kinship-likelihood.md."""
        return {
            "log10_likelihood": dict(self.log10_likelihood),
            "log10_lr": self.log10_lr,
            "per_marker": {marker: dict(values) for marker, values in self.per_marker.items()},
            "notes": list(self.notes),
            "provenance": self.provenance.as_json(),
        }


def answer_case(case: Case, *, drop_out: DropOutRates = DEFAULT_DROP_OUT) -> Answer:
    """The answer to a case; raises InputError where an exact sum is out of reach (see theta and loops)."""
    panel = Panel(case.markers)
    readings = readings_of(case, panel, drop_out)
    by_hypothesis = {
        name: log10_likelihood(pedigree, readings, panel, theta=case.theta)
        for name, pedigree in case.hypotheses.items()
    }
    per_marker: dict[str, dict[str, float | None]] = {}
    for locus, marker in enumerate(case.markers):
        values = {name: _finite(float(likelihoods[locus])) for name, likelihoods in by_hypothesis.items()}
        per_marker[marker.name] = {**values, "log10_lr": _log10_ratio(values)}
    total = {name: _finite(float(likelihoods.sum())) for name, likelihoods in by_hypothesis.items()}
    parameters: dict[str, str | int | float | bool | None] = {"theta": case.theta, "markers": len(panel)}
    if case.conditions.drop_out:
        parameters |= {f"drop_out_{each.value}": drop_out.of(each) for each in DropOutClass}
    return Answer(
        total, _log10_ratio(total), per_marker, case.notes, Provenance("homeward.likelihood", parameters=parameters)
    )


def readings_of(case: Case, panel: Panel, drop_out: DropOutRates) -> Readings:
    """The case's readings on a panel, with the conditions of each."""
    parts = [Readings.of({member: profile}, panel) for member, profile in case.readings]
    plain = Readings.joined(parts) if parts else Readings.of({}, panel)
    return with_conditions(plain, case.conditions, panel, drop_out)


def with_conditions(
    plain: Readings, stated: StatedConditions, panel: Panel, rates: DropOutRates = DEFAULT_DROP_OUT, *, within: str = ""
) -> Readings:
    """The readings with the conditions that are stated for each member and marker.

    ``within`` stands before the members' ids in what is stated (the family of a joint case).
    """
    stated_for = {*stated.drop_out, *stated.drop_in, *stated.error}
    if stated_for.isdisjoint(within + member for member in plain.ids):
        return plain
    rows = [
        [_conditions(stated, within + member, marker.name, rates) for marker in panel.markers] for member in plain.ids
    ]
    return Readings(plain.ids, plain.codes, np.array(rows, dtype=np.float64).reshape(len(plain.ids), len(panel), 3))


def _conditions(stated: StatedConditions, member: str, marker: str, rates: DropOutRates) -> tuple[float, float, float]:
    lost = stated.drop_out.get(member, {}).get(marker, 0.0)
    return Conditions(
        rates.of(lost) if isinstance(lost, DropOutClass) else lost,
        stated.drop_in.get(member, {}).get(marker, 0.0),
        stated.error.get(member, {}).get(marker, 0.0),
    ).as_row


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _log10_ratio(values: Mapping[str, float | None]) -> float | None:
    """The first value less the second one."""
    first, second = (*values.values(), None, None)[:2]
    return None if first is None or second is None else first - second
