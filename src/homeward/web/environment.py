"""What the environment says: every setting of an installation, read in one place (docs/reference/settings.md)."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from homeward.errors import InputError

__all__ = ["boolean", "data_directory", "database_url", "number", "secret_key", "text", "words"]


def text(name: str, default: str = "") -> str:
    """Returns the setting `name`, or what the file named by `name`_FILE holds, or `default`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            found = f"{path}: {error.strerror}"
            raise InputError(place=f"{name}_FILE", found=found, needed="the path of a file that can be read") from error
    return os.environ.get(name, default)


def boolean(name: str) -> bool:
    """Returns whether the setting `name` says yes; absent means no."""
    value = text(name, "no").lower()
    if value not in {"yes", "no", "true", "false", "1", "0"}:
        raise InputError(place=name, found=f'"{value}"', needed="yes or no")
    return value in {"yes", "true", "1"}


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
    """Returns the folder of the embedded database and its secrets, made on first use and closed to other users."""
    fallback = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "homeward"
    directory = Path(os.environ.get("HOMEWARD_DATA_DIR", fallback))
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        found = f"{directory}: {error.strerror}"
        raise InputError(place="HOMEWARD_DATA_DIR", found=found, needed="a folder that can be written") from error
    return directory


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


def secret_key() -> str:
    """Returns HOMEWARD_SECRET_KEY, or the key kept beside the embedded database, made at random on first use."""
    given = text("HOMEWARD_SECRET_KEY")
    if given:
        return given
    path = data_directory() / "secret.key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key := secrets.token_urlsafe(50))
    return key
