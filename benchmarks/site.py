"""How long the exchanges page and the brief take, at today's size and at a hundred times it."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks import record

PAGES = {"brief": "/", "exchanges": "/exchanges/", "exchanges, filtered": "/exchanges/?kind=remains&sort=-there"}


def run(size: str) -> list[dict[str, Any]]:
    """Returns rows of name, seconds, ratio, against and note; `size` is small (10 times) or full (100 times)."""
    times = {"small": 10, "full": 100}.get(size, 100)
    record._prepare()
    before = {name: _page(path) for name, path in PAGES.items()}
    record._multiply(times - 1)
    _forget()
    rows = []
    for name, path in PAGES.items():
        today, _ = before[name]
        warm, first = _page(path)
        note = f"first after a write {first:.2f} s; today's record {today:.3f} s"
        against = "today's record"
        label = f"{name} page, {times} times today's record"
        rows.append({"name": label, "seconds": warm, "ratio": warm / today, "against": against, "note": note})
    return rows


def _page(path: str) -> tuple[float, float]:
    """Returns the seconds that a page takes: the best of five, and the first one after the ledger was forgotten."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    _forget()

    def get() -> None:
        assert client.get(path).status_code == 200

    first = _seconds(get)
    return min(_seconds(get) for _ in range(5)), first


def _forget() -> None:
    from homeward.public import brief_views, exchange_table
    from homeward.record import ledger_cache

    for kept in (ledger_cache._kept, exchange_table._kept, brief_views._told, brief_views._context):
        kept.cache_clear()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1] if len(sys.argv) > 1 else "full"), indent=2) + "\n")
