"""Families from JSON Lines."""

import json
from pathlib import Path
from typing import Any

import pytest

from homeward.errors import InputError
from homeward.genetics.families import MarkerNames, family_from_object, read_families

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
        ({"missing": ["M"]}, 'a profile of "M", who is missing'),
        ({"genotypes": {"M": {"TH01": ["6", "7", "8"]}}}, "3 alleles; needed: one or two"),
        ({"genotypes": {"M": {"TH01": ["OL"]}}}, 'line 1, genotypes of "M": found allele "OL"'),
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
    with pytest.raises(InputError, match=r'line 2: found family "F-1" again'):
        list(read_families(written(tmp_path, FAMILY, FAMILY)))
    with pytest.raises(InputError, match="found list; needed: one family"):
        list(read_families(written(tmp_path, [FAMILY])))
