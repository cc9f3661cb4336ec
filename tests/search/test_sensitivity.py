"""Sensitivity: every variant is the search under that setting, and the settled figure lies between."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from tests.search.test_commands import homeward, rows_of

from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.profiles import write_profiles
from homeward.genetics.simulation import SimulationOptions, simulate_search
from homeward.search.markers import search_markers
from homeward.search.sensitivity import n_variants, variants_of
from homeward.search.settings import KinshipSettings, Population, Sensitivity

SETTINGS = """
[frequencies]
table = "strider2015"
population = "Poland"
[sensitivity]
populations = [{table = "strider2015", population = "Slovakia"}, {table = "strider2015", population = "Finland"}]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sensitivity")
    markers = search_markers(published_frequencies(PublishedTable.STRIDER_2015, "Poland"))
    made = simulate_search(markers.panel.markers, SimulationOptions(12, 10), generator=np.random.default_rng(4))
    (folder / "remains.tsv").write_text(write_profiles(made.remains))
    (folder / "families.jsonl").write_text("".join(json.dumps(f.as_object()) + "\n" for f in made.families))
    (folder / "settings.toml").write_text(SETTINGS)
    return folder


def searched(folder: Path, monkeypatch: pytest.MonkeyPatch, out: Path, *more: str) -> list[dict[str, str]]:
    files = ("--remains", folder / "remains.tsv", "--families", folder / "families.jsonl", "--out", out)
    assert homeward(monkeypatch, "search", *files, "--settings", folder / "settings.toml", *more) == 0
    return rows_of(out)


def test_sensitivity__lies_between_the_searches_of_the_varied_settings(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = searched(made, monkeypatch, tmp_path / "settled.csv")
    summary = json.loads((tmp_path / "settled.summary.json").read_text())
    assert summary["varied"] == [
        *("theta 0", "theta 0.03", "mutation x 0.5", "mutation x 2", "minimum frequency x 0.5"),
        *("minimum frequency x 2", "strider2015 Slovakia", "strider2015 Finland"),
    ]
    assert rows
    plain = ("--min-log10-lr", "-300", "--no-sensitivity")
    varied = {
        "theta 0": searched(made, monkeypatch, tmp_path / "a.csv", *plain, "--theta", "0"),
        "theta 0.03": searched(made, monkeypatch, tmp_path / "b.csv", *plain, "--theta", "0.03"),
        "strider2015 Slovakia": searched(made, monkeypatch, tmp_path / "c.csv", *plain, "--population", "Slovakia"),
        "as settled": rows,
    }
    figures = {
        name: {(row["remains"], row["family"], row["missing"]): float(row["log10_lr"]) for row in found}
        for name, found in varied.items()
    }
    named = set()
    for row in rows:
        pair = (row["remains"], row["family"], row["missing"])
        lowest, highest = float(row["lowest_log10_lr"]), float(row["highest_log10_lr"])
        assert lowest <= float(row["log10_lr"]) <= highest
        for name in ("lowest", "highest"):
            if row[f"{name}_with"] in figures:
                named.add(row[f"{name}_with"])
                expected = figures[row[f"{name}_with"]][pair]
                assert float(row[f"{name}_log10_lr"]) == pytest.approx(expected, abs=1e-9)
        for each in figures.values():
            if pair in each:
                assert lowest - 1e-9 <= each[pair] <= highest + 1e-9
    assert named


def test_sensitivity__may_be_left_out(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = searched(made, monkeypatch, tmp_path / "out.csv", "--no-sensitivity")
    assert "lowest_log10_lr" not in rows[0]
    assert json.loads((tmp_path / "out.summary.json").read_text())["varied"] == []


def test_search__records_settings_theta_and_their_hash(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(made, monkeypatch, tmp_path / "out.csv", "--theta", "0.02", "--no-sensitivity")
    summary = json.loads((tmp_path / "out.summary.json").read_text())
    expected = KinshipSettings(
        frequencies=KinshipSettings().with_options(frequencies="strider2015", population="Poland").frequencies,
        theta=0.02,
        sensitivity=Sensitivity((Population("strider2015", "Slovakia"), Population("strider2015", "Finland"))),
    )
    assert summary["provenance"]["parameters"]["settings"] == expected.hash
    assert summary["settings"] == expected.as_json()
    assert summary["theta_left_out"] == {}


def test_search__asks_for_frequencies_and_writes_nothing(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ("--remains", made / "remains.tsv", "--families", made / "families.jsonl")
    assert homeward(monkeypatch, "search", *files, "--out", tmp_path / "out.csv") == 2
    assert "a table, here or in the settings" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_variants_of__keep_the_settled_frequencies_where_a_population_was_not_typed() -> None:
    table = published_frequencies(PublishedTable.NIST_1036, "Cauc")
    settings = KinshipSettings(sensitivity=Sensitivity((Population("strider2015", "Poland"),)))
    variants = list(variants_of(settings, table, []))
    assert len(variants) == n_variants(settings) == 7
    settled, other = (
        {marker.name: marker.alleles for marker in each.panel.markers}
        for each in (search_markers(table), variants[-1].layout)
    )
    assert list(settled) == list(other)
    assert settled["CSF1PO"] == other["CSF1PO"]
    assert settled["FGA"] != other["FGA"]


def test_shortlist__is_read_as_a_table_with_the_new_columns_after_the_inconsistent_loci(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched(made, monkeypatch, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        heading = next(csv.reader(stream))
    at = heading.index("inconsistent_loci")
    assert heading[at + 1 : at + 5] == ["lowest_log10_lr", "lowest_with", "highest_log10_lr", "highest_with"]
