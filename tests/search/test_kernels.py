"""The kernel against sums in double precision, compiled and as plain Python."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.search import screening
from homeward.search.kernels import EXACT_FROM, LANES, PARTIAL_SUMS, UNITS_OF_ONE, screen
from homeward.search.screening import Readings, units_of


def case(seed: int, *, n_families: int, n_samples: int, n_markers: int, spread: float) -> tuple[np.ndarray, ...]:
    """Random rows with impossible entries, columns in use, and readings with markers that were not read."""
    generator = np.random.default_rng(seed)
    width = 7
    rows = generator.normal(0, spread, (n_families, n_markers * width)).astype(np.float32)
    rows[generator.random(rows.shape) < 0.02] = -np.inf
    used = np.arange(n_markers * width)
    places = generator.integers(0, width, (n_markers, n_samples)) + np.arange(n_markers)[:, None] * width + 1
    places[generator.random(places.shape) < 0.2] = 0
    padded = np.zeros((-(-n_markers // 4) * 4, n_samples), dtype=np.int32)
    padded[:n_markers] = places
    return rows, used, used // width, padded


def exact_sums(rows: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Sums in double precision, (n_families, n_samples)."""
    with_zero = np.hstack([np.zeros((len(rows), 1)), rows.astype(np.float64)])
    return with_zero[:, places].sum(axis=1)


def screened(
    arrays: tuple[np.ndarray, ...], threshold: float, room: int = 100_000
) -> tuple[set[tuple[int, int]], int, np.ndarray]:
    """Pairs, their number, and the sums of ratios in units."""
    rows, *rest = arrays
    hits, scores = np.empty((room, 2), dtype=np.int64), np.empty(room, dtype=np.float32)
    units = np.zeros((arrays[-1].shape[1], PARTIAL_SUMS))
    found = screen(rows, np.arange(len(rows))[::-1], *rest, threshold, hits, scores, units)
    return set(map(tuple, hits[: min(found, room)].tolist())), found, units.sum(axis=1)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    n_families=st.sampled_from([1, LANES - 1, LANES, LANES + 1, 3 * LANES + 5]),
    n_samples=st.sampled_from([1, 127, 128, 129, 300]),
    n_markers=st.integers(1, 9),
    spread=st.sampled_from([0.5, 5.0, 300.0]),
)
def test_screen__finds_every_pair_at_the_threshold_and_none_far_below(
    seed: int, n_families: int, n_samples: int, n_markers: int, spread: float
) -> None:
    arrays = case(seed, n_families=n_families, n_samples=n_samples, n_markers=n_markers, spread=spread)
    sums = exact_sums(arrays[0], arrays[3])
    finite = sums[np.isfinite(sums)]
    threshold = float(np.quantile(finite, 0.9)) if len(finite) else 0.0
    found, _, units = screened(arrays, threshold)
    assert found >= set(map(tuple, np.argwhere(sums >= threshold).tolist()))
    margin = 2e-3 * max(1.0, spread)
    assert found <= set(map(tuple, np.argwhere(sums >= threshold - margin).tolist()))
    if not (np.abs(sums - EXACT_FROM) < margin).any():
        ratios = np.where(sums < EXACT_FROM, 10.0 ** np.minimum(sums, EXACT_FROM), 0.0).sum(axis=0)
        assert units / UNITS_OF_ONE == pytest.approx(ratios, rel=1e-5 * max(1.0, spread), abs=n_families / UNITS_OF_ONE)


def test_screen__sums_ratios_the_same_in_any_order_and_in_parts() -> None:
    rows, *rest = case(3, n_families=300, n_samples=200, n_markers=6, spread=1.5)
    whole = screened((rows, *rest), 4.0)[2]
    shuffled = np.random.default_rng(1).permutation(len(rows))
    parts = [screened((rows[part], *rest), 4.0)[2] for part in np.split(shuffled, [31, 64, 200])]
    assert (np.sum(parts, axis=0) == whole).all()
    assert (whole == np.rint(whole)).all()
    assert whole.max() > UNITS_OF_ONE


def test_units_of__is_what_a_score_added_to_the_sum_of_its_sample() -> None:
    rows, used, locus, places = case(4, n_families=9, n_samples=500, n_markers=4, spread=1.5)
    found = screening.screened(rows, Readings(used, locus, places), min_log10_lr=-60.0)
    taken = np.zeros(500)
    np.add.at(taken, found.pairs[:, 1], units_of(found.scores))
    assert (taken == found.units).all()
    assert (found.scores >= EXACT_FROM).any()
    assert units_of(np.array([EXACT_FROM, 40.0, -np.inf, 0.0], dtype=np.float32)).tolist() == [0, 0, 0, UNITS_OF_ONE]


def test_screen__keeps_a_pair_whose_single_precision_sum_falls_below_the_threshold() -> None:
    rows = np.array([[16777216.0, 1.0, 1.0, -16777216.0]], dtype=np.float32)
    places = np.array([[1], [2], [3], [4]], dtype=np.int32)
    found, _, _ = screened((rows, np.arange(4), np.arange(4), places), 2.0)
    assert found == {(0, 0)}


def test_screen__says_how_much_room_it_needs_and_never_writes_beyond() -> None:
    arrays = case(1, n_families=40, n_samples=50, n_markers=2, spread=1.0)
    everything, n_all, _ = screened(arrays, -50.0)
    some, n_needed, _ = screened(arrays, -50.0, room=7)
    assert n_all == n_needed == len(everything) > 7
    assert len(some) == 7
    assert some < everything


def test_screen__never_lists_an_impossible_pair() -> None:
    rows = np.full((1, 1), -np.inf, dtype=np.float32)
    places = np.array([[1], [0], [0], [0]], dtype=np.int32)
    assert screened((rows, np.arange(1), np.arange(1), places), -1e30)[:2] == (set(), 0)


@pytest.mark.slow
def test_screen__gives_the_same_as_plain_python() -> None:
    program = (
        "from tests.search.test_kernels import case, screened\n"
        "arrays = case(5, n_families=33, n_samples=9, n_markers=5, spread=1.0)\n"
        "pairs, _, units = screened(arrays, 0.5)\n"
        "print(sorted(pairs), units.tolist())\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            env=os.environ | {"NUMBA_DISABLE_JIT": disabled},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for disabled in ("0", "1")
    ]
    assert told[0] == told[1]
    assert len(told[0]) > 10
