"""Familias files as cases: the format of docs/reference, with what had to be assumed told in notes."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.genetics.fam_files import dvi_file, locus, paternity_file, person

from homeward.errors import InputError
from homeward.genetics.cases import case_from_object
from homeward.genetics.familias import read_fam
from homeward.genetics.familias_cases import fam_as_case
from homeward.genetics.joint_cases import joint_case_from_object
from homeward.likelihood.cases import answer_case
from homeward.likelihood.joint import answer_joint_case

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


def test_fam_as_case__keeps_missing_people_under_their_own_names(tmp_path: Path) -> None:
    """Whom only the second pedigree relates is sought: here Clara's father Emil, beside her daughter Alice."""
    lines = [line.replace("Missing male 1", "Emil").replace("Missing person", "Emil") for line in dvi_file()]
    lines[lines.index("Child= Alice", lines.index("Parent= Emil"))] = "Child= Clara"
    case = case_of(tmp_path, lines)
    assert case["missing"] == case["families"][0]["missing"] == ["Emil"]
    assert case["labels"] == {"Emil": "Emil of Family of Alice"}
    assert case["notes"] == ['family "Family of Alice": Emil without a profile, taken as missing under their own names']
    answer = answer_joint_case(joint_case_from_object(case | {"theta": 0.0}, place="case"))
    assert set(answer.victims["V1"]) == {"Emil", "none"}
    assert answer.notes == tuple(case["notes"])


def test_fam_as_case__refuses_to_lose_a_family_unless_it_may(tmp_path: Path) -> None:
    path = tmp_path / "case.fam"
    path.write_text("\n".join("Parent= Bob" if line == "Parent= Missing person" else line for line in dvi_file()))
    with pytest.raises(InputError, match=r'case.fam line \d+: found family "Family of Alice" without a missing person'):
        fam_as_case(read_fam(path), place=path.name, may_lose=False)


def test_fam_as_case__takes_x_markers_as_x_markers(tmp_path: Path) -> None:
    """Father and son share no X: nothing that they show there speaks for or against it."""
    lines = paternity_file(loci=locus("DXS8378", {"9": "0.1", "10": "0.5", "11": "0.4"}))
    people = lines.index('"Bob"'), lines.index('"Known relations"')
    bob, son = (person(name, male=True, genotypes=[(i, i, 0)]) for name, i in (("Bob", 0), ("Son", 2)))
    lines[people[0] : people[1]] = [*bob, *son]
    case = case_of(tmp_path, [line.replace("Fst: 0.02", "Fst: 0") for line in lines])
    assert (case["markers"][0]["type"], case["notes"]) == ("x", ["marker DXS8378 is on X by its name"])
    assert answer_case(case_from_object(case, place="case")).log10_lr == pytest.approx(0.0, abs=1e-12)


def test_fam_as_case__may_take_all_markers_as_x_markers(tmp_path: Path) -> None:
    path = tmp_path / "case.fam"
    path.write_text("\n".join(_without_people(locus("L", STEPS))))
    markers = fam_as_case(read_fam(path), place=path.name, all_on_x=True)["markers"]
    assert isinstance(markers, list)
    assert markers[0]["type"] == "x"


@pytest.mark.parametrize("model", [2, 3, 4])
def test_fam_as_case__has_no_mutation_where_nothing_can_mutate(tmp_path: Path, model: int) -> None:
    """Rate 0 for whole steps, and no allele with a fraction that rate2 could lead to."""
    loci = locus("L", STEPS, model=(model, model), rates=("0", "0"), rate2="1e-6")
    case = case_of(tmp_path, _without_people(loci))
    assert case["markers"][0]["mutation"] == {"model": "none"}
    assert case["notes"] == ["marker L: rate 0 and no allele with a fraction, so nothing mutates"]


