"""Match probabilities by counting, against exact sums, a published figure and figures worked by hand."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.likelihood.match_probability import MatchProbability, clopper_pearson_upper


def exact_share_at_most(k: int, n: int, share: float) -> Fraction:
    p = Fraction(share)
    return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1)), Fraction(0))


@given(st.integers(1, 60), st.integers(0, 60), st.sampled_from([0.9, 0.95, 0.99]))
@settings(max_examples=60, deadline=None)
def test_clopper_pearson__is_where_the_exact_sum_crosses(n: int, k: int, confidence: float) -> None:
    """The binomial sum in fractions is above 1 - confidence just below the bound and beneath it just above."""
    if k >= n:
        assert clopper_pearson_upper(min(k, n), n, confidence=confidence) == 1
        return
    bound = clopper_pearson_upper(k, n, confidence=confidence)
    alpha = Fraction(1) - Fraction(confidence)
    assert exact_share_at_most(k, n, bound * (1 - 1e-9)) > alpha
    assert exact_share_at_most(k, n, min(1.0, bound * (1 + 1e-9))) < alpha


def test_clopper_pearson__of_a_haplotype_never_seen_is_the_formula_of_swgdam() -> None:
    # 1 - 0.05^(1/n): about 3 in n.
    for n in (100, 1000, 5000, 20_000):
        assert clopper_pearson_upper(0, n) == pytest.approx(1 - 0.05 ** (1 / n), rel=1e-9)
    assert clopper_pearson_upper(0, 1000) == pytest.approx(0.00299, abs=5e-6)


def test_augmented__counts_the_case_as_one_more() -> None:
    assert MatchProbability(0, 999).augmented == pytest.approx(1 / 1000)
    assert MatchProbability(4, 999).augmented == pytest.approx(5 / 1000)


def test_kappa__by_hand() -> None:
    # 89 of 99 are seen once; with the case's own haplotype 90 of 100: kappa 0.9, so (1 - 0.9) / 100, ten times 1/100.
    assert MatchProbability(0, 99, 89).kappa == pytest.approx(0.001)
    assert MatchProbability(1, 99, 89).kappa is None, "it is for a haplotype not seen before"
    assert MatchProbability(0, 99, 99).kappa is None, "where all are seen once it says nothing"


def test_theta__is_added_to_every_figure() -> None:
    plain, corrected = MatchProbability(2, 500, 300), MatchProbability(2, 500, 300, theta=0.01)
    assert corrected.augmented == pytest.approx(0.01 + 0.99 * plain.augmented)
    assert corrected.upper == pytest.approx(0.01 + 0.99 * plain.upper)


@given(st.integers(1, 300), st.data())
@settings(deadline=None)
def test_bound__is_never_below_the_count(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    match = MatchProbability(k, n, theta=data.draw(st.sampled_from([0.0, 0.01])))
    assert match.upper >= match.augmented
    assert match.upper <= 1


@pytest.mark.parametrize("counts", [(2, 1, 0, 0.0), (0, 0, 0, 0.0), (-1, 5, 0, 0.0), (0, 5, 6, 0.0), (0, 5, 0, 1.0)])
def test_count__outside_its_database_is_refused(counts: tuple[int, int, int, float]) -> None:
    with pytest.raises(InputError):
        MatchProbability(*counts)
