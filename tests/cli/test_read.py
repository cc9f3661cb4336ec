"""`homeward read`."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-c", "from homeward.cli.app import main; main()", "read"]
EXAMPLE = Path(__file__).parents[2] / "src" / "homeward" / "examples" / "exchange-of-29-january-2026.txt"
FIELDS = ["file", "language", "published", "claims", "figures", "headline", "summary", "checks"]


def run(
    *arguments: str | Path, text: str | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=text,
        env={**kept, "COLUMNS": "160", **(environment or {})},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def ukrainian(tmp_path: Path) -> Path:
    path = tmp_path / "uk.txt"
    path.write_text("Published: 2026-01-30\nLanguage: uk\n\nРосія повернула Україні тіла 40 бійців.", encoding="utf-8")
    return path


def test_read__prints_one_object_for_one_file() -> None:
    done = run(EXAMPLE, "--json", "--no-record")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert list(found) == FIELDS
    assert (found["language"], found["published"], found["checks"]) == ("en", "2026-01-30", [])
    assert 0 < len(found["headline"].split()) <= 12
    assert all(isinstance(sentence, str) for sentence in found["summary"])


def test_read__spans_count_the_characters_of_the_body() -> None:
    body = EXAMPLE.read_text(encoding="utf-8").split("\n\n", 1)[1]
    for claim in json.loads(run(EXAMPLE, "--json", "--no-record").stdout)["claims"]:
        span = claim["span"]
        assert body[span["start"] : span["end"]] == span["text"]


def test_read__takes_standard_input() -> None:
    done = run("-", "--jsonl", "--no-record", "--published", "2026-01-30", text="Russia returned 5 bodies to Ukraine.")
    [claim] = json.loads(done.stdout)["claims"]
    assert (claim["from"], claim["to"], claim["quantity"]["low"]) == ("RUS", "UKR", 5)


def test_read__prints_a_report_for_a_person() -> None:
    done = run(EXAMPLE, "--no-record")
    assert done.returncode == 0
    for word in ("1,000", "38", "RUS", "UKR", "Vladimir Medinsky", "looking back"):
        assert word in done.stdout
    assert "Against the record" not in done.stdout


def test_read__says_when_it_finds_nothing() -> None:
    done = run("-", "--no-record", text="The weather was fine.")
    assert "No claim about an exchange was found." in done.stdout


def test_read__needs_no_django_without_the_record() -> None:
    code = (
        "import sys; sys.argv = ['homeward', 'read', sys.argv[1], '--jsonl', '--no-record']\n"
        "from homeward.cli.app import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(EXAMPLE)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def without_dictionaries(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs `homeward read` where pymorphy3 is not installed."""
    code = (
        "import sys; sys.modules['pymorphy3'] = None\n"
        "sys.argv = ['homeward', 'read', *sys.argv[1:]]\n"
        "from homeward.cli.app import main; main()"
    )
    command = [sys.executable, "-c", code, *map(str, arguments), "--no-record"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_read__reads_ukrainian(ukrainian: Path) -> None:
    [claim] = json.loads(run(ukrainian, "--json", "--no-record").stdout)["claims"]
    assert (claim["from"], claim["to"], claim["quantity"]["low"]) == ("RUS", "UKR", 40)


def test_read__says_in_one_line_which_dictionary_to_install(ukrainian: Path) -> None:
    done = without_dictionaries(ukrainian)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"homeward: {ukrainian}: ")
    assert done.stderr.endswith('pip install "homeward[languages]"\n')
    assert done.stderr.count("\n") == 1


def test_read__goes_on_over_many_files_and_says_what_it_could_not_read(ukrainian: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\x00\x01")
    done = without_dictionaries(ukrainian, broken, EXAMPLE, "--jsonl")
    assert done.returncode == 0
    rows: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    assert [bool(row["claims"]) for row in rows] == [False, False, True]
    assert (rows[0]["language"], rows[0]["published"]) == ("uk", "2026-01-30")
    assert 'a text in "uk"' in rows[0]["error"]
    assert "the control character 0" in rows[1]["error"]
    assert "error" not in rows[2]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.txt"], "missing.txt: found No such file or directory: no file that can be read; needed: a text"),
        ([str(EXAMPLE), "--published", "30.1.2026"], "needed: YYYY-MM-DD, YYYY-MM or YYYY"),
        ([str(EXAMPLE), "--json", "--jsonl"], "found --json and --jsonl; needed: one of the two"),
    ],
)
def test_read__refuses_bad_input_in_one_line(arguments: list[str], message: str) -> None:
    done = run(*arguments, "--no-record")
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_read__checks_against_the_record(tmp_path: Path) -> None:
    done = run(EXAMPLE, "--json", environment={"HOMEWARD_DATA_DIR": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, "")
    checks = json.loads(done.stdout)["checks"]
    assert {check["verdict"] for check in checks} >= {"agrees", "contradicts"}
    assert all(check["explanation"] for check in checks)
