"""Speed of the law of identification: the whole register's posterior, a large exchange's account, a long recall."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from homeward.identification.events import Event, Found, What
from homeward.identification.ladder import ladder_after
from homeward.identification.posterior import posterior_of, register_posterior
from homeward.identification.recall import Row, recall

SIZES = {"small": (7_000, 1_000), "full": (70_000, 12_000)}


def run(size: str) -> list[dict[str, Any]]:
    """Returns rows of name, seconds, ratio, against and note."""
    n_listed, n_bags = SIZES[size]
    return [*_posteriors(n_listed), *_histories(n_bags)]


def _posteriors(n_listed: int) -> list[dict[str, Any]]:
    log10_lrs = np.random.default_rng(1).normal(-8, 6, n_listed)
    by_name = {f"P-{n}": float(lr) for n, lr in enumerate(log10_lrs)}
    loop = _seconds(lambda: _in_plain_python(by_name, n_listed))
    array = _seconds(lambda: register_posterior(log10_lrs, n_listed=n_listed, share=0.5))
    named = _seconds(lambda: posterior_of(by_name, n_listed=n_listed, share=0.5))
    note = f"{n_listed:,} persons, each posterior"
    return [
        _row("posterior, the formula as a Python loop", loop, 1.0, "itself", note),
        _row("posterior, an array", array, array / loop, "the loop", note),
        _row("posterior, by name", named, named / loop, "the loop", note),
    ]


def _in_plain_python(log10_lrs: dict[str, float], n_listed: int) -> dict[str, float]:
    """Overflows where a ratio is beyond 10^308, which the measured functions do not."""
    weight = 0.5 / n_listed
    terms = {person: weight * 10.0**lr for person, lr in log10_lrs.items()}
    total = 0.5 + sum(terms.values())
    return {person: term / total for person, term in terms.items()}


def _histories(n_bags: int) -> list[dict[str, Any]]:
    rows = []
    first: dict[str, float] = {}
    for n in (n_bags // 10, n_bags):
        events, history = _exchange(n), _reasons(n)
        for name, work in (
            ("account", lambda events=events: ladder_after(events).as_json()),
            ("recall", lambda history=history: recall(history, "FR1")),
        ):
            seconds = _seconds(work)
            ratio = seconds / first.setdefault(name, seconds)
            what = f"{len(events):,} events" if name == "account" else f"{len(history):,} rows"
            rows.append(_row(f"{name} of {n:,} bags", seconds, ratio, f"{n_bags // 10:,} bags", what))
    return rows


def _exchange(n: int) -> list[Event]:
    """Bags with one or two remains, every tenth joined to the next, half of them decided and told."""
    events = [Event(What.MANIFEST, lines=tuple(map(str, range(n))))]
    for bag in range(n):
        remains = (f"R{bag}", f"S{bag}") if bag % 5 == 0 else (f"R{bag}",)
        events.append(Event(What.SCANNED, bag=f"B{bag}", line=str(bag)))
        events.append(Event(What.OPENED, bag=f"B{bag}", found=Found.HUMAN, remains=remains))
        events.append(Event(What.PROFILE, remains=(f"R{bag}",)))
        if bag % 10 == 1:
            events.append(Event(What.JOINED, remains=(f"R{bag}", f"R{bag - 1}")))
        if bag % 2:
            events.append(Event(What.DECIDED, decision=f"D{bag}", remains=(f"R{bag}",), persons=(f"P{bag}",)))
            events.append(Event(What.TOLD, decision=f"D{bag}"))
    return events


def _reasons(n: int) -> list[Row]:
    """Everything rests on one table of frequencies."""
    rows = [Row("FR1", "frequencies")]
    for person in range(n):
        rows.append(Row(f"C{person}", "candidate", ("FR1",)))
        rows.append(Row(f"D{person}", "decided", (f"C{person}",)))
        rows.append(Row(f"T{person}", "told", (f"D{person}",)))
        rows.append(Row(f"L{person}", "letter", (f"T{person}",)))
    return rows


def _row(name: str, seconds: float, ratio: float, against: str, note: str) -> dict[str, Any]:
    return {"name": name, "seconds": seconds, "ratio": ratio, "against": against, "note": note}


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1] if len(sys.argv) > 1 else "full"), indent=2) + "\n")
