"""The sections of the brief, in the order of the inverted pyramid. Each function returns one section's sentences."""

from collections.abc import Iterator, Sequence

from homeward.account.composition import PEOPLE, people_of
from homeward.account.ledger import BalanceLine, ClaimEntry, ExchangeEntry, TransferEntry, Verdict
from homeward.brief import directions, published_totals
from homeward.brief.context import BriefContext, claim_ids, direction_of
from homeward.brief.document import Direction, Section, Sentence
from homeward.reader.claims import Kind, What
from homeward.wording.catalogue import sentence_case

__all__ = ["sections"]

MOST_ANCHORS = 3
MOST_DISPUTES = 4
MOST_STATEMENTS = 3
MOST_OTHERS = 5
LONGEST_QUOTE = 240
MAIN_KINDS = (What.REMAINS, What.PRISONERS)

Dated = tuple[ExchangeEntry, TransferEntry]


def sections(context: BriefContext) -> tuple[Section, ...]:
    """Returns every section that has something to say."""
    told = {
        "latest": latest(context),
        "agreement": agreement(context),
        "disputes": disputes(context),
        "totals": totals(context),
        "since": since(context),
        "talks": talks(context),
        "others": others(context),
        "background": background(context),
    }
    found = ((key, tuple(sentences)) for key, sentences in told.items())
    return tuple(Section(key, context.plain(f"brief.section.{key}"), lines) for key, lines in found if lines)


def latest(context: BriefContext) -> Iterator[Sentence]:
    """Yields each direction of the latest exchange, its intermediaries, and the latest of the other main kind."""
    for _, transfer in context.latest:
        yield Sentence(directions.told(context, transfer), claim_ids([transfer]))
    yield from _intermediaries(context)
    kinds = {transfer.what for _, transfer in context.latest}
    for what in MAIN_KINDS:
        before = context.latest_of(what)
        if context.latest and what not in kinds and before:
            yield _before(context, what, before)


def agreement(context: BriefContext) -> Iterator[Sentence]:
    """Yields the agreement that the latest exchange belongs to, and each obligation of that kind in each wording."""
    if not context.latest:
        return
    latest_kinds = {transfer.what for _, transfer in context.latest}
    yield from _under(context, context.latest, "brief.agreement.belongs", {})
    for what in MAIN_KINDS:
        before = context.latest_of(what)
        if what not in latest_kinds and before and before[0][0].agreement:
            noun = context.noun(what)
            yield from _under(context, before, "brief.agreement.before", {"noun": noun})


def disputes(context: BriefContext) -> Iterator[Sentence]:
    """Yields how many transfers are contested, and the latest of them with every figure."""
    contested = [entry for entry in context.of_pair if entry[1].reconciliation.verdict is Verdict.CONTESTED]
    if not context.of_pair:
        return
    if not contested:
        yield Sentence(context.plain("brief.disputes.none"))
        return
    count = context.say(
        "brief.disputes.count",
        differing=context.number(len(contested)),
        all=context.number(len(context.of_pair)),
    )
    yield Sentence(count, claim_ids(transfer for _, transfer in contested))
    for exchange, transfer in reversed(contested[-MOST_DISPUTES:]):
        when = context.on_date(exchange.when)
        slots = context.slots(direction_of(transfer)) | {"figures": directions.figures_told(context, transfer)}
        if (people := _agreed_people(exchange, transfer)) is not None:
            slots["number"] = context.number(people)
            yield Sentence(context.say("brief.disputes.composition", when=when, **slots), claim_ids([transfer]))
        else:
            yield Sentence(context.say("brief.disputes.item", when=when, **slots), claim_ids([transfer]))


def _agreed_people(exchange: ExchangeEntry, transfer: TransferEntry) -> int | None:
    """Returns how many people all accounts of a transfer's direction agree on, where its kinds are disputed alone."""
    for count in people_of(exchange.transfers):
        if (count.giver, count.receiver) == (transfer.giver, transfer.receiver) and transfer.what in PEOPLE:
            is_agreed = count.is_composition_disputed and count.verdict is not Verdict.CONTESTED
            return count.low if is_agreed and count.low == count.high else None
    return None


