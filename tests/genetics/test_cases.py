import copy
import json

import pytest

from homeward.errors import InputError
from homeward.genetics.cases import case_from_object, load_json
from homeward.likelihood.cases import answer_case

CASE = {
    "markers": [{"name": "TH01", "type": "autosomal", "frequencies": {"6": 0.6, "9.3": 0.4}}],
    "hypotheses": {
        "H1": [
            {"id": "Bob", "sex": "male"},
            {"id": "Alice", "sex": "female"},
            {"id": "Charlie", "father": "Bob", "mother": "Alice"},
        ],
        "H2": [{"id": "Bob", "sex": "male"}, {"id": "Alice", "sex": "female"}, {"id": "Charlie"}],
    },
    "genotypes": {"Bob": {"TH01": ["6"]}, "Charlie": {"TH01": ["6", "9.3"]}},
}


def changed(**values):
    data = copy.deepcopy(CASE)
    data.update(values)
    return data


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"genotypes": {"Bob": {"TH02": ["6"]}}}, "did you mean TH01"),
        ({"genotypes": {"Bob": {"TH01": ["6", "7", "8"]}}}, "3 alleles"),
        ({"genotypes": {"Bobby": {"TH01": ["6"]}}}, "did you mean Bob"),
        ({"theta": 1}, "theta"),
        ({"theta": "x"}, "theta"),
        ({"markers": []}, "markers"),
        ({"markers": [{"name": "TH01", "frequencies": {"6": 0.6, "9.3": 0.6}}]}, "1.2000"),
        ({"markers": [{"name": "TH01", "frequencies": {"6": 1.0}, "mutation": {"model": "odd"}}]}, "odd"),
        ({"hypotheses": {"H1": [{"id": "C", "father": "C", "mother": "M"}, {"id": "M"}]}}, "own ancestors"),
        ({"hypotheses": None}, "hypotheses"),
    ],
)
def test_case_from_object__refuses_with_place_and_what_is_needed(values, words) -> None:
    with pytest.raises(InputError, match=words) as refusal:
        case_from_object(changed(**values), place="case.json")
    assert str(refusal.value).startswith("case.json")


def test_case_from_object__gives_an_unseen_allele_the_minimum_frequency_and_says_so() -> None:
    case = case_from_object(changed(genotypes={"Bob": {"TH01": ["6", "7"]}}, minimum_frequency=0.01), place="case.json")
    assert case.markers[0].frequencies[case.markers[0].index("7")] == pytest.approx(0.01)
    assert case.markers[0].frequencies.sum() == pytest.approx(1)
    assert "minimum frequency 0.01" in case.notes[0]


def test_answer_case__gives_null_and_never_nan_for_impossible_readings() -> None:
    genotypes = {"Bob": {"TH01": ["6"]}, "Charlie": {"TH01": ["9.3"]}}
    answer = answer_case(case_from_object(changed(genotypes=genotypes), place="case.json")).as_json()
    assert answer["log10_likelihood"]["H1"] is None
    assert answer["log10_lr"] is None
    assert "NaN" not in json.dumps(answer)


def test_load_json__refuses_nan_and_broken_text(tmp_path) -> None:
    for text in ('{"theta": NaN}', "{", "[]"):
        file = tmp_path / "case.json"
        file.write_text(text)
        with pytest.raises(InputError):
            load_json(file)
