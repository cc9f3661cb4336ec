"""PostgreSQL's own programs: pg_dump, pg_restore, psql.

The password goes to them in the environment, never on a command line, where every user of the machine can read it.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

from homeward.errors import InputError

__all__ = ["dump", "restore"]

# Everything that Homeward made, and nothing of an extension or of somebody else.
_EMPTY = """
DO $$
DECLARE each record;
BEGIN
  FOR each IN SELECT format('DROP TABLE IF EXISTS %I.%I CASCADE', schemaname, tablename) AS command
    FROM pg_tables WHERE schemaname = current_schema() AND tableowner = current_user
    LOOP EXECUTE each.command; END LOOP;
  FOR each IN SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) AS command
    FROM pg_proc p LEFT JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
    WHERE p.pronamespace = current_schema()::regnamespace AND d.objid IS NULL
      AND p.proowner = current_user::regrole
    LOOP EXECUTE each.command; END LOOP;
END $$;
"""


def dump(settings: dict[str, Any], out: Path, *, snapshot: str) -> None:
    """Writes the database as it stood at the snapshot, in pg_dump's own compressed format."""
    words = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    _run("pg_dump", [*words, f"--file={out}"], settings)


def restore(settings: dict[str, Any], dumped: Path, *, replace: bool) -> None:
    """Loads a dump in one transaction: everything of it, or nothing; with `replace`, in place of what stands there."""
    script = dumped.with_suffix(".sql")
    _run("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(dumped)], settings)
    empty = dumped.with_name("empty.sql")
    empty.write_text(_EMPTY if replace else "", encoding="ascii")
    words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    _run("psql", [*words, f"--file={empty}", f"--file={script}"], settings)


def _run(name: str, words: list[str], settings: dict[str, Any]) -> None:
    done = subprocess.run(  # noqa: S603 - our own words; no shell
        [_program(name), *words], env=_environment(settings), capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()] or done.stderr.splitlines()
        found = re.sub(r"\s+", " ", lines[0])[:300] if lines else f"exit code {done.returncode}"
        raise InputError(place=name, found=found, needed="a database that this program can read and write")


def _program(name: str) -> str:
    """Returns the path of the newest of PostgreSQL's programs of that name: an older one refuses a newer server."""
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: _number(path.parts[-3]))
    path = str(versions[-1]) if versions else shutil.which(name)
    if path is None:
        needed = "PostgreSQL's client programs on this machine (Debian: apt install postgresql-client)"
        raise InputError(place=name, found="no such program", needed=needed)
    return path


def _number(version: str) -> float:
    return float(version) if re.fullmatch(r"\d+(\.\d+)?", version) else 0.0


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD", "NAME": "PGDATABASE"}
    given = {variable: str(settings[key]) for key, variable in names.items() if settings.get(key)}
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
    options = {f"PG{key.upper()}": str(value) for key, value in settings.get("OPTIONS", {}).items() if key == "sslmode"}
    return {**kept, **given, **options, "LC_ALL": "C"}
