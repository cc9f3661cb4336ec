"""What a search reads, sets aside and tells, through the command: small tables with answers worked out by hand."""

import csv
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from homeward.cli.app import main

HEAD = "Sample Name\tMarker\tAllele 1\tAllele 2\n"
FIGURES = {
    "TH01": {"6": 0.2, "7": 0.3, "9.3": 0.5},
    "Penta E": {"5": 0.1, "10": 0.4, "12": 0.5},
    "vWA": {"16": 0.25, "17": 0.75},
}
MEMBERS = [
    {"id": "Bob", "father": "Dan", "mother": "Eve", "sex": "male"},
    {"id": "Dan", "sex": "male"},
    {"id": "Eve", "sex": "female"},
]
# Dan shows 6 and 7 at TH01: his child shows 6 and 9.3 with (1/2) 0.5, anybody with 2 (0.2) 0.5.
FATHER = math.log10(0.5 * 0.5 / (2 * 0.2 * 0.5))


WIDE = """Allele,TH01,Penta E,vWA
5,,0.1,
6,0.2,,
7,0.3,,
9.3,0.5,,
10,,0.4,
12,,0.5,
16,,,0.25
17,,,0.75
N,50000,50000,50000
"""


@dataclass(frozen=True)
class Outcome:
    """What a search left behind."""

    code: int
    rows: list[dict[str, str]]
    summary: dict[str, Any]
    out: str
    err: str

    def log10_lr(self, marker: str = "TH01") -> float:
        """The ratio of the only pair at one marker."""
        (row,) = self.rows
        return float(row[f"log10_lr:{marker}"])


Search = Callable[..., Outcome]


def long_table(figures: dict[str, dict[str, float]] = FIGURES, *, n: int = 100_000) -> str:
    rows = [f"P,{locus},{a},{f},{n}" for locus, alleles in figures.items() for a, f in alleles.items()]
    return "\n".join(["population,locus,allele,frequency,n_alleles_sampled", *rows]) + "\n"


def family(genotypes: dict[str, Any], *, name: str = "F-1", **more: object) -> str:
    return json.dumps({"family": name, "missing": ["Bob"], "members": MEMBERS, "genotypes": genotypes} | more)


DAN = {"Dan": {"TH01": ["6", "7"]}}
REMAINS = HEAD + "R-1\tTH01\t6\t9.3\n"


@pytest.fixture
def search(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Search:
    """Runs a search on three texts."""

    def run(*families: str, remains: str | bytes = REMAINS, table: str | bytes | None = None) -> Outcome:
        texts = {"r.tsv": remains, "f.jsonl": "\n".join(families or [family(DAN)]), "t.csv": table or long_table()}
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        files = ["--remains", "r.tsv", "--families", "f.jsonl", "--frequencies", "t.csv", "--out", "o.csv"]
        options = ["--min-log10-lr", "-40", "--theta", "0"]
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["homeward", "kinship", "search", *files, *options])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        out = tmp_path / "o.csv"
        rows = list(csv.DictReader(out.read_text().splitlines())) if out.exists() else []
        beside = tmp_path / "o.summary.json"
        summary = json.loads(beside.read_text()) if beside.exists() else {}
        return Outcome(int(ended.value.code or 0), rows, summary, told.out, told.err)

    return run


def test_search__counts_every_reading_on_the_console_and_in_the_summary(search: Search) -> None:
    lines = ["Penta E\tOL\t10", "vWA\t-\t-", "AMEL\tX\tY", "QS1\t1\t", "IQCS\t1\t", "DYS391\t10\t", "rs7\tA\tG"]
    rows = "".join(f"R-1\t{line}\n" for line in lines)
    found = search(remains=REMAINS + rows + "R-2\tTH01\t0\t0\n")
    assert found.code == 0
    assert "r.tsv line 3: Penta E of R-1 is set aside" in found.err
    account = found.summary["readings_of_remains"]
    assert (account["readings"], account["used"], account["not_read"], len(account["set_aside"])) == (9, 1, 2, 1)
    assert account["used_for_sex"] == 2
    assert account["markers_passed_over"] == {"IQCS": 1, "QS1": 1, "rs7": 1}
    assert "Readings of remains: 9, of which 1 used, 2 used for the sex, 2 not read" in found.out
    assert "Samples read: 2, of them without a reading: 1." in found.out


@pytest.mark.parametrize("sign", ["0", "-", "NA", "N/A", ".", "?", "-/-", ""])
def test_search__compares_nothing_that_was_not_read(search: Search, sign: str) -> None:
    unread = {"Dan": {"TH01": ["6", "7"], "Penta E": [sign, sign]}}
    found = search(family(unread), remains=REMAINS + f"R-1\tPenta E\t{sign}\t{sign}\n")
    (row,) = found.rows
    assert (row["loci_compared"], row["log10_lr:Penta E"]) == ("1", "")
    assert found.log10_lr() == pytest.approx(FATHER, abs=1e-3)


@pytest.mark.parametrize(
    "table",
    [
        long_table().replace(",6,", ",6.0,"),
        long_table().replace(",9.3,", ',"9,3",'),
        long_table().replace("TH01", "THO1"),
        long_table().encode("utf-16"),
        long_table().replace(",", "\t"),
        WIDE,
        long_table() + "P,th01,6,0.2,100000\nP,th01,7,0.3,100000\n",
    ],
    ids=["6.0", "9,3", "THO1", "UTF-16", "tabs", "wide", "twice alike"],
)
def test_search__reads_frequencies_in_the_shapes_of_the_field(search: Search, table: str | bytes) -> None:
    name = "THO1" if isinstance(table, str) and "THO1" in table else "TH01"
    plain = search()
    assert search(table=table).log10_lr(name) == plain.log10_lr()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (long_table() + "P,th01,6,0.25,100000\n", "after 0.2 at t.csv line 2"),
        (
            long_table(FIGURES | {"TH01": {"6": 0.2, "7": 0.3, "9.3": 0.53}}),
            "locus TH01: found frequencies that sum to 1.03",
        ),
        (long_table(n=1), "fewer alleles are no sample of a population"),
    ],
)
def test_search__refuses_frequencies_that_contradict_themselves(search: Search, table: str, told: str) -> None:
    found = search(table=table)
    assert (found.code, found.rows) == (2, [])
    assert told in found.err


