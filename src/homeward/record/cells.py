"""Cells of a record file, read one by one; what is wrong is told with file, line, field, found and needed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from homeward import dates
from homeward.errors import InputError
from homeward.reader.claims import Modifier, Quantity

__all__ = ["Cells"]

Word = TypeVar("Word", bound=Enum)

LONGEST = 10_000
GREATEST = 2_147_483_647
FIGURE = re.compile(r"(\d{1,10})(?:-(\d{1,10}))?")
KEY = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
TRANSFER = re.compile(r"[a-z0-9-]+\.[a-z]+-to-[a-z0-9]+(?::[^;:]+)?")


@dataclass(frozen=True)
class Cells:
    """One line of a record file: its cells by the name of their column."""

    file: str
    line: int
    values: Mapping[str, str]

    def place(self, field: str = "") -> str:
        """Returns where a cell stands: the file, the line and the field."""
        return f"{self.file} line {self.line}" + (f", field {field}" if field else "")

    def refuse(self, field: str, needed: str) -> InputError:
        """Returns the error that tells what is wrong with a cell."""
        found = self.values[field].strip()
        return InputError(place=self.place(field), found=f'"{found[:80]}"' if found else "nothing", needed=needed)

    def text(self, field: str, *, needed: str = "", longest: int = LONGEST) -> str:
        """Returns the text of a cell; `needed` says what it must hold, where it must not be empty."""
        value = self.values[field].strip()
        if needed and not value:
            raise self.refuse(field, needed)
        if len(value) > longest or any(ord(letter) < 32 for letter in value):
            raise self.refuse(field, f"at most {longest:,} characters on one line")
        return value

    def key(self, field: str, *, longest: int = 80) -> str:
        """Returns the cell as a key: small letters, digits, hyphens and full stops."""
        value = self.text(field, longest=longest)
        if not KEY.fullmatch(value):
            raise self.refuse(field, "a key of small letters, digits and hyphens")
        return value

    def slug(self, field: str) -> str:
        """Returns the cell as a key that the address of a page is made of: one without full stops."""
        value = self.key(field)
        if "." in value:
            raise self.refuse(field, "a key of small letters, digits and hyphens, without full stops")
        return value

    def optional_slug(self, field: str) -> str:
        """Returns the cell as such a key, or nothing."""
        return self.slug(field) if self.text(field) else ""

    def code(self, field: str) -> str:
        """Returns the cell as the code of a party."""
        value = self.text(field)
        if not CODE.fullmatch(value):
            raise self.refuse(field, "the code of a party, such as UKR")
        return value

    def optional_code(self, field: str) -> str:
        """Returns the cell as the code of a party, or nothing."""
        return self.code(field) if self.text(field) else ""

    def codes(self, field: str) -> tuple[str, ...]:
        """Returns the cell as codes of parties with semicolons between them, sorted."""
        found = [part.strip() for part in self.text(field).split(";") if part.strip()]
        if not all(CODE.fullmatch(code) for code in found):
            raise self.refuse(field, "codes of parties with semicolons between them, such as ARE; USA")
        return tuple(sorted(set(found)))

    def transfers(self, field: str) -> tuple[str, ...]:
        """Returns the cell as keys of transfers with semicolons between them, sorted."""
        found = [part.strip() for part in self.text(field).split(";") if part.strip()]
        if not all(TRANSFER.fullmatch(key) for key in found):
            raise self.refuse(field, "keys of transfers, such as 2022-03-24-prisoners.civilians-to-ukr")
        return tuple(sorted(set(found)))

    def word(self, field: str, vocabulary: type[Word]) -> Word:
        """Returns the cell as a word of a closed vocabulary."""
        try:
            return vocabulary(self.text(field))
        except ValueError:
            allowed = ", ".join(str(member.value) for member in vocabulary)
            raise self.refuse(field, f"one of {allowed}") from None

    def optional_word(self, field: str, vocabulary: type[Word]) -> Word | None:
        """Returns the cell as a word of a closed vocabulary, or None."""
        return self.word(field, vocabulary) if self.text(field) else None

    def flag(self, field: str) -> bool:
        """Returns whether the cell says yes."""
        value = self.text(field)
        if value not in {"yes", "no"}:
            raise self.refuse(field, "yes or no")
        return value == "yes"

    def date(self, field: str, *, needed: str = "") -> str:
        """Returns the cell as an EDTF date; `needed` says what it must hold, where it must not be empty."""
        value = self.text(field, needed=needed, longest=60)
        dates.bounds(value, place=self.place(field))
        return value

    def address(self, field: str) -> str:
        """Returns the cell as the address of a page."""
        value = self.text(field, longest=1000)
        if not value.startswith(("http://", "https://")) or " " in value:
            raise self.refuse(field, "the address of a page, beginning with http:// or https://")
        return value

    def number(self, field: str, *, needed: str) -> int:
        """Returns a whole number from 1."""
        text = self.text(field)
        if not re.fullmatch(r"[1-9][0-9]{0,5}", text):
            raise self.refuse(field, needed)
        return int(text)

    def quantity(self) -> Quantity | None:
        """Returns the quantity in the fields figure and modifier; a figure without a modifier is exact."""
        figure, modifier = self.text("figure"), self.optional_word("modifier", Modifier)
        if not figure:
            if modifier is None or modifier in {Modifier.ALL, Modifier.VAGUE}:
                return Quantity(None, None, modifier) if modifier else None
            raise self.refuse("figure", f"a number to go with {modifier.value}")
        low, high = self._numbers(figure)
        match modifier:
            case Modifier.ALL:
                raise self.refuse("figure", "no number beside the modifier all")
            case Modifier.AT_LEAST | Modifier.MORE_THAN:
                return Quantity(low, None, modifier)
            case Modifier.AT_MOST | Modifier.LESS_THAN:
                return Quantity(None, high, modifier)
            case _:
                return Quantity(low, high, modifier or Modifier.EXACT)

    def _numbers(self, figure: str) -> tuple[int, int]:
        match = FIGURE.fullmatch(figure)
        if match is None:
            raise self.refuse("figure", "a whole number without separators, or two with a hyphen between them")
        low, high = int(match[1]), int(match[2] or match[1])
        if low > high or high > GREATEST:
            raise self.refuse("figure", f"numbers from low to high, at most {GREATEST:,}")
        return low, high
