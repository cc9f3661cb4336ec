"""The days that a date may mean, beside the edtf library and day by day."""

import re
from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.entitlement import naive

from homeward.entitlement.days import ANY_DAY, Days, Doubt, any_of, read_days
from homeward.errors import InputError


def ends(days: Days) -> tuple[str, str]:
    return date.fromordinal(days.first).isoformat(), date.fromordinal(days.last).isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last", "doubt"),
    [
        ("2001-06-15", "2001-06-15", "2001-06-15", Doubt.NONE),
        ("2001-06", "2001-06-01", "2001-06-30", Doubt.PARTIAL),
        ("2000-02", "2000-02-01", "2000-02-29", Doubt.PARTIAL),
        ("2001", "2001-01-01", "2001-12-31", Doubt.PARTIAL),
        ("2001-XX", "2001-01-01", "2001-12-31", Doubt.PARTIAL),
        ("2001-XX-XX", "2001-01-01", "2001-12-31", Doubt.PARTIAL),
        ("2001-XX-15", "2001-01-15", "2001-12-15", Doubt.PARTIAL),
        ("2001-XX-31", "2001-01-31", "2001-12-31", Doubt.PARTIAL),
        ("2001-1X", "2001-10-01", "2001-12-31", Doubt.PARTIAL),
        ("2001-06-1X", "2001-06-10", "2001-06-19", Doubt.PARTIAL),
        ("2001-06-3X", "2001-06-30", "2001-06-30", Doubt.NONE),
        ("200X", "2000-01-01", "2009-12-31", Doubt.PARTIAL),
        ("200X-02-29", "2000-02-29", "2008-02-29", Doubt.PARTIAL),
        ("19XX", "1900-01-01", "1999-12-31", Doubt.PARTIAL),
        ("XXXX", "0001-01-01", "9999-12-31", Doubt.PARTIAL),
        ("2001/2003-06", "2001-01-01", "2003-06-30", Doubt.PARTIAL),
        ("2001/..", "2001-01-01", "9999-12-31", Doubt.PARTIAL),
        ("../2001", "0001-01-01", "2001-12-31", Doubt.PARTIAL),
        ("2001/", "2001-01-01", "9999-12-31", Doubt.PARTIAL),
        ("[2001,2003-05-01]", "2001-01-01", "2003-05-01", Doubt.PARTIAL),
        ("[2001, 2003]", "2001-01-01", "2003-12-31", Doubt.PARTIAL),
        ("[1999..2001]", "1999-01-01", "2001-12-31", Doubt.PARTIAL),
        ("[..1999,2003]", "0001-01-01", "2003-12-31", Doubt.PARTIAL),
        ("[2001-06-15]", "2001-06-15", "2001-06-15", Doubt.NONE),
        ("2001-22", "2001-01-01", "2002-03-31", Doubt.PARTIAL),
        ("2001?", "0001-01-01", "9999-12-31", Doubt.UNSTATED_MARGIN),
        ("2001-06-15~", "0001-01-01", "9999-12-31", Doubt.UNSTATED_MARGIN),
        ("2001-06-15%", "0001-01-01", "9999-12-31", Doubt.UNSTATED_MARGIN),
        ("?2001-06-15", "0001-01-01", "9999-12-31", Doubt.UNSTATED_MARGIN),
        ("2001-~06", "0001-01-01", "9999-12-31", Doubt.UNSTATED_MARGIN),
        ("1980~/1990", "0001-01-01", "1990-12-31", Doubt.UNSTATED_MARGIN),
        ("1980/1990?", "1980-01-01", "9999-12-31", Doubt.UNSTATED_MARGIN),
        ("", "0001-01-01", "9999-12-31", Doubt.ABSENT),
    ],
)
def test_days__run_from_the_first_to_the_last_possible(text: str, first: str, last: str, doubt: Doubt) -> None:
    found = read_days(text)
    assert (*ends(found), found.doubt) == (first, last, doubt)


