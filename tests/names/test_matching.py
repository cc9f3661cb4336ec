"""A list against a register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.errors import InputError
from homeward.names.lists import Entry, RowAside
from homeward.names.made_up import make_up
from homeward.names.matching import MatchOptions, match_lists, posteriors, with_rows_aside


@given(st.lists(st.floats(-5, 12), max_size=6), st.integers(1, 10**6), st.floats(0.01, 0.99))
def test_posteriors__are_bayes_over_the_register_and_nobody(lrs: list[float], n: int, share: float) -> None:
    found, nobody = posteriors(lrs, n, share)
    weights = [10**lr * share / n for lr in lrs]
    total = sum(weights) + (1 - share)
    assert found == pytest.approx([weight / total for weight in weights])
    assert sum(found) + nobody == pytest.approx(1)


def test_match_lists__proposes_nobody_twice_and_tells_the_runner_up() -> None:
    wanted = [Entry("A1", "Коваленко Олександр Сергійович"), Entry("A2", "Коваленко О. С.")]
    rows = match_lists(wanted, [Entry("R1", "Kovalenko Aleksandr Sergeevich")])
    assert [(row.list_id, row.register_id, row.proposed) for row in rows] == [("A1", "R1", True), ("A2", "R1", False)]
    assert "fits A1" in rows[1].explanation


def test_match_lists__has_a_row_for_everybody_and_an_empty_one_for_nobody() -> None:
    wanted = [Entry("A1", "Шевченко Тарас"), Entry("A2", "Нікого Немає")]
    rows = match_lists(wanted, [Entry("R1", "Шевченко Тарас"), Entry("R2", "Бойко Іван")])
    assert [(row.list_id, row.register_id) for row in rows] == [("A1", "R1"), ("A2", "")]


def test_match_lists__never_proposes_whom_a_part_contradicts() -> None:
    rows = match_lists(
        [Entry("A", "Оксана Петрівна Бойко", "1988-02-29")], [Entry("R", "Мельник Оксана Петрівна", "1988-02-29")]
    )
    assert not any(row.proposed and row.register_id for row in rows)


def test_match_lists__answers_the_same_in_one_process_and_in_several() -> None:
    made = make_up(4200, 60, seed=3)
    one = match_lists(made.wanted, made.register, MatchOptions(processes=1))
    assert match_lists(made.wanted, made.register, MatchOptions(processes=2)) == one


def test_match_lists__keeps_to_the_number_asked_for() -> None:
    register = [Entry(f"R{i}", "Коваленко Олександр") for i in range(9)]
    rows = match_lists([Entry("A", "Олександр Коваленко")], register, MatchOptions(at_most=2))
    assert [row.rank for row in rows] == [1, 2]
    assert not any(row.proposed for row in rows)


def test_match_lists__is_right_on_a_made_up_register() -> None:
    made = make_up(3000, 200, seed=8)
    rows = match_lists(made.wanted, made.register, MatchOptions(processes=1))
    proposed = {row.list_id: row.register_id for row in rows if row.proposed}
    wrong = [one for one, found in proposed.items() if found and found != made.truth[one]]
    here = [one for one in proposed if made.truth[one]]
    assert len(wrong) <= 4
    assert sum(proposed[one] == made.truth[one] for one in here) >= 0.95 * len(here)


def test_with_rows_aside__gives_every_row_of_the_list_a_row_in_its_order() -> None:
    one, two = Entry("A1", "Шевченко Тарас"), Entry("A3", "Бойко Іван")
    aside = RowAside("A2", InputError(place="list.csv line 3", found="no text", needed="a name"))
    rows = with_rows_aside(match_lists([one, two], [Entry("R1", "Шевченко Тарас")]), [one, aside, two])
    assert [(row.list_id, row.register_id, row.verdict) for row in rows] == [
        ("A1", "R1", "same"), ("A2", "", ""), ("A3", "", ""),
    ]  # fmt: skip
    assert "list.csv line 3: found no text" in rows[1].explanation
    assert not rows[1].proposed


def test_match_lists__reads_a_birth_date_beside_the_name_where_the_column_is_empty() -> None:
    register = [Entry("R1", "Бойко Іван", "1990-01-02"), Entry("R2", "Бойко Іван", "1985-07-12")]
    beside = match_lists([Entry("A", "Бойко Іван 02.01.1990")], register)
    column = match_lists([Entry("A", "Бойко Іван", "1990-01-02")], register)
    assert [(row.register_id, row.log10_lr) for row in beside] == [(row.register_id, row.log10_lr) for row in column]
    assert beside[0].register_id == "R1"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (Entry("A", "Гнатюк Орест Львович", "1990-05-12"), Entry("R", "Гнатюк Орест Львович", "1974-02-28")),
        (Entry("A", "Гнатюк Орест Львович", "1990-05-12"), Entry("R", "Гнатюк Орест Львович", "1990-08-30")),
        (Entry("A", "Гнатюк Саша", sex="female"), Entry("R", "Гнатюк Саша", sex="male")),
        (
            Entry("A", "Гнатюк Орест Львович", service_number="АА123456"),
            Entry("R", "Гнатюк Орест Львович", service_number="АА987605"),
        ),
    ],
)
def test_match_lists__shows_and_never_proposes_a_namesake_whom_dates_sex_or_number_contradict(
    one: Entry, two: Entry
) -> None:
    (row,) = match_lists([one], [two])
    assert (row.register_id, row.verdict, row.proposed) == ("R", "different", False)


@pytest.mark.parametrize("born", ["1990-12-05", "1991-05-12", "1980-05-12", "1990-05-21", "1990-01-01", "1974?", ""])
def test_match_lists__proposes_whose_birth_date_a_slip_may_explain(born: str) -> None:
    rows = match_lists([Entry("A", "Гнатюк Орест Львович", "1990-05-12")], [Entry("R", "Гнатюк Орест Львович", born)])
    assert [(row.register_id, row.proposed) for row in rows] == [("R", True)]


def test_match_lists__leaves_a_sex_aside_that_the_persons_own_name_contradicts() -> None:
    rows = match_lists(
        [Entry("A", "Гнатюк Орест Львович", sex="female")], [Entry("R", "Гнатюк Орест Львович", sex="male")]
    )
    assert [row.proposed for row in rows] == [True]
