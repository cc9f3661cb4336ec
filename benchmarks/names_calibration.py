"""Calibration of names: rates from labelled pairs on held-out ones, and posteriors on a register with known truth.

`python -m benchmarks.names_calibration [N_REGISTER N_LIST]` prints both. The labelled pairs were written to try each
kind of difference, so that their rates are the author's mix and no sample of what registers hold.
"""

import csv
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from pathlib import Path

from benchmarks.names import Pair, average_precision, default_files, load_pairs
from homeward.names import Verdict, compare
from homeward.names.comparison import Comparison
from homeward.names.index import NameIndex, person_of
from homeward.names.made_up import MadeUp, make_up
from homeward.names.matching import MatchOptions, Proposal, match_lists, posteriors
from homeward.names.relations import Part, Relation
from homeward.names.weights import DEFAULT_MODEL, Model

__all__ = ["run"]

PAIRS = Path(__file__).resolve().parents[1] / "tests" / "names" / "pairs"
_AGREE = (Relation.EQUAL, Relation.TRANSLITERATED, Relation.SAME_NAME_OTHER_LANGUAGE)
_APART = (Relation.OTHER_FORM, Relation.TYPING_SLIP, Relation.HALF_SURNAME, Relation.DIFFERENT)
_PARTS = (Part.SURNAME, Part.GIVEN_NAME, Part.PATRONYMIC)
EDGES = (0.01, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.000001)


@dataclass(frozen=True)
class Labelled:
    """A pair that is known to be of one person or of two."""

    left: str
    right: str
    one_person: bool


def labelled(file: Path) -> list[Labelled]:
    """Returns the pairs of a file whose label says whether they are one person."""
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    kept = (row for row in rows if row["same_person"] in ("yes", "no"))
    return [Labelled(row["left"], row["right"], row["same_person"] == "yes") for row in kept]


def halves() -> tuple[list[Labelled], list[Labelled]]:
    """Returns the labelled pairs in two halves, every second file each."""
    files = sorted(PAIRS.glob("*.csv"))
    first, second = ([pair for file in files[i::2] for pair in labelled(file)] for i in (0, 1))
    return first, second


def relation_counts(pairs: Sequence[Labelled]) -> Mapping[Part, Counter[Relation]]:
    """Returns how often each relation stands in a part of two spellings of one person; agreement counts as EQUAL."""
    found: dict[Part, Counter[Relation]] = {part: Counter() for part in _PARTS}
    for pair in (pair for pair in pairs if pair.one_person):
        for one in compare(pair.left, pair.right).parts:
            if one.part in found and one.relation in (*_AGREE, *_APART):
                found[one.part][Relation.EQUAL if one.relation in _AGREE else one.relation] += 1
    return found


def measured_model(pairs: Sequence[Labelled], weight: float) -> Model:
    """Returns the model with rates from pairs, smoothed by the judged ones, which weigh as so many pairs."""
    rates: dict[Part, Mapping[Relation, float]] = {}
    for part, counts in relation_counts(pairs).items():
        judged, total = DEFAULT_MODEL.rates[part], counts.total() + weight
        smooth = {one: (counts[one] + weight * judged[one]) / total for one in (Relation.EQUAL, *_APART)}
        rates[part] = {**smooth, **dict.fromkeys(_AGREE, smooth[Relation.EQUAL])}
    return Model(rates)


def scaled_model(factor: float) -> Model:
    """Returns the judged model with the rate of every relation but agreement multiplied by a factor."""
    rates: dict[Part, Mapping[Relation, float]] = {}
    for part, judged in DEFAULT_MODEL.rates.items():
        apart = {one: judged[one] * factor for one in _APART}
        rates[part] = {**apart, **dict.fromkeys(_AGREE, 1.0 - sum(apart.values()))}
    return Model(rates)


@dataclass(frozen=True)
class Standing:
    """What a model gives: verdicts and average precision on pairs, first candidates and proposals on a register."""

    verdicts_right: int
    n_verdicts: int
    precision: float
    first: Mapping[str, str]
    proposed: Mapping[str, str]


def standing(model: Model, pairs: Sequence[Pair], made: MadeUp) -> Standing:
    """Returns what a model gives on labelled pairs and on a register."""
    found = [(compare(pair.left, pair.right, model), pair) for pair in pairs]
    right = sum(one.verdict.value == pair.verdict for one, pair in found)
    known = [(one, pair.one_person) for one, pair in found if pair.one_person is not None]
    scored = [(one.log10_lr - 20.0 * (one.verdict is Verdict.DIFFERENT), bool(is_one)) for one, is_one in known]
    index = NameIndex(made.register)
    index.model = model
    index.use_counts(index.counts())
    first, proposed = {}, {}
    for entry in made.wanted:
        candidates = index.search(person_of(entry))
        chances, _ = posteriors([one.log10_lr for one in candidates], len(made.register), MatchOptions().share)
        if candidates:
            first[entry.id] = made.register[candidates[0].place].id
            if chances[0] >= MatchOptions().proposal_posterior and candidates[0].verdict is not Verdict.DIFFERENT:
                proposed[entry.id] = first[entry.id]
    return Standing(right, len(found), average_precision(scored), first, proposed)


def log_loss(pairs: Sequence[Labelled], model: Model) -> float:
    """Returns the mean log loss under the prior odds that suit these pairs best: their choice is not the model's."""
    known = [(compare(pair.left, pair.right, model), pair.one_person) for pair in pairs]
    return min(_loss(known, quarter / 4) for quarter in range(-48, 9))


def _loss(known: Sequence[tuple[Comparison, bool]], log10_odds: float) -> float:
    logits = ((log10_odds + found.log10_lr) * (1 if one else -1) for found, one in known)
    return sum(log(1.0 + 10.0**-logit) for logit in logits) / len(known)


def share_right(rows: Sequence[Proposal], truth: Mapping[str, str]) -> list[tuple[float, float, int, int, float]]:
    """Returns for bands of the posterior: the band, rows, those that are right, and the mean posterior."""
    found = []
    for low, high in pairwise(EDGES):
        here = [row for row in rows if low <= row.posterior < high]
        right = sum(truth[row.list_id] == row.register_id for row in here)
        if here:
            found.append((low, min(high, 1.0), len(here), right, sum(row.posterior for row in here) / len(here)))
    return found


def run(size: str) -> list[dict[str, object]]:
    """Returns the rows of the table: name, seconds, ratio, against, note; the ratio is the share that is right."""
    first, second = halves()
    judged = (log_loss(first, DEFAULT_MODEL) + log_loss(second, DEFAULT_MODEL)) / 2
    swapped = (log_loss(first, measured_model(second, 100)) + log_loss(second, measured_model(first, 100))) / 2
    rows = [_row("names: log loss on held-out pairs", swapped / judged, f"{judged:.3f} judged, {swapped:.3f} measured")]
    made = make_up(*{"small": (10_000, 500), "full": (100_000, 5_000)}[size], seed=1)
    proposed = [row for row in match_lists(made.wanted, made.register) if row.proposed and row.register_id]
    for low, high, n, right, mean in share_right(proposed, made.truth):
        told = f"{right} of {n} right, mean posterior {mean:.3f}"
        rows.append(_row(f"names: proposals with posterior {low:.2f} to {high:.2f}", right / n, told))
    return rows


def _row(name: str, ratio: float, note: str) -> dict[str, object]:
    return {"name": name, "seconds": 0.0, "ratio": ratio, "against": None, "note": note}


def _print_rates() -> None:
    first, second = halves()
    for part, counts in relation_counts([*first, *second]).items():
        told = ", ".join(f"{one.value} {n} ({n / counts.total():.3f})" for one, n in counts.most_common())
        print(f"{part.value}, {counts.total()} pairs of one person: {told}")
    for name, learnt, asked in (("first half", second, first), ("second half", first, second)):
        own, swapped = log_loss(asked, DEFAULT_MODEL), log_loss(asked, measured_model(learnt, 100))
        print(f"log loss on the {name}: judged {own:.3f}, measured on the other half {swapped:.3f}")


def _print_register(n_register: int, n_wanted: int) -> None:
    made = make_up(n_register, n_wanted, seed=1)
    born = {entry.id: bool(entry.birth_date) for entry in made.wanted}
    rows = [row for row in match_lists(made.wanted, made.register, MatchOptions()) if row.register_id]
    proposed = [row for row in rows if row.proposed]
    print(f"\n{len(proposed)} proposals of {n_wanted:,} against {n_register:,}: posterior, rows, right, mean posterior")
    for low, high, n, right, mean in share_right([row for row in rows if row.verdict != "different"], made.truth):
        print(f"{low:>5.2f} to {high:.2f} {n:>6} {right:>6} {right / n:>6.3f} {mean:>6.3f}")
    for dated, told in ((True, "with"), (False, "without")):
        some = [row for row in proposed if born[row.list_id] is dated]
        wrong = sum(made.truth[row.list_id] != row.register_id for row in some)
        print(f"{told} a birth date: {len(some)}, {wrong} wrong, {sum(1 - row.posterior for row in some):.1f} expected")


def _print_sensitivity(n_register: int, n_wanted: int) -> None:
    pairs, made = load_pairs(default_files()), make_up(n_register, n_wanted, seed=1)
    judged = standing(DEFAULT_MODEL, pairs, made)
    print(f"\nevery rate of disagreement times a factor; {n_wanted:,} against {n_register:,}")
    print("factor, verdicts right, average precision, proposals right and wrong, first candidate as judged")
    for factor in (0.25, 0.5, 1.0, 2.0, 4.0):
        found = standing(scaled_model(factor), pairs, made)
        right = sum(made.truth[one] == place for one, place in found.proposed.items())
        alike = sum(found.first.get(one) == place for one, place in judged.first.items())
        print(
            f"{factor:>6.2f} {found.verdicts_right:>6} of {found.n_verdicts} {found.precision:>8.4f} "
            f"{right:>6} {len(found.proposed) - right:>4} {alike:>6} of {len(judged.first)}"
        )


def main() -> None:
    """Prints the rates on held-out pairs, how much hangs on them, and the posteriors on a made-up register."""
    _print_rates()
    _print_sensitivity(5_000, 500)
    _print_register(*(map(int, sys.argv[1:3]) if len(sys.argv) > 2 else (20_000, 1_000)))


if __name__ == "__main__":
    main()
