"""Tables with a row for each sample."""

import pytest

from homeward.errors import InputError
from homeward.genetics.profiles import Sample, parse_profiles

MARKERS = ("D3S1358", "TH01", "Penta E")
EXPECTED = (
    Sample("R-1", {"TH01": ("6", "9.3"), "Penta E": ("7",)}),
    Sample("R-2", {"Penta E": ("7", "12")}, unread=frozenset({"TH01"})),
)


@pytest.mark.parametrize(
    "table",
    [
        "Sample,Pop,TH01 1,TH01 2,Penta E 1,Penta E 2\nR-1,A,6,9.3,7,\nR-2,A,0,0,7,12\n",
        "ind\tTH01\tTH01\tPENTA_E\tPENTA_E\nR-1\t6\t9.3\t7\t-\nR-2\tNA\tNA\t7\t12\n",
        "Name;THO1;Penta E\nR-1;6/9,3;7\nR-2;-/-;7/12\n",
        "ID,TH01_Allele1,TH01_Allele2,Penta E_1,Penta E_2\nR-1,6.0,9.3,7,\nR-2,?,.,7,12\n",
    ],
)
def test_parse_profiles__reads_a_row_for_each_sample(table: str) -> None:
    reading = parse_profiles(table, place="t.csv", known_markers=MARKERS)
    assert reading.samples == EXPECTED
    assert reading.problems == ()
    assert (reading.account.used, reading.account.not_read) == (3, 1)


def test_parse_profiles__refuses_a_row_without_its_width_and_a_marker_with_three_columns() -> None:
    with pytest.raises(InputError, match=r"t.csv line 2: found 2 cells under 3 headings"):
        parse_profiles("Sample,TH01 1,TH01 2\nR-1,6\n", place="t.csv", known_markers=MARKERS)
    with pytest.raises(InputError, match="3 columns of TH01"):
        parse_profiles("Sample,TH01,TH01,TH01\nR-1,6,7,8\n", place="t.csv", known_markers=MARKERS)


def test_parse_profiles__tells_one_sample_in_two_rows_by_its_readings() -> None:
    table = "Sample,TH01 1,TH01 2\nR-1,6,7\nR-1,6,8\n"
    (problem,) = parse_profiles(table, place="t.csv", known_markers=MARKERS).problems
    assert str(problem).startswith("t.csv line 3: found a second, different reading of TH01 for R-1")


def test_parse_profiles__refuses_two_rows_of_one_name_that_share_no_marker() -> None:
    table = "Sample,TH01 1,TH01 2,D3S1358 1,D3S1358 2\nR-1,6,7,,\nR-1,,,14,15\n"
    (problem,) = parse_profiles(table, place="t.csv", known_markers=MARKERS).problems
    assert 'sample "R-1" again' in problem.found
