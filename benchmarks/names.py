"""Names: quality on labelled pairs, speed of lists; `python -m benchmarks.names [PAIRS.csv...]` prints the curves.

Pairs have the columns left, right, verdict and, where the labeller knows, same_person (yes or no). Without it a pair
counts as one person when its verdict is `same`, as two when it is `different`; `possible` is left out of the curves.
"""

import csv
import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from homeward.names import Verdict, compare
from homeward.names.index import NameIndex, person_of, weigh
from homeward.names.made_up import make_up
from homeward.names.matching import MatchOptions, match_lists

__all__ = ["run"]

REPOSITORY = Path(__file__).resolve().parents[1]
SIZES = {"small": (10_000, 500), "full": (100_000, 5_000)}
Row = dict[str, object]


@dataclass(frozen=True)
class Pair:
    """A labelled pair; `one_person` is None where the label leaves it open."""

    left: str
    right: str
    verdict: str
    one_person: bool | None


def run(size: str) -> list[Row]:
    """Returns the rows of the table: name, seconds, ratio, against, note."""
    return [*_quality(load_pairs(default_files())), *_speed(*SIZES[size])]


def default_files() -> list[Path]:
    """The labelled pairs of the tests, or the settled cases where there are none."""
    folder = REPOSITORY / "tests" / "names"
    return sorted((folder / "pairs").glob("*.csv")) or [folder / "cases.csv"]


def load_pairs(files: Sequence[Path]) -> list[Pair]:
    """Returns the pairs of files with the columns left, right, verdict and perhaps same_person."""
    known = {"yes": True, "1": True, "true": True, "no": False, "0": False, "false": False}
    by_verdict = {"same": True, "different": False}
    rows = [row for file in files for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())]
    return [
        Pair(
            row["left"], row["right"], row["verdict"],
            known.get((row.get("same_person") or "").strip().casefold(), by_verdict.get(row["verdict"])),
        )
        for row in rows
    ]  # fmt: skip


Scorer = Callable[[str, str], float]


def scorers() -> dict[str, Scorer]:
    """Homeward and whatever else is installed; what is not installed is told in one line."""
    found: dict[str, Scorer] = {
        "homeward": weight_of,
        "rapidfuzz token_set": lambda a, b: float(fuzz.token_set_ratio(a.casefold(), b.casefold())),
    }
    try:
        import jellyfish

        found["jellyfish Jaro-Winkler"] = lambda a, b: float(
            jellyfish.jaro_winkler_similarity(a.casefold(), b.casefold())
        )
    except ImportError:
        sys.stderr.write("jellyfish is not installed: skipped\n")
    try:
        found["rigour"] = _rigour()
    except ImportError:
        sys.stderr.write("rigour is not installed: skipped\n")
    return found


def _rigour() -> Scorer:
    from rigour.names import NameTypeTag, analyze_names, compare_parts

    def score(a: str, b: str) -> float:
        one, two = (next(iter(analyze_names(NameTypeTag.PER, [text]))) for text in (a, b))
        aligned = compare_parts(list(one.parts), list(two.parts))
        return sum(pair.score * pair.weight for pair in aligned) / max(1e-9, sum(pair.weight for pair in aligned))

    return score


def weight_of(left: str, right: str) -> float:
    """Returns the log10 LR, below every other where the verdict is `different`: verdict first, then weight."""
    found = compare(left, right)
    return found.log10_lr - (20.0 if found.verdict is Verdict.DIFFERENT else 0.0)


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    """Returns the area under the curve of precision over recall, pairs of equal score taken together."""
    positives, found, taken, area = sum(is_one for _, is_one in scored), 0, 0, 0.0
    for value in sorted({score for score, _ in scored}, reverse=True):
        here = [is_one for score, is_one in scored if score == value]
        found, taken = found + sum(here), taken + len(here)
        area += sum(here) / positives * found / taken if positives else 0.0
    return area


