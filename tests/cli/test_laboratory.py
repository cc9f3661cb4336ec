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
"""


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
        "  TH01        consensus: 6 (3 replicates); seen once: 9.3; drop-out high",
        "S 2",
        "  FGA         left out: 20, 21, 22 (1 replicate)",
        "  D18S51      left out: 12, 13, 14 (1 replicate)",
        "  Mixture (FGA, D18S51): not searched",
        "6 rows: 4 with alleles, 1 that read nothing, 1 repeated",
        "Note: replicates.tsv line 5: S 1, TH01, replicate 3 stands there again; used once",
    ]

    answer = json.loads(run("consensus", file, "--json").stdout)
    assert answer["samples"]["S 1"]["markers"]["TH01"] == {
        "alleles": ["6"],
        "replicates": 3,
        "seen_once": ["9.3"],
        "state": "consensus",
        "drop_out": "high",
        "seen": {"6": 2, "9.3": 1},
    }
    assert answer["samples"]["S 2"]["searched"] is False


def test_consensus__refuses_on_one_line(tmp_path: Path) -> None:
    file = tmp_path / "replicates.tsv"
    file.write_text(TABLE.replace("9.3", "long"), encoding="utf-8")
    done = run("consensus", file)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert 'replicates.tsv line 2, field Allele 2: found "long"' in done.stderr
