"""`homeward laboratory`, as a person uses it, without Django and without a database."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.test_custody import WITHOUT_DJANGO

TABLE = """Sample Name\tMarker\tReplicate\tAllele 1\tAllele 2\tAllele 3
S 1\tTH01\t1\t6\t9.3\t
S 1\tTH01\t2\t6.0\tOL\t
S 1\tTH01\t3\t\t\t
S 1\tTH01\t3\t\t\t
S 2\tFGA\t1\t20\t21\t22
S 2\tD18S51\t1\t12\t13\t14
S 3\tFGA\t1\t20\tOL\t
S 3\tFGA\t2\t20\tOL\t
S 3\tFGA\t3\t20\tOL\t
"""


SET_ASIDE = (
    "replicate 2 saw an allele off the ladder, which cannot be named: its reading is set aside and confirms nothing; "
    "n stays 3"
)
LEFT_OUT = "an allele off the ladder, which cannot be named, in 3 of 3 replicates"


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_DJANGO, "laboratory", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_consensus__answers_as_text_and_as_json(tmp_path: Path) -> None:
    file = tmp_path / "replicates.tsv"
    file.write_text(TABLE, encoding="utf-8")

    told = run("consensus", file)
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        "S 1",
        f"  TH01        no consensus: none (3 replicates); seen: 6 in 2, 9.3 in 1; {SET_ASIDE}",
        "S 2",
        "  FGA         left out: 20, 21, 22 (1 replicate); 3 alleles, more than one person has",
        "  D18S51      left out: 12, 13, 14 (1 replicate); 3 alleles, more than one person has",
        "  Mixture (FGA, D18S51): not searched",
        "S 3",
        f"  FGA         left out: 20 (3 replicates); seen: 20 in 3; {LEFT_OUT}",
        "9 rows: 3 with alleles, 4 with one off the ladder, 1 that read nothing, 1 repeated",
        "Note: replicates.tsv line 5: S 1, TH01, replicate 3 stands there again; used once",
    ]

    answer = json.loads(run("consensus", file, "--json").stdout)
    assert answer["samples"]["S 1"]["markers"]["TH01"] == {
        "alleles": [],
        "replicates": 3,
        "seen_once": ["9.3"],
        "state": "no_consensus",
        "drop_out": None,
        "seen": {"6": 2, "9.3": 1},
        "off_ladder": ["2"],
        "reason": SET_ASIDE,
    }
    assert answer["samples"]["S 3"]["markers"]["FGA"]["state"] == "left_out"
    assert answer["rows"]["off_ladder"] == 4
    assert answer["samples"]["S 2"]["searched"] is False


def test_consensus__refuses_on_one_line(tmp_path: Path) -> None:
    file = tmp_path / "replicates.tsv"
    file.write_text(TABLE.replace("9.3", "long"), encoding="utf-8")
    done = run("consensus", file)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert 'replicates.tsv line 2, field Allele 2: found "long"' in done.stderr
