"""Trains the scorer's weights on the labelled texts, and draws how well its probabilities hold: `make train-reader`.

Logistic regression by Newton's method with the hand-set weights as its prior: where the texts say little, a weight
stays what a person set. Deterministic: the same texts give the same weights.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.reader.scoring import key_of_label, keys_of_claims

import homeward.reader.confidence as scorer
from homeward.reader import SUPPORTED_LANGUAGES, read
from homeward.reader.claim_making import Maker
from homeward.reader.claims import Claim
from homeward.reader.files import open_file
from homeward.reader.slots import Finding

CORPUS = Path(__file__).parent / "corpus"
EXAMPLES = Path(__file__).parents[2] / "src" / "homeward" / "examples"
WEIGHTS = Path(scorer.__file__).parent / "weights.json"
CHART = Path(__file__).parents[2] / "docs" / "concepts" / "reader-calibration.svg"
PRIOR_PRECISION = 1.0
N_FOLDS, N_STEPS = 5, 30
BINS = (0.0, 0.5, 0.65, 0.8, 0.9, 1.01)

Matrix = NDArray[np.float64]


def labelled() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yields every labelled text in a language that can be read here."""
    for folder, name in ((CORPUS, "labels.jsonl"), (EXAMPLES, "examples.jsonl")):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["language"] in SUPPORTED_LANGUAGES:
                yield folder / row["file"], row


def findings(path: Path) -> list[tuple[Claim, Finding]]:
    """Returns the claims of a text with the findings that made them."""
    made: dict[tuple[object, ...], Finding] = {}
    make = Maker.claim

    def kept(self: Maker, found: Finding) -> Claim | None:
        claim = make(self, found)
        if claim is not None:
            made[_identity(claim)] = found
        return claim

    Maker.claim = kept  # type: ignore[method-assign]
    try:
        claims = read(open_file(path).documents[0][1]).claims
    finally:
        Maker.claim = make  # type: ignore[method-assign]
    return [(claim, made[_identity(claim)]) for claim in claims if _identity(claim) in made]


def _identity(claim: Claim) -> tuple[object, ...]:
    return claim.span, claim.what, claim.quantity, claim.giver, claim.receiver, claim.status


def examples() -> tuple[list[str], Matrix, Matrix, NDArray[np.int64]]:
    """Returns the names of the evidence, the evidence of each claim, whether it is right, and the fold of its text."""
    names: list[str] = []
    rows: list[list[float]] = []
    right: list[float] = []
    folds: list[int] = []
    for number, (path, row) in enumerate(labelled()):
        wanted = Counter(key_of_label(label) for label in row["claims"])
        for claim, found in findings(path):
            for key in keys_of_claims([claim]):
                evidence = scorer.evidence_of(found)
                names = names or list(evidence)
                rows.append([1.0, *(float(there) for there in evidence.values())])
                right.append(float(wanted[key] > 0))
                wanted[key] -= wanted[key] > 0
                folds.append(number % N_FOLDS)
    return ["always", *names], np.array(rows), np.array(right), np.array(folds)


def fit(evidence: Matrix, right: Matrix, prior: Matrix) -> Matrix:
    """Returns the most probable weights under a normal prior around `prior`."""
    weights = prior.copy()
    for _ in range(N_STEPS):
        chance = _chance(evidence, weights)
        slope = evidence.T @ (right - chance) - PRIOR_PRECISION * (weights - prior)
        curve = (evidence * (chance * (1 - chance))[:, None]).T @ evidence
        weights = weights + np.linalg.solve(curve + PRIOR_PRECISION * np.eye(len(prior)), slope)
    return weights


def held_out(evidence: Matrix, right: Matrix, folds: NDArray[np.int64], prior: Matrix) -> Matrix:
    """Returns the probability of each claim under weights that have not seen its text."""
    chance = np.zeros(len(right))
    for fold in range(N_FOLDS):
        apart = folds == fold
        chance[apart] = _chance(evidence[apart], fit(evidence[~apart], right[~apart], prior))
    return chance


def calibration(chance: Matrix, right: Matrix) -> list[tuple[int, float, float]]:
    """Returns for each bin of probability how many claims, their mean probability, and the share that is right."""
    found = []
    for low, high in pairwise(BINS):
        within = (chance >= low) & (chance < high)
        if within.any():
            found.append((int(within.sum()), float(chance[within].mean()), float(right[within].mean())))
    return found


def _chance(evidence: Matrix, weights: Matrix) -> Matrix:
    chance: Matrix = 1 / (1 + np.exp(-(evidence @ weights)))
    return chance


def chart(bins: Sequence[tuple[int, float, float]]) -> str:
    """Returns the calibration as SVG: a circle for each bin, as large as it has claims; on the line it holds."""
    circles = "".join(
        f'<circle cx="{40 + 300 * told:.0f}" cy="{320 - 300 * share:.0f}" r="{3 + number**0.5:.1f}" fill="#2a6f97" '
        f'fill-opacity="0.6"><title>{number} claims: told {told:.2f}, right {share:.2f}</title></circle>'
        for number, told, share in bins
    )
    ticks = "".join(
        f'<text x="{40 + 300 * at:.0f}" y="338" text-anchor="middle">{at:.1f}</text>'
        f'<text x="34" y="{324 - 300 * at:.0f}" text-anchor="end">{at:.1f}</text>'
        for at in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 360 360" font-family="sans-serif" font-size="11">'
        "<title>Calibration of the reader: told probability, share that is right</title>"
        '<rect x="40" y="20" width="300" height="300" fill="none" stroke="#999"/>'
        '<line x1="40" y1="320" x2="340" y2="20" stroke="#999" stroke-dasharray="4"/>'
        f"{ticks}{circles}"
        '<text x="190" y="356" text-anchor="middle">told probability</text>'
        '<text x="12" y="170" text-anchor="middle" transform="rotate(-90 12 170)">share that is right</text></svg>\n'
    )


def main() -> None:
    """Writes the weights and the chart, and prints the calibration on held-out texts."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    names, evidence, right, folds = examples()
    prior = np.array([stored["prior"].get(name, 0.0) for name in names])
    weights = fit(evidence, right, prior)
    bins = calibration(held_out(evidence, right, folds, prior), right)
    stored["weights"] = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    stored["trained_on"] = f"{len(right)} claims of the labelled texts, {int(right.sum())} of them right"
    WEIGHTS.write_text(json.dumps(stored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    CHART.write_text(chart(bins), encoding="utf-8")
    for number, told, share in bins:
        print(f"{number:4} claims told {told:.2f}, right {share:.2f}")


if __name__ == "__main__":
    main()
