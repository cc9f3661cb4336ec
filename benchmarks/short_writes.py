"""How long a small write waits at most beside a long import: on SQLite, and on PostgreSQL at HOMEWARD_DATABASE_URL."""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROGRAM = "from homeward.cli.app import main; main()"
SMALL_WRITES = """
import json, sys, time
import django
django.setup()
from django.db import connection
from homeward.journal.actions import write
from homeward.journal.actors import SYSTEM
waits = []
print("ready", flush=True)
while not sys.stdin.closed and len(waits) < 100_000:
    begun = time.perf_counter()
    write(by=SYSTEM, action="benchmark.small_write", subject="benchmark", data={})
    waits.append(time.perf_counter() - begun)
    if time.time() > float(open(sys.argv[1]).read() or "inf"):
        break
    time.sleep(0.01)
print(json.dumps(waits))
"""
KEYS = {"claims": "claim", "exchanges": "exchange"}  # the columns whose values a copy makes its own


def run(size: str) -> list[dict[str, Any]]:
    """Returns rows of name, seconds, ratio, against and note; `size` is small (5 records) or full (40)."""
    times = {"small": 5, "full": 40}.get(size, 40)
    rows = _measured("SQLite", {}, times)
    if url := os.environ.get("HOMEWARD_DATABASE_URL", ""):
        rows += _measured("PostgreSQL", {"HOMEWARD_DATABASE_URL": url}, times)
    return rows


def _measured(name: str, settings: dict[str, str], times: int) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("HOMEWARD_")}
        environment = {
            **kept,
            **settings,
            "HOMEWARD_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "homeward.web.settings",
        }
        _homeward(environment, "migrate")
        _homeward(environment, "record", "load")
        files = _copies(Path(folder), times)
        until = Path(folder, "until")
        until.write_text("")
        with subprocess.Popen(
            [sys.executable, "-c", SMALL_WRITES, str(until)], env=environment, stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            begun = time.perf_counter()
            _homeward(environment, "record", "load", *map(str, files))
            seconds = time.perf_counter() - begun
            until.write_text(str(time.time()))
            waits = sorted(json.loads(writer.stdout.readline()))
    note = f"{len(waits):,} small writes, 99 of 100 within {waits[int(0.99 * len(waits))]:.3f} s"
    return [
        {
            "name": f"longest wait beside an import, {name}",
            "seconds": waits[-1],
            "ratio": waits[-1] / seconds,
            "against": f"the import of {seconds:.1f} s",
            "note": note,
        }
    ]


def _homeward(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "-c", PROGRAM, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL)


def _copies(folder: Path, times: int) -> list[Path]:
    """Writes the shipped exchanges and claims `times` over, each copy under keys of its own."""
    from homeward.record.files import shipped_files

    written = []
    for path in shipped_files():
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        copies = range(times) if path.stem in KEYS else range(1)
        written.append(folder / path.name)
        with written[-1].open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(_copy(row, copy) if path.stem in KEYS else row for copy in copies for row in rows)
    return written


def _copy(row: dict[str, str], copy: int) -> dict[str, str]:
    return {name: f"{value}-copy-{copy}" if name in KEYS.values() and value else value for name, value in row.items()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1] if len(sys.argv) > 1 else "full"), indent=2) + "\n")
