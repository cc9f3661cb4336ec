"""Posteriors of a search: beside those of identification, over all missing persons, never more than 1 together."""

import math

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.conftest import Example

from homeward.errors import InputError
from homeward.identification.posterior import register_posterior
from homeward.search.posteriors import Findings, Prior, Weighed, weighed
from homeward.search.runners.local import LocalRunner
from homeward.search.runs import SearchJob, run_search
from homeward.search.shortlist import pairs_schema


def searched(example: Example, min_log10_lr: float, share: float = 0.5) -> Weighed:
    """The search of the example at a threshold."""
    job = SearchJob(example.markers, example.layout, example.job.samples, min_log10_lr)
    found = run_search(job, example.members, LocalRunner(1))
    return weighed(found, job.samples.names, Prior(len(example.members), share), min_log10_lr=min_log10_lr)


def posteriors(found: Weighed) -> dict[tuple[str, str, str], float]:
    columns = [found.pairs[name].to_pylist() for name in ("remains", "family", "missing")]
    return dict(zip(zip(*columns, strict=True), found.pairs["posterior"].to_pylist(), strict=True))


@pytest.fixture(scope="module")
def everybody(example: Example) -> Weighed:
    """Every pair that is possible, listed: nothing is left to single precision."""
    return searched(example, -400.0)


@pytest.mark.parametrize("share", [0.5, 0.9, 1.0])
def test_weighed__gives_the_posteriors_of_identification_over_everybody(example: Example, share: float) -> None:
    found = searched(example, -400.0, share)
    ratios: dict[str, list[float]] = {}
    own: dict[str, list[float]] = {}
    for row in found.pairs.select(["remains", "log10_lr", "posterior"]).to_pylist():
        ratios.setdefault(row["remains"], []).append(row["log10_lr"])
        own.setdefault(row["remains"], []).append(row["posterior"])
    assert len(ratios) == len(example.remains)
    for remains, each in ratios.items():
        # Pairs that are impossible are not listed; they count with 0.
        exact = register_posterior(np.array(each), n_listed=len(example.members), share=share, rest_sum=0.0)
        assert own[remains] == pytest.approx(exact.persons.tolist(), rel=1e-12, abs=1e-300)
        assert found.bodies[remains].none == pytest.approx(exact.none, rel=1e-12, abs=1e-300)
        assert found.bodies[remains].rest == 0.0


@pytest.mark.parametrize("threshold", [-3.0, 0.0, 2.0, 4.0, 7.0, 12.0])
def test_weighed__gives_the_same_posterior_whatever_is_listed(
    example: Example, everybody: Weighed, threshold: float
) -> None:
    found, exact = searched(example, threshold), posteriors(everybody)
    own = posteriors(found)
    assert len(own) > 20
    for pair, posterior in own.items():
        assert posterior == pytest.approx(exact[pair], rel=1e-6)
    for remains, each in found.bodies.items():
        others = sum(p for (name, *_), p in exact.items() if name == remains) - each.listed
        assert each.rest == pytest.approx(others, rel=1e-5, abs=1e-7)
        assert each.none == pytest.approx(everybody.bodies[remains].none, rel=1e-6, abs=1e-300)
        assert math.fsum([each.listed, each.rest, each.none]) == pytest.approx(1.0, abs=1e-12)
        ratios = found.pairs.filter(pc.equal(found.pairs["remains"], remains))["log10_lr"].to_numpy()
        again = register_posterior(ratios, n_listed=len(example.members), share=0.5, rest_sum=each.rest_sum)
        assert again.none == pytest.approx(each.none, rel=1e-9, abs=1e-300)
        assert again.rest == pytest.approx(each.rest, rel=1e-9, abs=1e-300)


def test_weighed__never_gives_the_rows_of_one_body_more_than_one_together(everybody: Weighed) -> None:
    sums: dict[str, list[float]] = {}
    for (remains, *_), posterior in posteriors(everybody).items():
        sums.setdefault(remains, []).append(posterior)
    assert all(math.fsum(each) <= 1 for each in sums.values())


def findings(*log10_lrs: float, units: float = 0.0) -> Findings:
    """One body with a pair for each of these ratios."""
    n = len(log10_lrs)
    columns: dict[str, list[object]] = {"remains": ["R"] * n, "family": [f"F-{i}" for i in range(n)]}
    columns |= {"missing": ["MP"] * n, "log10_lr": list(log10_lrs), "loci_compared": [1] * n}
    columns |= {"n_inconsistent": [0] * n, "inconsistent_loci": [""] * n}
    return Findings(pa.Table.from_pydict(columns, schema=pairs_schema(())), np.array([units]))


@given(
    st.lists(st.floats(4, 400), min_size=1, max_size=40),
    st.integers(0, 10_000),
    st.floats(1e-6, 1.0),
    st.integers(0, 2**60),
)
def test_weighed__agrees_with_identification_for_any_ratios(
    ratios: list[float], others: int, share: float, units: int
) -> None:
    rest_sum = float(units) / 2**24 if others else 0.0
    n_listed = len(ratios) + others
    found = weighed(findings(*ratios, units=rest_sum * 2**24), ["R"], Prior(n_listed, share), min_log10_lr=4.0)
    ordered = found.pairs["log10_lr"].to_numpy()
    exact = register_posterior(ordered, n_listed=n_listed, share=share, rest_sum=rest_sum)
    assert found.pairs["posterior"].to_pylist() == pytest.approx(exact.persons.tolist(), rel=1e-9, abs=1e-250)
    assert math.fsum(found.pairs["posterior"].to_pylist()) <= 1
    assert found.bodies["R"].none == pytest.approx(exact.none, rel=1e-9, abs=1e-250)
    assert found.bodies["R"].rest == pytest.approx(exact.rest, rel=1e-9, abs=1e-250)


def test_weighed__counts_a_pair_below_the_threshold_among_the_rest() -> None:
    found = weighed(findings(9.0, 6.0), ["R"], Prior(1000), min_log10_lr=8.0)
    (posterior,) = found.pairs["posterior"].to_pylist()
    assert posterior == pytest.approx(1e9 / (1e9 + 1e6 + 1000))
    assert found.bodies["R"].rest == pytest.approx(1e6 / (1e9 + 1e6 + 1000))


def test_weighed__halves_the_posterior_between_equal_brothers() -> None:
    assert weighed(findings(20.0, 20.0), ["R"], Prior(12_000), min_log10_lr=4.0).pairs["posterior"].to_pylist() == [
        pytest.approx(0.5),
        pytest.approx(0.5),
    ]


def test_weighed__is_sorted_the_same_whatever_the_order_of_the_parts() -> None:
    one, two = findings(5.0, 8.0), findings(5.0)
    nothing = findings()
    there = weighed(Findings.together([one, two], nothing), ["R"], Prior(10), min_log10_lr=4.0)
    back = weighed(Findings.together([two, one], nothing), ["R"], Prior(10), min_log10_lr=4.0)
    assert there.pairs["log10_lr"].to_pylist() == [8.0, 5.0, 5.0]
    assert there.pairs.equals(back.pairs)


def test_weighed__of_nothing_has_all_columns() -> None:
    found = weighed(findings(), ["R"], Prior(0), min_log10_lr=4.0)
    assert found.pairs.num_rows == 0
    assert {"prior", "posterior"} <= set(found.pairs.column_names)
    assert found.bodies == {}


@pytest.mark.parametrize("wrong", [0.0, -0.1, 1.1, float("nan")])
def test_prior__refuses_a_share_that_is_none(wrong: float) -> None:
    with pytest.raises(InputError, match="share"):
        Prior(10, wrong)
