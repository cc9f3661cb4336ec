"""A worker killed in the middle of reading a long article: the next one takes the work up, and it is done once."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = "from homeward.cli.app import main; main()"


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_job_of_a_killed_worker__is_done_by_the_next(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    environment = {**kept, "HOMEWARD_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "homeward.web.settings"}
    assert run(environment, "migrate").returncode == 0
    submit = [sys.executable, str(Path(__file__).with_name("submit_long_article.py"))]
    subprocess.run(submit, env=environment, check=True, timeout=60)

    worker = subprocess.Popen([sys.executable, "-c", PROGRAM, "worker"], env=environment)
    with sqlite3.connect(tmp_path / "homeward.sqlite3", timeout=30) as database:
        _wait_until(database, "SELECT count(*) FROM jobs_job WHERE state = 'running' AND n_done > 0")
        worker.send_signal(signal.SIGKILL)
        worker.wait(timeout=30)
        assert database.execute("SELECT state FROM jobs_job").fetchall() == [("running",)]
        database.execute("UPDATE jobs_worker SET beat_at = '2026-01-01 00:00:00'")
        database.commit()

    assert run(environment, "worker", "--until-empty").returncode == 0
    with sqlite3.connect(tmp_path / "homeward.sqlite3", timeout=30) as database:
        assert database.execute("SELECT state, attempts FROM jobs_job").fetchall() == [("done", 2)]
        read = database.execute("SELECT count(*) FROM journal_event WHERE action = 'record.article_read'").fetchone()
        assert read == (1,)
        (n_claims,) = database.execute("SELECT count(*) FROM record_proposedclaim").fetchone()
    assert n_claims > 0


def _wait_until(database: sqlite3.Connection, question: str) -> None:
    deadline = time.monotonic() + 60
    while not database.execute(question).fetchone()[0]:
        assert time.monotonic() < deadline, "the worker did not begin"
        time.sleep(0.05)
