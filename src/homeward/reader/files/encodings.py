"""The text of bytes: UTF-8 and UTF-16 by rule, everything else by what charset-normalizer finds in it."""

from charset_normalizer import from_bytes

from homeward.errors import InputError

__all__ = ["text_of"]

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What a text of ours may be written in; other answers of the detector are guesses over few bytes.
_LIKELY = ("cp1251", "koi8_u", "koi8_r", "iso8859_5", "mac_cyrillic", "cp866", "cp1252", "latin_1")


def text_of(raw: bytes, *, name: str) -> str:
    """Returns the text of `raw`; raises InputError where the bytes are no text.

    >>> text_of("Росія повернула тіла".encode("cp1251"), name="a.txt")
    'Росія повернула тіла'
    """
    text = _decoded(raw)
    strange = None if text is None else next((sign for sign in text if sign < " " and sign not in "\t\n\r\f\v"), None)
    if text is None or strange is not None:
        found = "bytes that are no text" if strange is None else f"the control character {ord(strange)}"
        raise InputError(place=name, found=found, needed="text", code="document_no_text")
    return text


def _decoded(raw: bytes) -> str | None:
    codec = next((codec for mark, codec in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(codec)
    except UnicodeDecodeError:
        pass
    best = from_bytes(raw, cp_isolation=list(_LIKELY)).best()
    return None if best is None else str(best)
