"""Entitlement: many people under five terms, from the file to the JSON array, and how time grows with people."""

import os
import random
import time
from contextlib import redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from homeward.cli.prisoners import entitled

N_PEOPLE = {"small": 10_000, "full": 100_000}
FORMS = ("%Y-%m-%d", "%Y-%m-%d", "%Y-%m-%d", "%Y-%m", "%Y-%m-XX", "%Y", "%Y~", "%Y-%m-%d?")
TERMS = """
[[term]]
name = "under 25"
agreement = "A"
under_age = 25
age_on = "exchange"
[[term]]
name = "18 to 25"
agreement = "A"
at_least_age = 18
under_age = 26
age_on = "exchange"
[[term]]
name = "seriously wounded or sick"
agreement = "A"
health = ["seriously_wounded", "seriously_sick"]
[[term]]
name = "women"
agreement = "A"
sex = "female"
[[term]]
name = "young at capture, long held"
agreement = "A"
under_age = 25
age_on = "capture"
held_longer_than_months = 24
"""


def _rows(n_people: int) -> str:
    chance = random.Random(1949)
    rows = ["person,birth_date,captured_on,sex,rank,health,commission,wish,status"]
    for number in range(n_people):
        birth = (date(1965, 1, 1) + timedelta(chance.randrange(15_000))).strftime(chance.choice(FORMS))
        captured = (date(2022, 2, 24) + timedelta(chance.randrange(1_400))).strftime(chance.choice(FORMS))
        health = chance.choice(("seriously_wounded", "seriously_sick", "wounded", "fit", "fit", ""))
        words = [
            chance.choice(("male", "male", "male", "female", "")),
            "",
            health,
            chance.choice(("repatriate", "not", "pending", "", "")),
            chance.choice(("yes", "no", "")),
            chance.choice(("held", "held", "held", "returned", "")),
        ]
        rows.append(",".join((f"P-{number:06}", birth, captured, *words)))
    return "\n".join(rows) + "\n"


def _seconds(folder: Path, n_people: int) -> float:
    people, terms = folder / f"people-{n_people}.csv", folder / "terms.toml"
    people.write_text(_rows(n_people), encoding="utf-8")
    terms.write_text(TERMS, encoding="utf-8")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        started = time.perf_counter()
        entitled(people, terms, "2026-01-29", as_json=True)
        return time.perf_counter() - started


def run(size: str) -> list[dict[str, object]]:
    """Returns one row: the answers for all people, against a tenth of them."""
    n_people = N_PEOPLE[size]
    with TemporaryDirectory() as folder:
        _seconds(Path(folder), 100)  # loads the catalogue
        few, many = _seconds(Path(folder), n_people // 10), _seconds(Path(folder), n_people)
    return [
        {
            "name": f"{n_people:,} people under 5 terms, as JSON",
            "seconds": many,
            "ratio": many / few,
            "against": f"{n_people // 10:,} people; 10 is linear,",
            "note": f"{1e6 * many / (5 * n_people):.0f} microseconds an answer",
        }
    ]


if __name__ == "__main__":
    for row in run("small"):
        print(row)
