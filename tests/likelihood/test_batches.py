"""Likelihoods in batches: the same as one by one, whoever was read, on X too, in any number of threads."""

import numpy as np
import pytest

from homeward.genetics.markers import Marker, MarkerKind
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigrees import Member, Pedigree, Sex
from homeward.likelihood.batches import LikelihoodRequest, log10_likelihoods
from homeward.likelihood.panels import NOT_READ, Panel
from homeward.likelihood.peeling import Readings, log10_likelihood

STEPS = MutationModel(MutationKind.STEPWISE, 0.01, 0.001, 0.2)
NONE = MutationModel(MutationKind.NONE, 0.0)
PANEL = Panel(
    (
        Marker.from_frequencies("A", {"5": 0.3, "6": 0.5, "7.2": 0.2}, female_mutation=STEPS, male_mutation=STEPS),
        Marker.from_frequencies("B", {"10": 0.25, "11": 0.75}),
        Marker.from_frequencies("X", {"1": 0.6, "2": 0.4}, kind=MarkerKind.X, silent_frequency=0.0),
    )
)
SIBLINGS = Pedigree.of(
    [
        Member("F", sex=Sex.MALE),
        Member("M", sex=Sex.FEMALE),
        Member("one", "F", "M", Sex.FEMALE),
        Member("two", "F", "M", Sex.FEMALE),
    ]
)
GRANDCHILD = Pedigree.of([*SIBLINGS.members, Member("W", sex=Sex.MALE), Member("child", "W", "two", Sex.FEMALE)])


def requests(n: int) -> list[LikelihoodRequest]:
    """Readings at random, a third of them not read, of families of two shapes."""
    generator = np.random.default_rng(n)
    made = []
    for number in range(n):
        ids, pedigree = (("M", "one", "two"), SIBLINGS) if number % 2 else (("two", "child", "M"), GRANDCHILD)
        codes = np.stack([generator.integers(0, PANEL.n_codes) for _ in ids])
        codes[generator.random(codes.shape) < 0.3] = NOT_READ
        made.append(LikelihoodRequest(pedigree, ids, codes))
    return made


@pytest.mark.parametrize("threads", [1, 3])
def test_log10_likelihoods__are_those_of_one_pedigree_at_a_time(threads: int) -> None:
    asked = requests(60)
    found = log10_likelihoods(asked, PANEL, threads=threads)
    for request, value in zip(asked, found.tolist(), strict=True):
        readings = Readings(request.ids, request.codes, np.zeros((*request.codes.shape, 3)))
        assert value == pytest.approx(float(log10_likelihood(request.pedigree, readings, PANEL).sum()), abs=1e-12)
    assert np.isinf(found).any()
    assert np.isfinite(found).any()


def test_log10_likelihoods__of_nothing_read_is_nothing() -> None:
    unread = LikelihoodRequest(SIBLINGS, ("M",), np.full((1, 3), NOT_READ))
    assert log10_likelihoods(
        [unread, LikelihoodRequest(SIBLINGS, (), np.zeros((0, 3), dtype=np.int64))], PANEL
    ).tolist() == [0, 0]
    assert log10_likelihoods([], PANEL).tolist() == []
