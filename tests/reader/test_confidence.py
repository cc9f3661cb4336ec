"""Confidence and bands: probabilities that hold, and nothing confident that one reading alone tells."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.reader.steps import PUBLISHED
from tests.reader.test_slots import GRAMMAR, OTHER, settled
from tests.reader.training import calibration, fit

import homeward.reader.confidence as scorer
from homeward.reader import Document, read
from homeward.reader.claims import Band
from homeward.reader.clauses import Mood

WEIGHTS = json.loads((Path(scorer.__file__).parent / "weights.json").read_text(encoding="utf-8"))


def test_weights__are_those_of_the_evidence() -> None:
    names = {"always", *scorer.evidence_of(settled([GRAMMAR]))}
    assert set(WEIGHTS["weights"]) == set(WEIGHTS["prior"]) == names


def test_confidence__is_higher_where_two_readings_agree() -> None:
    alone, both = settled([GRAMMAR]), settled([GRAMMAR], [OTHER])
    assert scorer.confidence_of(alone) < scorer.confidence_of(both)


def test_band__is_confident_only_where_two_readings_agree_on_all() -> None:
    found = settled([GRAMMAR], [OTHER])
    assert scorer.band_of(found, 0.99) is Band.CONFIDENT
    assert scorer.band_of(found, 0.79) is Band.TO_CONFIRM
    assert scorer.band_of(settled([GRAMMAR]), 0.99) is Band.TO_CONFIRM
    assert scorer.band_of(settled([GRAMMAR], [replace(OTHER, mood=Mood.PLANNED)]), 0.99) is Band.TO_CONFIRM


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("Russia handed over 40 bodies to Ukraine.", Band.CONFIDENT),
        ("They were handed over 40 bodies. Russia and Ukraine met.", None),
        ("Ukraine and Russia met. Russia returned 40 bodies.", Band.TO_CONFIRM),
    ],
)
def test_read__gives_each_claim_its_band(text: str, band: Band | None) -> None:
    claims = read(Document(body=text, published=PUBLISHED)).claims
    assert {claim.band for claim in claims} == ({band} if band else set())


def test_fit__finds_the_weight_that_made_the_data_and_keeps_the_prior_without_data() -> None:
    random = np.random.default_rng(20260130)
    evidence = np.column_stack([np.ones(4000), random.integers(0, 2, 4000), np.zeros(4000)]).astype(float)
    chance = 1 / (1 + np.exp(-(0.5 + 1.5 * evidence[:, 1])))
    right = (random.random(4000) < chance).astype(float)
    weights = fit(evidence, right, np.array([0.0, 0.0, 0.7]))
    assert weights[:2] == pytest.approx([0.5, 1.5], abs=0.25)
    assert weights[2] == pytest.approx(0.7)
    assert (fit(evidence, right, np.array([0.0, 0.0, 0.7])) == weights).all()


def test_calibration__counts_what_is_right_in_each_bin() -> None:
    chance, right = np.array([0.1, 0.2, 0.95, 0.97]), np.array([0.0, 1.0, 1.0, 1.0])
    assert calibration(chance, right) == [(2, pytest.approx(0.15), 0.5), (2, pytest.approx(0.96), 1.0)]
