"""A small record made by hand: two parties that exchange, one agreement in two wordings, another pair of parties."""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import count

import pytest

from homeward.account.balance import balance
from homeward.account.ledger import (
    AgreementEntry,
    AnchorEntry,
    ClaimEntry,
    CommitmentEntry,
    ExchangeEntry,
    Ledger,
    PartyEntry,
    SourceEntry,
    TransferEntry,
)
from homeward.account.reconciliation import reconcile
from homeward.reader.claims import Kind, Modifier, Quantity, Scope, Status, What

ON = date(2026, 2, 1)
PARTIES = {
    "RUS": PartyEntry("RUS", "Russia", "belligerent"),
    "UKR": PartyEntry("UKR", "Ukraine", "belligerent"),
    "ICRC": PartyEntry("ICRC", "International Committee of the Red Cross", "organisation"),
    "ALP": PartyEntry("ALP", "Alphaland", "belligerent"),
    "BET": PartyEntry("BET", "Betaland", "belligerent"),
}


class RecordMaker:
    """Makes the plain values of a record, numbering them as it goes."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def claim(
        self,
        figure: int | None,
        party: str | None,
        *,
        speaker: str = "",
        verified: bool = True,
        kind: Kind = Kind.TRANSFER,
        what: What = What.REMAINS,
        quote: str = "",
        said: str = "2026-01-29",
        scope: Scope = Scope.EVENT,
    ) -> ClaimEntry:
        number = next(self._numbers)
        source = SourceEntry(number, f"https://example.org/{number}", "Example Press", said)
        return ClaimEntry(
            id=number,
            kind=kind,
            what=what,
            quantity=None if figure is None else Quantity.exact(figure),
            giver=None,
            receiver=None,
            status=Status.CARRIED_OUT,
            scope=scope,
            source=source,
            said=said,
            speaker=speaker,
            speaker_party=party,
            quote=quote,
            verified=verified,
        )

    def transfer(
        self,
        what: What,
        giver: str,
        receiver: str,
        *,
        said: Iterable[tuple[int | None, str | None]],
        verified: bool = True,
    ) -> TransferEntry:
        claims = tuple(self.claim(figure, party, what=what, verified=verified) for figure, party in said)
        return TransferEntry(
            id=next(self._numbers),
            what=what,
            giver=giver,
            receiver=receiver,
            claims=claims,
            reconciliation=reconcile(claims, giver, receiver),
        )

    def exchange(
        self, day: date, *transfers: TransferEntry, agreement: str = "", name: str = "", aborted: bool = False
    ) -> ExchangeEntry:
        return ExchangeEntry(
            slug=f"{day}-{transfers[0].what.value if transfers else 'aborted'}",
            when=day.isoformat(),
            earliest=day,
            latest=day,
            transfers=transfers,
            agreement=agreement,
            agreement_name=name,
            intermediaries=("ICRC",) if agreement else (),
            aborted=aborted,
        )

    def commitment(self, worded_by: str | None, figure: int, modifier: Modifier = Modifier.EXACT) -> CommitmentEntry:
        number = next(self._numbers)
        return CommitmentEntry(
            id=number,
            agreement="meeting-place",
            worded_by=worded_by,
            what=What.REMAINS,
            giver="RUS",
            receiver="UKR",
            quantity=Quantity(figure, None if modifier is Modifier.MORE_THAN else figure, modifier),
            wording=f"{figure} bodies are to go home",
            claims=(self.claim(figure, worded_by, kind=Kind.COMMITMENT, scope=Scope.AGREEMENT),),
        )

    def ledger(
        self,
        *exchanges: ExchangeEntry,
        agreements: tuple[AgreementEntry, ...] = (),
        anchors: tuple[AnchorEntry, ...] = (),
        statements: tuple[ClaimEntry, ...] = (),
        on: date = ON,
    ) -> Ledger:
        ordered = tuple(sorted(exchanges, key=lambda exchange: exchange.earliest))
        return Ledger(
            on=on,
            parties=PARTIES,
            exchanges=ordered,
            agreements=agreements,
            balance=balance(agreements, ordered, on=on),
            anchors=anchors,
            statements=statements,
        )


def story(make: RecordMaker) -> Ledger:
    """Returns the small record: see the module's first line."""
    prisoners = make.exchange(
        date(2025, 10, 2),
        make.transfer(What.PRISONERS, "RUS", "UKR", said=[(185, "UKR"), (185, "RUS")]),
        make.transfer(What.PRISONERS, "UKR", "RUS", said=[(185, "RUS")]),
    )
    differing = make.exchange(
        date(2025, 12, 19),
        make.transfer(What.REMAINS, "RUS", "UKR", said=[(1003, "UKR"), (1000, "RUS")]),
        make.transfer(What.REMAINS, "UKR", "RUS", said=[(26, "RUS")]),
        agreement="meeting-place",
        name="Meeting Place",
    )
    latest = make.exchange(
        date(2026, 1, 29),
        make.transfer(What.REMAINS, "RUS", "UKR", said=[(1000, "UKR"), (1000, "RUS")]),
        make.transfer(What.REMAINS, "UKR", "RUS", said=[(38, "RUS")]),
        agreement="meeting-place",
        name="Meeting Place",
    )
    elsewhere = make.exchange(
        date(2023, 12, 13), make.transfer(What.PRISONERS, "ALP", "BET", said=[(32, "ALP"), (32, "BET")])
    )
    doubtful = make.exchange(
        date(2025, 3, 14), make.transfer(What.REMAINS, "RUS", "UKR", said=[(909, None)], verified=False)
    )
    agreement = AgreementEntry(
        slug="meeting-place",
        name="Meeting Place",
        concluded="2025-06-02",
        place="Meeting Place",
        commitments=(make.commitment("UKR", 6000), make.commitment("RUS", 6000, Modifier.MORE_THAN)),
    )
    anchor = AnchorEntry(
        claim=make.claim(2900, "UKR", scope=Scope.CUMULATIVE),
        since="2025-01",
        as_of="2026-01-30",
        own_low=2000,
        own_high=2003,
        own_unverified=909,
        explanation="The difference is the exchange of March 2025, which no source here confirms.",
    )
    talks = make.claim(None, "RUS", kind=Kind.TALKS, quote="talks on territory continue", said="2026-01-30")
    return make.ledger(
        prisoners,
        differing,
        latest,
        elsewhere,
        doubtful,
        agreements=(agreement,),
        anchors=(anchor,),
        statements=(talks,),
    )


@pytest.fixture
def make() -> RecordMaker:
    """Makes records by hand."""
    return RecordMaker()


@pytest.fixture
def small_record(make: RecordMaker) -> Ledger:
    """The small record as it stood on 1 February 2026."""
    return story(make)


@pytest.fixture(scope="session")
def record_maker() -> Callable[[], RecordMaker]:
    """Gives a fresh maker for each example of a property."""
    return RecordMaker
