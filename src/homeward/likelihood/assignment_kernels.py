"""Kernels of joint identification: sums over sets of victims, in natural logarithms.

A state is a set of victims as bits. ``masks`` are the sets that the local assignments of a unit use, ``weights`` the
logarithms of their summed LRs.
"""

import math

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.acceleration import kernel

__all__ = ["best_after", "summed_after", "summed_before", "summed_through"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

# exp(-40) is below half a unit in the last place of a double, so the smaller term cannot change the sum.
NEGLIGIBLE = 40.0


@kernel
def _log_add(a: float, b: float) -> float:
    """log(exp(a) + exp(b)), with the logarithm of nothing as -inf."""
    if a < b:
        a, b = b, a
    if b == -math.inf or a - b > NEGLIGIBLE:
        return a
    return a + math.log1p(math.exp(b - a))


@kernel
def summed_before(states: Floats, masks: Integers, weights: Floats, out: Floats) -> None:
    """Adds to ``out`` each state joined with each mask that is disjoint from it."""
    for s in range(len(states)):
        if states[s] == -math.inf:
            continue
        for r in range(len(masks)):
            if s & masks[r] == 0:
                out[s | masks[r]] = _log_add(out[s | masks[r]], states[s] + weights[r])


@kernel
def summed_after(after: Floats, masks: Integers, weights: Floats, out: Floats) -> None:
    """For each state: the sum, over disjoint masks, of their weight and of what may follow."""
    for s in range(len(after)):
        total = -math.inf
        for r in range(len(masks)):
            if s & masks[r] == 0:
                total = _log_add(total, weights[r] + after[s | masks[r]])
        out[s] = total


@kernel
def best_after(after: Floats, masks: Integers, weights: Floats, out: Floats) -> None:
    """As summed_after with the largest term in place of the sum."""
    for s in range(len(after)):
        best = -math.inf
        for r in range(len(masks)):
            if s & masks[r] == 0:
                best = max(best, weights[r] + after[s | masks[r]])
        out[s] = best


@kernel
def summed_through(before: Floats, after: Floats, masks: Integers, out: Floats) -> None:
    """For each mask: the sum over disjoint states of what comes before and what may follow, its own weight left out."""
    out[:] = -math.inf
    for s in range(len(before)):
        if before[s] == -math.inf:
            continue
        for r in range(len(masks)):
            if s & masks[r] == 0:
                out[r] = _log_add(out[r], before[s] + after[s | masks[r]])
