"""`homeward kinship likelihood` and `homeward kinship joint`, as a person uses them."""

import copy
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from homeward.cli.app import main

BOB = {"id": "Bob", "sex": "male"}
ALICE = {"id": "Alice", "sex": "female"}
MARKERS = [
    {"name": "TH01", "type": "autosomal", "frequencies": {"6": 0.6, "9.3": 0.4}},
    {"name": "DXS7132", "type": "x", "frequencies": {"13": 0.3, "14": 0.7}},
]
CASE: dict[str, Any] = {
    "markers": MARKERS,
    "theta": 0.0,
    "hypotheses": {
        "H1": [BOB, ALICE, {"id": "Charlie", "father": "Bob", "mother": "Alice", "sex": "female"}],
        "H2": [BOB, ALICE, {"id": "Charlie", "sex": "female"}],
    },
    "genotypes": {"Bob": {"TH01": ["6"], "DXS7132": ["13"]}, "Charlie": {"TH01": ["6", "9.3"], "DXS7132": ["13"]}},
}
FAMILY = {
    "family": "F-1",
    "missing": ["Charlie"],
    "members": [{"id": "Charlie", "father": "Bob", "mother": "Alice", "sex": "male"}, BOB, ALICE],
    "genotypes": {"Alice": {"TH01": ["6"]}},
}
JOINT: dict[str, Any] = {
    "markers": MARKERS[:1],
    "victims": {"V1": {"TH01": ["6"]}, "V2": {"TH01": ["9.3"]}},
    "missing": ["Charlie"],
    "families": [FAMILY],
}


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["homeward", "kinship", *map(str, arguments)])
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


def written(folder: Path, data: object) -> Path:
    file = folder / "case.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return file


def child_of(father: str, mother: str, *others: dict[str, str]) -> dict[str, Any]:
    """The case with one hypothesis, in which Charlie has these parents."""
    charlie = {"id": "Charlie", "father": father, "mother": mother, "sex": "male"}
    return CASE | {"hypotheses": {"H1": [charlie, *(others or (BOB, ALICE))]}}


def test_likelihood__answers_in_the_documented_format(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "likelihood", written(tmp_path, CASE), "--json") == 0
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert captured.err == ""
    assert set(answer) == {"log10_likelihood", "log10_lr", "per_marker", "notes", "provenance"}
    assert list(answer["per_marker"]) == ["TH01", "DXS7132"]
    assert set(answer["per_marker"]["TH01"]) == {"H1", "H2", "log10_lr"}
    by_hand = {"TH01": (0.36 * 0.4, 0.36 * 2 * 0.6 * 0.4), "DXS7132": (0.3 * 0.3, 0.3 * 0.09)}
    for marker, (first, second) in by_hand.items():
        figures = answer["per_marker"][marker]
        assert 10 ** figures["H1"] == pytest.approx(first, rel=1e-12)
        assert 10 ** figures["H2"] == pytest.approx(second, rel=1e-12)
        assert 10 ** figures["log10_lr"] == pytest.approx(first / second, rel=1e-12)
    assert answer["log10_lr"] == pytest.approx(answer["log10_likelihood"]["H1"] - answer["log10_likelihood"]["H2"])
    for hypothesis, total in answer["log10_likelihood"].items():
        parts = [figures[hypothesis] for figures in answer["per_marker"].values()]
        assert total == pytest.approx(sum(parts), rel=1e-12)


def test_likelihood__gives_null_for_impossible_readings_and_never_nan(monkeypatch, tmp_path, capsys) -> None:
    case = copy.deepcopy(CASE)
    case["genotypes"]["Charlie"]["TH01"] = ["9.3"]
    file = written(tmp_path, case)
    assert run(monkeypatch, "likelihood", file, "--json") == 0
    text = capsys.readouterr().out
    answer = json.loads(text)
    assert answer["log10_likelihood"]["H1"] is None
    assert answer["log10_likelihood"]["H2"] < 0
    assert answer["log10_lr"] is None
    assert answer["per_marker"]["TH01"] == {"H1": None, "H2": pytest.approx(-1.239577516), "log10_lr": None}
    assert answer["per_marker"]["DXS7132"]["log10_lr"] is not None
    assert "NaN" not in text
    assert "Infinity" not in text
    assert run(monkeypatch, "likelihood", file) == 0
    assert "The readings are impossible under H1." in capsys.readouterr().out


