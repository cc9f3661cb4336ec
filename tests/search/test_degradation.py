"""Drop-out derived from profiles: clean ones are left alone, degraded ones are told by length, each by itself."""

from dataclasses import replace

import numpy as np
import pytest
from verification.electropherograms import LENGTHS, Level, made_search

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.profiles import DropOutClass, Sample, parse_profiles, write_profiles
from homeward.likelihood.reading_model import ReadingModel
from homeward.likelihood.tables import TableLayout
from homeward.search.degradation import conditions_of_samples, derived_drop_out, level_counts
from homeward.search.markers import search_markers, unseen_alleles
from homeward.search.samples import encode_samples

TABLE = published_frequencies(PublishedTable.FBI_2015, "Caucasian")
FREQUENCIES = {name: locus.frequencies for name, locus in TABLE.loci.items()}


@pytest.fixture(scope="module")
def remains() -> dict[Level, tuple[Sample, ...]]:
    made = made_search(FREQUENCIES, n_families=60, n_remains=60, generator=np.random.default_rng(3))
    return dict(made.remains)


@pytest.fixture(scope="module")
def layout(remains: dict[Level, tuple[Sample, ...]]) -> TableLayout:
    profiles = [sample.profile for samples in remains.values() for sample in samples]
    return TableLayout(search_markers(TABLE, unseen=unseen_alleles(TABLE, profiles)).panel)


def test_derived_drop_out__leaves_clean_profiles_alone(remains, layout) -> None:
    found = derived_drop_out(remains[Level.CLEAN], layout)
    assert sum(each.is_clean for each in found) >= 54
    conditions = conditions_of_samples(remains[Level.CLEAN], layout)
    assert level_counts(conditions)["clean"] == sum(each.is_clean for each in found)


def test_derived_drop_out__rises_with_the_level(remains, layout) -> None:
    means = []
    for level in (Level.LIGHT, Level.MODERATE, Level.HIGH):
        found = derived_drop_out(remains[level], layout)
        means.append(float(np.mean([np.mean(list(each.drop_out.values()) or [0.0]) for each in found])))
    assert means == sorted(means)
    assert means[-1] > 2 * means[0] > 0


def test_derived_drop_out__is_that_of_the_laboratory_on_average(remains, layout) -> None:
    """Of a moderate bone's alleles, known from its clean reading, the share lost is what was derived, short and long.

    The bench draws peak heights and cuts them at a threshold; nothing in it is a logistic curve.
    """
    derived = derived_drop_out(remains[Level.MODERATE], layout)
    short = [name for name in LENGTHS if LENGTHS[name] < 120]
    for names in (short, [name for name in LENGTHS if name not in short]):
        lost, expected = [], []
        for clean, bone, each in zip(remains[Level.CLEAN], remains[Level.MODERATE], derived, strict=True):
            for name in names:
                if len(set(clean.profile.get(name, ()))) == 2:
                    lost += [allele not in bone.profile.get(name, ()) for allele in clean.profile[name]]
                    expected.append(each.drop_out.get(name, 0.0))
        assert np.mean(expected) == pytest.approx(np.mean(lost), abs=0.06)


def test_derived_drop_out__depends_on_no_other_sample(remains, layout) -> None:
    mixed = [*remains[Level.HIGH][:5], *remains[Level.CLEAN][:5]]
    alone = [derived_drop_out([sample], layout)[0] for sample in mixed]
    assert derived_drop_out(mixed, layout) == alone


def test_conditions__are_those_of_the_classes_where_any_is_stated(remains, layout) -> None:
    (bone,) = remains[Level.HIGH][:1]
    first, *rest = bone.profile
    stated = replace(bone, drop_out={first: DropOutClass.LOW})
    (found,) = conditions_of_samples([stated], layout)
    assert found[first].drop_out == ReadingModel().rates.low
    assert {found[marker].drop_out for marker in rest} == {0.0}
    assert {found[marker].drop_in for marker in bone.profile} == {0.0}


def test_conditions__are_clean_where_nothing_is_to_be_derived(remains, layout) -> None:
    as_read = TableLayout(layout.panel, ReadingModel(derive=False))
    (found,) = conditions_of_samples(remains[Level.HIGH][:1], as_read)
    assert {each.drop_out for each in found.values()} == {0.0}


def test_a_profile_of_few_markers__is_taken_as_read(layout) -> None:
    few = Sample("R", {"TH01": ("6",), "FGA": ("22",), "vWA": ("17",)}, unread=frozenset({"TPOX"}))
    assert derived_drop_out([few], layout)[0].is_clean


def test_unread_markers__are_kept_in_tables_that_are_written_and_read(remains) -> None:
    (bone,) = remains[Level.HIGH][:1]
    assert bone.unread
    (again,) = parse_profiles(write_profiles([bone]), place="t.tsv").samples
    assert again.unread == bone.unread
    assert again.drop_out == {}


def test_encode_samples__shares_columns_on_the_ladder(remains, layout) -> None:
    samples = encode_samples(remains[Level.HIGH], layout)
    steps = set(samples.shown.conditions[:, 0].tolist())
    assert steps <= {0.0, *ReadingModel().ladder.tolist()}
    assert len(samples.shown) < sum(len(sample.profile) for sample in remains[Level.HIGH])
