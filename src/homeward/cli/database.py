"""Opens the database for a command, making the embedded one on first use."""

import os

__all__ = ["prepare"]


def prepare() -> None:
    """Sets Django up and brings the embedded database up to date, with the shipped public record in it when it is new.

    A PostgreSQL database is never changed without being asked: run `homeward migrate` there.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.web.settings")
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0, interactive=False)