def recall_without_error(scored: Sequence[tuple[float, bool]]) -> float:
    """Returns the share of the true pairs that score above every pair of two people."""
    worst = max((score for score, is_one in scored if not is_one), default=float("-inf"))
    true = [score for score, is_one in scored if is_one]
    return sum(score > worst for score in true) / len(true) if true else 0.0


def _quality(pairs: Sequence[Pair]) -> list[Row]:
    verdicts = Counter((pair.verdict, compare(pair.left, pair.right).verdict.value) for pair in pairs)
    right = sum(n for (wanted, given), n in verdicts.items() if wanted == given)
    false_same = sum(n for (wanted, given), n in verdicts.items() if given == "same" and wanted == "different")
    note = f"{right} of {len(pairs)} verdicts right, {false_same} of two people called same"
    rows = [_row("names: verdicts", 0.0, note, ratio=right / len(pairs))]
    known = [pair for pair in pairs if pair.one_person is not None]
    for name, scorer in scorers().items():
        start = time.perf_counter()
        try:
            scored = [(scorer(pair.left, pair.right), bool(pair.one_person)) for pair in known]
        except (TypeError, AttributeError, StopIteration) as error:
            sys.stderr.write(f"{name}: skipped ({error})\n")
            continue
        seconds = time.perf_counter() - start
        note = f"recall {recall_without_error(scored):.3f} above every false pair, {len(known)} pairs"
        rows.append(_row(f"names: average precision, {name}", seconds, note, ratio=average_precision(scored)))
    return rows


def curve(pairs: Sequence[Pair], scorer: Scorer) -> list[tuple[float, float, float]]:
    """Returns threshold, precision and recall at each tenth of the true pairs."""
    scored = sorted(
        ((scorer(p.left, p.right), bool(p.one_person)) for p in pairs if p.one_person is not None), reverse=True
    )
    true = [score for score, is_one in scored if is_one]
    points = []
    for tenth in range(1, 11):
        threshold = true[max(0, len(true) * tenth // 10 - 1)]
        taken = [is_one for score, is_one in scored if score >= threshold]
        points.append((threshold, sum(taken) / len(taken), sum(taken) / len(true)))
    return points


def calibration(pairs: Sequence[Pair]) -> list[tuple[str, int, float, float]]:
    """Returns for bands of log10 LR: the band, pairs, the share that is one person, and the share expected.

    Expected with the odds of one person among these pairs as prior; chosen pairs are no random sample, which shows.
    """
    known = [(compare(p.left, p.right).log10_lr, bool(p.one_person)) for p in pairs if p.one_person is not None]
    odds = sum(one for _, one in known) / max(1, sum(not one for _, one in known))
    rows = []
    for low in range(-6, 8, 2):
        here = [(lr, one) for lr, one in known if low <= lr < low + 2]
        if here:
            expected = sum(odds * 10**lr / (1 + odds * 10**lr) for lr, _ in here) / len(here)
            rows.append((f"{low} to {low + 2}", len(here), sum(one for _, one in here) / len(here), expected))
    return rows


def _speed(n_register: int, n_wanted: int) -> list[Row]:
    made = make_up(n_register, n_wanted, seed=1)
    start = time.perf_counter()
    rows = match_lists(made.wanted, made.register, MatchOptions())
    seconds = time.perf_counter() - start
    proposed = {row.list_id: row.register_id for row in rows if row.proposed}
    wrong = sum(bool(found) and found != made.truth[one] for one, found in proposed.items())
    right = sum(bool(found) and found == made.truth[one] for one, found in proposed.items())
    told = f"{right} right, {wrong} wrong, {sum(map(bool, made.truth.values()))} there; peak {_peak_mib():.0f} MiB"
    return [
        _row(f"names: list of {n_wanted:,} against {n_register:,}", seconds, told),
        *_one_name(made.register, [person_of(one) for one in made.wanted[:50]]),
        *[
            _growth(n)
            for n in (n_register // 10, n_register, n_register * 10 if n_register >= 100_000 else n_register * 2)
        ],
    ]


def _one_name(register: Sequence[object], asked: Sequence[object]) -> list[Row]:
    start = time.perf_counter()
    index = NameIndex(register)  # type: ignore[arg-type]
    index.use_counts(index.counts())
    built = time.perf_counter() - start
    start = time.perf_counter()
    found = [{one.place for one in index.search(person)} for person in asked]  # type: ignore[arg-type]
    each = (time.perf_counter() - start) / len(asked)
    # Forty full comparisons with 100,000 people take minutes, and are the proof that the keys lose nobody.
    sample = list(zip(asked, found, strict=True))[: 40 if len(register) >= 100_000 else 5]
    start = time.perf_counter()
    lost = sum(len(_naive(index, person) - places) for person, places in sample)
    naive = (time.perf_counter() - start) / len(sample)
    return [
        _row("names: index built", built, f"{len(register):,} people"),
        _row(
            "names: one name, index built",
            each,
            f"{lost} lost in {len(sample)} checked",
            ratio=naive / each,
            against="full comparison",
        ),
    ]


def _naive(index: NameIndex, person: object) -> set[int]:
    return {
        place
        for place, other in enumerate(index.people)
        if weigh(person, other, index.model, index.unit_frequency)[0].verdict is not Verdict.DIFFERENT  # type: ignore[arg-type]
    }


def _growth(n: int) -> Row:
    made = make_up(n, 50, seed=2)
    start = time.perf_counter()
    index = NameIndex(made.register)
    built = time.perf_counter() - start
    start = time.perf_counter()
    for one in made.wanted:
        index.search(person_of(one))
    each = (time.perf_counter() - start) / len(made.wanted)
    return _row(f"names: growth, {n:,}", each, f"a name; index built in {built:.1f} s, peak {_peak_mib():.0f} MiB")


def _peak_mib() -> float:
    usage = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return usage / 1024


def _row(name: str, seconds: float, note: str, *, ratio: float | None = None, against: str | None = None) -> Row:
    return {"name": name, "seconds": seconds, "ratio": ratio, "against": against, "note": note}


def draw(pairs: Sequence[Pair]) -> Path:
    """Draws precision over recall for every scorer, and returns where the picture is."""
    import altair

    values = [
        {"by": name, "precision": precision, "recall": recall}
        for name, scorer in scorers().items()
        for _, precision, recall in curve(pairs, scorer)
    ]
    axis = altair.Scale(domain=[0.4, 1])
    chart = altair.Chart(altair.Data(values=values)).mark_line(point=True).encode(
        x="recall:Q", y=altair.Y("precision:Q", scale=axis), color=altair.Color("by:N", title=None)
    )  # fmt: skip
    folder = Path(os.environ.get("HOMEWARD_DATA_DIR", "var"))
    folder.mkdir(parents=True, exist_ok=True)
    chart.properties(width=360, height=220).save(folder / "names-curves.svg")
    return folder / "names-curves.svg"


def main() -> None:
    """Prints quality, curves and calibration on the files named, or on the default ones; draws the curves."""
    pairs = load_pairs([Path(name) for name in sys.argv[1:]] or default_files())
    for row in _quality(pairs):
        print(f"{row['name']:<48} {row['ratio']:.3f}  {row['note']}")
    for name, scorer in scorers().items():
        print(f"\n{name}: threshold, precision, recall")
        for threshold, precision, recall in curve(pairs, scorer):
            print(f"{threshold:>10.2f} {precision:>8.3f} {recall:>8.3f}")
    print("\nlog10 LR, pairs, one person, expected")
    for band, n, share, expected in calibration(pairs):
        print(f"{band:>10} {n:>6} {share:>8.3f} {expected:>8.3f}")
    print(draw(pairs))


if __name__ == "__main__":
    main()
