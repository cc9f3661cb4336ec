"""Suggestions for what was misspelt."""

from homeward.imports.spelling import did_you_mean, quoted


def test_did_you_mean__says_nothing_where_no_name_is_near() -> None:
    assert did_you_mean("XYZ", ["TH01", "FGA"]) == ""
    assert did_you_mean("TH1", ["TH01", "FGA"]) == "; did you mean TH01?"


def test_did_you_mean__takes_another_case_and_other_signs_for_the_same_word() -> None:
    assert did_you_mean("Under-Age", ["under_age", "at_least_age"]) == "; did you mean under_age?"


def test_quoted__is_one_line_and_not_too_long() -> None:
    assert quoted("two\nlines") == '"two lines"'
    assert quoted("x" * 61) == f'"{"x" * 60}..."'
