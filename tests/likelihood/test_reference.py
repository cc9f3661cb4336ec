"""Agreement with pedprobr, Familias and dvir."""

import math

import pytest
from tests.likelihood.reference_data import dvi_case, read

from homeward.genetics.cases import case_from_object
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.likelihood.cases import answer_case
from homeward.likelihood.joint import answer_joint_case
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood

CASES = {case["id"]: case for case in read("cases")["cases"]}
DATASETS = {data["dataset"]: data for data in read("dvi")["datasets"]}


@pytest.mark.parametrize("name", CASES)
def test_answer_case__agrees_with_the_reference_program(name: str) -> None:
    data = CASES[name]
    tolerance = 3e-9 if "step" in name else 1e-9
    answer = answer_case(case_from_object(data, place=name))
    for marker, expected in data["reference"]["likelihood_per_marker"].items():
        for hypothesis, value in expected.items():
            assert 10 ** (answer.per_marker[marker][hypothesis] or 0) == pytest.approx(value, rel=tolerance)
    assert 10 ** ((answer.log10_lr or 0) - data["reference"]["log10_lr"]) == pytest.approx(1, rel=tolerance * 12)


@pytest.mark.parametrize("name", DATASETS)
def test_log10_likelihood__agrees_with_dvir_on_every_pair(name: str) -> None:
    data = DATASETS[name]
    case = dvi_case(data)
    panel = Panel(case.markers)
    compared = 0
    for row, victim in enumerate(data["pairwiseLR"]["rows"]):
        alone = Pedigree.of([Member(victim, sex=case.victim_sexes[victim])])
        by_chance = log10_likelihood(alone, Readings.of({victim: case.victims[victim]}, panel), panel).sum()
        for family in case.families:
            own = log10_likelihood(family.pedigree, Readings.of(family.genotypes, panel), panel).sum()
            for missing in family.missing:
                expected = data["pairwiseLR"]["LR"][row][data["pairwiseLR"]["cols"].index(missing)]
                if expected is None:
                    continue
                typed = {**family.genotypes, missing: case.victims[victim]}
                both = log10_likelihood(family.pedigree, Readings.of(typed, panel), panel).sum()
                assert 10 ** (both - own - by_chance) == pytest.approx(float(expected), rel=1e-9, abs=0)
                compared += 1
    assert compared > 0


@pytest.mark.parametrize("name", [name for name, data in DATASETS.items() if "Bmarginal_posterior_flat_prior" in data])
def test_answer_joint_case__agrees_with_dvir(name: str) -> None:
    data = DATASETS[name]
    answer = answer_joint_case(dvi_case(data), most=200)
    marginal = data["Bmarginal_posterior_flat_prior"]
    for victim, row in zip(marginal["rows"], marginal["P"], strict=True):
        for missing, value in zip(marginal["cols"], row, strict=True):
            ours = answer.victims[victim]["none" if missing == "*" else missing]
            assert ours == pytest.approx(value, rel=1e-9, abs=1e-14)
    ours_by_names = {tuple(each.missing_by_victim.items()): each.log10_likelihood for each in answer.assignments}
    for row in data["dviJoint"]:
        if row["loglik"] != "-Infinity":
            names = tuple((victim, None if row[victim] == "*" else row[victim]) for victim in data["pm"])
            assert ours_by_names[names] * math.log(10) == pytest.approx(row["loglik"], rel=1e-9)
