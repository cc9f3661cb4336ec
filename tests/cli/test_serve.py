"""`homeward serve` and `homeward migrate`."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from homeward.cli.serve import serve
from homeward.errors import InputError

COMMAND = [sys.executable, "-c", "from homeward.cli.app import main; main()"]


def _environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    return {**kept, "HOMEWARD_DATA_DIR": str(tmp_path)}


def test_serve__refuses_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"127.0.0.1:{port}: found Address already in use"):
            serve(port=port)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_serve__opens_the_site_and_ends_when_told(tmp_path: Path, processes: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [*COMMAND, "serve", "--port", str(port), "--processes", processes]
    site = subprocess.Popen(command, env=_environment(tmp_path), stdout=subprocess.PIPE, text=True)
    try:
        assert site.stdout is not None
        assert f"http://127.0.0.1:{port}/" in site.stdout.readline()
        assert _fetch(f"http://127.0.0.1:{port}/account/login/") == 200
    finally:
        site.terminate()
        site.communicate(timeout=30)


def test_migrate__brings_a_new_database_up_to_date_once(tmp_path: Path) -> None:
    told = [
        subprocess.run(
            [*COMMAND, "migrate"], env=_environment(tmp_path), capture_output=True, text=True, check=True, timeout=120
        ).stdout
        for _ in range(2)
    ]

    assert "migrations were applied" in told[0]
    assert told[1] == "The database is up to date.\n"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("HOMEWARD_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "database: found connection failed"),
        ("HOMEWARD_DATABASE_URL", "rubbish", 'an address of kind "rubbish"'),
        ("HOMEWARD_HTTPS", "perhaps", 'HOMEWARD_HTTPS: found "perhaps"; needed: yes or no'),
    ],
)
def test_migrate__tells_a_wrong_setting_in_one_line(tmp_path: Path, name: str, value: str, told: str) -> None:
    environment = {**_environment(tmp_path), name: value}
    done = subprocess.run(
        [*COMMAND, "migrate"], env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert told in done.stderr


def _fetch(url: str) -> int:
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return int(response.status)
        except OSError:
            time.sleep(0.2)
    return 0
