"""Folders: every file in them, in the order of their names."""

from pathlib import Path

from homeward.errors import InputError

__all__ = ["files_under"]


def files_under(path: Path) -> list[Path]:
    """Returns the file itself, or the files in a folder and the folders in it, hidden ones left out, sorted by name.

    Raises InputError for a folder without a file.
    """
    if not path.is_dir():
        return [path]
    files = [
        each
        for each in sorted(path.rglob("*"))
        if each.is_file() and not any(part.startswith(".") for part in each.relative_to(path).parts)
    ]
    if not files:
        raise InputError(place=str(path), found="a folder without a file", needed="a folder with files to read")
    return files