def totals(context: BriefContext) -> Iterator[Sentence]:
    """Yields our own sum in each direction, the unverified part apart."""
    for total in context.totals:
        slots = context.slots(total.direction) | {
            "count": context.spanned(total.low, total.high, total.direction.what),
            "since": context.when(f"{total.since:%Y-%m}"),
            "transfers": _transfers(context, total.n_transfers),
            "unverified": context.figure(total.unverified),
        }
        key = "brief.totals.sum_unverified" if total.unverified else "brief.totals.sum"
        yield Sentence(context.say(key, **slots), total.claims)
    for anchor in context.ledger.anchors[-MOST_ANCHORS:]:
        yield Sentence(published_totals.told(context, anchor), (anchor.claim.id,))


def since(context: BriefContext) -> Iterator[Sentence]:
    """Yields for each main kind when it was last exchanged, and how many days that is ago."""
    if not context.latest:
        return
    first = direction_of(context.latest[0][1])
    for what in MAIN_KINDS:
        slots = context.slots(Direction(what, first.giver, first.receiver))
        before = context.latest_of(what)
        if not before:
            yield Sentence(context.say("brief.since.never", **slots))
            continue
        days = (context.on - max(exchange.earliest for exchange, _ in before)).days
        when = context.on_date(before[-1][0].when)
        template = context.wording.plural("brief.since.last", days) if days else context.plain("brief.since.same_day")
        text = template.format(when=when, days=context.number(days), **slots)
        yield Sentence(sentence_case(text), claim_ids(transfer for _, transfer in before))


def talks(context: BriefContext) -> Iterator[Sentence]:
    """Yields the newest statements that are about no transfer: talks, accusations, absences; quoted, not retold."""
    kinds = {Kind.TALKS, Kind.ACCUSATION, Kind.ABSENCE}
    told = [claim for claim in context.ledger.statements if claim.kind in kinds and claim.quote]
    # EDTF sorts as text as long as it begins with a year.
    for claim in sorted(told, key=_said, reverse=True)[:MOST_STATEMENTS]:
        said = claim.said or claim.source.published
        date = sentence_case(context.on_date(said)) if said else ""
        slots = {
            "when": context.wording.say("brief.talks.when", date=date) if date else "",
            "who": context.speaker(claim) if date else sentence_case(context.speaker(claim)),
            "quote": _quote(claim.quote),
            "noun": context.noun(claim.what),
        }
        yield Sentence(context.say(f"brief.talks.{claim.kind.value}", **slots), (claim.id,))


def others(context: BriefContext) -> Iterator[Sentence]:
    """Yields the latest exchange between any other two parties of the record."""
    pairs = [(pair, entries) for pair, entries in context.transfers.items() if pair != context.pair]
    for pair, entries in sorted(pairs, key=lambda found: found[1][-1][0].earliest, reverse=True)[:MOST_OTHERS]:
        day = [entry for entry in entries if entry[0].earliest == entries[-1][0].earliest]
        items = [
            context.wording.say(
                "brief.others.item",
                **context.slots(direction_of(transfer)) | {"count": directions.spanned(context, transfer)},
            )
            for _, transfer in day
        ]
        text = context.say(
            "brief.others.latest",
            when=context.on_date(day[-1][0].when),
            parties=context.listed([str(context.wording.party(code)) for code in sorted(pair)]),
            items=context.listed(items),
        )
        yield Sentence(text, claim_ids(transfer for _, transfer in day))


def background(context: BriefContext) -> Iterator[Sentence]:
    """Yields how far the record reaches: exchanges, sources, agreements, what is unverified, the newest source."""
    if not context.exchanges:
        return
    transfers = [transfer for exchange in context.exchanges for transfer in exchange.transfers]
    claims = [claim for transfer in transfers for claim in transfer.claims]
    extent = context.say(
        "brief.background.extent",
        exchanges=context.number(len(context.exchanges)),
        first=context.when(f"{context.exchanges[0].earliest:%Y-%m}"),
        last=context.when(f"{context.exchanges[-1].earliest:%Y-%m}"),
        sources=context.number(len({claim.source.id for claim in claims})),
    )
    yield Sentence(extent, claim_ids(transfers))
    if context.ledger.agreements:
        n_agreements = len(context.ledger.agreements)
        yield _counted(context, "brief.background.agreements", n_agreements, _agreement_claims(context))
    doubtful = [transfer for transfer in transfers if transfer.reconciliation.verdict is Verdict.UNVERIFIED]
    if doubtful:
        yield _counted(context, "brief.background.unverified", len(doubtful), claim_ids(doubtful))
    published = [claim for claim in claims if claim.source.published]
    if published:
        newest = max(published, key=lambda claim: claim.source.published)
        when = context.on_date(newest.source.published)
        yield Sentence(context.say("brief.background.newest", when=when), (newest.id,))


