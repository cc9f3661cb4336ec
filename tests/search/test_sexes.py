"""Sex markers in a search: exact in the screening, told in a column of their own, never the loss of a true pair."""

from dataclasses import replace

import numpy as np
import pytest
from tests.search.conftest import Example
from tests.search.test_kin import is_clean

from homeward.genetics.families import Family
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.genetics.profiles import Sample
from homeward.genetics.sex_markers import DEFAULT_SEX_MODEL, SexReading
from homeward.search.members import MissingMember
from homeward.search.posteriors import Prior, Weighed, weighed
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import SearchJob, blocks_of, run_search
from homeward.search.sexes import SexEvidence, sex_evidence

MAN, WOMAN = {"AMEL": ("X", "Y"), "DYS391": ("10",)}, {"AMEL": ("X",), "DYS391": ()}
Pair = tuple[str, str, str]


def with_sexes(example: Example, *sex_markers: dict[str, tuple[str, ...]]) -> tuple[Sample, ...]:
    """The remains with these sex markers in turn."""
    return tuple(
        replace(sample, sex_markers=sex_markers[row % len(sex_markers)]) for row, sample in enumerate(example.remains)
    )


def job_of(example: Example, samples: tuple[Sample, ...], min_log10_lr: float) -> SearchJob:
    evidence = sex_evidence(samples, [0.0] * len(samples))
    return replace(example.job, min_log10_lr=min_log10_lr, sex_evidence=evidence)


def searched(job: SearchJob, members: tuple[MissingMember, ...]) -> Weighed:
    found = run_search(job, members, LocalRunner(1), block_size=17)
    return weighed(found, job.samples.names, Prior(len(members)), min_log10_lr=job.min_log10_lr)


def rows_of(found: Weighed) -> dict[Pair, dict[str, object]]:
    return {(row["remains"], row["family"], row["missing"]): row for row in found.pairs.to_pylist()}


@pytest.mark.parametrize("threshold", [-400.0, 2.0, 4.0])
def test_search__adds_the_factor_of_the_sex_to_every_pair(example: Example, threshold: float) -> None:
    samples = with_sexes(example, MAN, WOMAN, {}, {"AMEL": ("Y",)})
    plain = rows_of(searched(replace(example.job, min_log10_lr=-400.0), example.members))
    found = rows_of(searched(job_of(example, samples, threshold), example.members))
    sexes = {sample.name: SexReading.of(sample.sex_markers) for sample in samples}
    expected = {}
    for pair, row in plain.items():
        factor = DEFAULT_SEX_MODEL.log10_ratio(sexes[pair[0]], Sex.MALE)
        expected[pair] = (float(str(row["log10_lr"])) + (factor or 0.0), factor)
    assert found.keys() == {pair for pair, (total, _) in expected.items() if total >= threshold}
    for pair, row in found.items():
        assert row["log10_lr"] == pytest.approx(expected[pair][0], abs=1e-9)
        assert row["log10_lr:AMEL"] == (pytest.approx(expected[pair][1]) if expected[pair][1] is not None else None)
        assert row["loci_compared"] == plain[pair]["loci_compared"]


def test_search__counts_the_wrong_sex_as_inconsistent_and_keeps_a_strong_true_pair(example: Example) -> None:
    plain = searched(replace(example.job, min_log10_lr=4.0), example.members)
    found = rows_of(searched(job_of(example, with_sexes(example, WOMAN), 4.0), example.members))
    strong = [row for row in plain.pairs.to_pylist() if row["log10_lr"] > 7]
    assert len(strong) > 15
    for row in strong:
        own = found[row["remains"], row["family"], row["missing"]]
        assert own["n_inconsistent"] == row["n_inconsistent"] + 1
        assert str(own["inconsistent_loci"]).split(";")[-1] == "AMEL"
        assert own["log10_lr"] == pytest.approx(row["log10_lr"] - 2.7, abs=0.05)


def test_search__proposes_no_woman_for_a_man_on_weak_dna(example: Example) -> None:
    plain = rows_of(searched(replace(example.job, min_log10_lr=4.0), example.members))
    found = rows_of(searched(job_of(example, with_sexes(example, WOMAN), 4.0), example.members))
    weak = {pair for pair, row in plain.items() if float(str(row["log10_lr"])) < 6.5}
    assert weak
    assert not weak & found.keys()


def test_search__says_nothing_of_a_missing_person_of_unknown_sex(example: Example) -> None:
    profile = next(sample for sample in example.remains if is_clean(sample)).profile
    families = []
    for sex in Sex:
        pedigree = Pedigree.of([Member("Bob", "Dan", "Eve", sex), Member("Dan"), Member("Eve")])
        families.append(Family(f"F-{sex.value}", ("Bob",), pedigree, {"Dan": profile, "Eve": profile}))
    members = tuple(MissingMember(family, "Bob") for family in families)
    found = rows_of(searched(job_of(example, with_sexes(example, MAN), -400.0), members))
    own = {family: row for (_, family, _), row in found.items() if row["log10_lr:AMEL"] is not None}
    assert own.keys() == {"F-male", "F-female"}
    assert all(row["inconsistent_loci"] != "AMEL" for (_, family, _), row in found.items() if family == "F-unknown")


def test_blocks_of__have_another_key_for_another_sex_or_reading(example: Example) -> None:
    def key(job: SearchJob, sex: Sex) -> str:
        pedigree = Pedigree.of([Member("Bob", "Dan", "Eve", sex), Member("Dan"), Member("Eve")])
        family = Family("F", ("Bob",), pedigree, {"Dan": example.remains[0].profile})
        return blocks_of(job, [MissingMember(family, "Bob")])[0].key

    jobs = [job_of(example, with_sexes(example, each), 4.0) for each in (MAN, WOMAN)]
    assert len({key(job, sex) for job in (*jobs, example.job) for sex in Sex}) == 9


def test_sex_evidence__shares_a_class_between_samples_that_show_the_same() -> None:
    samples = [Sample("a", {}, sex_markers=MAN), Sample("b", {}), Sample("c", {}, sex_markers=MAN)]
    evidence = sex_evidence(samples, [0.101, 0.0, 0.1])
    assert evidence.classes.tolist() == [0, -1, 0]
    reading = SexReading.of(MAN)
    told = [DEFAULT_SEX_MODEL.log10_ratio(reading, sex, 0.1) for sex in (Sex.MALE, Sex.FEMALE)]
    assert evidence.log10_ratios[0].tolist() == [*told, 0.0]
    assert SexEvidence.of_nothing(3).classes.tolist() == [-1] * 3
    assert np.isfinite(evidence.log10_ratios).all()
