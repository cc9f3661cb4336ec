"""Bounds of 95 % for shares that were counted."""

import math
from collections.abc import Callable

__all__ = ["clopper_pearson", "wilson"]

Z = 1.959963984540054
STEPS_OF_BISECTION = 60


def wilson(n_yes: int, n: int) -> tuple[float, float]:
    """Returns the interval of a share (Wilson 1927), for shares that are neither rare nor nearly certain."""
    centre = (n_yes + Z * Z / 2) / (n + Z * Z)
    half = Z * math.sqrt(n_yes * (n - n_yes) / n + Z * Z / 4) / (n + Z * Z)
    return max(0.0, centre - half), min(1.0, centre + half)


def clopper_pearson(n_yes: int, n: int) -> tuple[float, float]:
    """Returns the exact interval of a rare share (Clopper & Pearson 1934); of 0 in n, the one-sided bound, about 3/n.

    >>> round(clopper_pearson(0, 1000)[1] * 1000, 2)
    2.99
    """
    if n_yes == 0:
        return 0.0, 1 - 0.05 ** (1 / n)
    low = _bisected(lambda share: 1 - _at_most(n_yes - 1, n, share) < 0.025)
    high = 1.0 if n_yes == n else _bisected(lambda share: _at_most(n_yes, n, share) > 0.025)
    return low, high


def _bisected(is_below: Callable[[float], bool]) -> float:
    low, high = 0.0, 1.0
    for _ in range(STEPS_OF_BISECTION):
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def _at_most(n_yes: int, n: int, share: float) -> float:
    """P(at most so many of n)."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return float(n_yes >= n)
    logs = [
        math.lgamma(n + 1)
        - math.lgamma(k + 1)
        - math.lgamma(n - k + 1)
        + k * math.log(share)
        + (n - k) * math.log1p(-share)
        for k in range(n_yes + 1)
    ]
    return math.fsum(math.exp(value) for value in logs)
