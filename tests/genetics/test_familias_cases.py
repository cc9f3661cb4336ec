"""Familias files as cases: the format of docs/reference, with what had to be assumed told in notes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.genetics.fam_files import dvi_file, locus, paternity_file

from homeward.errors import InputError
from homeward.genetics.cases import case_from_object
from homeward.genetics.familias import read_fam
from homeward.genetics.familias_cases import fam_as_case
from homeward.likelihood.cases import answer_case

STEPS = {"14": "0.2", "15": "0.3", "16": "0.4", "17": "0.1"}


def case_of(folder: Path, lines: list[str]) -> Any:
    path = folder / "case.fam"
    path.write_text("\n".join(lines), encoding="utf-8")
    return fam_as_case(read_fam(path), place=path.name)


def test_fam_as_case__is_a_case_that_can_be_answered(tmp_path: Path) -> None:
    case = case_of(tmp_path, paternity_file())
    answer = answer_case(case_from_object(case, place="case"))
    assert list(case["hypotheses"]) == ["H1", "H2"]
    assert case["theta"] == 0.02
    assert answer.log10_lr is not None
    mother = case["hypotheses"]["H1"][1]["mother"]
    assert mother in [member["id"] for member in case["hypotheses"]["H1"]]


def test_fam_as_case__gives_the_ratio_of_the_textbook(tmp_path: Path) -> None:
    lines = [line.replace("Fst: 0.02", "Fst: 0") for line in paternity_file()]
    case = case_of(tmp_path, lines)
    case["markers"] = [marker for marker in case["markers"] if marker["name"] == "D3S1358"]
    case["genotypes"] = {name: {"D3S1358": profile["D3S1358"]} for name, profile in case["genotypes"].items()}
    answer = answer_case(case_from_object(case, place="case"))
    assert answer.log10_lr == pytest.approx(np.log10(1 / (4 * 0.35)))


def test_fam_as_case__is_a_joint_case_where_there_are_victims(tmp_path: Path) -> None:
    case = case_of(tmp_path, dvi_file())
    assert case["victims"] == {"V1": {"TH01": ["6", "9.3"]}}
    assert case["missing"] == ["M1"]
    assert case["labels"] == {"M1": "Missing person of Family of Alice"}
    (family,) = case["families"]
    assert family["missing"] == ["M1"]
    by_id = {member["id"]: member for member in family["members"]}
    assert by_id["Alice"] == {"id": "Alice", "father": "M1", "mother": "Clara", "sex": "female"}
    assert by_id["M1"]["sex"] == "male"
    assert set(by_id) == {"Alice", "Clara", "M1"}


def test_fam_as_case__leaves_out_a_family_without_a_missing_person_and_says_so(tmp_path: Path) -> None:
    case = case_of(tmp_path, ["Parent= Bob" if line == "Parent= Missing person" else line for line in dvi_file()])
    assert (case["families"], case["missing"]) == ([], [])
    assert case["notes"] == ['family "Family of Alice" has no pedigree with a missing person and is left out']


def test_fam_as_case__takes_a_numbered_missing_person_of_the_pedigree(tmp_path: Path) -> None:
    lines = ["Parent= Missing male 1" if line == "Parent= Missing person" else line for line in dvi_file()]
    case = case_of(tmp_path, lines)
    assert case["labels"] == {"M1": "Missing male 1 of Family of Alice"}
    assert {member["id"] for member in case["families"][0]["members"]} == {"Alice", "Clara", "M1"}


def test_fam_as_case__refuses_two_fathers_and_ancestors_of_themselves(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"case.fam line \d+, pedigree"):
        case_of(tmp_path, paternity_file(relation=("0", "0")))


@pytest.mark.parametrize(("number", "model"), [(0, "equal"), (1, "proportional"), (2, "stepwise"), (4, "stepwise")])
def test_fam_as_case__names_the_mutation_model(tmp_path: Path, number: int, model: str) -> None:
    case = case_of(tmp_path, _without_people(locus("L", STEPS, model=(number, number), rates=("0.001", "0.002"))))
    mutation = case["markers"][0]["mutation"]
    assert (mutation["model"], mutation["rate"], mutation["female"]["rate"]) == (model, 0.002, 0.001)


def test_fam_as_case__makes_the_stationary_model_stationary_at_the_same_rate(tmp_path: Path) -> None:
    case = case_of(tmp_path, _without_people(locus("L", STEPS, model=(3, 3), rates=("0.004", "0.004"))))
    mutation = case["markers"][0]["mutation"]
    matrix, p = np.array(mutation["matrix"]), np.array([float(value) for value in STEPS.values()])
    assert mutation["model"] == "custom"
    assert p @ matrix == pytest.approx(p)
    assert matrix.sum(axis=1) == pytest.approx(np.ones(4))
    assert p @ (1 - np.diag(matrix)) == pytest.approx(0.004)


def test_fam_as_case__replaces_steps_between_alleles_without_repeats_and_says_so(tmp_path: Path) -> None:
    frequencies = {"14": "0.5", "Rest allele": "0.5"}
    case = case_of(tmp_path, _without_people(locus("L", frequencies, model=(2, 2), rates=("0.001", "0.001"))))
    assert case["markers"][0]["mutation"] == {"model": "equal", "rate": 0.001}
    (note,) = case["notes"]
    assert note.startswith('marker L: allele "Rest allele" is no number of repeats')
    assert note.endswith("replaced by equal with the same rate")


def test_fam_as_case__keeps_the_silent_frequency(tmp_path: Path) -> None:
    case = case_of(tmp_path, _without_people(locus("L", {"14": "0.5", "15": "0.48"}, silent="0.02")))
    assert case["markers"][0]["silent_frequency"] == 0.02


def _without_people(loci: list[str]) -> list[str]:
    """A file that holds a database only."""
    head = paternity_file()[:4]
    return [*head, "0", '"Known relations"', "0", "0", "0", "0", "#FALSE#", "1", "#FALSE#", *loci]
