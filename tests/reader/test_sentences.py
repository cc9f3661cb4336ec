"""Sentences: where one ends."""

from hypothesis import given
from hypothesis import strategies as st

from homeward.reader.sentences import LONGEST_SENTENCE, split

ABBREVIATIONS = frozenset({"gen", "u.s"})


def texts(body: str) -> list[str]:
    return [sentence.text.strip() for sentence in split(body, ABBREVIATIONS)]


def test_split__ends_at_a_full_stop_but_not_after_an_abbreviation() -> None:
    assert texts("Gen. Zorin spoke. J. Smith left. It ended.") == ["Gen. Zorin spoke.", "J. Smith left.", "It ended."]


def test_split__a_headline_is_a_sentence_of_its_own() -> None:
    assert texts("Bodies come home\nRussia returned 5 bodies.") == ["Bodies come home", "Russia returned 5 bodies."]


def test_split__a_wrapped_line_goes_on() -> None:
    line = "Russia has returned the bodies of one thousand soldiers to the side of"
    assert texts(f"{line}\nUkraine on Thursday.") == [f"{line}\nUkraine on Thursday."]


def test_split__a_ticker_is_cut_at_its_marks() -> None:
    assert texts("FIRST NEWS +++ SECOND NEWS") == ["FIRST NEWS +++", "SECOND NEWS"]


@given(st.text(alphabet='ab. \n!?“”"', max_size=300))
def test_split__loses_nothing_but_white_space(body: str) -> None:
    found = split(body, ABBREVIATIONS)
    assert "".join("".join(s.text for s in found).split()) == "".join(body.split())
    assert all(body[s.start : s.start + len(s.text)] == s.text for s in found)


def test_split__no_sentence_is_longer_than_the_limit() -> None:
    assert max(len(s.text) for s in split("word " * 5000, ABBREVIATIONS)) <= LONGEST_SENTENCE + 1
