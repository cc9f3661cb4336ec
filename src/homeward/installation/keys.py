"""The keys of an installation, which no backup holds: they are kept apart from what they open."""

import hashlib
import json
import os
from pathlib import Path

from django.conf import settings

from homeward.errors import InputError

__all__ = ["install_keys", "key_mark", "write_keys"]

FORMAT = "homeward-keys-1"


def key_mark(key: str) -> str:
    """Returns a mark by which a secret key is known again; nothing about the key can be told from it."""
    return hashlib.sha256(b"homeward secret key\x00" + key.encode()).hexdigest()[:16]


def write_keys(out: Path) -> None:
    """Writes the secret key, and the one for checkpoints where there is one, into a file of its owner alone."""
    keys = {"format": FORMAT, "secret_key": settings.SECRET_KEY, "checkpoint_key": settings.HOMEWARD_CHECKPOINT_KEY}
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (FileExistsError, FileNotFoundError, NotADirectoryError, PermissionError) as error:
        needed = "a path where nothing stands yet, in a folder that can be written"
        raise InputError(place=str(out), found=error.strerror or "an error", needed=needed) from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(json.dumps(keys, indent=1) + "\n")


def install_keys(path: Path) -> str:
    """Puts the secret key of a file of keys into the data folder, in place of the one there; returns its mark."""
    needed = "a file made by `homeward backup FILE --keys KEYS`"
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
        key = keys["secret_key"]
        if keys["format"] != FORMAT or not isinstance(key, str) or len(key) < 50:
            raise ValueError
    except OSError as error:
        raise InputError(place=str(path), found=error.strerror or "no file", needed=needed) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(place=str(path), found="something else", needed=needed) from error
    target = Path(settings.HOMEWARD_DATA_DIR) / "secret.key"
    waiting = target.with_name(f".secret.key.{os.getpid()}")
    with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(key)
    waiting.replace(target)
    return key_mark(key)
