"""`homeward serve`: the site."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Annotated

import typer

from homeward.cli import database
from homeward.cli.printing import say
from homeward.errors import InputError

__all__ = ["serve"]


def serve(
    host: Annotated[str, typer.Option(help="the address to listen on; behind a proxy leave it as it is")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="the port to listen on")] = 8000,
    processes: Annotated[int, typer.Option(min=1, max=64, help="how many processes answer requests")] = 1,
    with_worker: Annotated[
        bool | None,
        typer.Option("--worker/--no-worker", help="a worker for background work; by default on the embedded database"),
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="the site of the demo, which is marked SIMULATED")] = False,  # noqa: FBT002
) -> None:
    """Opens the site until it is stopped with Ctrl+C, with a worker beside it on the embedded database."""
    if demo:
        os.environ["HOMEWARD_DEMO"] = "yes"
    _refuse_unless_free(host, port)
    database.prepare()
    from django.conf import settings
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from homeward.access.models import User
    from homeward.installation.queries import is_simulated

    os.environ["DJANGO_SETTINGS_MODULE"] = settings.SETTINGS_MODULE
    say(f"Homeward is at http://{f'[{host}]' if ':' in host else host}:{port}/ until you press Ctrl+C.")
    say(f"The data are in {settings.HOMEWARD_DATA_DIR}" + (", SIMULATED." if is_simulated() else "."))
    if not User.objects.exists():
        say("Nobody can sign in yet: see `homeward people`.")
    server = Server(
        "homeward.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=max(2, min(8, os.cpu_count() or 2)),
        log_level=LogLevels.error,
    )
    embedded = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    with _worker() if with_worker or (with_worker is None and embedded) else nullcontext():
        server.serve()


@contextmanager
def _worker() -> Iterator[None]:
    """Keeps a worker running beside the site; it ends with it, even where the site is killed."""
    program = "from homeward.cli.app import main; main()"
    command = [sys.executable, "-c", program, "worker", "--parent", str(os.getpid())]
    with subprocess.Popen(command) as process:  # noqa: S603 - our own program
        try:
            yield
        finally:
            process.terminate()


def _refuse_unless_free(host: str, port: int) -> None:
    """Tries the address first: the server itself would share a taken port in silence."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        needed = "an address of this machine and a port that is free (--host, --port)"
        raise InputError(place=f"{host}:{port}", found=error.strerror or str(error), needed=needed) from error
