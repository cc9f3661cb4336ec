"""Tokens and their places."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from homeward.reader.tokens import fold, tokenise


def words(text: str) -> list[str]:
    return [token.lower for token in tokenise(text)]


@given(st.text(max_size=200), st.integers(0, 50))
def test_tokenise__gives_places_that_rise_and_hold(text: str, offset: int) -> None:
    tokens = tokenise(text, offset)
    for before, after in pairwise(tokens):
        assert before.end <= after.start
    assert all(text[token.start - offset : token.end - offset] for token in tokens)


def test_tokenise__a_hyphen_inside_a_compound_is_no_token() -> None:
    assert words("6,000-for-6,000 prisoner-of-war") == ["6,000", "for", "6,000", "prisoner", "of", "war"]
    assert [token.glued for token in tokenise("Il-76")] == [False, True]


def test_tokenise__a_hyphen_between_figures_is_a_range() -> None:
    assert words("10-15") == ["10", "-", "15"]


def test_tokenise__keeps_figures_dates_and_names_whole() -> None:
    assert words("1,212 on 2025-06-02 in Sana'a, Russia's") == [
        "1,212",
        "on",
        "2025-06-02",
        "in",
        "sana'a",
        ",",
        "russia",
        "'s",
    ]


def test_fold__sees_through_letters_that_only_look_right() -> None:
    assert fold("Кyiv") == "Kyiv"
    assert fold("Мeдинський") == "Мединський"
    assert fold("Київ") == "Київ"
