"""Which slips in a code its check digits catch: every slip at every place of every code, counted exactly.

Three ways to check eight digits, the first from 1 to 9, are compared: two digits of ISO 7064 MOD 97-10 (what
`custody.codes` uses), one digit of Damm (2004), and one character of ISO 7064 MOD 37-2 (ISBT 128), which may be a
letter or an asterisk. Each is a machine that reads a code sign by sign and ends in one accepted state. Two different
states never become one by reading the same sign, so a slip is missed exactly if the machine stands, after it, in the
state in which it would have stood without it. Counting how many codes pass through each state therefore counts all 90
million codes without going through them. `--sample` draws codes and slips at random, as a check of the counting itself.

    python -m verification.check_digits --sample 200000
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np

PAYLOAD = 8
DIGITS = range(10)
CAUGHT = -1  # the state of a slip that no code can be: a 0 in front, a letter among the digits
DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
"""The quasigroup of order 10 in Damm's thesis (2004), as it is commonly printed."""


@dataclass(frozen=True)
class Scheme:
    """A way to check a code: `step[state, sign]` is the next state, `signs` the signs that may stand at each place."""

    name: str
    step: np.ndarray
    accepted: int
    signs: tuple[range, ...]

    def beginnings(self) -> list[np.ndarray]:
        """Returns for each place how many beginnings of a code lead to each state before it."""
        counts = [np.eye(len(self.step))[0]]
        for signs in self.signs:
            after = np.zeros(len(self.step))
            for sign in signs:
                np.add.at(after, self.step[:, sign], counts[-1])
            counts.append(after)
        return counts

    def endings(self) -> list[np.ndarray]:
        """Returns for each place how many ends of a code lead from each state before it to the accepted one."""
        counts = [np.eye(len(self.step))[self.accepted]]
        for signs in reversed(self.signs):
            counts.append(sum(counts[-1][self.step[:, sign]] for sign in signs))
        return counts[::-1]


def iso_7064(name: str, *, modulus: int, radix: int, check: tuple[range, ...]) -> Scheme:
    """Returns a scheme of ISO 7064: state = (state * radix + sign) mod modulus, accepted at 1."""
    signs = (range(1, 10), *[DIGITS] * (PAYLOAD - 1), *check)
    step = (np.arange(modulus)[:, None] * radix + np.arange(max(each.stop for each in signs))) % modulus
    # The last sign is added without a further product: MOD 97-10 shifts by its two digits, MOD 37-2 by its one.
    return Scheme(name, step, 1, signs)


SCHEMES = (
    iso_7064("MOD 97-10", modulus=97, radix=10, check=(DIGITS, DIGITS)),
    Scheme("Damm", np.array(DAMM), 0, (range(1, 10), *[DIGITS] * PAYLOAD)),
    iso_7064("MOD 37-2", modulus=37, radix=2, check=(range(37),)),
)

Change = tuple[int, int]  # the sign that stands, the sign that is written
Slip = tuple[tuple[int, ...], tuple[list[Change], ...]]
"""Places from the left, and for each the changes that may happen there, each with each of the other places."""

KINDS = (
    "one sign wrong",
    "two neighbours swapped",
    "two swapped around one between",
    "any two swapped",
    "twins: aa for bb",
    "twins around one: aca for bcb",
    "three in a circle: bca for abc",
    "any two signs wrong",
    "two of the first eight wrong",
    "two neighbours wrong",
)


def slips(scheme: Scheme, kind: str) -> Iterator[Slip]:
    """Yields every slip of one kind, at every place."""
    signs, n = scheme.signs, len(scheme.signs)

    def others(place: int) -> list[Change]:
        # People write digits; where a letter may stand, they may write any of its signs.
        written = range(max(10, signs[place].stop))
        return [(stands, other) for stands in signs[place] for other in written if other != stands]

    if kind == "one sign wrong":
        yield from (((place,), (others(place),)) for place in range(n))
    elif kind.endswith("wrong"):
        among = range(PAYLOAD if "first eight" in kind else n)
        for one, other in combinations(among, 2):
            if "neighbours" not in kind or other - one == 1:
                yield (one, other), (others(one), others(other))
    elif kind.startswith("three"):
        for p in range(n - 2):
            for a, b, c in _three(signs[p : p + 3]):
                yield (p, p + 1, p + 2), ([(a, b)], [(b, c)], [(c, a)])
    else:
        apart = {"two neighbours swapped": {1}, "two swapped around one between": {2}, "twins: aa for bb": {1}}
        apart |= {"twins around one: aca for bcb": {2}, "any two swapped": set(range(1, n))}
        for one, other in combinations(range(n), 2):
            if other - one in apart[kind]:
                yield from _pairs(kind, (one, other), signs)