@pytest.mark.parametrize(
    "text",
    [
        "2001-13",
        "2001-00",
        "2001-06-00",
        "2001-06-31",
        "2001-02-29",
        "20XX-02-30",
        "2001-2X",
        "0000",
        "-0044",
        "Y17000",
        "yesterday",
        "2001-6-1",
        "2001/2002/2003",
        "../..",
        "/",
        "[]",
        "[2001,]",
        "{2001,2002}",
        "2001-06-15T10:00:00",
        "2001-13?",
        "2001 ",
        "２００１",
        "unknown",
    ],
)
def test_days__refuse_what_is_no_date(text: str) -> None:
    with pytest.raises(InputError, match=r"people\.csv line 3.*EDTF date"):
        read_days(text, place="people.csv line 3")


@pytest.mark.parametrize("text", ["2003/2001", "[2003..2001]", "2003-06-15/2003-05"])
def test_days__refuse_an_interval_that_ends_before_it_begins(text: str) -> None:
    with pytest.raises(InputError, match="ends after it begins"):
        read_days(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [("15.06.2001", "did you mean 2001-06-15?"), ("2001-ХХ", "X is the Latin letter"), ("5.6.2001", "2001-06-05")],
)
def test_days__suggest_what_was_meant(text: str, hint: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_days(text)
    assert hint in refusal.value.needed


# The library reads these as we do; it fills in other days for half-known ones, and a margin of its own for "~".
plain = st.dates(date(1900, 1, 1), date(2030, 12, 31)).flatmap(
    lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], day.isoformat()[:3] + "X"])
)


@settings(deadline=None, max_examples=60)
@given(plain, plain)
def test_days__have_the_ends_that_the_edtf_library_gives(one: str, other: str) -> None:
    texts = [one, f"[{one},{other}]", f"{one[:7]}-XX" if len(one) == 7 else one]
    texts += [f"{one}/{other}"] if read_days(one).first <= read_days(other).last else []
    for text in texts:
        known = parse_edtf(text)
        library = (date(*known.lower_strict()[:3]).isoformat(), date(*known.upper_strict()[:3]).isoformat())
        assert ends(read_days(text)) == library


forms = st.from_regex(
    r"(199\d|200\d|20[0X]X|199X)(-(0[1-9]|1[0-2]|XX|0X|1X)(-(0[1-9]|1\d|2[0-8]|XX|[0-2]X|X[0-8]))?)?", fullmatch=True
)


@settings(deadline=None, max_examples=60)
@given(forms)
def test_days__are_those_that_fit_the_digits(text: str) -> None:
    try:
        found = read_days(text)
    except InputError:
        assert naive.days(text) == []
        return
    listed = [day for first, last in found.ranges for day in range(first, last + 1)]
    assert listed == [day.toordinal() for day in naive.days(text)]


@settings(deadline=None)
@given(st.lists(plain, min_size=1, max_size=4))
def test_any_of__has_every_day_of_each_and_no_other(texts: list[str]) -> None:
    every = [read_days(text) for text in texts]
    together = any_of([*every, ANY_DAY])
    assert together == any_of(reversed(every))
    for ordinal in {edge + shift for days in every for part in days.ranges for edge in part for shift in (-1, 0, 1)}:
        assert together.any_within(ordinal, ordinal) == any(days.any_within(ordinal, ordinal) for days in every)


def test_any_of__nothing_told_is_any_day() -> None:
    assert any_of([ANY_DAY, ANY_DAY]) is ANY_DAY


def test_until__cuts_the_days_off() -> None:
    cut = read_days("[2001,2003]").until(date(2003, 2, 1).toordinal())
    assert [date.fromordinal(last).isoformat() for _, last in cut] == ["2001-12-31", "2003-02-01"]
    assert read_days("2001").until(date(2000, 1, 1).toordinal()) == ()


def test_refusal__shows_no_more_than_a_line() -> None:
    with pytest.raises(InputError) as refusal:
        read_days("x" * 1000)
    assert len(str(refusal.value)) < 250
    assert not re.search(r"[\r\n]", str(refusal.value))
