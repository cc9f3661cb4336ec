"""How long the record takes to be read, at today's size and at a hundred times it."""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any


def run(size: str) -> list[dict[str, Any]]:
    """Returns rows of name, seconds, ratio, against and note; `size` is small (10 times) or full (100 times)."""
    times = {"small": 10, "full": 100}.get(size, 100)
    _prepare()
    from homeward.record import queries

    once = _seconds(queries.ledger)
    _multiply(times - 1)
    many = _seconds(queries.ledger)
    n_exchanges = len(queries.ledger().exchanges)
    return [
        {"name": "ledger, today's record", "seconds": once, "ratio": 1.0, "against": "itself", "note": "ten queries"},
        {
            "name": f"ledger, {times} times today's record",
            "seconds": many,
            "ratio": many / once,
            "against": "today's record",
            "note": f"{n_exchanges:,} exchanges, ten queries",
        },
    ]


def _prepare() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.web.settings")
    os.environ["HOMEWARD_DATA_DIR"] = tempfile.mkdtemp()
    os.environ.pop("HOMEWARD_DATABASE_URL", None)
    from homeward.cli import database

    database.prepare()


def _multiply(copies: int) -> None:
    """Adds copies of every exchange with its transfers and claims."""
    from homeward.record.models import Claim, Exchange, Transfer

    exchanges, transfers, claims = (list(model.objects.all()) for model in (Exchange, Transfer, Claim))
    for copy in range(copies):
        new_exchanges = {row.pk: _copied(row, slug=f"{row.slug}-copy-{copy}") for row in exchanges}
        Exchange.objects.bulk_create(new_exchanges.values(), batch_size=200)
        new_transfers = {row.pk: _copied(row, exchange_id=new_exchanges[row.exchange_id].pk) for row in transfers}
        Transfer.objects.bulk_create(new_transfers.values(), batch_size=200)
        Claim.objects.bulk_create(
            [
                _copied(row, key=f"{row.key}-copy-{copy}", transfer_id=new_transfers[row.transfer_id].pk)
                for row in claims
                if row.transfer_id
            ],
            batch_size=200,
        )


def _copied(row: Any, **changes: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**{**values, **changes})


def _seconds(work: Callable[[], object]) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1] if len(sys.argv) > 1 else "full"), indent=2) + "\n")
