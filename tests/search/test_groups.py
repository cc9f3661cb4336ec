"""Brothers whom the DNA does not tell apart, named together."""

import pyarrow as pa
import pytest
from tests.search.conftest import Example

from homeward.search.groups import groups_of, with_groups
from homeward.search.posteriors import Prior, weighed
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import run_search


def pairs(*rows: tuple[str, str, str, float, float]) -> pa.Table:
    """Listed pairs: remains, family, missing, log10 LR, posterior; the highest ratio first."""
    names = ("remains", "family", "missing", "log10_lr", "posterior")
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return pa.table(columns | {"inconsistent_loci": [""] * len(rows)})


BROTHERS = pairs(
    ("R-1", "F", "Bob", 20.0, 0.4999),
    ("R-1", "F", "Alan", 20.0, 0.4999),
    ("R-2", "F", "Alan", 12.5, 0.49),
    ("R-2", "F", "Bob", 12.5, 0.49),
    ("R-2", "F", "Charlie", 8.4, 0.001),
    ("R-1", "G", "Dan", 5.0, 1e-15),
    ("R-3", "F", "Alan", 4.5, 0.01),
)


def test_with_groups__names_equal_brothers_together_with_their_sum() -> None:
    rows = with_groups(BROTHERS).to_pylist()
    assert [row["group"] for row in rows] == [*["Alan;Bob"] * 4, "Charlie", "Dan", "Alan"]
    assert rows[0]["group_posterior"] == rows[1]["group_posterior"] == pytest.approx(0.9998)
    assert rows[4]["group_posterior"] == 0.001
    assert with_groups(BROTHERS).column_names[5:] == ["inconsistent_loci", "group", "group_posterior"]


def test_groups_of__says_in_some_order_where_there_are_as_many_bodies_as_brothers() -> None:
    (group,) = groups_of(with_groups(BROTHERS))
    assert group.as_json() == {
        "family": "F",
        "missing": ["Alan", "Bob"],
        "remains": ["R-1", "R-2"],
        "posterior": pytest.approx(0.98),
        "in_some_order": True,
    }
    assert not groups_of(with_groups(BROTHERS.slice(0, 2)))[0].as_json()["in_some_order"]
    assert groups_of(with_groups(BROTHERS.slice(4))) == ()


def test_with_groups__of_nothing_has_its_columns() -> None:
    assert {"group", "group_posterior"} <= set(with_groups(pairs()).column_names)


def test_search__never_names_one_brother_where_the_other_fits_as_well(example: Example) -> None:
    found = weighed(
        run_search(example.job, example.members, LocalRunner(1)),
        example.job.samples.names,
        Prior(len(example.members)),
        min_log10_lr=2.0,
    )
    rows = [row for row in found.pairs.to_pylist() if ";" in row["group"]]
    assert len(rows) >= 4
    for row in rows:
        assert row["group"] == "MP1;MP2"
        assert row["posterior"] <= 0.5
        assert row["group_posterior"] == pytest.approx(2 * row["posterior"])
