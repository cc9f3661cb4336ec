"""The terms that come with Homeward say what the shipped record says."""

import csv
import importlib.resources
from pathlib import Path

import pytest

from homeward.entitlement.term_files import read_terms
from homeward.entitlement.terms import Term

DATA = importlib.resources.files("homeward.record").joinpath("data")
with DATA.joinpath("commitments.csv").open(encoding="utf-8", newline="") as file:
    COMMITMENTS = list(csv.DictReader(file))


@pytest.mark.parametrize("term", read_terms(Path("istanbul-2025-06-02")).terms, ids=lambda term: term.name)
def test_term__is_worded_and_sourced_as_the_record_has_it(term: Term) -> None:
    matching = [
        row
        for row in COMMITMENTS
        if (row["worded_by"], row["wording"]) == (term.worded_by, term.wording) and row["source"] in term.sources
    ]
    assert {row["agreement"] for row in matching} == {"istanbul-2025-06-02"}
