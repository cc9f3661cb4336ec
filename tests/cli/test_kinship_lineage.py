"""`kinship lineage` through the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from homeward.cli.app import main

HEAD = "Sample Name\tMarker\tAllele 1\tAllele 2\n"
BOB = {
    **dict.fromkeys(("DYS19", "DYS390", "DYS391", "DYS392", "DYS393", "DYS437", "DYS438", "DYS439"), ("14", "")),
    "DYS385": ("11", "14"),
}
FAR = dict.fromkeys(BOB, ("18", ""))
NEAR = {**BOB, "DYS439": ("15", "")}
FAMILY = {
    "family": "F-1",
    "missing": ["Charlie"],
    "members": [
        {"id": "Charlie", "father": "Bob", "mother": "Alice", "sex": "male"},
        {"id": "Bob", "sex": "male"},
        {"id": "Alice", "sex": "female"},
    ],
    "genotypes": {},
}
MT_HEAD = "Sample Name,Range,Haplotype\n"
Y_FILES = ("--remains", "remains.tsv", "--references", "references.tsv", "--families", "families.jsonl")
MT_FILES = ("--remains", "mt.csv", "--references", "mt-references.csv", "--families", "families.jsonl", "--kind", "mt")

Run = Callable[..., tuple[int, str, str]]


def table(**samples: dict[str, tuple[str, str]]) -> str:
    return HEAD + "".join(f"{n}\t{m}\t{a}\t{b}\n" for n, read in samples.items() for m, (a, b) in read.items())


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    (tmp_path / "remains.tsv").write_text(table(bag1=BOB, bag2=NEAR, bag3=FAR, bag4={"DYS19": ("OL", "")}))
    (tmp_path / "references.tsv").write_text(table(Bob=BOB, Zed=FAR))
    (tmp_path / "database.tsv").write_text(table(**{f"P{i}": FAR for i in range(99)}))
    (tmp_path / "families.jsonl").write_text(json.dumps(FAMILY) + "\n")
    (tmp_path / "mt.csv").write_text(MT_HEAD + "bag1,16024-576,263G 315.1C\nbag2,16024-576,73G 263G 150T\n")
    (tmp_path / "mt-references.csv").write_text(MT_HEAD + "F-1/Alice,16024-576,16093Y 263G\n")
    (tmp_path / "shortlist.csv").write_text("remains,family,missing,log10_lr\nbag1,F-1,Charlie,5\n")
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["homeward", "kinship", "lineage", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return command


def test_lineage__tells_each_finding_with_its_account(run: Run) -> None:
    code, out, err = run(*Y_FILES, "--database", "database.tsv", "--excluded")
    assert code == 0
    assert "bag1 - F-1/Charlie: supported (the same at all 9 markers); log10 LR 1.99" in out
    assert "bag2 - F-1/Charlie: inconclusive" in out
    assert "differing: DYS439 15:14" in out
    assert "bag3 - F-1/Charlie: excluded" in out
    assert "supported 1, inconclusive 1, excluded 1" in out
    assert "alone never names" in out
    assert 'DYS19 of bag4 is set aside: "OL" is off the ladder' in err
    assert "haplotype of Zed is set aside: no member of a family" in err


def test_lineage__as_json_counts_what_is_not_listed(run: Run) -> None:
    code, out, _ = run(*Y_FILES, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["findings"] == {"supported": 1, "inconclusive": 1, "excluded": 1}
    assert [pair["remains"] for pair in answer["pairs"]] == ["bag1", "bag2"]
    assert answer["pairs"][0]["log10_lr"] is None, "without a database there is no ratio"
    assert answer["evidence"] == "y_str"
    assert answer["read"]["remains"]["rows"]["set aside"] == 1
    assert answer["provenance"]["parameters"]["excluded_below"] == 0.001


def test_lineage__shows_the_autosomal_ratio_beside_and_the_sum_with_the_bound(run: Run) -> None:
    _, out, _ = run(*Y_FILES, "--database", "database.tsv", "--shortlist", "shortlist.csv", "--json")
    first, second = json.loads(out)["pairs"]
    assert first["combined"]["autosomal_log10_lr"] == 5
    assert first["combined"]["total_log10_lr"] == pytest.approx(5 + first["log10_lr_bound"])
    assert "combined" not in second


def test_lineage__theta_makes_the_ratio_smaller(run: Run) -> None:
    with_theta = json.loads(run(*Y_FILES, "--database", "database.tsv", "--theta", "0.05", "--json")[1])["pairs"][0]
    without = json.loads(run(*Y_FILES, "--database", "database.tsv", "--json")[1])["pairs"][0]
    assert with_theta["log10_lr"] < without["log10_lr"]


def test_lineage__of_mtdna(run: Run) -> None:
    code, out, _ = run(*MT_FILES, "--excluded")
    assert code == 0
    assert "bag1 - F-1/Charlie: supported (the same in all 1122 bases)" in out
    assert "mixed at 16093" in out
    assert "bag2 - F-1/Charlie: excluded (differences: 2, in 1122 bases)" in out


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("remains.tsv", "nonsense\n", "heading"),
        ("mt.csv", "Sample Name,Range\nbag1,73-340\n", "Haplotype"),
        ("shortlist.csv", "remains,family,missing,log10_lr\nbag1,F-1,Charlie,many\n", "a number"),
    ],
)
def test_lineage__bad_input_is_one_clear_error(run: Run, tmp_path: Path, name: str, content: str, told: str) -> None:
    (tmp_path / name).write_text(content)
    code, out, err = run(*(MT_FILES if name == "mt.csv" else Y_FILES), "--shortlist", "shortlist.csv")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert told in err


def test_lineage__without_families_compares_nothing_and_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "families.jsonl").write_text("")
    code, out, _ = run(*Y_FILES)
    assert code == 0
    assert "missing with a donor on the line: 0" in out
