"""The file of a backup: a compressed tar, a manifest first, then the parts that it names, each with its SHA-256."""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from homeward.errors import InputError
from homeward.installation.vocabulary import Kind

__all__ = ["FORMAT", "Manifest", "Part", "extract", "pack", "part_of", "read_manifest"]

FORMAT = "homeward-backup-1"
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 256 * 1024 * 1024  # a line for each file of the media folder
_CHUNK = 1024 * 1024
_SAFE = re.compile(r"(database\.(sqlite3|pgdump)|media(/[^/\x00]+)+)\Z")
_NEEDED = "a file made by `homeward backup`, as it was made"


@dataclass(frozen=True)
class Part:
    """One file inside a backup."""

    name: str
    bytes: int
    sha256: str

    def __post_init__(self) -> None:
        if not _SAFE.match(self.name) or {".", ".."} & set(self.name.split("/")):
            raise ValueError(f'a part named "{self.name[:80]}"')
        if type(self.bytes) is not int or self.bytes < 0 or not re.fullmatch(r"[0-9a-f]{64}", self.sha256):
            raise ValueError(f'a part "{self.name[:80]}" without size or SHA-256')


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a backup holds and when it was true; `key` is the mark of the secret key that seals what is locked in it."""

    made: str
    homeward: str
    database: str
    kind: Kind
    migrations: tuple[str, ...]
    events: int
    head: str
    key: str
    locked: Mapping[str, int]
    parts: tuple[Part, ...]

    def __post_init__(self) -> None:
        if self.database not in {"sqlite", "postgresql"}:
            raise ValueError(f'a database of kind "{str(self.database)[:20]}"')
        names = [part.name for part in self.parts]
        wanted = "database.sqlite3" if self.database == "sqlite" else "database.pgdump"
        if names[:1] != [wanted] or len(set(names)) != len(names):
            raise ValueError("parts of which the database is not the first, or that come twice")

    def as_bytes(self) -> bytes:
        """Returns the manifest as it stands in the file."""
        return (json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False) + "\n").encode()

    @property
    def sha256(self) -> str:
        """The hash of the manifest: the name of this backup in the journal."""
        return hashlib.sha256(self.as_bytes()).hexdigest()

    @property
    def size(self) -> int:
        """How many bytes the parts take."""
        return sum(part.bytes for part in self.parts)


def part_of(path: Path, *, name: str) -> Part:
    """Returns the part that the file at `path` is."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Part(name, path.stat().st_size, digest)


def pack(out: Path, manifest: Manifest, files: Mapping[str, Path]) -> None:
    """Writes the backup to `out`, readable by its owner alone; raises InputError where a part changed meanwhile."""
    descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
        content = manifest.as_bytes()
        tar.addfile(_member(MANIFEST, len(content)), io.BytesIO(content))
        for part in manifest.parts:
            with files[part.name].open("rb") as file:
                reader = _Hashing(file)
                tar.addfile(_member(part.name, part.bytes), reader)
            if reader.digest.hexdigest() != part.sha256:
                found = "a file that was changed while it was copied"
                raise InputError(place=str(files[part.name]), found=found, needed="another try")


class _Hashing:
    """Reads a file and hashes what was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Returns the next bytes."""
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def read_manifest(path: Path) -> Manifest:
    """Returns what the backup at `path` says that it holds; raises InputError for any other file."""
    with _opened(path) as tar:
        first = tar.next()
        if first is None or first.name != MANIFEST or not first.isfile() or first.size > LARGEST_MANIFEST:
            raise InputError(place=str(path), found="no manifest", needed=_NEEDED)
        stream = tar.extractfile(first)
        return _manifest(stream.read() if stream else b"", place=str(path))


def extract(path: Path, manifest: Manifest, into: Path) -> None:
    """Writes every part below `into`, after proving each against the manifest.

    Raises InputError where a part is missing, changed, cut, twice there or not named.
    """
    waiting = {part.name: part for part in manifest.parts}
    with _opened(path) as tar:
        for member in _members(tar):
            part = waiting.pop(member.name, None)
            stream = tar.extractfile(member) if member.isfile() else None
            if part is None or stream is None:
                raise InputError(place=str(path), found=f'a part "{member.name[:80]}" too many', needed=_NEEDED)
            _write(stream, part, into / part.name, place=str(path))
    if waiting:
        raise InputError(place=str(path), found=f'no part "{next(iter(waiting))[:80]}"', needed=_NEEDED)


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """Yields what follows the manifest."""
    tar.next()
    while (member := tar.next()) is not None:
        yield member


def _write(stream: IO[bytes], part: Part, target: Path, *, place: str) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > part.bytes:
                break
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size != part.bytes or digest.hexdigest() != part.sha256:
        raise InputError(place=place, found=f'a part "{part.name[:80]}" that was changed or cut', needed=_NEEDED)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    """Opens a backup to be read once from its start; what cannot be read is told as InputError."""
    try:
        with tarfile.open(path, mode="r|gz") as tar:
            yield tar
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(place=str(path), found="a file that is damaged or no backup", needed=_NEEDED) from error
    except (FileNotFoundError, IsADirectoryError, PermissionError, NotADirectoryError) as error:
        raise InputError(place=str(path), found=error.strerror or "no file", needed=_NEEDED) from error


def _manifest(content: bytes, *, place: str) -> Manifest:
    try:
        fields: Any = json.loads(content)
        if not isinstance(fields, dict) or fields.pop("format", None) != FORMAT:
            raise ValueError(f'no "format": "{FORMAT}"')
        fields["parts"] = tuple(Part(**part) for part in fields["parts"])
        fields["kind"], fields["migrations"] = Kind(fields["kind"]), tuple(fields["migrations"])
        return Manifest(**fields)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(place=place, found=f"a manifest that is not one: {error}", needed=_NEEDED) from error


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member
