"""`homeward journal`, as a person uses it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from homeward.cli.app import main
from homeward.journal.actions import note_read, write
from homeward.journal.actors import SYSTEM, SystemActor
from homeward.journal.models import Checkpoint, Event, Payload

WITHOUT_DJANGO = """
import sys
for name in ("django", "rfc8785", "numpy"):
    sys.modules[name] = None
from homeward.cli.app import main
sys.argv[0] = "homeward"
main()
"""


def _run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    monkeypatch.setattr(sys, "argv", ["homeward", "journal", *map(str, arguments)])
    with pytest.raises(SystemExit) as exit_:
        main()
    return int(exit_.value.code or 0)


@pytest.fixture
def _events(db: None) -> None:
    for number in range(3):
        write(by=SYSTEM, action="record.loaded", subject=f"record:{number}", data={})


@pytest.mark.usefixtures("_events")
def test_journal__is_exported_verified_and_signed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    export, key, checkpoint = tmp_path / "journal.jsonl", tmp_path / "key", tmp_path / "checkpoint.json"
    assert _run(monkeypatch, "export", export) == 0
    assert export.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["journal.jsonl"]
    assert _run(monkeypatch, "verify", export) == 0
    assert _run(monkeypatch, "key", key) == 0
    public = capsys.readouterr().out.split()[-1]
    assert key.stat().st_mode & 0o077 == 0
    assert key.read_text(encoding="ascii").strip() != public

    settings.HOMEWARD_CHECKPOINT_KEY = key.read_text(encoding="ascii").strip()
    assert _run(monkeypatch, "checkpoint", "--out", checkpoint) == 0
    assert Checkpoint.objects.get().sequence == 3
    assert Event.objects.latest("sequence").action == "journal.checkpoint_signed"
    given = ("--checkpoint", checkpoint, "--public-key", public)
    assert _run(monkeypatch, "verify", export, *given) == 0

    export.write_bytes(b"".join(export.read_bytes().splitlines(keepends=True)[:2]))
    assert _run(monkeypatch, "verify", export) == 0  # a shorter chain is a sound chain ...
    assert _run(monkeypatch, "verify", export, *given) == 1  # ... which the checkpoint shows
    assert "the end of the journal was cut off" in capsys.readouterr().err


@pytest.mark.usefixtures("_events")
def test_verify__runs_without_django_and_exits_1_at_the_first_break(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    export = tmp_path / "journal.jsonl"
    _run(monkeypatch, "export", export)
    command = [sys.executable, "-c", WITHOUT_DJANGO, "journal", "verify", str(export)]
    sound = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    export.write_bytes(export.read_bytes().replace(b"record:1", b"record:7"))
    broken = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert (sound.returncode, sound.stderr) == (0, "")
    assert "3 events" in sound.stdout
    assert broken.returncode == 1
    assert broken.stderr.count("\n") == 1
    assert f"{export} line 2: an event whose hash does not fit its content" in broken.stderr


@pytest.mark.usefixtures("_events")
def test_erase__takes_the_payload_and_keeps_the_organisation_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by = SystemActor("bureau-of-alpha")
    event = write(by=by, action="people.named", subject="person:N-1", data={"name": "Олена"})
    assert _run(monkeypatch, "erase", event.sequence, "--reason", "withdrawn") == 0
    assert "event 4: its payload is erased, as event 5 says" in capsys.readouterr().out
    erasing = Event.objects.latest("sequence")
    assert (erasing.organisation, erasing.data) == ("bureau-of-alpha", {"reason": "withdrawn"})

    assert _run(monkeypatch, "erase", event.sequence, "--reason", "again") == 2
    assert "found a payload that event 5 erased" in capsys.readouterr().err
    assert _run(monkeypatch, "erase", 99, "--reason", "nothing") == 2
    assert _run(monkeypatch, "export", tmp_path / "journal.jsonl") == 0
    assert _run(monkeypatch, "verify", tmp_path / "journal.jsonl") == 0
    assert "1 of them had its payload erased" in capsys.readouterr().out


@pytest.mark.usefixtures("_events")
def test_reads__are_sealed_exported_and_verified_with_the_chain(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export, reads = tmp_path / "journal.jsonl", tmp_path / "reads.jsonl"
    for number in range(2):
        note_read(by=SYSTEM, subject=f"person:N-{number}", what="people.person")
    assert _run(monkeypatch, "seal-reads") == 0
    assert "2 reads sealed" in capsys.readouterr().out
    note_read(by=SYSTEM, subject="person:N-3", what="people.person")

    assert _run(monkeypatch, "export", export, "--reads", reads) == 0
    assert "2 sealed reads" in capsys.readouterr().out
    assert _run(monkeypatch, "verify", export, "--reads", reads) == 0
    assert f"{reads}: 2 reads in 1 batches, as they were sealed in the journal" in capsys.readouterr().out
    reads.write_bytes(reads.read_bytes().replace(b"person:N-1", b"person:N-7"))
    assert _run(monkeypatch, "verify", export, "--reads", reads) == 1
    assert "the batch of event 4: reads that were changed after they were sealed" in capsys.readouterr().err
    assert _run(monkeypatch, "export", export, "--reads", export) == 2
    assert "needed: another path" in capsys.readouterr().err


def test_verify__proves_an_export_of_the_first_version(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "verify", Path(__file__).parents[1] / "journal" / "format_1.jsonl") == 0
    assert "5 events" in capsys.readouterr().out


def test_verify__wants_checkpoint_and_key_together(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(monkeypatch, "verify", tmp_path / "j", "--checkpoint", tmp_path / "c") == 2
    assert "only one of --checkpoint and --public-key" in capsys.readouterr().err


@pytest.mark.usefixtures("_events")
def test_checkpoint__says_that_the_key_is_missing(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOMEWARD_CHECKPOINT_KEY = ""

    assert _run(monkeypatch, "checkpoint") == 2
    assert "HOMEWARD_CHECKPOINT_KEY_FILE" in capsys.readouterr().err
    assert not Checkpoint.objects.exists()


def test_checkpoint__is_not_signed_over_nothing_or_over_a_broken_journal(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    without_guards: Any,
) -> None:
    settings.HOMEWARD_CHECKPOINT_KEY = "11" * 32
    assert _run(monkeypatch, "checkpoint") == 2
    assert "no event yet" in capsys.readouterr().err

    write(by=SYSTEM, action="record.loaded", subject="record", data={})
    with without_guards():
        super(type(Event.objects.all()), Event.objects.all()).update(subject="another")
    assert _run(monkeypatch, "checkpoint") == 1
    assert "a broken journal is not signed" in capsys.readouterr().err
    assert not Checkpoint.objects.exists()


def test_key__never_overwrites(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "key").write_text("kept", encoding="ascii")

    assert _run(monkeypatch, "key", tmp_path / "key") == 2
    assert (tmp_path / "key").read_text(encoding="ascii") == "kept"


@pytest.mark.usefixtures("_events")
def test_export__leaves_an_older_file_as_it_was_when_it_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], without_guards: Any
) -> None:
    assert _run(monkeypatch, "export", tmp_path / "absent" / "journal.jsonl") == 2

    (tmp_path / "journal.jsonl").write_text("older", encoding="ascii")
    with without_guards():
        super(type(Payload.objects.all()), Payload.objects.filter(event=3)).update(canonical_data="no data")
    assert _run(monkeypatch, "export", tmp_path / "journal.jsonl") == 70
    assert [path.name for path in tmp_path.iterdir()] == ["journal.jsonl"]
    assert (tmp_path / "journal.jsonl").read_text(encoding="ascii") == "older"


@pytest.mark.usefixtures("_events")
def test_journal__refuses_a_place_that_cannot_hold_a_file_before_anything_is_signed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HOMEWARD_CHECKPOINT_KEY = "11" * 32
    assert _run(monkeypatch, "export", tmp_path) == 2
    assert "found a folder" in capsys.readouterr().err
    assert _run(monkeypatch, "checkpoint", "--out", tmp_path / "absent" / "checkpoint.json") == 2
    assert not Checkpoint.objects.exists()
    assert list(tmp_path.iterdir()) == []
