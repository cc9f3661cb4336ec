"""Record files: what is refused, and that loading twice changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from homeward.errors import InputError
from homeward.journal.actors import SYSTEM
from homeward.journal.models import Event
from homeward.record import actions, queries
from homeward.record.merging import ROWS_IN_A_PORTION, Merging
from homeward.record.models import Claim, Exchange, Party, Source

N_EXCHANGES, N_CLAIMS = 165, 623  # of the shipped record
EXCHANGES = "exchange,when,agreement,intermediaries,aborted,note"
CLAIMS = "claim,exchange,what,from,to,figure,modifier,speaker,party,channel,said,source,verified,quote,note,category"
TOTALS = (
    "total,what,from,to,figure,modifier,since,as_of,speaker,party,channel,said,source,verified,note,explanation,"
    "series,leaves_out"
)
GOOD = {
    "parties": "code,name,kind\nAAA,Alpha,belligerent\nBBB,Beta,belligerent\nCCC,Gamma,intermediary\n",
    "sources": "url,publisher,published,retrieved,language\nhttps://example.org/1,Example,2026-01-30,,en\n",
    "exchanges": f"{EXCHANGES}\n2026-01-29-remains,2026-01-29,,CCC,no,\n",
    "claims": f"{CLAIMS}\na,2026-01-29-remains,remains,AAA,BBB,10,,Alice,BBB,,2026-01-29,https://example.org/1,yes,,,\n",
    "totals": f"{TOTALS}\nall,,AAA,BBB,10,,2026-01-01,2026-01-29,Alice,BBB,,2026-01-29,https://example.org/1,yes,,,,\n",
}


def write(folder: Path, **files: str) -> list[Path]:
    """Writes record files and returns their paths."""
    for name, text in {**GOOD, **files}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.mark.django_db
def test_load__twice_changes_nothing_and_writes_no_event() -> None:
    first = actions.load_shipped(by=SYSTEM)
    assert first.added["exchanges"] == N_EXCHANGES
    ids = list(Claim.objects.values_list("id", "key"))
    n_events = Event.objects.count()
    second = actions.load_shipped(by=SYSTEM)
    assert second.did_nothing
    assert second.unchanged == sum(first.added.values())
    assert list(Claim.objects.values_list("id", "key")) == ids
    assert Event.objects.count() == n_events


@pytest.mark.django_db
def test_load__changes_a_row_whose_file_changed(tmp_path: Path) -> None:
    actions.load(files=write(tmp_path), by=SYSTEM)
    changed = GOOD["claims"].replace(",10,", ",11,")
    loaded = actions.load(files=write(tmp_path, claims=changed), by=SYSTEM)
    assert (loaded.added, loaded.changed, loaded.changed_keys) == ({}, {"claims": 1}, ["a"])
    assert Claim.objects.get(key="a").low == 11
    assert Event.objects.last().data["changed_rows"] == ["a"]


@pytest.mark.django_db
def test_load__writes_one_event_for_each_portion_of_rows() -> None:
    loaded = actions.load_shipped(by=SYSTEM)
    events = [event.data for event in Event.objects.filter(action="record.loaded")]
    assert sum(number for data in events for number in data["added"].values()) == sum(loaded.added.values())
    assert max(number for data in events for number in data["added"].values()) <= ROWS_IN_A_PORTION


@pytest.mark.django_db
def test_load__that_was_cut_off_is_finished_by_loading_again(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, n_portions = Merging._carry_out, 0

    def cut_off(merging: Merging, *given: Any) -> None:
        nonlocal n_portions
        n_portions += 1
        if n_portions == 5:
            raise KeyboardInterrupt
        whole(merging, *given)

    monkeypatch.setattr(Merging, "_carry_out", cut_off)
    with pytest.raises(KeyboardInterrupt):
        actions.load_shipped(by=SYSTEM)
    assert Exchange.objects.count() < N_EXCHANGES
    monkeypatch.undo()
    actions.load_shipped(by=SYSTEM)
    assert (Exchange.objects.count(), Claim.objects.filter(kind="transfer", transfer__isnull=False).count()) == (
        N_EXCHANGES,
        N_CLAIMS,
    )
    assert actions.load_shipped(by=SYSTEM).did_nothing


@pytest.mark.django_db
def test_load__changes_intermediaries(tmp_path: Path) -> None:
    actions.load(files=write(tmp_path), by=SYSTEM)
    loaded = actions.load(files=write(tmp_path, exchanges=GOOD["exchanges"].replace(",CCC,", ",,")), by=SYSTEM)
    assert loaded.changed == {"intermediaries": 1}
    assert not Exchange.objects.get().intermediaries.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("claims", ",10,", ",ten,", r'claims.csv line 2, field figure: found "ten"; needed: a whole number'),
        (
            "claims",
            ",10,",
            ",12-10,",
            r'claims.csv line 2, field figure: found "12-10"; needed: numbers from low',
        ),
        ("claims", ",10,,", ",10,many,", r'claims.csv line 2, field modifier: found "many"; needed: one of exact,'),
        ("claims", ",10,,", ",,exact,", r"claims.csv line 2, field figure: found nothing; needed: a number"),
        ("claims", ",remains,", ",horses,", r'claims.csv line 2, field what: found "horses"; needed: one of remains,'),
        (
            "claims",
            ",AAA,",
            ",ZZZ,",
            r'claims.csv line 2, field from: found "ZZZ"; needed: a party',
        ),
        ("claims", "AAA,BBB", "BBB,BBB", r'claims.csv line 2, field to: found "BBB"; needed: another party'),
        (
            "claims",
            "a,2026-01-29",
            "a,2026-01-30",
            r'field exchange: found "2026-01-30-remains"; needed: an exch',
        ),
        (
            "claims",
            "https://example.org/1",
            "https://example.org/2",
            r"field source: found .* an address",
        ),
        ("claims", "https://example.org/1", "javascript:alert(1)", r"field source: .* needed: the address of a page"),
        ("claims", ",yes,", ",maybe,", r'claims.csv line 2, field verified: found "maybe"; needed: yes or no'),
        (
            "totals",
            ",yes,,,,",
            ",yes,,,,2026-01-29-remains",
            r"totals.csv line 2, field leaves_out: .* keys of transfers",
        ),
        (
            "totals",
            ",yes,,,,",
            ",yes,,,,2026-01-30-remains.remains-to-bbb",
            r"totals.csv line 2, field leaves_out: .* transfers of exchanges of the exchanges file",
        ),
        ("claims", ",yes,,", ",yes,", r"claims.csv line 2: found 15 cells; needed: 16 cells"),
        ("claims", "claim,exchange", "clam,exchange", r"claims.csv line 1: found the columns clam, .*record-files"),
        ("exchanges", ",2026-01-29,", ",2026-02-30,", r'exchanges.csv line 2, field when: found "2026-02-30"'),
        ("exchanges", ",2026-01-29,", ",2026-01/..,", r"exchanges.csv line 2, field when: .* a beginning and an end"),
        ("exchanges", ",no,", ",yes,", r"claims.csv line 2, field exchange: .* an exchange that was not aborted"),
        (
            "exchanges",
            "2026-01-29-remains",
            "2026.01.29",
            r"line 2, field exchange: .* without full stops",
        ),
        ("totals", ",2026-01-01,", ",2026-02-01,", r"totals.csv line 2, field since: .* not after .* as_of"),
        ("parties", "BBB,Beta", "AAA,Beta", r'parties.csv line 3, field code: found "AAA" a second time'),
        (
            "parties",
            "belligerent",
            "victim",
            r'parties.csv line 2, field kind: found "victim"; needed: one',
        ),
    ],
)
@pytest.mark.django_db
def test_load__refuses_a_wrong_row_and_loads_nothing(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    paths = write(tmp_path, **{file: GOOD[file].replace(old, new)})
    with pytest.raises(InputError, match=message):
        actions.load(files=paths, by=SYSTEM)
    assert not Party.objects.exists()
    assert not Source.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_load__refuses_what_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(b"claim,\xff\n")
    with pytest.raises(InputError, match=r"claims.csv: found byte 6, which is no UTF-8"):
        actions.load(files=[path], by=SYSTEM)
    with pytest.raises(InputError, match=r"missing\.csv: found No such file"):
        actions.load(files=[tmp_path / "missing.csv"], by=SYSTEM)


@pytest.mark.django_db
def test_ledger__takes_the_same_number_of_queries_for_any_record(tmp_path: Path) -> None:
    for load in (lambda: actions.load(files=write(tmp_path), by=SYSTEM), lambda: actions.load_shipped(by=SYSTEM)):
        load()
        with CaptureQueriesContext(connection) as taken:
            queries.ledger()
        assert len(taken) == 11


@pytest.mark.django_db
def test_ledger__is_what_was_known_on_that_day() -> None:
    from datetime import date

    actions.load_shipped(by=SYSTEM)
    then = queries.ledger(date(2025, 12, 31))
    (of_december,) = [entry for entry in then.exchanges if entry.slug == "2025-12-19-remains"]
    (part,) = [part for part in of_december.transfers if part.receiver == "RUS"]
    assert (part.reconciliation.low, part.reconciliation.high) == (26, 26)  # 25 was said on 29 January 2026
    assert all(entry.earliest <= then.on for entry in then.exchanges)
    assert "geneva-2026-02" not in {entry.slug for entry in then.agreements}


@pytest.mark.django_db
def test_ledger__of_an_empty_record_is_empty() -> None:
    assert queries.is_empty()
    found = queries.ledger()
    assert (found.exchanges, found.agreements, found.balance, found.anchors, found.statements) == ((), (), (), (), ())


@pytest.mark.django_db
def test_load__passes_over_blank_lines_and_refuses_a_cell_of_two_lines_at_its_last(tmp_path: Path) -> None:
    cells = 'b,2026-01-29-remains,remains,AAA,BBB,10,,Alice,BBB,,2026-01-29,https://example.org/1,yes,"two\nlines",,'
    marked = f"\ufeff{GOOD['claims']}\n{cells}\n"
    with pytest.raises(InputError, match=r"(?s)claims.csv line 5, field quote: .* on one line"):
        actions.load(files=write(tmp_path, claims=marked), by=SYSTEM)
    paths = write(tmp_path, claims=marked.replace("two\nlines", "two lines"))
    assert actions.load(files=paths, by=SYSTEM).added["claims"] == 3
    assert Claim.objects.get(key="b").quote == "two lines"


@pytest.mark.django_db
def test_load__removes_nothing_that_a_later_file_leaves_out(tmp_path: Path) -> None:
    actions.load(files=write(tmp_path), by=SYSTEM)
    loaded = actions.load(files=write(tmp_path, claims=f"{CLAIMS}\n", totals=f"{TOTALS}\n"), by=SYSTEM)
    assert loaded.did_nothing
    assert Claim.objects.count() == 2


@pytest.mark.django_db
def test_ledger__takes_an_undated_statement_from_the_day_of_what_it_is_about(tmp_path: Path) -> None:
    from datetime import date

    undated = GOOD["claims"].replace("Alice,BBB,,2026-01-29,", "Alice,BBB,,,")
    actions.load(files=write(tmp_path, claims=undated), by=SYSTEM)
    assert queries.ledger(date(2026, 1, 28)).exchanges == ()
    (exchange,) = queries.ledger(date(2026, 1, 29)).exchanges
    assert exchange.transfers[0].claims[0].said == ""


@pytest.mark.django_db
def test_ledger__lists_no_exchange_of_which_nothing_was_said_yet(tmp_path: Path) -> None:
    from datetime import date

    later = GOOD["claims"].replace("Alice,BBB,,2026-01-29,", "Alice,BBB,,2026-02-10,")
    called_off = f"{GOOD['exchanges']}2026-01-28-remains,2026-01-28,,,yes,\n"
    actions.load(files=write(tmp_path, claims=later, exchanges=called_off), by=SYSTEM)
    assert [entry.aborted for entry in queries.ledger(date(2026, 2, 9)).exchanges] == [True]
    assert [entry.aborted for entry in queries.ledger(date(2026, 2, 10)).exchanges] == [True, False]
