"""The commands: simulate, search, convert."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.genetics.fam_files import dvi_file

from homeward.cli.app import main


def homeward(monkeypatch: pytest.MonkeyPatch, *words: str | Path) -> int:
    """The exit code of a command."""
    monkeypatch.setattr("sys.argv", ["homeward", "kinship", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("simulated")
    with pytest.MonkeyPatch.context() as monkeypatch:
        words = ["simulate", "--families", "40", "--remains", "30", "--seed", "1", "--frequencies", "nist1036"]
        assert homeward(monkeypatch, *words, "--population", "Cauc", "--out", folder) == 0
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def searching(folder: Path, out: Path, *more: str) -> list[str | Path]:
    files = ["--remains", folder / "remains.tsv", "--families", folder / "families.jsonl"]
    return ["search", *files, "--frequencies", "nist1036", "--population", "Cauc", "--out", out, *more]


def test_search__writes_the_truth_into_csv_and_parquet(
    simulated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert homeward(monkeypatch, *searching(simulated, tmp_path / "s.csv")) == 0
    assert homeward(monkeypatch, *searching(simulated, tmp_path / "s.parquet", "--threads", "1")) == 0
    listed = rows_of(tmp_path / "s.csv")
    table = pq.read_table(tmp_path / "s.parquet")
    assert [row["remains"] for row in listed] == table["remains"].to_pylist()
    assert [float(row["log10_lr"]) for row in listed] == table["log10_lr"].to_pylist()
    truth = {tuple(row.values()) for row in rows_of(simulated / "truth.csv") if row["family"]}
    found = {(row["remains"], row["family"], row["missing"]) for row in listed}
    assert len(found & truth) >= 0.8 * len(truth)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["s.csv", "s.parquet", "s.summary.json"]
    summary = json.loads((tmp_path / "s.summary.json").read_text())
    assert summary["n_candidates"] == len(listed)
    assert summary["minimum_frequency"]["TH01"] == pytest.approx(5 / 722)
    assert len(summary["markers"]) == 29


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("remains.tsv", "TH01", "TH1", "remains.tsv line"),
        ("families.jsonl", '"missing"', '"mising"', "families.jsonl line 1"),
    ],
)
def test_search__says_in_one_line_what_is_wrong_and_leaves_nothing(
    simulated: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    file: str,
    old: str,
    new: str,
    message: str,
) -> None:
    for name in ("remains.tsv", "families.jsonl"):
        text = (simulated / name).read_text()
        (tmp_path / name).write_text(text.replace(old, new) if name == file else text)
    assert homeward(monkeypatch, *searching(tmp_path, tmp_path / "out.csv")) == 2
    told = capsys.readouterr().err.strip()
    assert message in told
    assert "\n" not in told
    assert not list(tmp_path.glob("*out*"))


def test_search__refuses_an_ending_it_cannot_write(
    simulated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert homeward(monkeypatch, *searching(simulated, tmp_path / "out.xlsx")) == 2
    assert ".csv or .parquet" in capsys.readouterr().err


def test_simulate__gives_the_same_files_for_the_same_seed(
    simulated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["simulate", "--families", "40", "--remains", "30", "--seed", "1", "--frequencies", "nist1036"]
    assert homeward(monkeypatch, *words, "--population", "Cauc", "--out", tmp_path) == 0
    for name in ("remains.tsv", "families.jsonl", "truth.csv", "simulation.json"):
        assert (tmp_path / name).read_bytes() == (simulated / name).read_bytes()


def test_convert__writes_a_joint_case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "case.fam"
    source.write_text("\n".join(dvi_file()))
    assert homeward(monkeypatch, "convert", source, "--out", tmp_path / "case.json") == 0
    assert json.loads((tmp_path / "case.json").read_text())["missing"] == ["M1"]
