"""`homeward migrate`: brings the database up to date."""

from homeward.cli import database
from homeward.cli.printing import say

__all__ = ["migrate"]


def migrate() -> None:
    """Brings the database up to date. The embedded one needs no asking; PostgreSQL is changed by this alone."""
    n_applied = database.migrate()
    say(f"{n_applied} migrations were applied." if n_applied else "The database is up to date.")