def _transfers(context: BriefContext, number: int) -> str:
    text = context.wording.plural("brief.totals.transfers", number)
    return text.format(number=context.number(number))


def _counted(context: BriefContext, key: str, number: int, claims: tuple[int, ...]) -> Sentence:
    text = context.wording.plural(key, number).format(number=context.number(number))
    return Sentence(sentence_case(text), claims)


def _agreement_claims(context: BriefContext) -> tuple[int, ...]:
    lines = (commitment for agreement in context.ledger.agreements for commitment in agreement.commitments)
    return tuple(sorted({claim.id for commitment in lines for claim in commitment.claims}))


def _intermediaries(context: BriefContext) -> Iterator[Sentence]:
    codes = list(dict.fromkeys(code for exchange, _ in context.latest for code in exchange.intermediaries))
    if codes:
        parties = context.listed([str(context.wording.party(code)) for code in codes])
        text = context.wording.plural("brief.latest.intermediaries", len(codes)).format(parties=parties)
        yield Sentence(sentence_case(text), claim_ids(transfer for _, transfer in context.latest))


def _before(context: BriefContext, what: What, entries: Sequence[Dated]) -> Sentence:
    items = [
        context.wording.say(
            "brief.latest.before_item",
            span=directions.span(context, transfer),
            who=directions.said_by(context, transfer),
            **context.slots(direction_of(transfer)),
        )
        for _, transfer in entries
    ]
    noun = context.noun(what)
    when = context.on_date(entries[-1][0].when)
    text = context.say("brief.latest.before", noun=noun, when=when, figures=_joined(context, items))
    return Sentence(text, claim_ids(transfer for _, transfer in entries))


def _under(context: BriefContext, entries: Sequence[Dated], key: str, slots: dict[str, object]) -> Iterator[Sentence]:
    """Yields which agreement the transfers belong to, and its obligations of these kinds."""
    claims = claim_ids(transfer for _, transfer in entries)
    slug = next((exchange.agreement for exchange, _ in entries if exchange.agreement), "")
    found = next((entry for entry in context.ledger.agreements if entry.slug == slug), None)
    if found is None:
        yield Sentence(context.plain("brief.agreement.none"), claims)
        return
    slots = slots | {"agreement": found.name}
    if found.concluded:
        yield Sentence(context.say(key, when=context.on_date(found.concluded), **slots), claims)
    else:
        yield Sentence(context.say(f"{key}_undated", **slots), claims)
    groups: dict[tuple[Direction, str], list[BalanceLine]] = {}
    for line in context.ledger.balance:
        owed = line.commitment
        if owed.agreement == slug:
            groups.setdefault((Direction(owed.what, owed.giver, owed.receiver), owed.category), []).append(line)
    for (direction, category), lines in groups.items():
        yield _obligation(context, direction, category, lines)


def _obligation(context: BriefContext, direction: Direction, category: str, lines: Sequence[BalanceLine]) -> Sentence:
    """Returns one obligation in every wording, and what was delivered of it."""
    said: dict[str, list[str]] = {}
    for line in lines:
        amount = context.amount(line.commitment.quantity)
        said.setdefault(amount, []).append(context.voice(line.commitment.worded_by))
    wordings = [
        context.wording.say("brief.agreement.wording", amount=amount, who=context.listed_once(voices))
        for amount, voices in said.items()
    ]
    slots = context.slots(direction)
    subject = context.noun(direction.what, category=category)
    separator = context.plain("brief.agreement.separator")
    text = context.say(
        "brief.agreement.line",
        subject=subject,
        wordings=separator.join(wordings) if separator else context.listed(wordings),
        # Wordings of one obligation differ in what was promised; what was delivered is the same for all.
        delivered=directions.delivered(context, lines[0]),
        **slots,
    )
    transfers = claim_ids(lines[0].transfers)
    return Sentence(text, tuple(sorted({*transfers, *(c.id for line in lines for c in line.commitment.claims)})))


def _joined(context: BriefContext, items: Sequence[str]) -> str:
    return str(context.plain("terms.item_separator").join(items))


def _said(claim: ClaimEntry) -> str:
    return claim.said or claim.source.published or claim.when or ""


def _quote(text: str) -> str:
    words = " ".join(text.split()).rstrip(".;,")
    return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