def test_fam_as_case__carries_drop_out_and_the_minimum_frequency_over(tmp_path: Path) -> None:
    """A child shows 14 alone, a father 15 alone; only where 15 was lost in the child can he be the father.

    With d the probability of a loss and p that of an allele: the child shows 14 beside a lost 15 with p14 d (1 - d)
    as his, and with (1 - d^2) p14^2 + 2 p14 (1 - p14) d (1 - d) as anybody's.
    """
    d, p14 = 0.2, 0.25
    lines = paternity_file(loci=locus("D3S1358", {"14": "0.25", "15": "0.35", "16": "0.4"}))
    lines = [line.replace("Dropout probability = 0 ", "Dropout probability = 0.2 ") for line in lines]
    people = lines.index('"Bob"'), lines.index('"Known relations"')
    bob, alice = (person(name, male=name == "Bob", genotypes=[(i, i, 0)]) for name, i in (("Bob", 1), ("Alice", 0)))
    alice[2] = "-1 (Consider dropouts)"
    lines[people[0] : people[1]] = [*bob, *alice]
    case = case_of(tmp_path, [line.replace("Fst: 0.02", "Fst: 0") for line in lines])
    assert case["drop_out"] == {"Alice": {"D3S1358": 0.2}}
    assert "notes" not in case
    expected = p14 * d * (1 - d) / ((1 - d * d) * p14**2 + 2 * p14 * (1 - p14) * d * (1 - d))
    answer = answer_case(case_from_object(case, place="case"))
    assert 10 ** (answer.log10_lr or 0) == pytest.approx(expected, rel=1e-9)


def test_fam_as_case__tells_what_it_does_not_carry_over(tmp_path: Path) -> None:
    lines = [line.replace("Dropout probability = 0 ", "Dropout probability = 0.1 ") for line in dvi_file()]
    case = case_of(tmp_path, [*lines, "Dropin= 0.05", "ForceMAF= Disabled"])
    assert [note for note in case["notes"] if "Dropin= 0.05" in note]
    assert not [note for note in case["notes"] if "ForceMAF" in note]
    assert "drop-out is stated for D3S1358, TH01, but for no person; it is not applied" in case["notes"]


def test_fam_as_case__raises_rare_alleles_to_the_minimum_frequency_of_the_file(tmp_path: Path) -> None:
    frequencies = {"14": "0.001", "15": "0.499", "16": "0.5"}
    lines = [line.replace("allele frequency = 0 ", "allele frequency = 0.01 ") for line in locus("L", frequencies)]
    case = case_of(tmp_path, _without_people(lines)) | {"hypotheses": {"H1": [{"id": "Bob"}]}, "genotypes": {}}
    (marker,) = case_from_object(case, place="case").markers
    assert marker.frequencies.tolist() == pytest.approx([0.01, 0.99 * 0.499 / 0.999, 0.99 * 0.5 / 0.999])


def test_read_fam__reads_names_in_the_cyrillic_code_page(tmp_path: Path) -> None:
    path = tmp_path / "case.fam"
    path.write_bytes("\n".join(paternity_file()).replace("Alice", "Оксана Коваленко").encode("cp1251"))
    assert [person.name for person in read_fam(path).persons] == ["Bob", "Оксана Коваленко"]


def test_read_fam__takes_signs_of_nothing_read_as_no_alleles(tmp_path: Path) -> None:
    lines = [line.replace("Allele1= 6", "Allele1= 0").replace("Allele2= 9.3", "Allele2= -") for line in dvi_file()]
    assert case_of(tmp_path, lines)["victims"] == {"V1": {}}


def _without_people(loci: list[str]) -> list[str]:
    """A file that holds a database only."""
    head = paternity_file()[:4]
    return [*head, "0", '"Known relations"', "0", "0", "0", "0", "#FALSE#", "1", "#FALSE#", *loci]


def test_fam_as_case__carries_drop_out_and_drop_in_of_victims_and_relatives_over(tmp_path: Path) -> None:
    lines = [line.replace("Dropout probability = 0 ", "Dropout probability = 0.1 ") for line in dvi_file()]
    victim = lines.index("Name= V1") + 1
    lines[victim:victim] = ["ConsiderDropouts= True", "Dropin= 0.05"]
    alice = lines.index("Name= Alice") + 1
    lines[alice:alice] = ["Consider dropout= Yes"]
    case = case_of(tmp_path, [line.replace("Fst: 0.02", "Fst: 0") for line in lines])
    assert case["drop_out"] == {"V1": {"TH01": 0.1}, "Family of Alice Alice": {"TH01": 0.1}}
    assert case["drop_in"] == {"V1": 0.05}
    assert "notes" not in case
    read = joint_case_from_object(case, place="case")
    assert read.conditions.drop_in == {"V1": {"TH01": 0.05}}
