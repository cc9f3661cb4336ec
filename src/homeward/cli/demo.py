"""`homeward demo`: the whole story on one database, from the public record to a shortlist of identifications."""

import csv
import io
import os
import tempfile
import time
from contextlib import redirect_stdout
from pathlib import Path
from typing import Annotated

import typer

from homeward.cli.printing import say

__all__ = ["demo"]

ARTICLE = Path(__file__).resolve().parents[1] / "examples" / "exchange-of-29-january-2026.txt"
FREQUENCIES = "nist1036"
POPULATION = "Cauc"
SEED = 29012026


def demo(
    remains: Annotated[int, typer.Option(min=1, help="how many simulated remains arrive")] = 1000,
    families: Annotated[int, typer.Option(min=1, help="how many simulated families search")] = 5000,
) -> None:
    """Loads the public record, reads an article, compares simulated remains with families, prints the brief."""
    from homeward.cli import database

    started = time.perf_counter()
    os.environ["HOMEWARD_DEMO"] = "yes"  # an installation of its own, marked SIMULATED for ever
    database.prepare()
    from django.conf import settings

    say(f"SIMULATED: people, remains and families are made up. Everything is kept in {settings.HOMEWARD_DATA_DIR}.")
    _record()
    _article()
    _identification(n_remains=remains, n_families=families)
    _brief()
    _title("5. The site")
    say(
        f"All of this took {time.perf_counter() - started:.0f} seconds. Open the site with: "
        "homeward serve --demo (in a checkout: make serve SERVE=--demo)"
    )


def _title(text: str) -> None:
    say(f"\n{text}\n{'-' * len(text)}")


def _record() -> None:
    """Merges the shipped record, which changes nothing when it is there, and counts what it holds."""
    from homeward.journal.actors import SYSTEM
    from homeward.record import actions, queries

    actions.load_shipped(by=SYSTEM)
    ledger = queries.ledger()
    n_transfers = sum(len(exchange.transfers) for exchange in ledger.exchanges)
    n_sources = len({claim.source.id for e in ledger.exchanges for t in e.transfers for claim in t.claims})
    _title("1. The public record")
    say(
        f"{len(ledger.exchanges)} exchanges with {n_transfers} transfers, {len(ledger.agreements)} agreements, "
        f"{n_sources} sources of the figures; each figure says who gave it."
    )


def _article() -> None:
    from homeward.cli.read import reading_of
    from homeward.cli.reports import print_reading
    from homeward.reader import Document

    _title("2. An article, read and checked against the record")
    document = Document.from_text(ARTICLE.read_text(encoding="utf-8"))
    print_reading(reading_of(ARTICLE.name, document, checked=True), checked=True)


def _identification(*, n_remains: int, n_families: int) -> None:
    """Simulates families and remains with known truth, compares all with all, and counts what was found."""
    from homeward.cli.kinship_search import simulate
    from homeward.search.requests import SearchOptions, read_input, search_all
    from homeward.search.runners.local import LocalRunner
    from homeward.search.settings import KinshipSettings

    _title(f"3. {n_remains:,} simulated remains against {n_families:,} simulated families")
    with tempfile.TemporaryDirectory(prefix="homeward-demo-") as name:
        folder = Path(name)
        with redirect_stdout(io.StringIO()):
            simulate(n_families, n_remains, SEED, folder, FREQUENCIES, POPULATION)
        started = time.perf_counter()
        # By theta 0 the simulation draws its people; with the default of 0.01 the tables take minutes.
        settings = KinshipSettings().with_options(frequencies=FREQUENCIES, population=POPULATION, theta=0.0)
        given = read_input(folder / "remains.tsv", folder / "families.jsonl", settings.table())
        result = search_all(given, SearchOptions(settings, is_varied=False), LocalRunner())
        seconds = time.perf_counter() - started
        true = _truth(folder / "truth.csv")
    listed = set(zip(*(result.shortlist[column].to_pylist() for column in ("remains", "family")), strict=True))
    say(
        f"{result.summary['n_pairs']:,} exact LRs in {seconds:.1f} seconds, families peeled and files read "
        f"included, with theta 0, by which the simulation draws; pairs of log10 LR 4 or more are listed.\n"
        f"Of {len(true):,} remains whose family searches, {len(true & listed):,} are on the shortlist with it. "
        f"{len(listed - true):,} other pairs are there too, for people to weigh."
    )


def _truth(path: Path) -> set[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["remains"], row["family"]) for row in csv.DictReader(file) if row["family"]}


def _brief() -> None:
    from django.utils import timezone

    from homeward.brief.account import tell
    from homeward.brief.formats import text
    from homeward.record import queries

    on = timezone.localdate()
    _title("4. The brief")
    say(text.render(tell(queries.ledger(on), on)))
