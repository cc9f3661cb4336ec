"""References of all families, alone and before a search: told, marked, set aside, never silently searched as sound."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.search.conftest import Example

from homeward.cli.app import main
from homeward.genetics.families import Family
from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.markers import Marker
from homeward.genetics.pedigrees import Member, Pedigree
from homeward.likelihood.panels import Panel
from homeward.likelihood.references import References
from homeward.search.references import ReferenceHandling, SameSample, check_all_references, same_samples
from homeward.search.requests import SearchInput, SearchOptions, search_all
from homeward.search.runners.local import LocalRunner
from homeward.search.settings import KinshipSettings


@pytest.fixture(scope="module")
def slipped(example: Example) -> tuple[tuple[Family, ...], str, SameSample]:
    """The families of the example, one of which has the daughter's tube of another one."""
    kind = ("wife", "son", "daughter")
    one, other, *_ = [family for family in example.families if tuple(family.genotypes) == kind]
    wrong = replace(one, genotypes={**one.genotypes, "daughter": other.genotypes["daughter"]})
    families = tuple(wrong if family is one else family for family in example.families)
    n = sum(marker.name in other.genotypes["daughter"] for marker in example.layout.panel.markers)
    first, second = sorted((one.name, other.name), key=[family.name for family in families].index)
    return families, one.name, SameSample(first, "daughter", second, "daughter", n, 0)


def test_check_all_references__names_the_family_and_the_equal_samples(
    example: Example, slipped: tuple[tuple[Family, ...], str, SameSample]
) -> None:
    families, wrong, same = slipped
    told: list[int] = []
    report = check_all_references(families, example.layout.panel, threads=2, on_families=told.append)
    assert sum(told) == len(families)
    assert report.contradicting == (wrong,)
    assert next(iter(report.checks[wrong].suspects)) == "daughter"
    assert report.same_samples == (same,)
    assert sum(report.counts.values()) == len(families)
    lines = list(report.lines())
    assert wrong in lines[0]
    assert "daughter: the sample is of somebody unrelated" in lines[0]
    assert "show one profile" in lines[-1]


def test_check_all_references__says_where_two_tubes_exchanged_between_families_belong(example: Example) -> None:
    kind = ("wife", "son", "daughter")
    one, other, *_ = [family for family in example.families if tuple(family.genotypes) == kind]
    here = replace(one, genotypes={**one.genotypes, "son": other.genotypes["daughter"]})
    there = replace(other, genotypes={**other.genotypes, "daughter": one.genotypes["son"]})
    families = [{one.name: here, other.name: there}.get(family.name, family) for family in example.families]
    report = check_all_references(families, example.layout.panel)
    assert set(report.contradicting) == {one.name, other.name}
    assert report.elsewhere is not None
    places = {(each.family, each.member, each.other_family, each.other_member) for each in report.elsewhere}
    assert places == {(one.name, "son", other.name, "daughter"), (other.name, "daughter", one.name, "son")}
    back = check_all_references(example.families, example.layout.panel)
    assert back.elsewhere == ()


