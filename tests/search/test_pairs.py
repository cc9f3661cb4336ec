"""Exact pairs: inconsistencies, loci compared, and tables kept on disk."""

from pathlib import Path

import numpy as np
import pytest
from tests.search.conftest import Example

from homeward.genetics.families import Family
from homeward.genetics.frequencies import FrequencyTable, LocusFrequencies
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import Sample
from homeward.likelihood.tables import TableLayout
from homeward.search.markers import search_markers, unseen_alleles
from homeward.search.members import MissingMember, missing_members
from homeward.search.pairs import exact_pairs, without_mutation
from homeward.search.samples import encode_samples
from homeward.search.tables import TableStore, genotype_rows

TABLE = FrequencyTable(
    "P",
    {name: LocusFrequencies(name, {"10": 0.2, "11": 0.3, "12": 0.5}, 10_000) for name in ("A", "B", "C")},
)
CHILD = Pedigree.of([Member("MP", "F", "M"), Member("F"), Member("M")])


def test_exact_pairs__counts_loci_that_only_a_mutation_explains() -> None:
    layout = TableLayout(search_markers(TABLE).panel)
    family = Family("F", ("MP",), CHILD, {"M": {"A": ("10", "10"), "B": ("10", "11")}})
    samples = encode_samples([Sample("R", {"A": ("11", "12"), "B": ("11", "12"), "C": ("12", "12")})], layout)
    plain = samples.shown.without_slips(without_mutation(layout))
    found = exact_pairs(missing_members([family]), np.array([0]), samples.columns, shown=samples.shown, plain=plain)
    assert found.inconsistent.tolist() == [[True, False, False]]
    assert np.isnan(found.contributions[0]).tolist() == [False, False, True]
    assert found.contributions[0, 0] < -2
    assert found.contributions[0, 1] == pytest.approx(np.log10(0.25 / 0.3), abs=1e-3)
    assert found.log10_lr[0] == pytest.approx(np.nansum(found.contributions))


def test_search_markers__give_an_unseen_allele_the_minimum_and_say_so() -> None:
    unseen = unseen_alleles(TABLE, [{"A": ("9", "10"), "Not there": ("1",)}])
    markers = search_markers(TABLE, unseen=unseen)
    assert unseen == {"A": ("9",)}
    marker = markers.panel.markers[0]
    assert marker.frequencies[marker.index("9") or 0] == pytest.approx(5 / 10_000)
    assert markers.as_object()["unseen_alleles"] == {"A": ["9"]}
    assert markers.key != search_markers(TABLE).key


def test_member_key__follows_the_content_and_not_the_names(example: Example) -> None:
    member = example.members[0]
    family = member.family
    renamed = MissingMember(Family("other", family.missing, family.pedigree, family.genotypes), member.missing)
    panel = example.layout.panel
    assert member.key(panel, "basis") == renamed.key(panel, "basis")
    assert member.key(panel, "basis") != member.key(panel, "other")
    assert len({each.key(panel, "basis") for each in example.members}) == len(example.members)


def test_table_store__keeps_rows_and_ignores_an_interrupted_segment(example: Example, tmp_path: Path) -> None:
    store = TableStore(tmp_path, example.layout.n_columns)
    rows = genotype_rows(example.members[:4], example.layout, basis="b", store=store)
    (tmp_path / "interrupted.npy").write_bytes(b"half")
    again = TableStore(tmp_path, example.layout.n_columns)
    assert len(again) == 4
    keys = [member.key(example.layout.panel, "b") for member in example.members[:4]]
    assert np.array_equal(again.rows(keys), rows)
    assert np.array_equal(again.rows([keys[2], keys[0]]), rows[[2, 0]])
    genotype_rows(example.members[:6], example.layout, basis="b", store=again)
    assert len(again) == 6
