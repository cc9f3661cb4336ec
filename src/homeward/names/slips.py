"""Slips: which letter keyboard, eye or ear puts for another, and how many slips lead from one spelling to another."""

from functools import lru_cache

from homeward.names.spelling import LATIN_FORMS, Lattice

__all__ = ["likely_change", "n_edits"]

_DIGRAPHS = frozenset({"sh", "ch", "zh", "kh", "ts", "ya", "yu", "ia", "iu", "ie", "ye"})


_LEFT_OUT, _ADDED = "left out", "added"


def n_edits(word: str, lattice: Lattice, form: str, most: int) -> int | None:
    """Returns the fewest likely edits from some form of the lattice to this form, or None where it takes more.

    An edit adds, leaves out or changes one letter of the source, or swaps two neighbours.
    """
    return _Walk(word, lattice, form, most).fewest()


class _Walk:
    """The places reached in the source and in the form, with the fewest edits to each; the source is read in order.

    A place is kept once for each kind of edit that led there: a letter added beside one left out is a letter changed,
    and no keyboard, eye or ear need have made that change likely.
    """

    def __init__(self, word: str, lattice: Lattice, form: str, most: int) -> None:
        self.word, self.lattice, self.form, self.most = word, lattice, form, most
        self.reach: list[dict[tuple[int, str], int]] = [{} for _ in range(len(lattice) + 1)]
        self.reach[0][0, ""] = 0

    def fewest(self) -> int | None:
        for i, here in enumerate(self.reach):
            for p in range(len(self.form) + 1):
                for last in ("", _LEFT_OUT, _ADDED):
                    cost = here.get((p, last))
                    if cost is not None:
                        self._read(i, p, cost)
                        if cost < self.most:
                            self._slip(i, p, cost + 1, last)
        found = [cost for (p, _), cost in self.reach[-1].items() if p == len(self.form)]
        return min(found, default=None)

    def _step(self, i: int, p: int, cost: int, last: str = "") -> None:
        if cost < self.reach[i].get((p, last), self.most + 1):
            self.reach[i][p, last] = cost

    def _read(self, i: int, p: int, cost: int) -> None:
        for k, forms in self.lattice[i] if i < len(self.lattice) else ():
            for piece in forms:
                if self.form.startswith(piece, p):
                    self._step(i + k, p + len(piece), cost)

    def _slip(self, i: int, p: int, cost: int, last: str) -> None:
        if p < len(self.form) and last != _LEFT_OUT:
            self._step(i, p + 1, cost, _ADDED)
            if self.form[p : p + 2] in _DIGRAPHS:
                self._step(i, p + 2, cost, _ADDED)
        if i < len(self.lattice):
            if last != _ADDED:
                self._step(i + 1, p, cost, _LEFT_OUT)
            self._change(i, p, cost)
        if i + 1 < len(self.lattice) and self.word[i] != self.word[i + 1]:
            self._swap(i, p, cost)

    def _change(self, i: int, p: int, cost: int) -> None:
        for length in (1, 2, 4):
            piece = self.form[p : p + length]
            if len(piece) == length and any(likely_change(self.word[i], other) for other in _letters_of(piece)):
                self._step(i + 1, p + length, cost)

    def _swap(self, i: int, p: int, cost: int) -> None:
        for first in self.lattice[i + 1][0][1]:
            if self.form.startswith(first, p):
                for second in self.lattice[i][0][1]:
                    if self.form.startswith(second, p + len(first)):
                        self._step(i + 2, p + len(first) + len(second), cost)


@lru_cache(maxsize=8192)
def _letters_of(piece: str) -> tuple[str, ...]:
    if len(piece) == 1 and not piece.isascii():
        return (piece,)
    own = (piece,) if len(piece) == 1 else ()
    return (*own, *(letter for letter, forms in LATIN_FORMS.items() if piece in forms))


_KEYBOARDS = (
    ("йцукенгшщзхї", "фівапролджє", "ячсмитьбю"),
    ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
)
# Letters that look alike in print or by hand, and letters that sound alike; each word is a group, in which any two may
# be taken for one another.
_EYE = (
    "ил лп пн ни ий шщ шм цщ цп оа ос се сг гт гч чг зв вб вз зэ ьы ьъ ьб ьв єе её їі дл лм мш кх хж кж нк тш тг гр рп "
    "ац юо яа рг нп лн тп мт ло рф уч ук rn nm uv vw vy ec co oa li ij lt tf nh hb bk gq gy sz ae nu ao ce"
)
_EAR = (
    "аеоиіїяюєэыу йї бп дт гк гх кх вф ву зс жш шщ чщ чц чш цс жз сш лр мн нл гґ йі йи ьй жч дз тц хф "
    "aeiouy bp dt gk gh kh vf vw zs cs ck lr mn ij jy sz kq zj"
)


def _likely_pairs() -> frozenset[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for rows in _KEYBOARDS:
        place = {letter: (y, x + 0.4 * y) for y, row in enumerate(rows) for x, letter in enumerate(row)}
        for a, (ya, xa) in place.items():
            pairs |= {(a, b) for b, (yb, xb) in place.items() if a != b and abs(ya - yb) <= 1 and abs(xa - xb) <= 1.1}
    for group in (*_EYE.split(), *_EAR.split()):
        pairs |= {(a, b) for a in group for b in group if a != b}
    return frozenset(pairs)


_LIKELY = _likely_pairs()


def likely_change(one: str, other: str) -> bool:
    """Whether keyboard, eye or ear may put one letter for the other.

    >>> likely_change("л", "п"), likely_change("ж", "а")
    (True, False)
    """
    return one == other or (one, other) in _LIKELY or (other, one) in _LIKELY
