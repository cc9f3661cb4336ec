"""What the environment says: every setting of an installation, read in one place (docs/reference/settings.md)."""

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import dj_database_url

from homeward.errors import InputError

__all__ = [
    "boolean",
    "choice",
    "close_to_others",
    "data_directory",
    "database",
    "database_file",
    "database_url",
    "number",
    "secret_key",
    "text",
    "words",
]

SQLITE_PATIENCE_SECONDS = 5  # how long a write waits for another before it is told that the database is busy
SHORTEST_KEY = 50
FEWEST_LETTERS = 12


def text(name: str, default: str = "") -> str:
    """Returns the setting `name`, or what the file named by `name`_FILE holds, or `default`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            found = f"{path}: {getattr(error, 'strerror', None) or 'not a text'}"
            raise InputError(place=f"{name}_FILE", found=found, needed="the path of a file that can be read") from error
    return os.environ.get(name, default)


def boolean(name: str) -> bool:
    """Returns whether the setting `name` says yes; absent means no."""
    value = text(name, "no").lower()
    if value not in {"yes", "no", "true", "false", "1", "0"}:
        raise InputError(place=name, found=f'"{value}"', needed="yes or no")
    return value in {"yes", "true", "1"}


def choice(name: str, options: tuple[str, ...]) -> str:
    """Returns the setting `name`, one of the options; the first where it is absent."""
    value = text(name, options[0]).lower()
    if value not in options:
        raise InputError(place=name, found=f'"{value}"', needed=f"one of {', '.join(options)}")
    return value


def number(name: str, default: int, *, least: int = 0) -> int:
    """Returns the setting `name` as a whole number from `least` on, or `default`."""
    value = text(name) or str(default)
    if not value.isdecimal() or int(value) < least:
        raise InputError(place=name, found=f'"{value}"', needed=f"a whole number from {least} on")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Returns the comma-separated setting `name` as a list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def data_directory() -> Path:
    """Returns the folder of the embedded database, its secrets and files; made on first use, closed to other users.

    HOMEWARD_DATA_DIR, or `homeward` in the user's folder for data, the same for every command. The demo has a folder of
    its own inside it.
    """
    directory = _chosen_directory()
    if boolean("HOMEWARD_DEMO"):
        directory /= "demo"
    needed = "a folder that can be written; HOMEWARD_DATA_DIR names one"
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(directory, os.R_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "a folder that this user cannot open")
    except OSError as error:
        found = f"{directory}: {error.strerror}"
        raise InputError(place="HOMEWARD_DATA_DIR", found=found, needed=needed) from error
    close_to_others(directory, 0o700)
    return directory


def _chosen_directory() -> Path:
    given = os.environ.get("HOMEWARD_DATA_DIR")
    if given is not None:
        if not given.strip():
            needed = "the path of a folder; without the setting it is `homeward` in the user's folder for data"
            raise InputError(place="HOMEWARD_DATA_DIR", found="an empty path", needed=needed)
        return Path(given).expanduser().absolute()
    shared = os.environ.get("XDG_DATA_HOME", "")
    if shared.startswith("/"):  # the XDG rule: a relative path is ignored
        return Path(shared) / "homeward"
    try:
        return Path.home() / ".local" / "share" / "homeward"
    except RuntimeError as error:
        found = "a user without a home folder"
        raise InputError(place="HOMEWARD_DATA_DIR", found=found, needed="HOMEWARD_DATA_DIR, a folder") from error


def close_to_others(path: Path, mode: int) -> None:
    """Takes from other users of the machine what they may do with a file or folder that exists already."""
    with suppress(OSError):  # not there, not ours, or read-only: `homeward check` tells it
        if path.stat().st_mode & 0o077:
            path.chmod(mode)


def database_url() -> str:
    """Returns the address of the database: HOMEWARD_DATABASE_URL, or the embedded SQLite file."""
    url = text("HOMEWARD_DATABASE_URL") or f"sqlite:///{data_directory() / 'homeward.sqlite3'}"
    scheme = url.split("://")[0]
    needed = "sqlite:////folder/file or postgresql://user:password@host/name"
    if "://" not in url or scheme not in {"sqlite", "postgres", "postgresql"}:
        raise InputError(place="HOMEWARD_DATABASE_URL", found=f'an address of kind "{scheme[:20]}"', needed=needed)
    try:
        _ = urlsplit(url).port
    except ValueError:  # its message may hold the password, and so is not told
        found = "an address with a part that is malformed"
        raise InputError(place="HOMEWARD_DATABASE_URL", found=found, needed=needed) from None
    return url


def database(url: str) -> dict[str, Any]:
    """Returns Django's settings for the database; the embedded one is closed to other users, and only read where it
    cannot be written.
    """
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    if config["ENGINE"] != "django.db.backends.sqlite3":
        return config
    path = Path(config["NAME"])
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        close_to_others(path.with_name(name), 0o600)
    options: dict[str, Any] = {"timeout": SQLITE_PATIENCE_SECONDS}
    if _only_readable(path):
        # Write-ahead logging needs a file beside the database; where none can be made, nobody else writes either.
        waiting = path.with_name(f"{path.name}-wal")
        mode = "mode=ro" if waiting.exists() and waiting.stat().st_size else "mode=ro&immutable=1"
        config["NAME"] = f"file:{quote(str(path))}?{mode}"
        options |= {"uri": True, "init_command": "PRAGMA foreign_keys=ON;"}
    else:
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        pragmas += "PRAGMA secure_delete=ON;"  # an erased name must not stay in the file
        options |= {"transaction_mode": "IMMEDIATE", "init_command": pragmas}
    return {**config, "OPTIONS": {**config.get("OPTIONS", {}), **options}}


def database_file(url: str) -> Path | None:
    """Returns the file of the embedded database, None for any other."""
    config = dj_database_url.parse(url)
    name = config["NAME"] if config["ENGINE"] == "django.db.backends.sqlite3" else ""
    return Path(name) if name and name != ":memory:" else None


def _only_readable(path: Path) -> bool:
    return path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def secret_key() -> str:
    """Returns HOMEWARD_SECRET_KEY, or the key kept beside the embedded database, made at random on first use."""
    if "HOMEWARD_SECRET_KEY" in os.environ or os.environ.get("HOMEWARD_SECRET_KEY_FILE"):
        return _strong(text("HOMEWARD_SECRET_KEY"), place="HOMEWARD_SECRET_KEY")
    path = data_directory() / "secret.key"
    close_to_others(path, 0o600)
    key = secrets.token_urlsafe(50)
    try:
        return _strong(path.read_text(encoding="ascii").strip(), place=str(path))
    except FileNotFoundError:
        pass
    except (OSError, UnicodeDecodeError) as error:
        found = getattr(error, "strerror", None) or "bytes that are no key"
        raise InputError(place=str(path), found=found, needed="the secret key, readable by this user") from error
    waiting = path.with_name(f".secret.key.{os.getpid()}")
    try:
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(key)
        path.hardlink_to(waiting)  # whole or not at all, and never over a key that is there
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        if error.errno == errno.EROFS or not os.access(path.parent, os.W_OK):
            return key  # a folder that can only be read: good for the commands that only read
        raise
    finally:
        waiting.unlink(missing_ok=True)
    return key


def _strong(key: str, *, place: str) -> str:
    """Returns the key; refuses one that could be guessed."""
    needed = f"at least {SHORTEST_KEY} random characters, such as `openssl rand -base64 60` gives"
    if len(key) < SHORTEST_KEY:
        raise InputError(place=place, found=f"a key of {len(key)} characters", needed=needed)
    if len(set(key)) < FEWEST_LETTERS:
        raise InputError(place=place, found=f"a key of {len(set(key))} different characters", needed=needed)
    return key
