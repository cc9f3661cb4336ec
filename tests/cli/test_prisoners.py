"""`homeward prisoners entitled`, as a person uses it."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from homeward.cli.app import main

WITHOUT_DJANGO = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "allauth"}:
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Blocked())
from homeward.cli.app import main
sys.argv[0] = "homeward"
main()
"""
HEADER = "person,birth_date,captured_on,sex,rank,health,commission,wish,status"
PEOPLE = f"""{HEADER}
А-1,2003-05-05,2024-03-10,male,солдат,fit,,yes,held
А-2,2000-02-01,2024-03,female,,wounded,pending,,held
А-3,2001-XX,,male,,seriously_sick,,yes,held
А-4,2003-05-05,2024-03-10,male,,fit,,yes,returned
"""
ISTANBUL = "istanbul-2025-06-02"


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["homeward", "prisoners", "entitled", *map(str, arguments)])
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


def test_json__is_one_object_a_person_and_term_in_their_order(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, people, "--terms", ISTANBUL, "--on", "2026-01-29", "--json") == 0
    printed = capsys.readouterr()
    answers = json.loads(printed.out)
    assert printed.err == ""
    assert {tuple(answer) for answer in answers} == {("person", "term", "entitled", "reason", "until", "evidence")}
    assert [answer["person"] for answer in answers] == [code for code in ("А-1", "А-2", "А-3", "А-4") for _ in range(4)]
    assert [answer["term"] for answer in answers[:4]] == [
        "under 25",
        "18 to 25",
        "seriously wounded and seriously sick",
        "wounded and seriously sick",
    ]
    found = [(answer["entitled"], answer["until"]) for answer in answers]
    no, yes, unknown = ("no", None), ("yes", None), ("unknown", None)
    assert found == [
        *(("yes", "2028-05-04"), ("yes", "2029-05-04"), no, no),
        *(no, ("yes", "2026-01-31"), no, yes),
        *(unknown, ("yes", "2026-12-31"), yes, yes),
        *(no, no, no, no),
    ]
    assert answers[0]["evidence"] == ["birth_date: 2003-05-05", "status: held", "wish: yes", "people.csv line 2"]
    assert 'In the wording "wounded and seriously sick" the answer is yes.' in answers[6]["reason"]


def test_report__accounts_for_every_row(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.write_text(f"{PEOPLE}{PEOPLE.splitlines()[1]}\n,,,,,,,,\n", encoding="cp1251")
    assert run(monkeypatch, people, "--terms", ISTANBUL, "--on", "2026-01-29") == 0
    printed = capsys.readouterr().out
    assert "people.csv, read as Windows-1251: 5 rows, 4 people. Rows that repeat a person: 1." in printed
    assert "16 answers for 2026-01-29, 16 of them shown." in printed
    assert "Equal rows told once: people.csv line 6." in printed
    assert "Wish not recorded, to be asked in an interview: 1 people." in printed
    assert 'The wordings "under 25", "18 to 25" differ for 2 of the people: А-2, А-3.' in printed
    assert 'Ends soon: А-2 under "18 to 25", last day 2026-01-31, 2 days after the day asked about.' in printed
    counts = next(line.split() for line in printed.splitlines() if line.startswith("18 to 25"))
    assert counts == ["18", "to", "25", "3", "1", "0", "1", "1", "1"]


def test_report__agrees_with_the_json(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    common = (people, "--terms", ISTANBUL, "--on", "2026-01-29")
    run(monkeypatch, *common, "--json")
    reasons = [answer["reason"] for answer in json.loads(capsys.readouterr().out)]
    run(monkeypatch, *common)
    printed = capsys.readouterr().out
    assert [line.strip() for line in printed.splitlines() if line.startswith("    ") and ": " in line][:16] == reasons


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (("--only", "unknown"), [("А-3", "under 25")]),
        (("--ending-within", "7"), [("А-2", "18 to 25")]),
        (("--ending-within", "2"), []),
        (("--ending-within", "400", "--only", "no"), []),
    ],
)
def test_options__show_a_part(
    monkeypatch: pytest.MonkeyPatch,
    people: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    shown: list[tuple[str, str]],
) -> None:
    common = (people, "--terms", ISTANBUL, "--on", "2026-01-29")
    run(monkeypatch, *common, "--json", *options)
    assert [(answer["person"], answer["term"]) for answer in json.loads(capsys.readouterr().out)] == shown
    run(monkeypatch, *common, *options)
    assert f"16 answers for 2026-01-29, {len(shown)} of them shown." in capsys.readouterr().out


