"""Families from JSON Lines."""

import json
from pathlib import Path
from typing import Any

import pytest

from homeward.errors import InputError
from homeward.genetics.families import NotSearchable, family_from_object, read_families
from homeward.genetics.marker_names import MarkerNames

FAMILY: dict[str, Any] = {
    "family": "F-1",
    "missing": ["MP"],
    "members": [
        {"id": "MP", "father": "F", "mother": "M", "sex": "male"},
        {"id": "F", "sex": "male"},
        {"id": "M", "sex": "female"},
    ],
    "genotypes": {"M": {"penta_e": ["7", "12.0"], "TH01": ["6"]}},
}


def written(folder: Path, *families: object) -> Path:
    path = folder / "families.jsonl"
    path.write_text("\n".join(f if isinstance(f, str) else json.dumps(f) for f in families), encoding="utf-8")
    return path


def test_read_families__spells_markers_and_alleles_in_one_way(tmp_path: Path) -> None:
    (family,) = read_families(written(tmp_path, FAMILY, ""), ("Penta E", "TH01"))
    assert family.genotypes == {"M": {"Penta E": ("7", "12"), "TH01": ("6",)}}
    assert (family.typed_members, family.untyped_members) == (("M",), ("F",))


def test_as_object__is_read_back_as_the_same_family() -> None:
    family = family_from_object(FAMILY, MarkerNames(), place="here")
    assert family_from_object(family.as_object(), MarkerNames(), place="here") == family


def test_read_families__shares_the_pedigree_of_families_with_the_same_members(tmp_path: Path) -> None:
    first, second = read_families(written(tmp_path, FAMILY, FAMILY | {"family": "F-2"}))
    assert first.pedigree is second.pedigree


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"missing": ["X"]}, r'line 1, family "F-1": found "X"; needed: a member of the pedigree'),
        ({"missing": []}, "nobody missing"),
        ({"missing": ["MP", "MP"]}, "one missing member twice"),
        ({"mising": []}, 'the unknown key "mising"; .*did you mean missing'),
        ({"members": [*FAMILY["members"], {"id": "M", "sex": "male"}]}, '"M" twice, as entries 3 and 4'),
        ({"members": [{"id": "MP", "father": "F", "mother": "M", "gender": "male"}]}, 'unknown key "gender"'),
        ({"genotypes": {"M": {"TH01": ["6"], "th01": ["7"]}}}, "one marker twice"),
        ({"genotypes": {"M": {"TH1": ["6"]}}}, "did you mean TH01"),
        ({"genotypes": {"M": {"TH01": "6"}}}, "needed: alleles such as"),
        ({"genotypes": {"Z": {"TH01": ["6"]}}}, 'found "Z"'),
        ({"members": [{"id": "MP", "sex": "boy"}]}, 'sex "boy"'),
        ({"members": [{"id": "MP", "father": "MP", "mother": "M"}, {"id": "M"}]}, "line 1"),
        ({"members": {"id": "MP"}}, "needed: a list"),
        ({"family": ""}, "needed: a name"),
    ],
)
def test_read_families__refuses_what_cannot_be_with_its_line(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        list(read_families(written(tmp_path, FAMILY | change), ("Penta E", "TH01")))


def test_read_families__refuses_broken_json_and_a_name_used_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 2: found no JSON"):
        list(read_families(written(tmp_path, FAMILY, "{")))
    with pytest.raises(InputError, match=r'line 2: found family "F-1" again, with other content than in line 1'):
        list(read_families(written(tmp_path, FAMILY, FAMILY | {"genotypes": {}})))
    with pytest.raises(InputError, match="found list; needed: one family"):
        list(read_families(written(tmp_path, [FAMILY])))


def test_read_families__takes_equal_things_twice_as_one(tmp_path: Path) -> None:
    names = MarkerNames(("Penta E", "TH01"))
    twice = FAMILY | {
        "members": [*FAMILY["members"], FAMILY["members"][1]],
        "genotypes": {"M": {"TH01": ["6", "7"], "th01": ["7.0", "6"]}},
    }
    (family,) = read_families(written(tmp_path, twice, dict(reversed(twice.items()))), names)
    assert len(family.pedigree.members) == 3
    assert family.genotypes == {"M": {"TH01": ("6", "7")}}
    assert (names.account.used, names.account.repeated) == (1, 1)


def test_read_families__refuses_a_key_that_stands_twice_with_two_values(tmp_path: Path) -> None:
    line = json.dumps(FAMILY).replace('"genotypes": {', '"genotypes": {"M": {"TH01": ["9"]}, ')
    with pytest.raises(InputError, match=r'line 1, the key "M", given twice: found .*"9".* and then .*"penta_e"'):
        list(read_families(written(tmp_path, line)))


def test_read_families__sets_readings_aside_with_their_reason(tmp_path: Path) -> None:
    names = MarkerNames(("Penta E", "TH01", "FGA"))
    genotypes = {"M": {"TH01": ["OL", "6"], "Penta E": ["7", "8", "9"], "FGA": ["0", "0"], "AMEL": ["X", "X"]}}
    genotypes["F"] = {"QS1": ["1"], "rs42": ["A"], "TH01": [6, 9.3]}
    (family,) = read_families(written(tmp_path, FAMILY | {"genotypes": genotypes}), names)
    assert family.genotypes == {"F": {"TH01": ("6", "9.3")}}
    assert [(each.sample, each.marker) for each in names.account.set_aside] == [("M", "TH01"), ("M", "Penta E")]
    assert dict(names.account.beside) == {"QS1": 1, "rs42": 1}
    assert names.account.of_sex == 1
    assert family.sex_markers == {"M": {"AMEL": ("X", "X")}}
    assert (names.account.used, names.account.not_read, names.account.total) == (1, 1, 7)


def test_read_families__tells_what_is_not_searchable_and_goes_on(tmp_path: Path) -> None:
    told: list[NotSearchable] = []
    found = {**FAMILY, "family": "F-2", "missing": []}
    families = list(read_families(written(tmp_path, found, "{", FAMILY), on_problem=told.append))
    assert [family.name for family in families] == ["F-1"]
    assert [(each.family, each.place.rpartition(" ")[2]) for each in told] == [("F-2", "1"), ("", "2")]
    assert "nobody missing" in str(told[0])


def test_read_families__counts_no_reading_of_a_family_that_is_left_out_or_given_twice(tmp_path: Path) -> None:
    names = MarkerNames(("Penta E", "TH01"))
    bad = FAMILY | {"family": "F-2", "genotypes": FAMILY["genotypes"] | {"Nobody": {"TH01": ["6"], "AMEL": ["X"]}}}
    path = written(tmp_path, FAMILY, bad, FAMILY, dict(reversed(FAMILY.items())))
    assert len(list(read_families(path, names, on_problem=lambda _: None))) == 1
    assert (names.account.used, names.account.total) == (2, 2)
