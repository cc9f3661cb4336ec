"""The law of waiting after failed attempts."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from homeward.access.pace import ATTACKED_ABOVE, PACES, Counted, pace_of


@given(failures=st.integers(min_value=1, max_value=100_000))
def test_wait_after__never_shrinks_and_never_exceeds_the_longest(failures: int) -> None:
    for pace in PACES.values():
        wait = pace.wait_after(failures)
        assert timedelta(0) <= wait <= timedelta(seconds=pace.longest_seconds)
        assert wait <= pace.wait_after(failures + 1)


def test_pair__lets_four_slips_pass_and_a_guesser_try_a_hundred_times_a_day() -> None:
    pace = PACES[Counted.PAIR]
    waits = [pace.wait_after(failures).total_seconds() for failures in range(1, 200)]

    assert waits[:6] == [0, 0, 0, 0, 5, 10]
    tried = next(n for n in range(len(waits)) if sum(waits[:n]) >= 24 * 60 * 60)
    assert 90 <= tried <= 120


def test_pace_of__takes_the_free_failures_of_strangers_while_an_account_is_attacked() -> None:
    calm = pace_of(Counted.PAIR, failures_of_account=ATTACKED_ABOVE)
    attacked = pace_of(Counted.PAIR, failures_of_account=ATTACKED_ABOVE + 1)

    assert calm.wait_after(1) == timedelta(0)
    assert attacked.wait_after(1) == timedelta(seconds=30)
    assert pace_of(Counted.DEVICE, failures_of_account=10_000) == PACES[Counted.DEVICE]


def test_account__is_never_refused_as_a_whole() -> None:
    assert PACES[Counted.ACCOUNT].wait_after(1_000_000) == timedelta(0)
