"""The brief of the whole record, as a pure function: the same ledger and day always give the same account."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from homeward.account.ledger import ClaimEntry, Ledger, Verdict
from homeward.brief import directions, published_totals
from homeward.brief.context import BriefContext, claim_ids, direction_of
from homeward.brief.document import Brief, Month, Sentence
from homeward.brief.headlines import headline
from homeward.brief.sections import sections
from homeward.reader.claims import What
from homeward.wording.catalogue import wording

__all__ = ["tell"]

CHARTED = (What.REMAINS, What.PRISONERS)


def tell(ledger: Ledger, on: date, *, language: str = "en") -> Brief:
    """Returns the public account of `ledger` as it stood on `on`.

    Parties are data: the brief is about the two parties of the latest exchange, whoever they are, and names the others'
    latest exchanges after theirs. Raises InputError for a language without a message catalogue.
    """
    names = {code: party.name for code, party in ledger.parties.items()}
    context = BriefContext(wording(language).knowing(names), ledger, on)
    claims = _claims(ledger)
    sources = {claim.source.id: claim.source for claim in claims.values()}
    return Brief(
        on=on,
        language=language,
        headline=headline(context),
        standfirst=_standfirst(context),
        dateline=context.say("brief.dateline", date=context.day(on)),
        latest=tuple(directions.side(context, transfer) for _, transfer in context.latest),
        latest_slugs=tuple(dict.fromkeys(exchange.slug for exchange, _ in context.latest)),
        current_agreements=_current_agreements(context),
        sections=sections(context),
        balance=ledger.balance,
        agreements={agreement.slug: agreement.name for agreement in ledger.agreements},
        totals=context.totals,
        published_totals=tuple(published_totals.published_total(context, anchor) for anchor in ledger.anchors),
        months=_months(context),
        directions=_directions(context),
        claims=claims,
        sources=tuple(sources[number] for number in sorted(sources)),
        parties=ledger.parties,
        simulated=ledger.simulated,
    )


def _standfirst(context: BriefContext) -> tuple[Sentence, Sentence]:
    """Returns two sentences: when the latest exchange was and how sure it is, and what has been counted in all."""
    if not context.latest:
        day = context.day(context.on)
        return (
            Sentence(context.say("brief.empty_first", date=day)),
            Sentence(context.plain("brief.empty_second")),
        )
    when = context.on_date(context.latest[0][0].when)
    first = context.say("brief.standfirst.first", when=when, clause=_certainty(context))
    # At most two kinds in two directions.
    totals = [total for total in context.totals if total.high and total.direction.what in CHARTED][:4]
    totals = totals or list(context.totals)[:4]
    items = [
        context.wording.say(
            "brief.standfirst.second_item",
            **context.slots(total.direction) | {"count": context.spanned(total.low, total.high, total.direction.what)},
        )
        for total in totals
    ]
    since = context.when(f"{min(total.since for total in totals):%Y-%m}")
    second = context.say("brief.standfirst.second", items=context.listed(items), since=since)
    rests_on = tuple(sorted({claim for total in totals for claim in total.claims}))
    return Sentence(first, claim_ids(transfer for _, transfer in context.latest)), Sentence(second, rests_on)


def _certainty(context: BriefContext) -> str:
    """Returns the clause that says how sure the figures of the latest exchange are."""
    transfers = [transfer for _, transfer in context.latest]
    verdicts = {transfer.reconciliation.verdict for transfer in transfers}
    voices = {code for transfer in transfers for code in transfer.reconciliation.said_by}
    if Verdict.CONTESTED in verdicts:
        return context.plain("brief.standfirst.differ")
    if verdicts == {Verdict.CORROBORATED}:
        return context.plain("brief.standfirst.agreed")
    if verdicts == {Verdict.ONE_SIDED} and len(voices) == 1:
        return context.wording.say("brief.standfirst.one_voice", who=context.voice(voices.pop()))
    if verdicts in ({Verdict.REPORTED}, {Verdict.UNVERIFIED}):
        return context.plain(f"brief.standfirst.{verdicts.pop().value}")
    return context.plain("brief.standfirst.mixed")


def _current_agreements(context: BriefContext) -> tuple[str, ...]:
    """Returns the agreements of the latest exchange, and of the latest of each charted kind."""
    entries = [*context.latest, *(entry for what in CHARTED for entry in context.latest_of(what))]
    return tuple(dict.fromkeys(exchange.agreement for exchange, _ in entries if exchange.agreement))


def _directions(context: BriefContext) -> tuple[str, str]:
    """Returns who receives what is drawn upwards, and who receives what is drawn downwards."""
    totals = context.totals
    if not totals:
        return "", ""
    return totals[0].direction.receiver, totals[0].direction.giver


def _months(context: BriefContext) -> dict[What, tuple[Month, ...]]:
    """Returns for each charted kind every month from the first to the last, empty ones included."""
    up, _ = _directions(context)
    charts: dict[What, tuple[Month, ...]] = {}
    for what in CHARTED:
        sums: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for exchange, transfer in context.of_pair:
            found = transfer.reconciliation
            # A figure that nobody verified stands in no chart, as it is in no sum.
            if transfer.what is what and found.low is not None and found.high is not None:
                month = sums[exchange.earliest.year, exchange.earliest.month]
                offset = 0 if direction_of(transfer).receiver == up else 2
                month[offset] += found.low
                month[offset + 1] += found.high
        if sums:
            charts[what] = tuple(_month(key, sums.get(key, [0, 0, 0, 0])) for key in _every_month(min(sums), max(sums)))
    return charts


def _month(key: tuple[int, int], sums: list[int]) -> Month:
    there_low, there_high, back_low, back_high = sums
    return Month(
        year=key[0],
        month=key[1],
        there_low=there_low,
        there_high=there_high,
        back_low=back_low,
        back_high=back_high,
    )


def _every_month(first: tuple[int, int], last: tuple[int, int]) -> Iterator[tuple[int, int]]:
    for number in range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1]):
        yield number // 12, number % 12 + 1


def _claims(ledger: Ledger) -> dict[int, ClaimEntry]:
    """Returns every claim of the ledger by its number."""
    transfers = (transfer for exchange in ledger.exchanges for transfer in exchange.transfers)
    commitments = (commitment for agreement in ledger.agreements for commitment in agreement.commitments)
    found = [claim for transfer in transfers for claim in transfer.claims]
    found += [claim for commitment in commitments for claim in commitment.claims]
    found += [anchor.claim for anchor in ledger.anchors]
    found += ledger.statements
    return {claim.id: claim for claim in sorted(found, key=lambda claim: claim.id)}