def test_language__is_that_of_the_reasons_alone(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, people, "--terms", ISTANBUL, "--on", "2026-01-29", "--json", "--language", "uk")
    first = json.loads(capsys.readouterr().out)[0]
    assert first["entitled"] == "yes"
    assert first["reason"].startswith("Так: дата народження 2003-05-05")


def test_a_repeated_row__is_told_beside_the_json(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.write_text(f"{PEOPLE}{PEOPLE.splitlines()[1]}\n", encoding="utf-8")
    assert run(monkeypatch, people, "--terms", ISTANBUL, "--on", "2026-01-29", "--json") == 0
    printed = capsys.readouterr()
    assert len(json.loads(printed.out)) == 16
    assert printed.err == "homeward: people.csv line 6: an equal row of this person came before; told once\n"


def test_nobody__is_an_empty_array(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.write_text(HEADER, encoding="utf-8")
    assert run(monkeypatch, people, "--terms", ISTANBUL, "--on", "2026-01-29", "--json") == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("on", ["2026-02-30", "29.01.2026", "20260129", "2026", ""])
def test_a_day_that_is_none__is_refused(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str], on: str
) -> None:
    assert run(monkeypatch, people, "--terms", ISTANBUL, "--on", on) == 2
    assert capsys.readouterr().err == f'homeward: --on: found "{on}"; needed: a day such as 2026-01-29\n'


def test_bad_input__is_told_whole_and_nothing_is_answered(
    monkeypatch: pytest.MonkeyPatch, people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = tmp_path / "terms.toml"
    terms.write_text('[[term]]\nname = "T"\nagreement = "A"\nunder_aeg = 25\n', encoding="utf-8")
    people.write_text(f"{HEADER}\nP-1,2003,,,,,,,\nP-2,2003-13,,,,ill,,,\n", encoding="utf-8")
    assert run(monkeypatch, people, "--terms", terms, "--on", "2026-01-29", "--json") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert [line.split(": found")[0] for line in printed.err.splitlines()] == [
        'homeward: terms.toml term 1 ("T")',
        "homeward: people.csv line 3, column birth_date",
        "homeward: people.csv line 3, column health",
    ]


def test_one_problem__is_one_line(
    monkeypatch: pytest.MonkeyPatch, people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people.write_text(f"{HEADER}\nP-1,05.05.2003,,,,,,,\n", encoding="utf-8")
    assert run(monkeypatch, people, "--terms", ISTANBUL, "--on", "2026-01-29") == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith('homeward: people.csv line 2, column birth_date: found "05.05.2003"; needed: an EDTF date')
    assert line.endswith("did you mean 2003-05-05?")


def test_command__runs_where_django_is_not_installed(people: Path, tmp_path: Path) -> None:
    arguments = ["prisoners", "entitled", str(people), "--terms", ISTANBUL, "--on", "2026-01-29", "--json"]
    for extra in ([], ["--language", "ru"]):
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_DJANGO, *arguments, *extra],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            cwd=tmp_path,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert len(json.loads(done.stdout)) == 16


def test_example_people__are_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    example = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "people.csv"
    with example.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert run(monkeypatch, example, "--terms", ISTANBUL, "--on", "2026-01-29", "--json") == 0
    answers = json.loads(capsys.readouterr().out)
    assert [answer["person"] for answer in answers[::4]] == [row["person"] for row in rows]
