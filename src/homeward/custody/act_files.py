"""Finds an act's JSON in a file: the file itself, or the one attachment of a PDF that is an act."""

from contextlib import suppress
from pathlib import Path

from homeward.custody.act_verification import looks_like_an_act
from homeward.errors import InputError
from homeward.imports.tables import read_file

__all__ = ["act_json"]

_NEEDED = "a handover act: its JSON, or the PDF that holds it"


def act_json(path: Path) -> bytes:
    """Returns the bytes of the act in the file at `path`; raises InputError where there is none, or where two are."""
    raw = read_file(path, needed=_NEEDED)
    if not raw[:1024].lstrip().startswith(b"%PDF-"):
        return raw
    acts = [attached for attached in _attachments(raw, place=path.name) if looks_like_an_act(attached)]
    if len(acts) != 1:
        found = "a PDF without an act in it" if not acts else f"a PDF with {len(acts)} acts in it"
        raise InputError(place=path.name, found=found, needed=_NEEDED)
    return acts[0]


def _attachments(raw: bytes, *, place: str) -> list[bytes]:
    """Returns the attachments of a PDF that can be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise InputError(place=place, found=f"a PDF that cannot be read ({error})", needed=_NEEDED) from error
    found = []
    try:
        for index in range(document.count_attachments()):
            with suppress(pypdfium2.PdfiumError):  # an empty one, which is no act
                found.append(bytes(document.get_attachment(index).get_data()))
    finally:
        document.close()
    return found
