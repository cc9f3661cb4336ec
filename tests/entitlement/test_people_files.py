"""People files, as offices write them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.entitlement.people import Commission, Health, Sex, Status, Wish
from homeward.entitlement.people_files import COLUMNS, PeopleReading, parse_people, read_people
from homeward.errors import InputError

ON = date(2026, 1, 29)
HEADER = ",".join(COLUMNS)
ALICE = "P-1,2003-05-05,2024-03,female,сержант,seriously_sick,pending,yes,held"


def read(folder: Path, body: str | bytes, encoding: str = "utf-8") -> PeopleReading:
    path = folder / "people.csv"
    path.write_bytes(body if isinstance(body, bytes) else body.encode(encoding))
    return read_people(path, on=ON)


def problems(folder: Path, *rows: str) -> list[str]:
    return [str(problem) for problem in read(folder, "\n".join((HEADER, *rows)) + "\n").problems]


def test_a_row__is_a_person(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n{ALICE}\nP-2,,,,,,,,\n")
    alice, bob = found.people
    assert (alice.code, alice.birth.text, alice.captured.text, alice.rank) == (
        "P-1",
        "2003-05-05",
        "2024-03",
        "сержант",
    )
    assert (alice.sex, alice.health, alice.commission) == (Sex.FEMALE, Health.SERIOUSLY_SICK, Commission.PENDING)
    assert (alice.wish, alice.status, alice.place) == (Wish.YES, Status.HELD, "people.csv line 2")
    assert (bob.sex, bob.health, bob.commission) == (Sex.UNKNOWN, Health.UNKNOWN, Commission.NONE)
    assert (bob.wish, bob.status) == (Wish.UNKNOWN, Status.UNKNOWN)
    assert found.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_file__is_read_as_offices_save_it(tmp_path: Path, encoding: str, delimiter: str, ending: str) -> None:
    body = f"{HEADER}\n{ALICE}\n".replace(",", delimiter).replace("\n", ending)
    assert read(tmp_path, body, encoding).people == read(tmp_path, f"{HEADER}\n{ALICE}\n").people


def test_columns__stand_in_any_order(tmp_path: Path) -> None:
    backwards = [",".join(reversed(line.split(","))) for line in (HEADER, ALICE)]
    assert read(tmp_path, "\n".join(backwards)).people == read(tmp_path, f"{HEADER}\n{ALICE}\n").people


def test_one_of_a_set__stands_in_quotes(tmp_path: Path) -> None:
    (person,) = read(tmp_path, f'{HEADER}\nP-1,"[2001,2003]",,,,,,,\n').people
    assert person.birth.text == "[2001,2003]"


def test_every_problem_of_every_row__is_told_with_row_and_column(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        ",2003,,,,,,,",
        "P-2,15.06.2001,2024-13,femal,,ill,Pending,maybe,free",
        "P-3,2003,,,,,,",
        ALICE,
    )
    places = [text.split(":")[0] for text in found]
    assert places == [
        "people.csv line 2, column person",
        *(
            f"people.csv line 3, column {name}"
            for name in ("birth_date", "captured_on", "sex", "health", "commission", "wish", "status")
        ),
        "people.csv line 4",
    ]
    assert 'found "15.06.2001"' in found[1]
    assert "did you mean 2001-06-15?" in found[1]
    assert "female, male or unknown, or an empty cell; did you mean female?" in found[3]
    assert "did you mean pending?" in found[5]
    assert found[8].endswith("found 8 cells; needed: 9, one for each column")


def test_a_row_over_several_lines__is_named_by_its_first(tmp_path: Path) -> None:
    found = problems(tmp_path, 'P-1,2003,,,"a\nb",,,,', "P-2,never,,,,,,,")
    assert [text.split(":")[0] for text in found] == [
        "people.csv line 2, column rank",
        "people.csv line 4, column birth_date",
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("P-1,2027,,,,,,,", "birth_date"),
        ("P-1,2003,1999,,,,,,", "captured_on"),
        ("P-1,2026-01-30,,,,,,,", "birth_date"),
    ],
)
def test_what_cannot_be__is_refused(tmp_path: Path, row: str, column: str) -> None:
    (found,) = problems(tmp_path, row)
    assert f"column {column}" in found


def test_equal_rows_of_one_person__are_told_once(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEADER}\n{ALICE}\nP-2,,,,,,,,\n{ALICE}\n,,,,,,,,\n")
    assert [person.code for person in found.people] == ["P-1", "P-2"]
    assert (found.n_rows, found.repeated) == (3, ("people.csv line 4",))


def test_different_rows_of_one_person__are_refused_with_both_places(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, ALICE, ALICE.replace("2003-05-05", "2003-05-06").replace("held", "died"))
    assert "people.csv line 3, column person" in found
    assert "another birth_date, status than in line 2" in found


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (HEADER.replace("health", "helth"), 'column "helth".*did you mean health?'),
        (HEADER.replace(",wish", ""), "no column wish"),
        (HEADER + ",wish", "the column wish twice"),
        (HEADER + ",name", 'column "name"'),
        (HEADER + ",", 'column ""'),
        ("", "an empty file|no column|column"),
    ],
)
def test_columns__are_exactly_those_of_the_format(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, f"{header}\n")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "empty file"),
        (b"PK\x03\x04rest", "a packed file that is no workbook"),
        (b"\xff\xfea", "UTF-16"),
        (HEADER.encode() + b"\nP\x00,,,,,,,,\n", "the control character 0"),
        (HEADER.encode() + b"\nJos\xe9,,,,,,,,\n", "unknown encoding"),
        (HEADER.encode() + b"\n\x98,,,,,,,,\n", "unknown encoding"),
        (HEADER.encode() + b'\n"P-1,,,,,,,,\n', "cannot be split"),
    ],
)
def test_what_is_no_table__is_refused_in_one_line(tmp_path: Path, body: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message) as refusal:
        read(tmp_path, body)
    assert "\n" not in str(refusal.value)


def test_no_file__is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file or directory"):
        read_people(tmp_path / "none.csv", on=ON)


cells = st.text(max_size=12) | st.text("0123456789X-/?~%[].,", max_size=12) | st.sampled_from(["held", "", "2001", '"'])


@settings(deadline=None)
@given(st.lists(st.lists(cells, min_size=7, max_size=10).map(",".join), max_size=4))
def test_any_cells__are_people_or_problems(rows: list[str]) -> None:
    try:
        found = parse_people("\n".join((HEADER, *rows)).encode(), name="people.csv", on=ON)
    except InputError:
        return  # quotes that are not closed leave no rows
    assert not any("\n" in str(problem) for problem in found.problems)
    bad = {problem.place.split(",")[0] for problem in found.problems}
    places = {person.place for person in found.people}
    assert not bad & places
    assert len(bad) + len(places) + len(found.repeated) >= found.n_rows


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60))
def test_any_bytes__are_read_or_refused(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(InputError) as refusal:
        read(tmp_path, body)
    assert "\n" not in str(refusal.value)
