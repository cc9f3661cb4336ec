"""Databases of earlier versions are brought up to date, and every row is kept."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parent / "older_database.py"


def test_migrate__keeps_the_role_of_every_person_and_gives_codes(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
    environment = {**kept, "HOMEWARD_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "homeward.web.settings"}

    done = subprocess.run(
        [sys.executable, str(PROGRAM)], env=environment, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "alice@example.org P-ALICE registrar",
        "bob@example.org P-BOB auditor",
        "3 3 O- A- A-",
    ]
