"""The shipped record: sums, what is verified, and that every fact has a source."""

from collections.abc import Callable
from datetime import date

import pytest

from homeward.account.completeness import completeness_of
from homeward.account.composition import parts_of, people_of, reconcile_part
from homeward.account.gaps import find_gaps
from homeward.account.ledger import ExchangeEntry, Ledger, TransferEntry, Verdict
from homeward.account.published_totals import RunningSums
from homeward.reader.claims import What
from homeward.record.files import read_files, shipped_files


@pytest.mark.parametrize(
    ("since", "as_of", "to_ukraine", "to_russia"),
    [
        # The three bodies on which the sides differ on 16 June 2025 are in the greatest sum to Ukraine.
        (date(2025, 1, 1), date(2026, 3, 6), 18_304, 512),
        (date(2025, 6, 1), date(2025, 12, 31), 12_063, 227),
        (date(2025, 6, 1), date(2026, 1, 31), 13_063, 265),
        (date(2025, 6, 11), date(2025, 6, 16), 6_060, 78),
    ],
)
def test_sums__are_those_of_the_surveys_with_the_unverified(
    ledger: Ledger, since: date, as_of: date, to_ukraine: int, to_russia: int
) -> None:
    sums = RunningSums(ledger.exchanges)
    for giver, receiver, expected in (("RUS", "UKR", to_ukraine), ("UKR", "RUS", to_russia)):
        found = sums.between(since, as_of, what=What.REMAINS, giver=giver, receiver=receiver)
        assert (found.high or 0) + found.unverified == expected


def steps_of(ledger: Ledger, series: str) -> dict[str, int]:
    """Returns the differences of a series' steps by their last day."""
    found = find_gaps(ledger.ordinals, ledger.anchors, ledger.exchanges).totals
    return {step.until.isoformat(): step.difference for step in found if str(step.series) == series}


def test_people_to_ukraine__close_in_17_of_20_steps(ledger: Ledger) -> None:
    steps = steps_of(ledger, "people to Ukraine in exchanges, as Kyiv counts them")
    # Told beside those twenty: the 57th exchange by a second speaker, 1,993 and 2,598 once more.
    chain = {day: rest for day, rest in steps.items() if day not in {"2024-09-14", "2023-03-31", "2023-11-28"}}
    assert len(chain) == 20
    assert min(chain) == "2022-04-21"
    assert max(chain) == "2025-05-25"
    assert {day: rest for day, rest in steps.items() if rest} == {
        "2022-10-02": 61,  # eight exchanges of summer 2022 without a page
        "2022-11-11": 1,
        "2023-08-07": 4,  # one exchange of the numbers 45 to 47
    }


@pytest.mark.parametrize(("year", "published"), [(2022, 628), (2023, 547), (2024, 1266)])
def test_people_to_russia__close_in_each_year(ledger: Ledger, year: int, published: int) -> None:
    (step,) = [
        step
        for step in find_gaps(ledger.ordinals, ledger.anchors, ledger.exchanges).totals
        if str(step.series) == f"people, UKR to RUS, since {year}-01-01 (RUS)"
    ]
    assert (step.published, step.itemised_low, step.itemised_high, step.difference) == (published, *(published,) * 2, 0)


def test_people_by_the_mediation_of_the_emirates__close_but_for_ten(ledger: Ledger) -> None:
    steps = steps_of(ledger, "people, both ways, since 2024-01-01 (ARE)")
    assert steps.pop("2024-07-17") == -42  # before the first total from which the survey counts
    assert {day: rest for day, rest in steps.items() if rest} == {"2025-04-18": 10}
    assert (len(steps), max(steps)) == (9, "2026-03-05")


def test_remains_to_ukraine__close_from_december_2024_to_june_2025(ledger: Ledger) -> None:
    steps = steps_of(ledger, "remains to Ukraine, as Kyiv counts them")
    assert [steps[day] for day in ("2025-02-14", "2025-05-31", "2025-06-16")] == [0, 0, 0]
    assert {day: rest for day, rest in steps.items() if rest} == {
        "2022-08-31": 74,
        "2022-09-30": 19,
        "2022-11-08": -5,
        "2022-11-22": -2,
        "2022-12-06": 82,
        "2022-12-27": -4,
        "2023-03-01": 537,
        "2024-12-31": -16,
    }


def test_numbers__lack_what_the_survey_says(ledger: Ledger) -> None:
    gaps = find_gaps(ledger.ordinals, ledger.anchors, ledger.exchanges).ordinals
    kyiv = {(gap.first, gap.last): gap.missing for gap in gaps if gap.series.startswith("people to Ukraine")}
    assert {numbers: missing for numbers, missing in kyiv.items() if missing > 0} == {
        (9, 9): 1,
        (14, 24): 8,
        (41, 48): 1,
        (70, 71): 1,
    }
    # Kyiv joins some days in one number, and did not number the ten civilians of 28 June 2024.
    assert {numbers: missing for numbers, missing in kyiv.items() if missing < 0} == {
        (29, 38): -3,
        (39, 40): -1,
        (54, 56): -1,
    }
    assert not [gap for gap in gaps if gap.series.startswith("exchanges mediated")]


def test_completeness__names_publishers_and_most_dates(ledger: Ledger) -> None:
    found = completeness_of(ledger)
    assert found.without_publisher == 0
    assert found.without_date * 4 < found.n_sources
    assert found.with_date_of_event < found.n_sources
    assert found.reported_transfers == 14  # figures of neither side


