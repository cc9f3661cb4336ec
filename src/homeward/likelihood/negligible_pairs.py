"""Pairs that can be left out of a sum over assignments, with a proven bound on what is lost.

For missing persons who form units of their own, the weight of an assignment is the product of its pairs' LRs w. Take an
assignment in which victim v is m. Give m its better victim v' and give v his better person m' instead, removing these
two from wherever they were: the new assignment weighs w(v', m) w(v, m') / (w(v, m) x what was removed) times the old
one. What was removed adds up to at most (1 + S(v')) (1 + S(m')) over all old ones of a new one, where S(v') is the sum
of the LRs of v' for all but m, and S(m') that of m' for all but v. So

    P(v is m) <= w(v, m) (1 + S(v')) (1 + S(m')) / (w(v', m) w(v, m'))

and likewise with one exchange alone, or with none: P(v is m) <= w(v, m). Bounds of all pairs left out are added up.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["MASS_LEFT_OUT", "negligible_pairs"]

MASS_LEFT_OUT = 1e-12

Floats = NDArray[np.float64]


def negligible_pairs(
    log10_lrs: Floats, is_single: NDArray[np.bool_], *, mass: float = MASS_LEFT_OUT
) -> tuple[NDArray[np.bool_], float]:
    """Which pairs may be left out, and a bound on the posterior of all assignments that use one of them.

    ``log10_lrs`` is (n_victims, n_missing), -inf for no pair; ``is_single`` says which missing persons form a unit of
    their own. Pairs of others stay, and bounds that would move a victim out of such a unit are not used: there a
    victim's LR depends on who else is placed.
    """
    w = log10_lrs * np.log(10.0)
    victim_sums = _log_sums_of_others(w)
    missing_sums = _log_sums_of_others(w.T).T
    victim_sums[np.isfinite(w[:, ~is_single]).any(axis=1)] = np.inf
    missing_sums[:, ~is_single] = np.inf
    # What m gains by its best other victim, what v gains by his best other person.
    of_missing = _best_but_own(w - victim_sums, axis=0)
    of_victim = _best_but_own(w - missing_sums, axis=1)
    bounds = w - np.maximum(of_missing, 0.0) - np.maximum(of_victim, 0.0)
    bounds[:, ~is_single] = np.inf
    bounds[~np.isfinite(w)] = np.inf
    flat = np.sort(bounds[np.isfinite(bounds)])
    sums = np.cumsum(np.exp(np.minimum(flat, 0.0)))
    n_left_out = int(np.searchsorted(sums, mass, side="right"))
    if n_left_out == 0:
        return np.zeros_like(bounds, dtype=np.bool_), 0.0
    left_out = bounds <= flat[n_left_out - 1]
    return left_out, float(np.exp(np.minimum(bounds[left_out], 0.0)).sum())


def _log_sums_of_others(w: Floats) -> Floats:
    """For each cell: log(1 + the sum of the weights in its row, its own left out)."""
    nothing = np.full((len(w), 1), -np.inf)
    before = np.logaddexp.accumulate(np.hstack([nothing, w[:, :-1]]), axis=1)
    after = np.logaddexp.accumulate(np.hstack([nothing, w[:, :0:-1]]), axis=1)[:, ::-1]
    sums: Floats = np.logaddexp(0.0, np.logaddexp(before, after))
    return sums


def _best_but_own(gains: Floats, axis: int) -> Floats:
    """For each pair: the largest gain along the axis among the others."""
    n = gains.shape[axis]
    if n < 2:
        return np.full_like(gains, -np.inf)
    gains = np.where(np.isnan(gains), -np.inf, gains)
    order = np.sort(gains, axis=axis)
    first = np.take(order, [n - 1], axis=axis)
    second = np.take(order, [n - 2], axis=axis)
    return np.where(gains == first, np.where(_is_tied(gains, first, axis), first, second), first)


def _is_tied(gains: Floats, largest: Floats, axis: int) -> NDArray[np.bool_]:
    tied: NDArray[np.bool_] = (gains == largest).sum(axis=axis, keepdims=True) > 1
    return tied
