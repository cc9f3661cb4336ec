"""Drop-out derived from profiles: clean ones are left alone, degraded ones are told by length, each by itself."""

from dataclasses import replace

import numpy as np
import pytest
from verification.electropherograms import LENGTHS, Level, made_search

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.profiles import DropOutClass, Sample, parse_profiles, write_profiles
from homeward.likelihood.reading_model import ReadingModel
from homeward.likelihood.tables import TableLayout
from homeward.search.accounts import search_account
from homeward.search.degradation import conditions_of_samples, derived_drop_out, level_counts
from homeward.search.markers import search_markers, unseen_alleles
from homeward.search.requests import SearchInput, SearchOptions, search_all
from homeward.search.runners.local import LocalRunner
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


def test_derived_drop_out__takes_peak_heights_where_there_are_some(remains, layout) -> None:
    """Light bones and clean ones are told apart at least as often."""
    told = {}
    for level in (Level.CLEAN, Level.LIGHT):
        for with_heights in (True, False):
            samples = [each if with_heights else replace(each, heights={}) for each in remains[level]]
            told[level, with_heights] = sum(each.is_clean for each in derived_drop_out(samples, layout))
    assert told[Level.CLEAN, True] >= told[Level.CLEAN, False]
    assert told[Level.LIGHT, True] <= told[Level.LIGHT, False]
    assert told[Level.CLEAN, True] > 55 > 5 > told[Level.LIGHT, True]


def test_peak_heights__are_kept_in_tables_and_are_no_heights_where_they_are_no_numbers(remains) -> None:
    (bone,) = remains[Level.MODERATE][:1]
    (again,) = parse_profiles(write_profiles([bone]), place="t.tsv").samples
    assert again.heights == bone.heights
    table = "Sample Name\tMarker\tAllele 1\tAllele 2\tHeight 1\tHeight 2\nR\tTH01\t6\t7\t812\tx\nR\tFGA\t22\t\t90,5\t\n"
    (read,) = parse_profiles(table, place="t.tsv").samples
    assert read.heights == {"FGA": (90.5,)}


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
    model = ReadingModel()
    assert steps <= {0.0, *model.ladder.tolist(), *model.ladder_of_two.tolist()}
    assert len(samples.shown) < sum(len(sample.profile) for sample in remains[Level.HIGH])


def test_search_all__tells_what_was_derived(remains) -> None:
    bones = [*remains[Level.CLEAN][:3], *remains[Level.HIGH][:3]]
    named = [replace(bone, name=f"R-{number}") for number, bone in enumerate(bones)]
    stated = replace(named[0], name="S", drop_out=dict.fromkeys(named[0].profile, DropOutClass.LOW))
    families = made_search(FREQUENCIES, n_families=3, n_remains=1, generator=np.random.default_rng(3)).families
    given = SearchInput([*named, stated], families, TABLE)
    summary = search_all(given, SearchOptions(), LocalRunner(1)).summary
    found = summary["drop_out"]
    assert (found["stated"], found["derived"]["clean"], found["derived"]["above 0.3"]) == (1, 3, 3)
    assert found["derived_by_sample"].keys() == {"R-3", "R-4", "R-5"}
    assert all(each["lowest"] <= each["mean"] <= each["highest"] for each in found["derived_by_sample"].values())
    assert "Drop-out of remains: 1 as stated; derived from the profile: 3 clean, 3 above 0.3." in search_account(
        summary
    )
    assert summary["provenance"]["parameters"]["drop_in_derived"] == ReadingModel().drop_in_derived
