"""A small search with a known truth, shared by the tests of this folder."""

from dataclasses import dataclass

import numpy as np
import pytest

from homeward.genetics.families import Family
from homeward.genetics.frequencies import PublishedTable, published_frequencies
from homeward.genetics.profiles import Sample
from homeward.genetics.simulation import SimulationOptions, simulate_search
from homeward.likelihood.tables import TableLayout
from homeward.search.markers import SearchMarkers, search_markers
from homeward.search.members import MissingMember, missing_members
from homeward.search.runs import SearchJob
from homeward.search.samples import encode_samples


@dataclass(frozen=True)
class Example:
    """Families, remains and truth, and the job that compares them."""

    markers: SearchMarkers
    layout: TableLayout
    families: tuple[Family, ...]
    remains: tuple[Sample, ...]
    truth: tuple[tuple[str, str] | None, ...]
    members: tuple[MissingMember, ...]
    job: SearchJob


@pytest.fixture(scope="session")
def example() -> Example:
    """Ninety families and sixty remains on the markers of the UK kits."""
    table = published_frequencies(PublishedTable.UK_DNA_17, "White_-_EA1_&_EA2")
    markers = search_markers(table)
    layout = TableLayout(markers.panel)
    made = simulate_search(markers.panel.markers, SimulationOptions(90, 60), generator=np.random.default_rng(11))
    job = SearchJob(markers, layout, encode_samples(made.remains, layout), min_log10_lr=2.0)
    members = tuple(missing_members(made.families))
    return Example(markers, layout, made.families, made.remains, made.truth, members, job)
