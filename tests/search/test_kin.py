"""Kin among samples: duplicates and contamination are found, a wrong reading does not hide them."""

from dataclasses import replace

from tests.search.conftest import Example

from homeward.genetics.profiles import DropOutClass, Sample
from homeward.search.kin import Relation, kin_among


def is_clean(sample: Sample) -> bool:
    return set(sample.drop_out.values()) == {DropOutClass.NONE}


def full(example: Example, n: int) -> list[Sample]:
    return [sample for sample in example.remains if is_clean(sample)][:n]


def test_kin_among__finds_a_duplicate_with_one_wrong_reading(example: Example) -> None:
    batch = full(example, 12)
    wrong = dict(batch[3].profile) | {"TH01": ("6", "6") if batch[3].profile["TH01"] != ("6", "6") else ("7", "7")}
    found = kin_among([*batch, Sample("copy", wrong)], example.layout, min_log10_lr=6)
    best = found[0]
    assert (best.first, best.second, best.relation) == (batch[3].name, "copy", Relation.SAME_PERSON)


def test_kin_among__compares_a_batch_with_staff_only(example: Example) -> None:
    batch = full(example, 10)
    staff = [replace(batch[2], name="Bob of the laboratory")]
    found = kin_among(batch, example.layout, min_log10_lr=6, others=staff)
    assert [(pair.first, pair.second) for pair in found] == [(batch[2].name, "Bob of the laboratory")]
    assert found[0].loci_compared == len(batch[2].profile)


def test_kin_among__tells_a_parent_from_a_twin(example: Example) -> None:
    family = next(family for family in example.families if {"son", "wife"} <= set(family.genotypes))
    mother, son = (Sample(name, family.genotypes[name]) for name in ("wife", "son"))
    (pair,) = kin_among([mother, son], example.layout, min_log10_lr=1)
    assert pair.relation in (Relation.PARENT_AND_CHILD, Relation.FULL_SIBLINGS)


def test_kin_among__finds_a_degraded_copy(example: Example) -> None:
    (original,) = full(example, 1)
    lost = {marker: alleles[:1] for marker, alleles in original.profile.items()}
    copy = Sample("bone", lost, dict.fromkeys(lost, DropOutClass.HIGH))
    (pair,) = kin_among([original, copy], example.layout, min_log10_lr=3)
    assert pair.relation is Relation.SAME_PERSON