def test_check_all_references__does_not_try_too_many_suspects(
    example: Example, slipped: tuple[tuple[Family, ...], str, SameSample], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homeward.search.references.MOST_SUSPECTS", 0)
    assert check_all_references(slipped[0], example.layout.panel).elsewhere is None


def test_check_all_references__is_the_same_in_any_portions(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = check_all_references(example.families, example.layout.panel)
    monkeypatch.setattr("homeward.search.references.FAMILIES_AT_ONCE", 7)
    parts = check_all_references(example.families, example.layout.panel, threads=2)
    assert whole.checks.keys() == parts.checks.keys()
    for name, check in whole.checks.items():
        assert parts.checks[name].posterior == pytest.approx(check.posterior, rel=1e-9)


def test_same_samples__finds_a_sample_with_one_difference_and_with_other_markers_unread(example: Example) -> None:
    loci = [marker.name for marker in example.layout.panel.markers]
    source = next(family for family in example.families if len(family.genotypes) == 1)
    ((member, profile),) = source.genotypes.items()
    again = {locus: profile[locus] for locus in loci[2:]}
    first, second, *_ = example.layout.panel.markers[3].alleles
    again[loci[3]] = (first,) if set(profile[loci[3]]) != {first} else (second,)
    there = replace(source, name="again", genotypes={member: again})
    others = [family for family in example.families if family is not source]
    found = same_samples([source, *others, there], example.layout.panel)
    assert found == (SameSample(source.name, member, "again", member, len(loci) - 2, 1),)
    few = replace(source, name="few", genotypes={member: {locus: profile[locus] for locus in loci[:9]}})
    assert same_samples([source, few], example.layout.panel) == ()


def test_same_samples__says_nothing_on_a_panel_that_tells_nobody_apart() -> None:
    panel = Panel(tuple(Marker.from_frequencies(f"M{i}", {"1": 0.5, "2": 0.5}) for i in range(12)))
    pedigree = Pedigree.of([Member("Bob", "Dan", "Eve"), Member("Dan"), Member("Eve")])
    profile = {f"M{i}": ("1", "2") for i in range(12)}
    families = [Family(f"F-{number}", ("Bob",), pedigree, {"Eve": profile}) for number in range(50)]
    assert same_samples(families, panel) == ()


def searched(example: Example, families: tuple[Family, ...], handling: ReferenceHandling) -> tuple[list[dict], dict]:
    table = published_frequencies(PublishedTable.UK_DNA_17, "White_-_EA1_&_EA2")
    given = SearchInput(example.remains, families, table)
    options = SearchOptions(KinshipSettings(min_log10_lr=2.0, theta=0.0), handling, is_varied=False)
    result = search_all(given, options, LocalRunner(1))
    return result.shortlist.to_pylist(), result.summary


def test_search_all__marks_or_sets_aside_or_says_that_it_did_not_look(
    example: Example, slipped: tuple[tuple[Family, ...], str, SameSample]
) -> None:
    families, wrong, _ = slipped
    rows, summary = searched(example, families, ReferenceHandling.MARK)
    assert {row["references"] for row in rows if row["family"] != wrong} <= {"agree", "untested"}
    assert all(row["references"] == "contradict" for row in rows if row["family"] == wrong)
    found = summary["references"]
    assert found["handling"] == "mark"
    assert [family["family"] for family in found["families"]] == [wrong]
    assert found["families"][0]["alternatives"][0]["members"] == ["daughter"]
    assert len(found["same_samples"]) == 1

    rows, summary = searched(example, families, ReferenceHandling.SET_ASIDE)
    assert wrong not in {row["family"] for row in rows}
    assert [each["family"] for each in summary["not_searchable"]] == [wrong]
    assert summary["prior"]["list"] == sum(len(family.missing) for family in families) - 1

    rows, summary = searched(example, families, ReferenceHandling.SKIP)
    assert {row["references"] for row in rows} == {None}
    assert summary["references"]["handling"] == "skip"


def run(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    monkeypatch.setattr("sys.argv", ["homeward", "kinship", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_check_references__tells_text_and_json(
    example: Example,
    slipped: tuple[tuple[Family, ...], str, SameSample],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    families, wrong, _ = slipped
    file = tmp_path / "families.jsonl"
    lines = [json.dumps(family.as_object()) for family in families]
    file.write_text("\n".join([*lines, '{"family": "F-empty", "missing": [], "members": []}']))
    words = ["check-references", "--families", file, "--frequencies", "ukdna17", "--population", "White_-_EA1_&_EA2"]
    assert run(monkeypatch, *words) == 0
    told = capsys.readouterr()
    assert "contradict 1," in told.out
    assert f"{wrong}: as stated" in told.out
    assert "another sample show it" in told.out
    assert "F-empty" in told.err
    assert run(monkeypatch, *words, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["counts"]["contradict"] == 1
    assert len(answer["families"]) == len(families)
    assert [each["family"] for each in answer["not_searchable"]] == ["F-empty"]
    by_name = {each["family"]: each for each in answer["families"]}
    assert by_name[wrong]["references"] == References.CONTRADICT.value
    assert next(iter(by_name[wrong]["suspects"])) == "daughter"
    assert np.isclose(sum(each["posterior"] for each in by_name[wrong]["alternatives"]), 1.0, atol=0.05)
