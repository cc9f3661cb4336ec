"""Codes of things: ten digits that nobody can take for others, shown as 4827-1093-59, with two check digits.

Digits look alike in every script and lie on the same keys of every layout. The last two are ISO 7064 MOD 97-10: the
ten digits, read as one number, leave 1 when divided by 97. docs/concepts/codes.md tells which slips that catches.
"""

import secrets
import unicodedata
from collections.abc import Callable

from homeward.errors import InputError

__all__ = ["LENGTH", "is_valid", "make", "read", "show"]

LENGTH = 10
_PAYLOAD = LENGTH - 2
_MODULUS = 97
# Hyphens and minus signs that word processors put in the place of one another; category Pd holds the other dashes.
_OTHER_DASHES = "\u00ad\u2212"


def make(*, below: Callable[[int], int] = secrets.randbelow) -> str:
    """Returns a new code: a digit from 1 to 9, seven random digits, two check digits.

    `below(n)` gives a random number from 0 to n - 1. That no code is given twice is for the caller to see to.

    >>> make(below=lambda n: n - 1)
    '9999999952'
    """
    first = 10 ** (_PAYLOAD - 1)
    payload = first + below(9 * first)
    return f"{payload}{98 - payload * 100 % _MODULUS:02d}"


def is_valid(code: str) -> bool:
    """Returns whether `code` is ten digits, the first not 0, whose check digits hold.

    >>> is_valid("9999999952"), is_valid("9999999991")
    (True, False)
    """
    return _fault(code) is None


def show(code: str) -> str:
    """Returns a code as people read it, in groups of four, four and two.

    >>> show("9999999952")
    '9999-9999-52'
    """
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def read(typed: str, *, place: str = "code") -> str:
    """Returns the ten digits of a code as it was typed; blanks and hyphens of any kind are ignored.

    Letters that look like digits are refused, never replaced: a wrong guess would name another thing.

    >>> read(" 9999 9999-52")
    '9999999952'
    """
    code = "".join(sign for sign in typed if not _is_blank_or_hyphen(sign))
    if fault := _fault(code):
        found, needed = fault
        raise InputError(place=place, found=found, needed=needed)
    return code


def _fault(code: str) -> tuple[str, str] | None:
    """Returns what was found and what is needed where `code` is none."""
    strange = next((sign for sign in code if sign not in "0123456789"), None)
    if strange is not None:
        return f'"{_told(strange)}", which is no digit', "ten digits from 0 to 9"
    if len(code) != LENGTH:
        return f"{len(code)} digit{'s' if len(code) != 1 else ''}", "ten digits"
    if code[0] == "0":
        return "a 0 in front", "ten digits, the first from 1 to 9"
    if int(code) % _MODULUS != 1:
        return "check digits that do not hold", "the code as it is printed: a digit is wrong, or two changed places"
    return None


def _told(sign: str) -> str:
    """Returns a sign as it can be told on one line: itself, and its name where it is no plain letter."""
    name = unicodedata.name(sign, f"U+{ord(sign):04X}")
    if sign.isascii() and sign.isprintable():
        return sign
    return f"{sign} ({name})" if sign.isprintable() else name


def _is_blank_or_hyphen(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) in {"Zs", "Pd"} or sign in _OTHER_DASHES
