"""German, Polish and French habits that one word shows for the others."""

from homeward.names.foreign_habits import respelled, shows_habit_surely


def test_respelled__gives_one_spelling_for_each_habit_that_may_be_followed() -> None:
    assert respelled("Chomenko Jewhen", ["chomenko", "jewhen"]) == [["khomenko", "jewhen"]]
    assert respelled("Zjupa Jakow", ["zjupa", "jakow"]) == [["tsjupa", "jakow"]]
    assert respelled("Capenko Stanislaw", ["capenko", "stanislaw"])[-1] == ["tsapenko", "stanislaw"]


def test_respelled__takes_ch_for_sh_beside_a_french_word() -> None:
    assert respelled("Timochenko Ioulia", ["timochenko", "ioulia"]) == [["timoshenko", "ioulia"]]
    assert respelled("Chevtchenko Taras", ["chevtchenko", "taras"]) == []
    assert shows_habit_surely("Timochenko Ioulia")
    assert not shows_habit_surely("Chernov Boutko")


def test_respelled__leaves_names_after_the_tables_alone() -> None:
    assert respelled("Chernenko Ihor", ["chernenko", "ihor"]) == []
    assert respelled("Shevchenko Wolodymyr", ["shevchenko", "wolodymyr"]) == []


def test_shows_habit_surely__wants_more_than_one_w() -> None:
    assert not shows_habit_surely("Wladimir Selenski")
    assert shows_habit_surely("Jaroslaw Selenko")
