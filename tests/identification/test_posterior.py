"""Posteriors: against a thousand digits, against the published table, and what must hold of all of them."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.identification.exact import naive_posterior

from homeward.errors import InputError
from homeward.identification.posterior import needed_log10_lr, posterior_of, register_posterior

LOG10_LRS = st.none() | st.floats(-12, 16) | st.floats(-400, 400)
WEIGHTS = st.sampled_from([0.0, 1e-3, 1.0]) | st.floats(1e-6, 1e6)
CANDIDATES = st.lists(st.tuples(LOG10_LRS, WEIGHTS), max_size=8).map(
    lambda pairs: {f"P-{n}": pair for n, pair in enumerate(pairs)}
)
SHARES = st.sampled_from([0.5, 0.9, 0.999999]) | st.floats(1e-6, 0.999)


def answered(candidates, n_others, share, rest_sum=None):
    return posterior_of(
        {person: lr for person, (lr, _) in candidates.items()},
        n_listed=len(candidates) + n_others,
        share=share,
        weights={person: weight for person, (_, weight) in candidates.items()},
        rest_sum=rest_sum,
    )


@settings(max_examples=80, deadline=None)
@given(CANDIDATES, st.integers(1, 70_000), SHARES, st.none() | st.floats(0, 1e9))
def test_posterior__agrees_with_a_thousand_digits(candidates, n_others, share, rest_sum) -> None:
    expected = naive_posterior(candidates, n_listed=len(candidates) + n_others, share=share, rest_sum=rest_sum)
    assert answered(candidates, n_others, share, rest_sum).as_json() == pytest.approx(expected, rel=1e-12, abs=1e-300)


@settings(max_examples=200, deadline=None)
@given(CANDIDATES, st.integers(1, 70_000), SHARES)
def test_posterior__sums_to_one_with_none_of_them(candidates, n_others, share) -> None:
    figures = answered(candidates, n_others, share).as_json().values()
    assert math.fsum(figures) == pytest.approx(1, abs=1e-14)
    assert all(0 <= figure <= 1 for figure in figures)


@settings(max_examples=200, deadline=None)
@given(CANDIDATES, LOG10_LRS, st.integers(1, 70_000), SHARES)
def test_posterior__adding_a_person_raises_nobody(candidates, log10_lr, n_others, share) -> None:
    plain = {person: (lr, 1.0) for person, (lr, _) in candidates.items()}
    before = answered(plain, n_others, share).persons
    after = answered({**plain, "P-new": (log10_lr, 1.0)}, n_others, share).persons
    assert all(after[person] <= before[person] * (1 + 1e-12) for person in before)


@settings(max_examples=200, deadline=None)
@given(CANDIDATES, st.integers(1, 70_000), SHARES, st.integers(1, 1000))
def test_posterior__a_longer_list_raises_nobody(candidates, n_others, share, more) -> None:
    plain = {person: (lr, 1.0) for person, (lr, _) in candidates.items()}
    before, after = answered(plain, n_others, share).persons, answered(plain, n_others + more, share).persons
    assert all(after[person] <= before[person] * (1 + 1e-12) for person in before)


def test_posterior__neither_overflows_nor_loses_digits() -> None:
    candidates = {"P-1": (300.123456789, 1.0), "P-2": (-300.5, 1.0), "P-3": (1234.5, 1.0), "P-4": (None, 1.0)}
    figures = answered(candidates, 69_996, 0.5)
    assert figures.persons["P-3"] == 1.0
    assert figures.persons["P-2"] == 0.0
    assert figures.persons["P-4"] == 0.0
    without = {"P-1": candidates["P-1"]}
    expected = naive_posterior(without, n_listed=70_000, share=0.5)
    assert answered(without, 69_999, 0.5).as_json() == pytest.approx(expected, rel=1e-14, abs=0)


def test_posterior__weighs_a_tiny_rest_beside_a_tiny_ratio() -> None:
    figures = posterior_of({"P-1": -250.0}, n_listed=2, share=1.0, rest_sum=1e-300)
    assert figures.persons["P-1"] == 1.0
    assert figures.rest == pytest.approx(1e-50, rel=1e-12, abs=0)


def test_posterior__every_person_of_the_list_against_some_and_the_sum_of_the_rest() -> None:
    generator = np.random.default_rng(7)
    log10_lrs = generator.normal(-6, 4, 5_000)
    whole = register_posterior(log10_lrs, n_listed=5_000, share=0.9)
    best = np.argsort(log10_lrs)[-10:]
    rest = np.delete(log10_lrs, best)
    named = posterior_of(
        {str(n): float(log10_lrs[n]) for n in best},
        n_listed=5_000,
        share=0.9,
        rest_sum=math.fsum((10.0**rest).tolist()),
    )
    assert list(named.persons.values()) == pytest.approx(whole.persons[best].tolist(), rel=1e-12, abs=0)
    assert named.none == pytest.approx(whole.none, rel=1e-12, abs=0)
    assert named.rest == pytest.approx(math.fsum(np.delete(whole.persons, best).tolist()), rel=1e-12, abs=0)


def test_posterior__a_test_of_99_9_percent_is_little_in_a_long_list() -> None:
    assert posterior_of({"Bob": 3.0}, n_listed=1, share=0.5).persons["Bob"] == pytest.approx(0.999, abs=1e-5)
    assert posterior_of({"Bob": 3.0}, n_listed=70_000, share=0.9).persons["Bob"] == pytest.approx(0.0127, abs=1e-4)


def test_posterior__equal_brothers_stay_at_one_half() -> None:
    figures = posterior_of({"Bob": 20.0, "Brother": 20.0}, n_listed=70_000, share=0.5)
    assert figures.persons["Bob"] == pytest.approx(0.5)
    assert figures.together(["Bob", "Brother", "somebody else"]) == pytest.approx(1.0)


# The table of docs/concepts/posterior.md: needed log10 LR at a share of 0.9 and 0.5, to two places.
NEEDED = [
    (0.999, 1, {1_000: (6.04, 6.30), 12_000: (7.12, 7.38), 70_000: (7.89, 8.15)}),
    (0.9999, 1, {1_000: (7.05, 7.30), 12_000: (8.12, 8.38), 70_000: (8.89, 9.15)}),
    (0.9999, 2, {1_000: (6.74, 7.00), 12_000: (7.82, 8.08), 70_000: (8.59, 8.85)}),
]


@pytest.mark.parametrize(("posterior", "group", "by_list"), NEEDED)
def test_needed__is_that_of_the_published_table(posterior, group, by_list) -> None:
    for n_listed, figures in by_list.items():
        found = [round(needed_log10_lr(posterior, n_listed, share=share, group=group), 2) for share in (0.9, 0.5)]
        assert found == list(figures)


def test_needed__to_tell_two_brothers_apart_is_four_more() -> None:
    figures = posterior_of({"Bob": 24.0, "Brother": 20.0}, n_listed=70_000, share=0.5)
    assert figures.persons["Bob"] == pytest.approx(0.9999, abs=1e-8)


@settings(max_examples=100, deadline=None)
@given(st.floats(0.01, 0.999999), st.integers(10, 70_000), SHARES, st.integers(1, 9))
def test_needed__reaches_the_posterior_exactly(wanted, n_listed, share, group) -> None:
    log10_lr = needed_log10_lr(wanted, n_listed, share=share, group=group)
    members = {f"P-{n}": log10_lr for n in range(group)}
    assert posterior_of(members, n_listed=n_listed, share=share).together(members) == pytest.approx(wanted, rel=1e-11)


@pytest.mark.parametrize(
    ("arguments", "place"),
    [
        ({"n_listed": 0, "share": 0.5}, "list"),
        ({"n_listed": 1, "share": 0.5}, "list"),
        ({"n_listed": 10, "share": 0.0}, "share"),
        ({"n_listed": 10, "share": 1.1}, "share"),
        ({"n_listed": 10, "share": 0.5, "rest_sum": -1.0}, "rest_sum"),
        ({"n_listed": 2, "share": 0.5, "rest_sum": 1.0}, "rest_sum"),
        ({"n_listed": 2, "share": 1.0, "weights": {"P-1": 0.0, "P-2": 0.0}}, "weights"),
    ],
)
def test_posterior__refuses_what_cannot_be(arguments, place) -> None:
    with pytest.raises(InputError) as refusal:
        posterior_of({"P-1": 3.0, "P-2": None}, **arguments)
    assert refusal.value.place == place


def test_posterior__refuses_a_list_on_which_nobody_is_possible() -> None:
    with pytest.raises(InputError, match="nobody whom the readings allow"):
        posterior_of({"P-1": None}, n_listed=1, share=1.0)


@pytest.mark.parametrize("wanted", [0.0, 1.0])
def test_needed__refuses_a_posterior_that_nothing_reaches(wanted) -> None:
    with pytest.raises(InputError, match="above 0 and below 1"):
        needed_log10_lr(wanted, 1_000, share=0.5)


def test_needed__refuses_a_group_of_everybody_on_a_list_that_is_complete() -> None:
    with pytest.raises(InputError, match="somebody else"):
        needed_log10_lr(0.9999, 2, share=1.0, group=2)


def test_posterior__of_ratios_at_both_ends_of_the_floating_point_numbers_warns_of_nothing() -> None:
    answer = posterior_of({"Alice": 1e308, "Bob": -1e308}, n_listed=10, share=0.5)
    assert (answer.persons["Alice"], answer.persons["Bob"]) == (1.0, 0.0)
