"""Figures: what the shape of a number tells before anybody reads the sentence."""

import pytest
from tests.reader.steps import terms_of

from homeward.reader.figures import Role, find_figures


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("on 12 May", Role.DATE),
        ("on Oct. 2", Role.DATE),
        ("in 2024", Role.DATE),
        ("a man of 86, who", Role.AGE),
        ("the soldier, 34, said", Role.AGE),
        ("aged 40", Role.AGE),
        ("$40", Role.MONEY),
        ("5,000 euros", Role.MONEY),
        ("the 68th exchange", Role.ORDINAL),
        ("the third swap", Role.ORDINAL),
        ("an Il-76", Role.NAME),
        ("the G7", Role.NAME),
        ("Article 118", Role.NAME),
        ("the Group of 12", Role.NAME),
        ("40 per cent", Role.OTHER),
        ("30 km away", Role.OTHER),
        ("six of those who came", Role.PART),
    ],
)
def test_figure__that_counts_nobody_shows_what_it_is(text: str, role: Role) -> None:
    assert [figure.role for figure in find_figures(terms_of(text))] == [role]


@pytest.mark.parametrize(
    "text", ["40 bodies", "more than 1,000 soldiers", "all prisoners", "dozens of captives", "26 to Kyiv"]
)
def test_figure__that_may_count_people_is_open(text: str) -> None:
    [figure] = find_figures(terms_of(text))
    assert figure.role is None
    assert figure.amount is not None
