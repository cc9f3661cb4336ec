"""`homeward identification`, as a person uses it; and where Django is not installed."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.identification.histories import event, opened_bags
from tests.identification.proposals import SETTINGS, candidate, proposal

from homeward.cli.app import main

POSTERIOR = {
    "cases": [
        {"case": "needed", "list": 12_000, "share": 0.9, "posterior": 0.9999},
        {"case": "Bob", "list": 12_000, "share": 0.9, "candidates": [{"person": "Bob", "log10_lr": 8.1249}]},
    ]
}
RULES = {"settings": SETTINGS, "cases": [proposal(), proposal(case="one donor", candidates=[candidate(donors=1)])]}
LADDER = [
    event("announced", by="A", low=2, high=3),
    *opened_bags(["R1"], ["R2"]),
    event("profile", remains="R1"),
    event("decided", decision="D1", remains=["R1"], persons=["P1"]),
]
RECALL = [
    {"id": "D1", "event": "decided", "because": ["C1"]},
    {"id": "T1", "event": "told", "because": ["D1"]},
    {"id": "B1", "event": "buried", "because": ["T1"]},
]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["homeward", "identification", *map(str, arguments)])
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


def written(folder: Path, value: Any) -> Path:
    file = folder / "given.json"
    lines = value if isinstance(value, list) else [value]
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return file


def test_posterior__prints_answers_in_the_order_of_the_cases(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "posterior", written(tmp_path, POSTERIOR), "--json") == 0
    captured = capsys.readouterr()
    needed, bob = json.loads(captured.out)
    assert captured.err == ""
    assert needed == {"case": "needed", "needed_log10_lr": pytest.approx(math.log10(9999 * (12_000 / 0.9 - 1)))}
    assert bob["posterior"] == pytest.approx({"Bob": 0.9999, "rest": 9e-5, "none": 1e-5}, rel=1e-4)


def test_posterior__reads_as_a_table(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "posterior", written(tmp_path, POSTERIOR)) == 0
    assert "needed log10 LR: 8.1249" in (text := capsys.readouterr().out)
    assert "Bob" in text
    assert "0.999900009" in text


def test_rules__prints_codes(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "rules", written(tmp_path, RULES), "--json") == 0
    plain, one_donor = json.loads(capsys.readouterr().out)
    assert list(plain) == ["case", "posterior", "propose", "sign"]
    assert plain["sign"] == {"allowed": True, "because": []}
    assert one_donor["propose"] == {"allowed": True, "because": []}
    assert one_donor["sign"] == {"allowed": False, "because": ["one_strand"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "an exchanged tube"), ("uk", "переплутану пробірку"), ("ru", "перепутанную пробирку")],
)
def test_rules__tells_why_and_what_would_lift_it(monkeypatch, tmp_path, capsys, language, words) -> None:
    assert run(monkeypatch, "rules", written(tmp_path, RULES), "--language", language) == 0
    text = capsys.readouterr().out
    assert "one_strand (S)" in text
    assert words in text
    assert "→" in text
    assert "[Volyn, 2023" in text


def test_rules__tells_on_standard_error_what_speaks_for_nobody(monkeypatch, tmp_path, capsys) -> None:
    given = {"settings": SETTINGS, "cases": [proposal(candidates=[])]}
    assert run(monkeypatch, "rules", written(tmp_path, given), "--json") == 0
    assert '"P-1" is proposed and is no candidate' in capsys.readouterr().err


def test_ladder__prints_steps_differences_and_lists(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "ladder", written(tmp_path, LADDER), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert list(answer) == ["steps", "differences", "beside"]
    assert answer["steps"]["announced"] == {"low": 2, "high": 3}
    assert answer["differences"][0]["unexplained"] == {"low": -1, "high": 0}


def test_ladder__reads_as_an_account(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "ladder", written(tmp_path, LADDER)) == 0
    text = capsys.readouterr().out
    assert "2 to 3" in text
    assert "-1 to +0 unexplained" in text
    assert "- 1 no profile: R2" in text


def test_recall__prints_tasks_and_counts_ids_without_a_row(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "recall", written(tmp_path, RECALL), "--of", "C1", "--json") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {
        "of": "C1",
        "tasks": [
            {"id": "D1", "event": "decided", "task": "question", "due": "now"},
            {"id": "T1", "event": "told", "task": "tell_again", "due": "if_it_falls"},
            {"id": "B1", "event": "buried", "task": "ask_exhumation", "due": "if_it_falls"},
        ],
    }
    assert "1 id has no row: C1" in captured.err


def test_recall__reads_as_a_list(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "recall", written(tmp_path, RECALL), "--of", "D1") == 0
    assert "2 tasks follow from D1" in (text := capsys.readouterr().out)
    assert "ask exhumation" in text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "no JSON"),
        ("[]", "found []"),
        ('{"cases": [], "cases": []}', '"cases" twice'),
        ('{"cases": NaN}', "NaN"),
        ('{"cases": ' + "[" * 100_000, "no JSON"),
        ('{"cases": [{"case": "A", "list": ' + "9" * 5_000 + "}]}", "no JSON"),
        ("{", "given.json line 1"),
    ],
)
@pytest.mark.parametrize("command", ["posterior", "rules"])
def test_file_that_is_no_case__is_one_line_and_exit_2(monkeypatch, tmp_path, capsys, command, text, found) -> None:
    file = tmp_path / "given.json"
    file.write_text(text, encoding="utf-8")
    assert run(monkeypatch, command, file, "--json") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("homeward: given.json")
    assert captured.err.count("\n") == 1
    assert found in captured.err


@pytest.mark.parametrize("command", [["ladder"], ["recall", "--of", "D1"]])
def test_line_that_is_no_event__is_told_with_its_number(monkeypatch, tmp_path, capsys, command) -> None:
    file = tmp_path / "history.jsonl"
    file.write_text('{"id": "D1", "event": "decided", "because": []}\n\n{"id"\n', encoding="utf-8")
    assert run(monkeypatch, *command, file) == 2
    assert "history.jsonl line 3: found no JSON" in capsys.readouterr().err


def test_file_that_is_not_there_or_not_text__is_refused(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "posterior", tmp_path / "nothing.json") == 2
    file = tmp_path / "given.json"
    file.write_bytes(b"\xff\xfe\xfa")
    assert run(monkeypatch, "posterior", file) == 2
    assert "not UTF-8" in capsys.readouterr().err


WITHOUT_DJANGO = """
import sys
class Nowhere:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "allauth"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Nowhere())
from homeward.cli.app import main
main()
"""


@pytest.mark.parametrize(
    ("command", "value"),
    [
        (["posterior"], POSTERIOR),
        (["rules", "--language", "uk"], RULES),
        (["ladder"], LADDER),
        (["recall", "--of", "D1"], RECALL),
    ],
)
def test_commands__need_no_django(tmp_path, command, value) -> None:
    arguments = [sys.executable, "-c", WITHOUT_DJANGO, "identification", *command, str(written(tmp_path, value))]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout
