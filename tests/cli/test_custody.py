"""`homeward custody`, as a person uses it, without Django and without a database."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.custody.acts_made import whole

from homeward.cli.app import main
from homeward.custody.act_pages import act_pdf
from homeward.custody.act_verification import verify_act
from homeward.custody.codes import make, show

WITHOUT_DJANGO = """
import sys
for name in ("django", "allauth", "typst"):
    sys.modules[name] = None
from homeward.cli.app import main
sys.argv[0] = "homeward"
main()
"""
CODE = make(below=lambda n: n // 3)
WRONG = CODE[:-1] + str((int(CODE[-1]) + 1) % 10)


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["homeward", "custody", *map(str, arguments)])
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


def run_without_django(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_DJANGO, "custody", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_code__prints_valid_codes_as_people_read_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "code", CODE, show(CODE), f"-{CODE}") == 0
    assert capsys.readouterr() == (f"{show(CODE)}\n" * 3, "")


def test_code__tells_each_invalid_one_on_a_line_and_exits_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "code", WRONG, CODE, "12\n34", "") == 2
    needed = "the code as it is printed: a digit is wrong, or two changed places"
    out, err = capsys.readouterr()
    assert out == f"{show(CODE)}\n"
    assert err.splitlines() == [
        f'homeward: code "{WRONG}": found check digits that do not hold; needed: {needed}',
        'homeward: code "12?34": found 4 digits; needed: ten digits',
        'homeward: code "": found 0 digits; needed: ten digits',
    ]


def test_individuals__answers_as_text_and_as_json(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "inventory.csv"
    file.write_text(
        "remains,element,side,zone,stage,individual,count\nR-1,femur,left,all,adult,,\nR-2,femur,left,1,adult,,2\n"
        "R-3,tibia,unknown,unknown,unknown,,\n",
        encoding="utf-8",
    )
    assert run(monkeypatch, "individuals", file) == 0
    text = capsys.readouterr().out
    assert text.splitlines() == [
        "At least 3 individuals",
        "  all together, at least 3: femur, zone 1: 3 left",
        "3 rows: 2 counted, 1 of unknown zone, which say nothing",
    ]
    assert run(monkeypatch, "individuals", file, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["minimum"], answer["because"]["rule"]) == (3, "all together")
    assert answer["because"]["rows"] == {"read": 3, "counted": 2, "zone_unknown": 1}


def test_individuals__tells_all_problems_on_one_line_and_exits_2(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "inventory.csv"
    file.write_text("remains,element,side,zone,stage\nR-1,femur,lft,1,adult\n,tibia,left,x,adult\n", encoding="utf-8")
    assert run(monkeypatch, "individuals", file) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        'homeward: inventory.csv line 2, field side: found "lft"; needed: left, right, mid or unknown; '
        "also inventory.csv line 3, field remains: found nothing; needed: the remains; "
        'also inventory.csv line 3, field zone: found "x"; needed: the number of the zone, all or unknown\n'
    )
    assert run(monkeypatch, "individuals", tmp_path / "absent.csv") == 2
    assert "absent.csv: found No such file" in capsys.readouterr().err


def test_verify_act__holds_for_the_json_and_for_the_pdf(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = whole()
    verified = verify_act(raw, place="act.json")
    (tmp_path / "act.json").write_bytes(raw)
    (tmp_path / "act.pdf").write_bytes(act_pdf(raw, verified))
    for name in ("act.json", "act.pdf"):
        assert run(monkeypatch, "verify-act", tmp_path / name) == 0
        out = capsys.readouterr().out
        assert f"{name}: the act holds; handover 4827109359: manifest 2, scanned 2, missing 1, unexpected 1" in out
        assert out.split()[-1] == verified.fingerprint
        assert run(monkeypatch, "verify-act", tmp_path / name, "--key", verified.fingerprint.upper()) == 0
        assert "signed with the key of this fingerprint" in capsys.readouterr().out


def test_verify_act__exits_1_and_says_why_where_it_does_not_hold(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "act.json"
    file.write_bytes(whole().replace(b"Border post", b"Border gate"))
    assert run(monkeypatch, "verify-act", file) == 1
    told = "homeward: act.json: the act does not hold: the signature of the giver, Bob, does not fit the act\n"
    assert capsys.readouterr() == ("", told)
    file.write_bytes(whole())
    assert run(monkeypatch, "verify-act", file, "--key", "00" * 32) == 1
    assert "signed with another key" in capsys.readouterr().err


def test_verify_act__exits_2_where_there_is_no_act(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "note.json").write_text('{"a": 1}', encoding="utf-8")
    for arguments in (["note.json"], ["absent.json"], ["."]):
        assert run(monkeypatch, "verify-act", tmp_path / arguments[0]) == 2
    assert capsys.readouterr().err.count("\n") == 3
    assert run(monkeypatch, "verify-act", tmp_path / "note.json", "--key", "12") == 2


@pytest.mark.parametrize("key", ["", " ", "\t", "\n", ":-"])
def test_verify_act__refuses_a_key_that_would_compare_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    (tmp_path / "act.json").write_bytes(whole())
    assert run(monkeypatch, "verify-act", tmp_path / "act.json", f"--key={key}") == 2
    told = "homeward: --key: found nothing; needed: a fingerprint of 64 hexadecimal digits\n"
    assert capsys.readouterr() == ("", told)


def test_every_command__runs_without_django(tmp_path: Path) -> None:
    raw = whole()
    (tmp_path / "act.pdf").write_bytes(act_pdf(raw, verify_act(raw, place="act.json")))
    (tmp_path / "i.csv").write_text("remains,element,side,zone,stage\nR,femur,left,1,adult\n", encoding="utf-8")
    for arguments in (("code", CODE), ("individuals", tmp_path / "i.csv"), ("verify-act", tmp_path / "act.pdf")):
        done = run_without_django(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout
