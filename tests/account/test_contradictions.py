"""How the record shows each of the twelve contradictions between the sources."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from homeward.account.composition import people_of
from homeward.account.ledger import AnchorEntry, ExchangeEntry, Ledger, TransferEntry, Verdict
from homeward.journal.actors import SYSTEM
from homeward.reader.claims import Modifier, What
from homeward.record import actions, queries

Transfer = Callable[..., TransferEntry]
Exchange = Callable[[str], ExchangeEntry]


def anchors(ledger: Ledger, speaker: str, number: int) -> AnchorEntry:
    return next(
        entry
        for entry in ledger.anchors
        if entry.claim.speaker == speaker
        and entry.claim.quantity
        and number in {entry.claim.quantity.low, entry.claim.quantity.high}
    )


def notes(ledger: Ledger, word: str) -> list[str]:
    return [claim.note for claim in ledger.statements if word in claim.note]


def test_1__the_quota_of_2_june_2025_stands_in_each_wording(ledger: Ledger) -> None:
    deal = next(entry for entry in ledger.agreements if entry.slug == "istanbul-2025-06-02")
    quotas = {
        (entry.worded_by, entry.claims[0].speaker, entry.receiver): entry.quantity
        for entry in deal.commitments
        if entry.what is What.REMAINS
    }
    assert quotas["UKR", "Rustem Umerov", "UKR"] == quotas["UKR", "Rustem Umerov", "RUS"]
    assert quotas["UKR", "Rustem Umerov", "UKR"].low == 6000  # type: ignore[union-attr]
    assert quotas["RUS", "Vladimir Medinsky", "UKR"].modifier is Modifier.EXACT  # type: ignore[union-attr]
    assert quotas["RUS", "Vladimir Medinsky", "RUS"] is None
    assert quotas["RUS", "Ministry of Defence of Russia", "UKR"].modifier is Modifier.MORE_THAN  # type: ignore[union-attr]
    assert quotas[None, "TASS", "UKR"].modifier is Modifier.MORE_THAN  # type: ignore[union-attr]
    assert not [quantity for quantity in quotas.values() if quantity and 12000 in {quantity.low, quantity.high}]


def test_2__the_totals_of_june_2025_stand_beside_each_other(ledger: Ledger) -> None:
    ukraine, russia = anchors(ledger, "Coordination Headquarters", 6057), anchors(ledger, "Vladimir Medinsky", 6060)
    assert (ukraine.own_low, ukraine.own_high, ukraine.own_unverified) == (6057, 6060, 0)
    assert "1,248" in russia.explanation


def test_3__the_78_are_27_and_51(ledger: Ledger, transfer: Transfer) -> None:
    total = anchors(ledger, "Vladimir Medinsky", 78)
    assert (total.own_low, total.own_high, total.own_unverified) == (78, 78, 0)
    assert transfer("2025-06-13-remains", "RUS").reconciliation.high == 0
    assert transfer("2025-06-14-remains", "RUS").reconciliation.high == 0
    assert transfer("2025-06-16-remains", "RUS").reconciliation.verdict is Verdict.ONE_SIDED


def test_4__19_december_2025_is_contested_both_ways(transfer: Transfer) -> None:
    to_ukraine = transfer("2025-12-19-remains", "UKR").reconciliation
    to_russia = transfer("2025-12-19-remains", "RUS").reconciliation
    assert (to_ukraine.verdict, to_ukraine.low, to_ukraine.high) == (Verdict.CONTESTED, 1000, 1003)
    assert to_ukraine.figures["UKR"] == (1003, 1003)
    assert to_ukraine.figures["RUS"] == (1000, 1000)  # what an outlet puts in a mouth is not that party's figure
    assert (to_russia.verdict, to_russia.low, to_russia.high) == (Verdict.CONTESTED, 25, 26)


def test_5__an_exchange_called_the_previous_one_makes_no_exchange(ledger: Ledger) -> None:
    named = [claim for claim in ledger.statements if claim.back_reference]
    assert len(named) == 5
    on_claims = {claim.id for entry in ledger.exchanges for part in entry.transfers for claim in part.claims}
    assert not on_claims & {claim.id for claim in named}
    assert any("Leaves out that of 19 December 2025" in claim.note for claim in named)


def test_6__a_differing_date_is_a_statement_not_a_second_exchange(ledger: Ledger) -> None:
    days = {entry.slug for entry in ledger.exchanges}
    assert not days & {"2026-01-30-remains", "2022-06-09-remains"}
    dated = {claim.when: claim.speaker for claim in ledger.statements if claim.note.startswith("Dated")}
    assert dated == {"2022-06-09": "Hromadske", "2026-01-30": "km.ru", "2026-02-05": "24 Kanal"}


def test_7__civilians_are_transfers_of_their_own(transfer: Transfer, exchange: Exchange) -> None:
    each_way = [transfer("2025-10-02-prisoners", side, What.CIVILIANS).reconciliation for side in ("UKR", "RUS")]
    assert [(found.verdict, found.low, found.said_by) for found in each_way] == [
        (Verdict.CORROBORATED, 20, ("RUS", "UKR")),  # Shamsail Saraliev says so too
        (Verdict.ONE_SIDED, 20, ("RUS",)),
    ]
    assert "20 civilians came to each side" in exchange("2025-10-02-prisoners").note
    february = transfer("2026-02-05-prisoners", "UKR", What.PRISONERS).reconciliation
    assert (february.verdict, february.low, february.high) == (Verdict.CONTESTED, 150, 157)
    assert transfer("2026-02-05-prisoners", "UKR", What.CIVILIANS).reconciliation.high == 7
    assert transfer("2026-02-05-prisoners", "RUS", What.CIVILIANS).reconciliation.high == 3
    assert transfer("2026-03-06-prisoners", "UKR", What.PRISONERS).reconciliation.verdict is Verdict.CORROBORATED


def test_7__who_they_were_is_disputed_apart_from_how_many(transfer: Transfer, exchange: Exchange) -> None:
    august = transfer("2025-08-14-prisoners", "UKR", What.PRISONERS).reconciliation
    assert (august.verdict, august.figures["UKR"], august.figures["RUS"]) == (Verdict.CONTESTED, (33, 33), (84, 84))
    assert transfer("2025-08-14-prisoners", "UKR", What.CIVILIANS).reconciliation.low == 51
    for slug, receiver, number in (
        ("2025-08-14-prisoners", "UKR", 84),
        ("2026-02-05-prisoners", "UKR", 157),
        ("2025-01-15-prisoners", "UKR", 25),
        ("2024-05-31-prisoners", "UKR", 75),
        ("2022-10-17-prisoners", "UKR", 108),
        ("2022-10-17-prisoners", "RUS", 110),
    ):
        (count,) = [found for found in people_of(exchange(slug).transfers) if found.receiver == receiver]
        assert (count.low, count.high, count.is_composition_disputed) == (number, number, True), slug
        assert count.verdict is not Verdict.CONTESTED


@pytest.mark.parametrize("total", [206, 190, 168, 339, 314, 1029])
def test_8__a_total_of_both_directions_is_nobodys_figure(ledger: Ledger, total: int) -> None:
    (claim,) = [entry for entry in ledger.statements if entry.quantity and entry.quantity.low == total]
    assert (claim.giver, claim.receiver) == (None, None)
    claims = [claim for entry in ledger.exchanges for part in entry.transfers for claim in part.claims]
    assert total not in {claim.quantity.low for claim in claims if claim.quantity}


def test_9__bodies_received_are_not_called_own_dead(ledger: Ledger) -> None:
    assert notes(ledger, "Bodies received are not Ukrainian dead counted")
    (claim,) = [entry for entry in ledger.statements if "at least 20 of the bodies" in entry.note]
    assert (claim.quantity.low, claim.speaker_party) == (20, "UKR")  # type: ignore[union-attr]


def test_10__an_error_of_translation_is_told_as_one(ledger: Ledger) -> None:
    assert notes(ledger, "error of translation")


def test_11__a_slip_in_a_breakdown_does_not_change_the_figure(transfer: Transfer) -> None:
    part = transfer("2024-11-08-remains", "UKR")
    assert (part.reconciliation.verdict, part.reconciliation.high) == (Verdict.CORROBORATED, 563)
    assert any("320 + 89 + 154" in claim.note and "86" in claim.note for claim in part.claims)


@pytest.mark.django_db
def test_11__two_outlets_that_count_differently_are_contested_in_any_conflict(tmp_path: Path) -> None:
    for name, text in {
        "parties.csv": "code,name,kind\nIRN,Iran,belligerent\nIRQ,Iraq,belligerent\n",
        "sources.csv": "url,publisher,published,retrieved,language\n"
        "https://gulfnews.com/,Gulf News,2022-03-03,,en\nhttps://www.middleeastmonitor.com/,MEMO,2022-03-03,,en\n",
        "exchanges.csv": "exchange,when,agreement,intermediaries,aborted,note\n2022-03-02-remains,2022-03-02,,,no,\n",
        "claims.csv": "claim,exchange,what,from,to,figure,modifier,speaker,party,channel,said,source,"
        "verified,quote,note,category\n"
        "a,2022-03-02-remains,remains,IRQ,IRN,72,,,,,,https://gulfnews.com/,yes,,,\n"
        "b,2022-03-02-remains,remains,IRN,IRQ,8,,,,,,https://gulfnews.com/,yes,,,\n"
        "c,2022-03-02-remains,remains,IRN,IRQ,9,,,,,,https://www.middleeastmonitor.com/,yes,,,\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    actions.load(files=sorted(tmp_path.iterdir()), by=SYSTEM)
    (found,) = queries.ledger(date(2022, 4, 1)).exchanges
    to_iran, to_iraq = (part.reconciliation for part in found.transfers)
    assert (to_iran.verdict, to_iran.low) == (Verdict.REPORTED, 72)
    assert (to_iraq.verdict, to_iraq.low, to_iraq.high) == (Verdict.CONTESTED, 8, 9)


def test_12__mediators_differ_by_who_speaks(ledger: Ledger) -> None:
    named = {
        (claim.speaker_party, claim.said): claim.note for claim in ledger.statements if claim.kind.value == "talks"
    }
    assert "United Arab Emirates" in named["RUS", "2026-03-05"]
    assert "United Arab Emirates" not in named["UKR", "2026-03-05"]