def test_whole_and_parts__of_19_april_2025_are_no_contradiction(transfer: Callable[..., TransferEntry]) -> None:
    home = transfer("2025-04-19-prisoners", "UKR")
    assert (home.reconciliation.verdict, home.reconciliation.low) == (Verdict.CORROBORATED, 277)
    parts = {category: reconcile_part(claims, home) for category, claims in parts_of(home).items()}
    within, outside = parts["in_the_exchange"], parts["outside_the_exchange"]
    assert [(part.verdict, part.low, part.high) for part in (within, outside)] == [
        (Verdict.CORROBORATED, 246, 246),
        (Verdict.CORROBORATED, 31, 31),
    ]
    assert (within.low or 0) + (outside.low or 0) == 277


def test_parts__are_never_more_than_the_people_of_their_direction(ledger: Ledger) -> None:
    for exchange in ledger.exchanges:
        people = {(count.giver, count.receiver): count.high for count in people_of(exchange.transfers)}
        for part in exchange.transfers:
            for category, claims in parts_of(part).items():
                most = part.reconciliation.high if part.reconciliation.high is not None else None
                whole = people.get((part.giver, part.receiver), most) or most
                found = reconcile_part(claims, part).high
                assert found is None or whole is None or found <= whole, (exchange.slug, category)


def test_anchor__of_kommersant_differs_by_exactly_two_hand_overs(ledger: Ledger) -> None:
    (anchor,) = [entry for entry in ledger.anchors if entry.claim.quantity and entry.claim.quantity.low == 16_483]
    assert (anchor.own_low, anchor.own_high, anchor.own_unverified) == (18_298, 18_304, 0)
    assert 18_301 - 16_483 == 2 * 909  # with Kyiv's figures of 16 June and 19 December 2025
    assert "1,818" in anchor.explanation


def test_anchors__are_claims_that_make_no_exchange(ledger: Ledger) -> None:
    assert len(ledger.anchors) == 84
    assert all(entry.explanation for entry in ledger.anchors)
    assert all(entry.claim.scope.value == "cumulative" for entry in ledger.anchors)


def test_unverified__are_the_figures_of_general_knowledge_and_inference(ledger: Ledger) -> None:
    found = {
        (entry.slug, part.receiver, part.reconciliation.unverified_high)
        for entry in ledger.exchanges
        for part in entry.transfers
        if part.reconciliation.verdict is Verdict.UNVERIFIED
    }
    assert found == {
        ("2022-04-14-prisoners-2", "RUS", 4),
        ("2022-04-14-prisoners-2", "UKR", 5),
        ("2022-06-prisoners", "UKR", 1),
        ("2022-06-remains", "UKR", 25),
        ("2022-07-to-2022-08-remains", "UKR", 19),
        ("2022-11-11-prisoners", "RUS", 35),
        ("2023-02-02-remains", "UKR", 150),
        ("2023-04-15-prisoners", "RUS", 5),
        ("2023-05-30-remains", "UKR", 79),
        ("2023-10-17-to-2023-12-04-children", "RUS", 1),
        ("2023-10-17-to-2023-12-04-children", "UKR", 5),
        ("2024-03-29-remains", "RUS", 29),
        ("2024-05-22-children", "UKR", 6),
        ("2025-05-16-remains", "RUS", 34),
        ("2025-12-22-civilians", "UKR", 45),
        ("2025-12-civilians", "RUS", 15),
        ("2025-12-civilians", "UKR", 10),
    }


def test_withheld_numbers__are_transfers_without_a_figure(exchange: Callable[[str], ExchangeEntry]) -> None:
    for day in ("06-09", "06-10", "06-12", "06-14", "06-19", "06-20", "06-26", "07-04"):
        parts = exchange(f"2025-{day}-prisoners").transfers
        assert [(part.reconciliation.low, part.reconciliation.unverified_low) for part in parts] == [(None, None)] * 2


def test_aborted_exchange__has_no_transfer(exchange: Callable[[str], ExchangeEntry]) -> None:
    assert exchange("2024-01-24-prisoners").aborted
    assert exchange("2024-01-24-prisoners").transfers == ()


def test_planned_agreement__is_no_exchange(ledger: Ledger) -> None:
    assert "istanbul-2025-07-23" in {entry.slug for entry in ledger.agreements}
    on_that_day = [entry for entry in ledger.exchanges if entry.when == "2025-07-23"]
    assert [part.reconciliation.high for part in on_that_day[0].transfers] == [250, 250]
    assert len(on_that_day) == 1


def test_the_exchange_of_29_january_2026__is_corroborated(transfer: Callable[..., TransferEntry]) -> None:
    to_ukraine = transfer("2026-01-29-remains", "UKR").reconciliation
    to_russia = transfer("2026-01-29-remains", "RUS").reconciliation
    assert (to_ukraine.verdict, to_ukraine.low, to_ukraine.high) == (Verdict.CORROBORATED, 1000, 1000)
    assert (to_russia.verdict, to_russia.low, to_russia.said_by) == (Verdict.ONE_SIDED, 38, ("RUS",))


def test_every_claim__has_a_source_and_every_unverified_one_says_why(ledger: Ledger) -> None:
    claims = [claim for entry in ledger.exchanges for part in entry.transfers for claim in part.claims]
    assert len(claims) == 617  # six more are of April and May 2026
    assert all(claim.source.url.startswith("http") and claim.source.publisher for claim in claims)
    assert all(claim.note for claim in claims if not claim.verified)


def test_every_row__is_listed_as_an_exchange_or_an_agreement() -> None:
    files = read_files(shipped_files())
    assert (len(files.exchanges), len(files.agreements), len(files.parties)) == (165, 9, 10)
    assert {row.code for row in files.parties} >= {"UKR", "RUS", "ICRC", "ARE", "TUR", "QAT", "SAU", "USA"}
