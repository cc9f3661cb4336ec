"""The bound on what is left out, against the posterior of every pair by enumeration."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from homeward.likelihood.negligible_pairs import negligible_pairs

Chosen = tuple[tuple[int, int], ...]


def matchings(n_victims: int, n_missing: int, victim: int = 0, chosen: Chosen = ()) -> Iterator[Chosen]:
    if victim == n_victims:
        yield chosen
        return
    yield from matchings(n_victims, n_missing, victim + 1, chosen)
    for missing in range(n_missing):
        if missing not in {taken for _, taken in chosen}:
            yield from matchings(n_victims, n_missing, victim + 1, (*chosen, (victim, missing)))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("mass", [1e-12, 1e-6, 1e-3, 0.05])
def test_negligible_pairs__bounds_the_posterior_of_all_that_is_left_out(seed, mass) -> None:
    rng = np.random.default_rng(seed)
    log10_lrs = rng.normal(-4, 3, (4, 4))
    log10_lrs[np.diag_indices(4)] = rng.normal(5, 3, 4)
    log10_lrs[rng.random((4, 4)) < 0.1] = -np.inf
    left_out, bound = negligible_pairs(log10_lrs, np.ones(4, dtype=bool), mass=mass)
    total = lost = 0.0
    for chosen in matchings(4, 4):
        weight = math.prod(10.0 ** log10_lrs[pair] for pair in chosen)
        total += weight
        lost += weight if any(left_out[pair] for pair in chosen) else 0.0
    assert lost / total <= bound <= mass
    assert not left_out[~np.isfinite(log10_lrs)].any()


def test_negligible_pairs__leaves_out_strangers_and_keeps_what_matters() -> None:
    log10_lrs = np.full((5, 5), -8.0)
    log10_lrs[np.diag_indices(5)] = 9.0
    log10_lrs[0, 1] = 8.0
    left_out, _ = negligible_pairs(log10_lrs, np.ones(5, dtype=bool))
    assert not left_out[np.diag_indices(5)].any()
    assert left_out.sum() >= 15


def test_negligible_pairs__keeps_all_pairs_of_persons_who_are_weighed_with_others() -> None:
    log10_lrs = np.full((3, 3), -20.0)
    left_out, bound = negligible_pairs(log10_lrs, np.array([True, False, False]))
    assert left_out[:, 1:].sum() == 0
    assert left_out[:, 0].all()
    assert bound == pytest.approx(3e-20)
