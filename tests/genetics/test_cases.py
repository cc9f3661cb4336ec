import copy
import json

import pytest

from homeward.errors import InputError
from homeward.genetics.cases import case_from_object, load_json
from homeward.genetics.frequencies import LocusFrequencies
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


@pytest.mark.parametrize("sign", ["0", "-", "NA", "N/A", ".", "?", "", "-/-", None])
def test_case_from_object__takes_signs_of_nothing_read_as_no_alleles(sign) -> None:
    """Bob 6, Charlie 6 and 9.3 at TH01; what stands at FGA says nothing, least of all that both have it."""
    fga = {"name": "FGA", "frequencies": {"21": 0.5, "22": 0.5}}
    genotypes = {"Bob": {"TH01": ["6"], "FGA": [sign, sign]}, "Charlie": {"TH01": ["6", "9.3"], "FGA": [sign, sign]}}
    data = changed(markers=[*CASE["markers"], fga], genotypes=genotypes)
    assert (
        answer_case(case_from_object(data, place="c")).log10_lr
        == answer_case(case_from_object(CASE, place="c")).log10_lr
    )
    assert "FGA" not in case_from_object(data, place="c").profiles["Bob"]


def test_case_from_object__sets_readings_aside_with_a_note() -> None:
    genotypes = {"Bob": {"TH01": ["OL", "6"]}, "Charlie": {"TH01": ["6/7"], "AMEL": ["X", "Y"]}}
    case = case_from_object(changed(genotypes=genotypes), place="case.json")
    assert case.profiles == {"Bob": {}, "Charlie": {}}
    told = "\n".join(case.notes)
    for words in ('TH01 of Bob is set aside: "OL"', "two alleles in one cell", 'marker "AMEL" is not compared'):
        assert words in told


def test_case_from_object__finds_markers_under_their_other_names() -> None:
    genotypes = {"Bob": {"tho1": ["6"]}, "Charlie": {"HUMTH01": [6.0, "9,3"]}}
    case = case_from_object(changed(genotypes=genotypes), place="case.json")
    assert case.profiles == {"Bob": {"TH01": ("6",)}, "Charlie": {"TH01": ("6", "9.3")}}


def test_case_from_object__takes_an_x_marker_by_its_name_and_names_markers_on_one_arm() -> None:
    names = ["vWA", "D12S391", "DXS7132"]
    markers = [{"name": name, "frequencies": {"16": 0.5, "17": 0.5}} for name in names]
    data = changed(markers=markers, genotypes={"Bob": {name: ["16"] for name in names}})
    case = case_from_object(data, place="case.json")
    assert [marker.kind.value for marker in case.markers] == ["autosomal", "autosomal", "x"]
    assert case.notes[-1].startswith("markers vWA, D12S391 lie on one chromosome arm")


def test_case_from_object__raises_rare_listed_alleles_to_a_stated_minimum_as_a_search_does() -> None:
    frequencies = {"6": 0.001, "7": 0.399, "9.3": 0.6}
    markers = [{"name": "TH01", "frequencies": frequencies, "n_alleles_sampled": 500}]
    data = changed(markers=markers, genotypes={"Bob": {"TH01": ["8"]}})
    (marker,) = case_from_object(data, place="case.json").markers
    searched = LocusFrequencies("TH01", frequencies, 500)
    expected = searched.with_minimum(searched.minimum_frequency(), unseen=("8",))
    assert dict(zip(marker.alleles, marker.frequencies.tolist(), strict=True)) == pytest.approx(dict(expected))
