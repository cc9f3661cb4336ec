"""Attempts are counted across threads and processes, on both databases."""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection

from homeward.access.attempts import Claimant, TooSoonError, begin

PROGRAM = Path(__file__).parent / "guessers.py"


def _environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    return {**kept, "HOMEWARD_DATA_DIR": str(tmp_path)}


def _answer(process: "subprocess.Popen[str]", line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line)
    process.stdin.flush()


def test_36_guesses_of_three_processes_at_once__are_tried_five_times(tmp_path: Path) -> None:
    command, pipe = [sys.executable, str(PROGRAM), "3", "4"], subprocess.PIPE
    environment = _environment(tmp_path)
    running = [
        subprocess.Popen(command, env=environment, text=True, stdin=pipe, stdout=pipe, stderr=pipe) for _ in range(3)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        _answer(process, "go\n")
    ended = [process.communicate(timeout=120) for process in running]

    assert [stderr for _, stderr in ended] == [""] * 3
    assert sorted(int(number) for stdout, _ in ended for number in stdout.split()) == [1, 2, 3, 4, 5]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="HOMEWARD_DATABASE_URL is no PostgreSQL address")
def test_48_guesses_of_eight_threads_at_once__are_tried_five_times_on_postgresql() -> None:
    tried: list[int] = []
    failures: list[BaseException] = []

    def guess() -> None:
        try:
            for _ in range(6):
                with contextlib.suppress(TooSoonError):
                    tried.append(begin(Claimant("password:alice@example.org", "203.0.113.9")).failures)
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not failures
    assert sorted(tried) == [1, 2, 3, 4, 5]
