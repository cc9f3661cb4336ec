"""Labels of bags as the other side wrote them, and which line of its manifest a label means.

A label means the line that is written so. Otherwise it means the only line that agrees with it in one of two folded
forms: look-alikes as Latin letters, or the keys of a Ukrainian or Russian keyboard as Latin ones, which is what a
scanner types while such a layout is on. Signs are folded with their keys only in a label that such a layout can have
typed: the dot of "Ь.12" is on the key of a stroke, that of "M.12" is a dot. Two lines that agree are none. 0 and O, and
leading zeros, are offered to a person as nearest lines, never folded. `static/custody/scan_counts.js` is this module's
twin on the device.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from homeward.errors import InputError

__all__ = ["MOST_OFFERED", "Manifest", "ManifestLine", "as_keys", "as_look_alikes", "trimmed"]

MOST_OFFERED = 3
_FARTHEST = 2  # letters that differ: farther than two, a label is more likely another bag's than a slip

_LOOK_ALIKES = str.maketrans("АВЕІКМНОРСТУХ", "ABEIKMHOPCTYX")
_KEYS = str.maketrans(
    "ЙЦУКЕНГШЩЗХЪЇФЫІВАПРОЛДЖЭЄЯЧСМИТЬБЮЁҐ",
    "QWERTYUIOP[]]ASSDFGHJKL;''ZXCVBNM,.`\\",
)
# Both layouts of Windows (Linux has the same). № is not here: it stands before numbers and is left out of every label.
_SIGNS = str.maketrans('".,/:;?', "@/?|^$&")
_TYPED = re.compile('[ЙЦУКЕНГШЩЗХЪЇФЫІВАПРОЛДЖЭЄЯЧСМИТЬБЮЁҐ0-9"!%*()_+=.,/:;?]*')
_NUMBER = re.compile("[0-9]+")


def trimmed(label: str) -> str:
    """Returns a label without blanks and unseen signs around it, such as those that a scanner sends at the end.

    >>> trimmed("\\ufeffM-0417\\r\\n")
    'M-0417'
    """
    seen = [position for position, sign in enumerate(label) if not _is_unseen(sign)]
    return label[seen[0] : seen[-1] + 1] if seen else ""


def as_look_alikes(label: str) -> str:
    """Returns the folded form in which a Cyrillic letter that looks like a Latin one is that letter.

    >>> as_look_alikes("№ М-0417 а"), as_look_alikes("m0417A")
    ('M0417A', 'M0417A')
    """
    return _bare(label).translate(_LOOK_ALIKES)


def as_keys(label: str) -> str:
    """Returns the folded form in which a Cyrillic letter is the Latin letter on its key.

    Signs are those on their keys only where Cyrillic letters, and nothing else that is on no key of the layout, say
    that it was on: otherwise 12.5 and 12/5, which are two labels, would be one.

    >>> as_keys("Ь-0417Ф"), as_keys("M 0417 a")
    ('M0417A', 'M0417A')
    >>> as_keys("Ь.12"), as_keys("ЬЮ12"), as_keys("M.12"), as_keys("12.5")
    ('M/12', 'M.12', 'M.12', '12.5')
    """
    bare = _bare(label)
    typed = _TYPED.fullmatch(bare) is not None and any(ord(sign) in _KEYS for sign in bare)
    return (bare.translate(_SIGNS) if typed else bare).translate(_KEYS)


def _bare(label: str) -> str:
    """Returns a label in capitals, in compatibility form (NFKC), without blanks, dashes, unseen signs and №."""
    # № goes first: NFKC would make it the letters "No".
    capitals = unicodedata.normalize("NFKC", label.replace("№", "")).upper()
    return "".join(sign for sign in capitals if not _is_away(sign))


def _is_away(sign: str) -> bool:
    return _is_unseen(sign) or unicodedata.category(sign) == "Pd" or sign == "\u2212"


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in {"Zs", "Zl", "Zp", "Cc", "Cf"}


def _offered_form(folded: str) -> str:
    """Returns a folded form in which 0 and O are one and numbers have no leading zeros."""
    return _NUMBER.sub(lambda number: number[0].lstrip("0") or "0", folded.replace("O", "0"))


@dataclass(frozen=True)
class ManifestLine:
    """One line of the other side's list: its row, the label as written without outer blanks, the seal's number."""

    row: int
    label: str
    seal: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "label", trimmed(self.label))


@dataclass(frozen=True)
class Manifest:
    """The other side's list for one handover; lines without a label count, and nothing scanned can mean them."""

    lines: tuple[ManifestLine, ...]

    def __post_init__(self) -> None:
        rows = [line.row for line in self.lines]
        if len(set(rows)) < len(rows):
            row = next(row for row in rows if rows.count(row) > 1)
            raise InputError(place="manifest", found=f"row {row} twice", needed="each row once")

    @classmethod
    def of(cls, labels: Iterable[str]) -> "Manifest":
        """Returns the manifest of labels in their order, the first in row 1."""
        return cls(tuple(ManifestLine(row, label) for row, label in enumerate(labels, 1)))

    @cached_property
    def rows(self) -> Mapping[str, tuple[int, ...]]:
        """The rows of each label as written; twin rows are two rows of one label."""
        rows: dict[str, tuple[int, ...]] = {}
        for line in self.lines:
            if line.label:
                rows[line.label] = (*rows.get(line.label, ()), line.row)
        return rows

    def meant_by(self, label: str) -> str:
        """Returns the label of the line that `label` means, or `label` itself where it means none, or two."""
        if label in self.rows:
            return label
        agreeing = self.agreeing(label)
        return agreeing[0] if len(agreeing) == 1 else label

    def agreeing(self, label: str) -> tuple[str, ...]:
        """Returns the labels of the lines that agree with `label` in a folded form, in the manifest's order."""
        looks, keys = as_look_alikes(label), as_keys(label)
        found = {*self._by_look.get(looks, ()), *self._by_keys.get(keys, ())}
        return tuple(sorted(found, key=lambda each: self.rows[each][0]))

    def nearest(self, label: str) -> tuple[str, ...]:
        """Returns at most three labels that a slip of one or two letters would make of `label`, nearest first."""
        own = [_offered_form(form(label)) for form in (as_look_alikes, as_keys)]
        ranked = []
        for position, (other, forms) in enumerate(self._offered.items()):
            distance, length = min(
                (Levenshtein.distance(a, b, score_cutoff=_FARTHEST), -min(len(a), len(b)))
                for a, b in zip(own, forms, strict=True)
            )
            if distance <= _FARTHEST and distance < -length:
                ranked.append((distance, position, other))
        return tuple(other for _, _, other in sorted(ranked)[:MOST_OFFERED])

    @cached_property
    def _by_look(self) -> Mapping[str, tuple[str, ...]]:
        return self._grouped({label: as_look_alikes(label) for label in self.rows})

    @cached_property
    def _by_keys(self) -> Mapping[str, tuple[str, ...]]:
        return self._grouped({label: as_keys(label) for label in self.rows})

    @cached_property
    def _offered(self) -> Mapping[str, tuple[str, str]]:
        return {label: (_offered_form(as_look_alikes(label)), _offered_form(as_keys(label))) for label in self.rows}

    @staticmethod
    def _grouped(forms: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
        """Returns the labels by their form; a label of which nothing is left agrees with no other."""
        grouped: dict[str, tuple[str, ...]] = {}
        for label, form in forms.items():
            if form:
                grouped[form] = (*grouped.get(form, ()), label)
        return grouped
