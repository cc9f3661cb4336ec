"""Which encoding a file is written in: UTF-8, UTF-16, Windows-1251 or KOI8-U; nothing is guessed where none fits."""

import codecs
import re
from itertools import pairwise

from homeward.errors import InputError

__all__ = ["decode"]

_NEEDED = "text in UTF-8, UTF-16, Windows-1251 or KOI8-U"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_WORD = re.compile(r"[^\W\d_]+")
_ORDINARY_SIGNS = "№«»–—’‘“”„…°§\u00a0"
# Letters of Ukrainian and Russian text by how common they are, in per cent and rounded; all others count nothing.
_COMMON = {letter: weight for weight, letters in ((8, "оа"), (6, "иентірс"), (4, "влкмдпу")) for letter in letters}


def decode(raw: bytes, *, place: str) -> tuple[str, str]:
    """Returns the text of a file and the name of its encoding; a byte order mark is left out.

    Raises InputError where the bytes are no text, or are not surely one of the encodings.

    >>> decode("№ мішка".encode("cp1251"), place="bags.csv")
    ('№ мішка', 'Windows-1251')
    """
    if raw.startswith(b"PK\x03\x04"):
        raise InputError(place=place, found="a workbook or another packed file", needed="a table saved as text (CSV)")
    text, encoding = _marked(raw, place) or _utf8(raw) or _single_byte(raw, place)
    strange = _CONTROL.search(text)
    if strange is not None:
        raise InputError(place=place, found=f"the control character {ord(strange[0])}", needed=_NEEDED)
    return text, encoding


def _marked(raw: bytes, place: str) -> tuple[str, str] | None:
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8", "UTF-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    ):
        if raw.startswith(mark):
            try:
                return raw[len(mark) :].decode(codec), name
            except UnicodeDecodeError as error:
                raise InputError(
                    place=place, found=f"a byte {error.start + 1} that is not {name}", needed=_NEEDED
                ) from error
    # Instruments write UTF-16 without a mark: every other byte of a heading in Latin letters is then 0.
    if len(raw) >= 4 and len(raw) % 2 == 0 and 0 in raw[:4]:
        for first, codec in ((1, "utf-16-le"), (0, "utf-16-be")):
            if not any(raw[first:64:2]) and all(raw[1 - first : 64 : 2]):
                try:
                    return raw.decode(codec), "UTF-16"
                except UnicodeDecodeError:
                    break
    return None


def _utf8(raw: bytes) -> tuple[str, str] | None:
    try:
        return raw.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return None


def _single_byte(raw: bytes, place: str) -> tuple[str, str]:
    readings = []
    for codec, name, preferred in (("cp1251", "Windows-1251", 1.0), ("koi8_u", "KOI8-U", 0.0)):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            continue
        readings.append((_likeness(text) + preferred, text, name))
    best = max(readings, key=lambda reading: reading[0])
    if best[0] <= 0:
        raise InputError(place=place, found="bytes of an unknown encoding", needed=_NEEDED)
    return best[1], best[2]


def _likeness(text: str) -> float:
    """Returns how much `text` looks like Ukrainian or Russian, below 0 where more speaks against it than for it.

    Either encoding read as the other puts rare letters in the place of common ones, and capitals inside words. A letter
    alone, as in the code "Б-12", says nothing.
    """
    signs = sum(-6.0 for sign in text if ord(sign) > 127 and not sign.isalpha() and sign not in _ORDINARY_SIGNS)
    return signs + sum(_likeness_of_word(word) for word in _WORD.findall(text) if not word.isascii())


def _likeness_of_word(word: str) -> float:
    if any(ord(letter) > 127 and not "\u0400" <= letter <= "\u052f" for letter in word):
        return -6.0
    if len(word) == 1:
        return 0.0
    mixed = any(letter.isascii() for letter in word)
    bends = sum(before.islower() and letter.isupper() for before, letter in pairwise(word))
    return sum(_COMMON.get(letter.lower(), 0) - 2.0 for letter in word) - 6.0 * (bends + mixed)
