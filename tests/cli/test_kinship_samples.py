"""`kinship kin`, `direct`, `power`, `whom-to-sample`, through the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from homeward.cli.app import main

HEAD = "Sample Name\tMarker\tAllele 1\tAllele 2\n"
ALICE = {
    "D3S1358": ("15", "16"),
    "FGA": ("21", "24"),
    "D18S51": ("12", "17"),
    "D21S11": ("28", "31.2"),
    "SE33": ("17", "30.2"),
}
BOB = {
    "D3S1358": ("14", "18"),
    "FGA": ("20", "22"),
    "D18S51": ("14", "15"),
    "D21S11": ("29", "30"),
    "SE33": ("19", "25.2"),
}
CHARLIE = {
    "D3S1358": ("15", "14"),
    "FGA": ("24", "20"),
    "D18S51": ("17", "14"),
    "D21S11": ("28", "29"),
    "SE33": ("17", "19"),
}
FAMILY = {
    "family": "F-1",
    "missing": ["Charlie"],
    "members": [
        {"id": "Charlie", "father": "Bob", "mother": "Alice", "sex": "male"},
        {"id": "Bob", "sex": "male"},
        {"id": "Alice", "sex": "female"},
    ],
    "genotypes": {"Alice": {marker: list(pair) for marker, pair in ALICE.items()}},
}
HUNGARY = ("--frequencies", "strider2015", "--population", "Hungary")

Run = Callable[..., tuple[int, str, str]]


def table(**samples: dict[str, tuple[str, str]]) -> str:
    rows = [f"{name}\t{marker}\t{a}\t{b}" for name, read in samples.items() for marker, (a, b) in read.items()]
    return HEAD + "\n".join(rows) + "\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a kinship command in a folder with a batch, the staff, references and one family."""
    (tmp_path / "batch.tsv").write_text(table(bag1=ALICE, bag2=ALICE, bag3=BOB, bag4=CHARLIE))
    (tmp_path / "staff.tsv").write_text(table(Dana=BOB))
    (tmp_path / "references.tsv").write_text(table(Charlie=CHARLIE))
    (tmp_path / "families.jsonl").write_text(json.dumps(FAMILY) + "\n")
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["homeward", "kinship", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return command


def answer(told: tuple[int, str, str]) -> dict[str, Any]:
    code, out, err = told
    assert code == 0, err
    result: dict[str, Any] = json.loads(out)
    return result


def test_kin__finds_one_individual_in_two_bags_and_relatives_among_the_remains(run: Run) -> None:
    found = answer(run("kin", "--samples", "batch.tsv", "--min-log10-lr", "1", *HUNGARY, "--json"))
    pairs = {(pair["first"], pair["second"]): pair for pair in found["pairs"]}
    assert pairs["bag1", "bag2"]["relation"] == "same person"
    assert pairs["bag1", "bag4"]["relation"] == "parent and child"
    assert ("bag1", "bag3") not in pairs
    assert found["n_pairs"] == 6
    assert pairs["bag1", "bag2"]["loci_compared"] == 5
    assert found["provenance"]["parameters"]["theta"] == 0.01
    assert found["readings"]["batch.tsv"]["used"] == 20


def test_kin__compares_with_the_staff_alone(run: Run) -> None:
    words = ("kin", "--samples", "batch.tsv", "--others", "staff.tsv", "--relation", "same-person")
    found = answer(run(*words, *HUNGARY, "--json"))
    assert [(pair["first"], pair["second"]) for pair in found["pairs"]] == [("bag3", "Dana")]
    code, out, _ = run(*words, *HUNGARY)
    assert code == 0
    assert "same person: bag3, Dana (5 markers)" in out
    assert "1 of 4 pairs" in out


def test_kin__with_theta_finds_a_duplicate_less_telling(run: Run) -> None:
    ratios = []
    for theta in ("0", "0.03"):
        found = answer(run("kin", "--samples", "batch.tsv", "--theta", theta, *HUNGARY, "--json"))
        ratios.append(found["pairs"][0]["log10_lr"])
    assert ratios[0] > ratios[1] > 4


def test_direct__finds_the_person_of_a_personal_sample(run: Run) -> None:
    found = answer(run("direct", "--remains", "batch.tsv", "--references", "references.tsv", *HUNGARY, "--json"))
    assert [(pair["first"], pair["second"]) for pair in found["pairs"]] == [("bag4", "Charlie")]
    assert found["n_others"] == 1


def test_power__tells_what_to_expect_of_a_family(run: Run) -> None:
    found = answer(run("power", "--families", "families.jsonl", "--min-log10-lr", "2", *HUNGARY, "--json"))
    (row,) = found["power"]
    assert (row["family"], row["missing"], row["threshold"]) == ("F-1", "Charlie", 2)
    assert row["quantiles_if_identical"][0] < row["expected_if_identical"] < row["quantiles_if_identical"][-1]
    assert row["share_of_unrelated_above"] < 0.01 < row["share_found"]
    again = answer(run("power", "--families", "families.jsonl", "--min-log10-lr", "2", *HUNGARY, "--json"))
    assert again == found


def test_whom_to_sample__names_the_other_parent(run: Run) -> None:
    found = answer(run("whom-to-sample", "--families", "families.jsonl", "--draws", "10", *HUNGARY, "--json"))
    (row,) = found["next"]
    assert (row["relative"], row["rank"]) == ("Bob", 1)
    assert row["gain"] > 1
    code, out, err = run("whom-to-sample", "--families", "families.jsonl", "--draws", "10", *HUNGARY)
    assert code == 0
    assert "F-1 Charlie, 1. Bob: expected log10 LR" in out
    assert "Frequencies strider2015 Hungary, theta 0.01, settings" in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("kin", "--samples", "batch.tsv"), "a table, here or in the settings"),
        (("power", "--families", "families.jsonl", "--family", "F1", *HUNGARY), "did you mean F-1"),
        (("direct", "--remains", "none.tsv", "--references", "references.tsv", *HUNGARY), "none.tsv"),
        (("kin", "--samples", "batch.tsv", "--theta", "0.9", *HUNGARY), "theta"),
    ],
)
def test_commands__say_in_one_line_what_is_wrong(run: Run, words: tuple[str, ...], message: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert message in err
    assert len(err.strip().splitlines()) == 1


def test_commands__take_frequencies_and_theta_from_the_settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('theta = 0.02\n[frequencies]\ntable = "strider2015"\npopulation = "Hungary"\n')
    found = answer(run("kin", "--samples", "batch.tsv", "--settings", "s.toml", "--json"))
    assert found["settings"]["theta"] == 0.02
    assert found["population"] == "Hungary"
    assert len(found["provenance"]["parameters"]["settings"]) == 16