def test_search__scales_frequencies_that_nearly_sum_to_one_and_says_so(search: Search) -> None:
    found = search(table=long_table(FIGURES | {"TH01": {"6": 0.21, "7": 0.3, "9.3": 0.5}}))
    assert found.summary["frequency_notes"] == ["TH01: frequencies sum to 1.01 and are scaled to 1"]
    assert "frequencies sum to 1.01" in found.out


def test_search__lists_families_that_are_not_searchable_and_compares_the_rest(search: Search) -> None:
    lines = [
        family(DAN, name="home", missing=[]),
        family({}, name="untyped"),
        family(DAN, name="strange", colour="red"),
        "{",
        family(DAN),
    ]
    found = search(*lines)
    assert (found.code, [row["family"] for row in found.rows]) == (0, ["F-1"])
    assert [each["family"] for each in found.summary["not_searchable"]] == ["home", "untyped", "strange", ""]
    assert found.err.count("is not searchable") == 4
    assert "not searchable: 4" in found.out


def test_search__refuses_when_no_family_is_searchable(search: Search) -> None:
    found = search(family({"Dan": {"Penta E": ["5", "10"], "PENTA_E": ["12", "12"]}}))
    assert found.code == 2
    assert '"Penta E" ["5", "10"] and "PENTA_E" ["12", "12"], one marker twice' in found.err
    assert found.err.count("\n") == 1


def test_search__compares_a_personal_reference_as_an_identity(search: Search) -> None:
    """Bob's own toothbrush: 1/(2 p q) at TH01, 1/p^2 at Penta E, and what his father says at vWA."""
    own = {"Bob": {"TH01": ["6", "9.3"], "Penta E": ["10", "10"]}, "Dan": {"vWA": ["16", "16"], "TH01": ["6", "7"]}}
    found = search(family(own), remains=REMAINS + "R-1\tPenta E\t10\t10\nR-1\tvWA\t16\t17\n")
    assert found.log10_lr() == pytest.approx(math.log10(1 / (2 * 0.2 * 0.5)), abs=1e-9)
    assert found.log10_lr("Penta E") == pytest.approx(math.log10(1 / 0.16), abs=1e-9)
    assert found.log10_lr("vWA") == pytest.approx(math.log10(1 / (2 * 0.25)), abs=2e-3)
    other = search(family(own), remains=HEAD + "R-1\tTH01\t6\t7\n")
    assert other.rows == []


def test_search__never_takes_an_x_marker_as_autosomal(search: Search) -> None:
    """Bob has his mother's X alone; as an autosomal marker, Dan's 9 would exclude him."""
    table = long_table(FIGURES | {"DXS8378": {"9": 0.1, "10": 0.9}})
    dan = {"Dan": {"TH01": ["6", "7"], "DXS8378": ["9", "9"]}}
    found = search(family(dan), remains=REMAINS + "R-1\tDXS8378\t10\t10\n", table=table)
    assert float(found.rows[0]["log10_lr"]) == found.log10_lr()
    assert found.summary["markers_left_out"] == {"DXS8378": "on X: the search has no X model"}
    assert "DXS8378 (on X: the search has no X model)" in found.out


@pytest.mark.parametrize("alleles", [("A", "G"), ("1", "2")])
def test_search__lets_no_snp_step_like_a_repeat(search: Search, alleles: tuple[str, str]) -> None:
    """Opposite homozygotes of a father and a child: the base changed, 1.2e-8 against a frequency of 0.4."""
    one, two = alleles
    table = long_table(FIGURES | {"rs1": {one: 0.4, two: 0.6}})
    dan = {"Dan": {"TH01": ["6", "7"], "rs1": [two, two]}}
    found = search(family(dan), remains=REMAINS + f"R-1\trs1\t{one}\t{one}\n", table=table)
    assert found.log10_lr("rs1") == pytest.approx(math.log10(1.2e-8 / 0.4), abs=1e-6)


def test_search__tells_alleles_that_the_frequencies_do_not_have(search: Search) -> None:
    found = search(remains=REMAINS + "R-2\tTH01\t8\t9.3\nR-3\tTH01\t8\t8\n")
    assert found.summary["unseen_allele_counts"] == {"TH01": {"8": 2}}
    assert "taken at the minimum frequency: TH01 8 (2 times)" in found.out


def test_search__refuses_a_minimum_frequency_that_is_none(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    assert search().code == 0
    argv = "homeward kinship search --remains r.tsv --families f.jsonl --frequencies t.csv --out p.csv"
    for floor in ("-0.1", "0.5", "nan"):
        monkeypatch.setattr("sys.argv", [*argv.split(), "--minimum-frequency", floor])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 2


def test_search__refuses_one_name_of_two_families_and_reads_one_twice_alike_once(search: Search) -> None:
    found = search(family(DAN), family(DAN), remains=REMAINS)
    assert len(found.rows) == 1
    other = search(family(DAN), family({"Dan": {"TH01": ["9.3"]}}))
    assert other.code == 2
    assert 'f.jsonl line 2: found family "F-1" again, with other content than in line 1' in other.err
