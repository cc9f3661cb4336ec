"""Rates of mutation: published ones with their source, by marker and sex where a laboratory knows them."""

import pytest

from homeward.errors import InputError
from homeward.genetics.mutation_rates import (
    DEFAULT_MUTATION_RATES,
    MutationRates,
    SexRates,
    published_rates,
)


def test_default_mutation_rates__are_higher_for_men_and_name_their_source() -> None:
    assert DEFAULT_MUTATION_RATES.repeats.male > DEFAULT_MUTATION_RATES.repeats.female > 0
    assert "doi" in DEFAULT_MUTATION_RATES.source


def test_mutation_rates__of_a_marker_are_found_under_any_of_its_names() -> None:
    rates = MutationRates(SexRates(0.002, 0.001), by_marker={"ACTBP2": SexRates(0.006, 0.003)})
    assert rates.of("SE33") == SexRates(0.006, 0.003)
    assert rates.of("FGA") == SexRates(0.002, 0.001)
    assert rates.scaled(0.5).of("SE33") == SexRates(0.003, 0.0015)
    assert rates.scaled(1000).of("SE33") == SexRates(0.1, 0.1)


def test_mutation_rates__refuse_one_marker_under_two_names() -> None:
    both = {"ACTBP2": SexRates(0.006, 0.003), "SE33": SexRates(0.006, 0.003)}
    with pytest.raises(InputError, match="each marker once"):
        MutationRates(SexRates(0.002, 0.001), by_marker=both)


@pytest.mark.parametrize("wrong", [-0.001, 0.2, float("nan")])
def test_sex_rates__refuse_what_is_no_rate_of_mutation(wrong: float) -> None:
    with pytest.raises(InputError, match="a probability"):
        SexRates(wrong, 0.001)


def test_published_rates__suggest_the_name_that_was_meant() -> None:
    with pytest.raises(InputError, match="did you mean southern-poland-2013"):
        published_rates("southern-poland-2031")