def test_joint__answers_in_the_documented_format(monkeypatch, tmp_path, capsys) -> None:
    """V2 (9.3) cannot be the child of a mother who shows 6 alone, so V1 or nobody is Charlie."""
    assert run(monkeypatch, "joint", written(tmp_path, JOINT), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    figures = {"method", "n_assignments", "assignments", "victims", "missing"}
    assert set(answer) == figures | {"prior", "notes", "provenance"}
    assert (answer["method"], answer["n_assignments"]) == ("exact", 3)
    best, nobody = answer["assignments"]
    assert best["assignment"] == {"V1": "Charlie", "V2": None}
    assert nobody["assignment"] == {"V1": None, "V2": None}
    ratio = 1 / 0.6
    assert 10 ** best["log10_lr"] == pytest.approx(ratio, rel=1e-12)
    assert 10 ** nobody["log10_likelihood"] == pytest.approx(0.36 * 0.36 * 0.16, rel=1e-12)
    assert nobody["log10_lr"] == 0
    assert best["posterior"] == pytest.approx(ratio / (1 + ratio), rel=1e-12)
    assert answer["victims"]["V1"] == pytest.approx({"Charlie": ratio / (1 + ratio), "none": 1 / (1 + ratio)})
    assert answer["victims"]["V2"] == pytest.approx({"Charlie": 0, "none": 1})
    assert answer["missing"]["Charlie"] == pytest.approx({"V1": ratio / (1 + ratio), "V2": 0, "none": 1 / (1 + ratio)})
    assert run(monkeypatch, "joint", tmp_path / "case.json", "--most", 1) == 0
    assert "V1 = Charlie" in capsys.readouterr().out


def test_joint__takes_pairs_that_other_evidence_fixed_or_excluded(monkeypatch, tmp_path, capsys) -> None:
    assert run(monkeypatch, "joint", written(tmp_path, JOINT | {"fixed": {"V1": "Charlie"}}), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["assignment"] for each in answer["assignments"]] == [{"V1": "Charlie", "V2": None}]
    assert answer["n_assignments"] == 1
    assert answer["missing"]["Charlie"]["V1"] == 1
    assert run(monkeypatch, "joint", written(tmp_path, JOINT | {"excluded": [["V1", "Charlie"]]}), "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["victims"] == {"V1": {"Charlie": 0, "none": 1}, "V2": {"Charlie": 0, "none": 1}}


REFUSED = {
    "its own ancestor": (child_of("Bob", "Alice", BOB | {"father": "Charlie", "mother": "Alice"}, ALICE), "ancestors"),
    "its own father": (child_of("Charlie", "Alice"), 'hypothesis "H1", member "Charlie"'),
    "a male mother": (child_of("Bob", "Alice", BOB, ALICE | {"sex": "male"}), '"Alice", who is male; needed: a female'),
    "a female father": (child_of("Alice", "Alice"), "who is female; needed: a male"),
    "an unknown parent": (child_of("Bob", "Eve"), 'mother: found "Eve"; needed: a member'),
    "an unknown marker": (CASE | {"genotypes": {"Bob": {"TH1": ["6"]}}}, 'found marker "TH1"; needed: a marker of'),
    "three alleles": (CASE | {"genotypes": {"Bob": {"TH01": ["6", "7", "8"]}}}, "found 3 alleles (6, 7, 8)"),
    "two alleles of a male on X": (CASE | {"genotypes": {"Bob": {"DXS7132": ["13", "14"]}}}, "a male on X"),
    "somebody not in the pedigree": (CASE | {"genotypes": {"Bobb": {"TH01": ["6"]}}}, "did you mean Bob"),
    "broken JSON": ('{"markers": [\n{"name": }]}', "line 2: found no JSON"),
    "deep JSON": ("[" * 100_000, "found no JSON"),
    "a number without end": (json.dumps(CASE).replace("0.6", "9" * 5000), "found no JSON"),
    "NaN": (json.dumps(CASE).replace("0.6", "NaN"), "found NaN"),
    "a list": ("[]", "found a list"),
    "a sex that is a list": (child_of("Bob", "Alice", BOB | {"sex": ["male"]}, ALICE), 'member "Bob", sex'),  # type: ignore[dict-item]
    "a model that is a list": (
        CASE | {"markers": [MARKERS[0] | {"mutation": {"model": ["none"]}}, MARKERS[1]]},
        "mutation, model",
    ),
    "an unknown key": (CASE | {"Theta": 0.01}, 'the unknown key "Theta"; needed: only markers'),
    "a drop-in that is no probability": (
        CASE | {"drop_in": 0.7},
        "drop_in: found 0.7; needed: a probability from 0 to",
    ),
    "an error of nobody": (CASE | {"error": {"Eve": 0.01}}, 'error, "Eve": found a member without genotypes'),
    "a single replicate": (CASE | {"replicates": {"Eve": [{"TH01": ["6"]}]}}, "a list of two profiles or more"),
    "replicates beside genotypes": (
        CASE | {"replicates": {"Bob": [{"TH01": ["6"]}, {"TH01": ["6"]}]}},
        "found genotypes as well",
    ),
    "a drop-out written otherwise": (CASE | {"drop-out": {}}, "did you mean drop_out"),
    "an unknown key of a marker": (
        CASE | {"markers": [MARKERS[0] | {"silent_freq": 0.1}, MARKERS[1]]},
        "did you mean silent_frequency",
    ),
    "a mutation without model": (CASE | {"markers": [MARKERS[0] | {"mutation": {"rate": 0.1}}, MARKERS[1]]}, "model"),
    "a marker under two names": (
        CASE | {"markers": [*MARKERS, MARKERS[0] | {"name": "th01"}]},
        '"TH01" and "th01", one marker under two names',
    ),
    "an X marker as autosomal": (CASE | {"markers": [MARKERS[0], MARKERS[1] | {"type": "autosomal"}]}, "lies on X"),
    "one key with two values": (
        json.dumps(CASE).replace('"theta": 0.0', '"theta": 0.0, "theta": 0.5'),
        'the key "theta", given twice: found 0.0 and then 0.5',
    ),
    "one marker read twice, unlike": (CASE | {"genotypes": {"Bob": {"TH01": ["6"], "th01": ["9.3"]}}}, "marker twice"),
    "a type that is none": (CASE | {"markers": [MARKERS[0] | {"type": "y"}, MARKERS[1]]}, "\"TH01\", type: found 'y'"),
}
JOINT_REFUSED = {
    "theta": (JOINT | {"theta": 1.5}, "theta: found 1.5"),
    "a family that is a number": (JOINT | {"families": [1]}, "families[0]: found int"),
    "no families": (JOINT | {"families": [], "missing": []}, "no victims or no families"),
    "the same missing person twice": (JOINT | {"families": [FAMILY, FAMILY | {"family": "F-2"}]}, '"Charlie" twice'),
    "one family twice, unlike": (JOINT | {"families": [FAMILY, FAMILY | {"genotypes": {}}]}, "other content than"),
    "an unknown key": (JOINT | {"victim_sex": {}}, "did you mean victim_sexes"),
    "a profile of a missing person": (
        JOINT | {"families": [FAMILY | {"genotypes": {"Charlie": {"TH01": ["6"]}}}]},
        "who is missing",
    ),
    "an unknown missing person": (JOINT | {"missing": ["Eve"]}, 'missing: found "Eve"'),
    "a missing person that is a list": (JOINT | {"missing": [["Eve"]]}, "missing: found"),
    "missing that is no list": (JOINT | {"missing": "Charlie"}, "missing: found str; needed: a list"),
    "sexes that are a list": (JOINT | {"victim_sexes": [1]}, "victim_sexes: found list"),
    "a sex that is a list": (JOINT | {"victim_sexes": {"V1": ["male"]}}, 'victim_sexes, "V1"'),
    "an unknown marker": (JOINT | {"victims": {"V1": {"TH1": ["6"]}}}, "did you mean TH01"),
    "three alleles of a victim": (JOINT | {"victims": {"V1": {"TH01": ["6", "7", "8"]}}}, "3 alleles"),
    "three alleles of a relative": (
        JOINT | {"families": [FAMILY | {"genotypes": {"Alice": {"TH01": ["6", "7", "8"]}}}]},
        "3 alleles",
    ),
    "a male mother": (
        JOINT | {"families": [FAMILY | {"members": [*FAMILY["members"][:2], BOB | {"id": "Alice"}]}]},
        "male",
    ),
    "an impossible family": (
        JOINT
        | {
            "families": [
                FAMILY | {"missing": ["Bob"], "genotypes": {"Alice": {"TH01": ["6"]}, "Charlie": {"TH01": ["9.3"]}}}
            ],
            "missing": ["Bob"],
        },
        "impossible on its pedigree",
    ),
    "a fixed victim who is none": (JOINT | {"fixed": {"V9": "Charlie"}}, 'fixed: found "V9"'),
    "a fixed person who is none": (JOINT | {"fixed": {"V1": "Eve"}}, 'fixed, "V1": found "Eve"'),
    "one person fixed twice": (JOINT | {"fixed": {"V1": "Charlie", "V2": "Charlie"}}, '"Charlie" twice'),
    "fixed and excluded": (
        JOINT | {"fixed": {"V1": "Charlie"}, "excluded": [["V1", "Charlie"]]},
        "an excluded pair",
    ),
    "fixed against the pedigree": (JOINT | {"fixed": {"V2": "Charlie"}}, "impossible together"),
    "fixed that is a list": (JOINT | {"fixed": ["V1"]}, "fixed: found list"),
    "excluded that is no pair": (JOINT | {"excluded": ["V1"]}, "excluded: found 'V1'"),
    "broken JSON": ("{", "line 1: found no JSON"),
}
BOTH = [("likelihood", *REFUSED[name]) for name in REFUSED] + [
    ("joint", *JOINT_REFUSED[name]) for name in JOINT_REFUSED
]


@pytest.mark.parametrize(
    ("command", "data", "words"),
    BOTH,
    ids=[*(f"likelihood {n}" for n in REFUSED), *(f"joint {n}" for n in JOINT_REFUSED)],
)
def test_kinship__refuses_in_one_line_with_place_found_and_needed(
    monkeypatch, tmp_path, capsys, command, data, words
) -> None:
    assert run(monkeypatch, command, written(tmp_path, data), "--json") == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("homeward: ")
    assert words in captured.err
    assert ": found " in captured.err
    assert "; needed: " in captured.err


@pytest.mark.parametrize("command", ["likelihood", "joint"])
def test_kinship__refuses_a_file_that_is_missing_not_text_or_a_folder(monkeypatch, tmp_path, capsys, command) -> None:
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00")
    for file, words in ((tmp_path / "none.json", "no file"), (binary, "not UTF-8"), (tmp_path, "no file")):
        assert run(monkeypatch, command, file) == 2
        error = capsys.readouterr().err
        assert file.name in error
        assert words in error
        assert error.count("\n") == 1


def test_kinship__as_a_program_shows_no_traceback(tmp_path: Path) -> None:
    def homeward(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from homeward.cli.app import main; main()", "kinship", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    refused = homeward("likelihood", written(tmp_path, child_of("Charlie", "Alice")))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("homeward: case.json, ")
    assert refused.stderr.count("\n") == 1
    answered = homeward("likelihood", written(tmp_path, CASE), "--json")
    assert (answered.returncode, answered.stderr) == (0, "")
    assert json.loads(answered.stdout)["log10_lr"] == pytest.approx(math.log10(0.144 / 0.1728 / 0.3))


def test_likelihood__takes_theta_from_the_case_before_the_settings_and_from_the_option_before_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("theta = 0.02\n", encoding="utf-8")
    silent = {key: value for key, value in CASE.items() if key != "theta"}

    def parameters(case: dict[str, Any], *options: object) -> dict[str, Any]:
        assert run(monkeypatch, "likelihood", written(tmp_path, case), "--json", *options) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)["provenance"]["parameters"]
        return found

    assert parameters(silent)["theta"] == 0
    assert parameters(silent, "--settings", settings)["theta"] == 0.02
    assert parameters(CASE, "--settings", settings)["theta"] == 0
    assert parameters(CASE, "--settings", settings, "--theta", 0.03)["theta"] == 0.03
    assert len(parameters(CASE, "--settings", settings)["settings"]) == 16
    assert "settings" not in parameters(CASE)


def test_joint__says_that_theta_of_the_settings_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("theta = 0.02\n", encoding="utf-8")
    assert run(monkeypatch, "joint", written(tmp_path, JOINT), "--settings", settings, "--json") == 0
    told = capsys.readouterr()
    answer = json.loads(told.out)
    assert "the theta of the settings is not used" in told.err
    assert any("the theta of the settings is not used" in note for note in answer["notes"])
    assert answer["provenance"]["parameters"]["theta"] == 0
    assert run(monkeypatch, "joint", written(tmp_path, JOINT), "--theta", 0.02, "--json") == 0
    assert json.loads(capsys.readouterr().out)["provenance"]["parameters"]["theta"] == 0.02
    assert len(answer["provenance"]["parameters"]["settings"]) == 16