def _three(signs: tuple[range, ...]) -> Iterator[tuple[int, int, int]]:
    first, second, third = signs
    yield from ((a, b, c) for a in first for b in second for c in third if not a == b == c)


def _pairs(kind: str, places: tuple[int, int], signs: tuple[range, ...]) -> Iterator[Slip]:
    one, other = places
    for a in signs[one]:
        for b in signs[other] if "swapped" in kind else DIGITS:
            if a != b and "swapped" in kind:
                yield places, ([(a, b)], [(b, a)])
            elif a != b and a in signs[other]:
                yield places, ([(a, b)], [(a, b)])


def counted(scheme: Scheme, kind: str) -> tuple[float, float]:
    """Returns how many slips of a kind there are over all codes, and how many of them are missed."""
    before, after = scheme.beginnings(), scheme.endings()
    total = missed = 0.0
    for places, changes in slips(scheme, kind):
        right = wrong = np.flatnonzero(before[places[0]])
        weight = before[places[0]][right]
        by_place = dict(zip(places, changes, strict=True))
        for place in range(places[0], places[-1] + 1):
            ways = by_place.get(place) or [(sign, sign) for sign in scheme.signs[place]]
            right, wrong, weight = _through(scheme, place, ways, (right, wrong, weight))
        codes = weight * after[places[-1] + 1][right]
        total += codes.sum()
        missed += codes[right == wrong].sum()
    return total, missed


States = tuple[np.ndarray, np.ndarray, np.ndarray]


def _through(scheme: Scheme, place: int, ways: list[Change], states: States) -> States:
    """Returns the pairs of states after one place, each pair once, with the number of ways that lead to it."""
    right, wrong, weight = states
    rights, wrongs = [], []
    for stands, written in ways:
        rights.append(scheme.step[right, stands])
        allowed = written in scheme.signs[place]
        wrongs.append(np.where(wrong == CAUGHT, CAUGHT, scheme.step[wrong, written]) if allowed else wrong * 0 + CAUGHT)
    size = len(scheme.step) + 1
    pairs, position = np.unique(np.concatenate(rights) * size + np.concatenate(wrongs) + 1, return_inverse=True)
    return pairs // size, pairs % size - 1, np.bincount(position, np.tile(weight, len(ways)))


def sampled(scheme: Scheme, kind: str, *, size: int, chance: random.Random) -> float:
    """Returns the share of missed slips among `size` random ones, each made in a code and checked from its start."""
    written_for: dict[tuple[int, ...], dict[tuple[int, ...], list[tuple[int, ...]]]] = {}
    for places, changes in slips(scheme, kind):
        of_places = written_for.setdefault(places, {})
        for change in product(*changes):
            stands, written = zip(*change, strict=True)
            of_places.setdefault(stands, []).append(written)
    every, endings = list(written_for), scheme.endings()
    most = max(len(written) for of_places in written_for.values() for written in of_places.values())
    missed = made = 0
    while made < size:
        code, places = _random_code(scheme, endings, chance), chance.choice(every)
        written = written_for[places].get(tuple(code[place] for place in places), [])
        if chance.random() * most >= len(written):  # so that each slip of each code is drawn as often as any other
            continue
        made += 1
        for place, sign in zip(places, chance.choice(written), strict=True):
            code[place] = sign
        missed += _holds(scheme, code)
    return missed / size


def _random_code(scheme: Scheme, endings: list[np.ndarray], chance: random.Random) -> list[int]:
    """Returns a random code, each as probable as any other: a sign is drawn by how many codes go on from it."""
    state, code = 0, []
    for place, signs in enumerate(scheme.signs):
        weights = [endings[place + 1][scheme.step[state, sign]] for sign in signs]
        [sign] = chance.choices(signs, weights)
        state = scheme.step[state, sign]
        code.append(sign)
    return code


def _holds(scheme: Scheme, code: list[int]) -> bool:
    state = 0
    for place, sign in enumerate(code):
        if sign not in scheme.signs[place]:
            return False
        state = scheme.step[state, sign]
    return bool(state == scheme.accepted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="also draw so many random slips of each kind")
    arguments = parser.parse_args()
    chance = random.Random(1)
    for scheme in SCHEMES:
        codes = scheme.endings()[0][0]
        print(f"{scheme.name}: {codes:,.0f} codes")
        for kind in KINDS:
            total, missed = counted(scheme, kind)
            line = f"  {kind:<34} {total:>18,.0f} slips  {missed:>16,.0f} missed  {100 * missed / total:8.4f} %"
            if arguments.sample:
                share = sampled(scheme, kind, size=arguments.sample, chance=chance)
                line += f"  {100 * share:8.4f} % of {arguments.sample:,} drawn"
            print(line)


if __name__ == "__main__":
    main()
