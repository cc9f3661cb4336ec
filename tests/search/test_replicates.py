"""Replicates in a search: read by their column, weighed together, equal to full peeling with every replicate in it."""

import numpy as np
import pytest
from tests.search.conftest import Example

from homeward.genetics.pedigrees import Member, Pedigree
from homeward.genetics.profiles import DropOutClass, Sample, parse_profiles, write_profiles
from homeward.likelihood.panels import Panel
from homeward.likelihood.peeling import Readings, log10_likelihood
from homeward.search.degradation import conditions_of_samples
from homeward.search.pairs import exact_pairs
from homeward.search.samples import encode_samples
from homeward.search.screening import readings_of, screened_pairs
from homeward.search.tables import genotype_rows

TABLE = "Sample Name\tMarker\tReplicate\tAllele 1\tAllele 2\n"


def twice(example: Example, row: int) -> Sample:
    """The sample, read a second time: each replicate has lost an allele here and there."""
    sample = example.remains[row]
    markers = list(sample.profile)
    first = {m: sample.profile[m][:1] if i % 3 == 0 else sample.profile[m] for i, m in enumerate(markers)}
    second = {m: sample.profile[m][-1:] if i % 2 == 0 else sample.profile[m] for i, m in enumerate(markers) if i % 5}
    return Sample(sample.name, first, dict.fromkeys(markers, DropOutClass.HIGH), replicates=(second,))


def slow(example: Example, row: int, sample: Sample) -> float:
    """The ratio of a pair by peeling, with every replicate a reading of the missing member."""
    member, layout = example.members[row], example.layout
    (conditions,) = conditions_of_samples([sample], layout)
    total = 0.0
    for marker in layout.panel.markers:
        panel = Panel((marker,))
        read = [profile[marker.name] for profile in sample.profiles if marker.name in profile]
        if not read:
            continue
        given = {"MP": conditions[marker.name]}

        def of(name: str, panel=panel, read=read, given=given, marker=marker) -> list[Readings]:
            return [Readings.of({name: {marker.name: each}}, panel, conditions={name: given["MP"]}) for each in read]

        relatives = {n: {marker.name: p[marker.name]} for n, p in member.family.genotypes.items() if marker.name in p}
        own = Readings.of(relatives, panel)
        pedigree, alone = member.family.pedigree, Pedigree.of([Member("X")])
        total += float(log10_likelihood(pedigree, Readings.joined([own, *of(member.missing)]), panel)[0])
        total -= float(log10_likelihood(pedigree, own, panel)[0])
        total -= float(log10_likelihood(alone, Readings.joined(of("X")), panel)[0])
    return total


def test_replicates__of_remains_are_weighed_as_by_peeling(example: Example) -> None:
    samples = [twice(example, row) if row % 2 else example.remains[row] for row in range(6)]
    encoded = encode_samples(samples, example.layout)
    assert encoded.shown.replicates
    rows, columns = np.repeat(np.arange(4), 6), np.tile(encoded.columns, (4, 1))
    found = exact_pairs(example.members, rows, columns, shown=encoded.shown, plain=encoded.shown)
    for row, sample, value in zip(rows.tolist(), samples * 4, found.log10_lr.tolist(), strict=True):
        assert value == pytest.approx(slow(example, row, sample), abs=1e-9)


def test_replicates__lose_no_pair_in_screening(example: Example) -> None:
    samples = [twice(example, row) for row in range(20)]
    encoded = encode_samples(samples, example.layout)
    rows = encoded.shown.log10_rows(genotype_rows(example.members, example.layout, basis=""))
    hits, scores = screened_pairs(rows, readings_of(encoded), min_log10_lr=-5.0)
    found = exact_pairs(
        example.members, hits[:, 0], encoded.columns[hits[:, 1]], shown=encoded.shown, plain=encoded.shown
    )
    assert len(hits) > 20
    # Screening adds the markers that no relative was read at: they are 0.
    assert found.log10_lr == pytest.approx(scores, abs=1e-4)


def test_parse_profiles__keeps_the_replicates_of_a_sample_together() -> None:
    text = TABLE + "R-1\tTH01\t1\t6\t\nR-1\tTH01\t2\t6\t9.3\nR-2\tTH01\t1\t7\t\nR-1\tFGA\t2\t22\t\nR-1\tFGA\t1\t\t\n"
    reading = parse_profiles(text, place="t.tsv", known_markers=("TH01", "FGA"))
    assert reading.problems == ()
    first, second = reading.samples
    assert first == Sample("R-1", {"TH01": ("6",)}, replicates=({"TH01": ("6", "9.3"), "FGA": ("22",)},))
    assert second == Sample("R-2", {"TH01": ("7",)})
    assert (reading.account.used, reading.account.not_read) == (4, 1)


def test_parse_profiles__refuses_two_readings_of_one_replicate() -> None:
    text = TABLE + "R-1\tTH01\t1\t6\t\nR-1\tTH01\t1\t7\t\n"
    (problem,) = parse_profiles(text, place="t.tsv", known_markers=("TH01",)).problems
    assert "a second, different reading of TH01 for R-1 replicate 1" in problem.found


def test_write_profiles__keeps_replicates(example: Example) -> None:
    samples = (twice(example, 0), example.remains[1])
    assert parse_profiles(write_profiles(samples), place="t.tsv").samples == samples
