"""The gap audit: numbers and totals against what the record itemises."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.account.gaps import find_gaps
from homeward.account.ledger import AnchorEntry, ExchangeEntry, OrdinalEntry, TransferEntry
from homeward.account.reconciliation import reconcile
from homeward.reader.claims import Modifier, Quantity, Scope, What

from .conftest import entry_of, operation

NEW_YEAR = date(2025, 1, 1)


def people(day: date, figure: int) -> ExchangeEntry:
    return operation(day, [figure], what=What.PRISONERS)


def total(
    day: str, figure: int | Quantity, *, since: str = "2025-01-01", party: str | None = "BBB", **fields: Any
) -> AnchorEntry:
    claim = entry_of(figure, party, what=None, scope=Scope.CUMULATIVE, when=day)
    return AnchorEntry(claim=claim, since=since, as_of=day, explanation="", **fields)


def ordinal(number: int, when: str) -> OrdinalEntry:
    return OrdinalEntry(claim=entry_of(None, "BBB", what=None, when=when), series="home", number=number)


def test_totals__that_the_record_itemises_have_no_difference() -> None:
    exchanges = [people(date(2025, 1, 1), 10), people(date(2025, 2, 1), 20), people(date(2025, 3, 1), 30)]
    found = find_gaps([], [total("2025-02-01", 30), total("2025-03-01", 60)], exchanges)
    assert [(step.since, step.until, step.published, step.itemised, step.difference) for step in found.totals] == [
        (date(2025, 1, 1), date(2025, 2, 1), 30, 30, 0),
        (date(2025, 2, 1), date(2025, 3, 1), 30, 30, 0),
    ]
    assert (found.ordinals, found.disagreements, found.not_compared) == ((), (), 0)


def test_totals__tell_how_many_the_record_lacks_and_between_which_days() -> None:
    found = find_gaps([], [total("2025-02-01", 30), total("2025-03-01", 65)], [people(date(2025, 1, 15), 30)])
    assert [(step.until, step.difference) for step in found.totals] == [(date(2025, 2, 1), 0), (date(2025, 3, 1), 35)]


def test_totals__below_what_is_itemised_are_a_surplus() -> None:
    (step,) = find_gaps([], [total("2025-02-01", 30)], [people(date(2025, 1, 15), 34)]).totals
    assert step.difference == -4


def test_totals__within_a_disputed_figure_leave_no_difference() -> None:
    exchange = operation(date(2025, 1, 15), [1245, 1248], what=What.PRISONERS)
    (step,) = find_gaps([], [total("2025-02-01", 1247)], [exchange]).totals
    assert (step.itemised_low, step.itemised_high, step.itemised, step.difference) == (1245, 1248, 1247, 0)
    (step,) = find_gaps([], [total("2025-02-01", 1250)], [exchange]).totals
    assert (step.itemised, step.difference) == (1248, 2)


def test_totals__of_other_parties_or_beginnings_are_series_of_their_own() -> None:
    told = [total("2025-02-01", 30), total("2025-02-01", 35, party="AAA"), total("2025-02-01", 300, since="2022-02-24")]
    assert len({step.series for step in find_gaps([], told, []).totals}) == 3


def test_totals__that_are_no_exact_figure_are_counted_and_not_compared() -> None:
    found = find_gaps([], [total("2025-02-01", Quantity(7000, None, Modifier.MORE_THAN))], [])
    assert (found.totals, found.not_compared) == ((), 1)


def test_totals__that_fall_or_differ_on_one_day_are_told_as_such() -> None:
    found = find_gaps([], [total("2025-02-01", 70), total("2025-02-01", 72), total("2025-03-01", 66)], [])
    assert [each.told for each in found.disagreements] == [
        "70 by 2025-02-01, 72 by 2025-02-01",
        "70 by 2025-02-01, 66 by 2025-03-01",
    ]
    assert [step.published for step in found.totals] == [70]


def test_numbers__tell_how_many_exchanges_the_record_lacks() -> None:
    told = [ordinal(14, "2025-01-10"), ordinal(24, "2025-05-10")]
    exchanges = [people(date(2025, 3, 2), 5), people(date(2025, 5, 10), 7)]
    (gap,) = find_gaps(told, [], exchanges).ordinals
    assert gap.as_json() == {
        "series": "home",
        "missing": 8,
        "first_number": 15,
        "last_number": 24,
        "on_record": 2,
        "after": "2025-01-10",
        "before": "2025-05-10",
        "people": None,
    }


def test_numbers__that_are_all_on_record_leave_no_gap() -> None:
    told = [ordinal(1, "2025-01-10"), ordinal(3, "2025-03-10")]
    assert find_gaps(told, [], [people(date(2025, 2, 1), 5), people(date(2025, 3, 10), 5)]).ordinals == ()


def test_numbers__count_the_stages_of_one_exchange_once() -> None:
    told = [ordinal(65, "2025-05-25"), ordinal(66, "2025-06-09/2025-07-23")]
    stages = [people(date(2025, 6, 9) + timedelta(days=7 * week), 100) for week in range(7)]
    assert find_gaps(told, [], stages).ordinals == ()


def test_numbers__fewer_than_the_record_has_are_a_surplus() -> None:
    told = [ordinal(1, "2025-01-10"), ordinal(2, "2025-03-10")]
    exchanges = [people(date(2025, 2, 1), 5), people(date(2025, 2, 14), 5), people(date(2025, 3, 10), 5)]
    assert [gap.missing for gap in find_gaps(told, [], exchanges).ordinals] == [-2]


@pytest.mark.parametrize("what", [What.REMAINS, What.CHILDREN])
def test_numbers__of_people_do_not_count_other_transfers(what: What) -> None:
    told = [ordinal(1, "2025-01-10"), ordinal(2, "2025-03-10")]
    exchanges = [operation(date(2025, 2, 1), [5], what=what), people(date(2025, 3, 10), 5)]
    assert find_gaps(told, [], exchanges).ordinals == ()


def test_numbers__have_the_people_of_the_totals_around_them() -> None:
    told = [ordinal(1, "2025-01-10"), ordinal(4, "2025-03-10")]
    exchanges = [people(date(2025, 1, 10), 10), people(date(2025, 3, 10), 20)]
    totals = [total("2025-01-10", 10), total("2025-03-10", 91)]
    (gap,) = find_gaps(told, totals, exchanges).ordinals
    assert (gap.missing, gap.people) == (2, 61)


def test_numbers__share_no_people_with_another_gap() -> None:
    told = [ordinal(1, "2025-01-10"), ordinal(3, "2025-02-10"), ordinal(5, "2025-03-10")]
    exchanges = [people(date(2025, 1, 10), 10)]
    totals = [total("2025-01-10", 10), total("2025-03-10", 91)]
    assert [gap.people for gap in find_gaps(told, totals, exchanges).ordinals] == [None, None]


def test_numbers__that_contradict_each_other_are_told_as_such() -> None:
    told = [ordinal(9, "2025-05-02"), ordinal(9, "2025-05-06"), ordinal(10, "2025-05-06"), ordinal(11, "2025-05-01")]
    found = find_gaps(told, [], [people(date(2025, 5, 6), 41)])
    assert [each.told for each in found.disagreements] == [
        "number 9 is given to 2025-05-02 and to 2025-05-06",
        "number 11 by 2025-05-01, number 10 by 2025-05-06",
    ]
    assert found.ordinals == ()


days = st.integers(0, 200).map(lambda n: NEW_YEAR + timedelta(days=n))


@given(
    st.dictionaries(days, st.integers(1, 300), max_size=12),
    st.sets(days, min_size=1, max_size=6),
    st.sets(days, max_size=4),
)
def test_gaps__are_exactly_what_was_taken_out_of_the_record(
    truth: dict[date, int], told_on: set[date], lost: set[date]
) -> None:
    """Totals and numbers of the whole truth, against a record without some of its days."""
    record = [people(day, figure) for day, figure in truth.items() if day not in lost]
    totals = [total(day.isoformat(), sum(n for each, n in truth.items() if each <= day)) for day in sorted(told_on)]
    counts = {day: sum(each <= day for each in truth) for day in told_on}
    # A number is told once: on the first day by which so many had taken place.
    numbers = {n: min(day for day in told_on if counts[day] == n) for n in set(counts.values())}
    found = find_gaps([ordinal(n, day.isoformat()) for n, day in numbers.items()], totals, record)
    gone = {day: figure for day, figure in truth.items() if day in lost}
    assert sum(step.difference for step in found.totals) == sum(n for d, n in gone.items() if d <= max(told_on))
    first, last = min(numbers.values()), max(numbers.values())
    assert sum(gap.missing for gap in found.ordinals) == sum(first < day <= last for day in gone)
    assert not found.disagreements


def test_totals__take_off_what_their_count_leaves_out() -> None:
    exchanges = [people(date(2025, 1, 15), 30), people(date(2025, 2, 10), 7), people(date(2025, 2, 15), 20)]
    told = [total("2025-02-01", 30), total("2025-03-01", 50, leaves_out=("2025-02-10.prisoners-to-bbb",))]
    steps = find_gaps([], told, exchanges).totals
    assert [(step.itemised, step.left_out, step.difference) for step in steps] == [(30, 0, 0), (20, 7, 0)]


def test_totals__may_leave_out_a_part_alone() -> None:
    part = entry_of(31, "BBB", what=What.PRISONERS, category="outside_the_exchange")
    (transfer,) = people(date(2025, 1, 15), 277).transfers
    exchange = replace(people(date(2025, 1, 15), 277), transfers=(replace(transfer, claims=(*transfer.claims, part)),))
    key = "2025-01-15.prisoners-to-bbb:outside_the_exchange"
    (step,) = find_gaps([], [total("2025-02-01", 246, leaves_out=(key,))], [exchange]).totals
    assert (step.itemised, step.left_out, step.difference) == (246, 31, 0)


def test_totals__of_one_named_count_are_one_series_whoever_prints_them() -> None:
    told = [total("2025-02-01", 30, series="home"), total("2025-03-01", 40, party=None, series="home")]
    found = find_gaps([], told, [people(date(2025, 2, 15), 10)])
    assert [(step.until, step.difference) for step in found.totals] == [(date(2025, 2, 1), 30), (date(2025, 3, 1), 0)]
    assert str(found.totals[0].series) == "home"


def test_totals__do_not_count_a_disputed_composition_twice() -> None:
    claims = [entry_of(33, "BBB", what=What.PRISONERS), entry_of(84, "AAA", what=What.PRISONERS)]
    civilians = [entry_of(51, "BBB", what=What.CIVILIANS)]
    transfers = tuple(
        TransferEntry(
            id=1,
            what=what,
            giver="AAA",
            receiver="BBB",
            claims=tuple(said),
            reconciliation=reconcile(said, "AAA", "BBB"),
        )
        for what, said in ((What.PRISONERS, claims), (What.CIVILIANS, civilians))
    )
    exchange = replace(people(date(2025, 1, 15), 84), transfers=transfers)
    (step,) = find_gaps([], [total("2025-02-01", 84)], [exchange]).totals
    assert (step.itemised_low, step.itemised_high, step.difference) == (84, 84, 0)


def test_numbers__are_not_met_by_what_is_unverified() -> None:
    told = [ordinal(1, "2025-01-01"), ordinal(2, "2025-03-01")]
    doubtful = operation(date(2025, 2, 1), [5], what=What.PRISONERS, verified=False)
    assert [gap.missing for gap in find_gaps(told, [], [doubtful]).ordinals] == [1]
