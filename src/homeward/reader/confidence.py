"""Confidence: how probable it is that a claim is right, from the evidence for its four slots.

Log-linear: each piece of evidence adds its weight to the log odds. Weights stand in `weights.json` with where they come
from. A claim is confident only where two independent readings agree on it, whatever its probability.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from homeward.reader.claims import Band, Modifier, Status
from homeward.reader.clauses import Frame, Sharing, Slot
from homeward.reader.slots import Finding
from homeward.reader.ways import NOBODY

__all__ = ["band_of", "confidence_of", "evidence_of"]

CONFIDENT = 0.8
_WEAK_FRAMES = frozenset({Frame.COME, Frame.BRING, Frame.LIST, Frame.TOTAL})


@cache
def _weights() -> Mapping[str, float]:
    data: dict[str, Any] = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    weights: dict[str, float] = data["weights"]
    return weights


def evidence_of(found: Finding) -> dict[str, bool]:
    """Returns each piece of evidence by its name, and whether it is there."""
    clause = found.clause
    both = bool(found.others)
    return {
        "both providers": both,
        "grammar alone": not both and clause.provider == "grammar",
        "another alone": not both and clause.provider != "grammar",
        "all slots agree": both and found.agreed >= {Slot.WHAT, Slot.WAY, Slot.STATUS},
        "what differs": Slot.WHAT in found.differing,
        "status differs": Slot.STATUS in found.differing,
        "way differs": Slot.WAY in found.differing,
        "what guessed": Slot.WHAT in found.guessed,
        "way guessed": Slot.WAY in found.guessed,
        "two votes": found.n_votes > 1,
        "no direction": found.direction == NOBODY,
        "half known": found.direction.count(None) == 1,
        "nominal": clause.nominal,
        "weak frame": clause.frame in _WEAK_FRAMES,
        "no noun": clause.patient.kind is None,
        "no figure": clause.patient.figure is None,
        "vague": found.quantity is not None and found.quantity.modifier in (Modifier.ALL, Modifier.VAGUE),
        "to come": found.status in (Status.PLANNED, Status.AGREED, Status.DEMANDED),
        "denied": found.status is Status.DENIED,
        "summed": clause.sharing is Sharing.SUMMED,
        "paired": clause.half > 0,
        "cumulative": clause.cumulative,
    }


def confidence_of(found: Finding) -> float:
    """Returns the probability that the claim is right, rounded to hundredths."""
    weights = _weights()
    total = weights["always"] + sum(weights[name] for name, there in evidence_of(found).items() if there)
    return round(1 / (1 + math.exp(-total)), 2)


def band_of(found: Finding, confidence: float) -> Band:
    """Returns the band: confident only where two independent readings agree and nothing is guessed or open."""
    agreed = found.agreed >= {Slot.WHAT, Slot.NUMBER, Slot.WAY, Slot.STATUS} and not found.differing
    # One side known and the other not, or people who go elsewhere: somebody has to look.
    open_pair = found.clause.half > 0 and found.direction == NOBODY
    open_way = found.direction == NOBODY and found.clause.sharing is Sharing.ONE_WAY
    half = found.direction.count(None) == 1 or found.clause.elsewhere or open_pair or open_way
    sure = agreed and not found.guessed and not half and confidence >= CONFIDENT
    return Band.CONFIDENT if sure else Band.TO_CONFIRM
