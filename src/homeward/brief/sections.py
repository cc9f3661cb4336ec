"""The sections of the brief, in the order of the inverted pyramid. Each function returns one section's sentences."""

from collections.abc import Iterator, Sequence

from homeward.brief import beside, directions
from homeward.brief.ground import Ground, claim_ids, direction_of
from homeward.brief.parts import Direction, Section, Sentence
from homeward.reader.claims import Kind, What
from homeward.record.ledger import BalanceLine, ClaimEntry, ExchangeEntry, TransferEntry, Verdict
from homeward.record.wording import dates, numbers
from homeward.record.wording.catalogue import sentence_case

__all__ = ["sections"]

MOST_ANCHORS = 3
MOST_DISPUTES = 4
MOST_STATEMENTS = 3
MOST_OTHERS = 5
LONGEST_QUOTE = 240
MAIN_KINDS = (What.REMAINS, What.PRISONERS)

Dated = tuple[ExchangeEntry, TransferEntry]


def sections(ground: Ground) -> tuple[Section, ...]:
    """Returns every section that has something to say."""
    told = {
        "latest": latest(ground),
        "agreement": agreement(ground),
        "disputes": disputes(ground),
        "totals": totals(ground),
        "since": since(ground),
        "talks": talks(ground),
        "others": others(ground),
        "background": background(ground),
    }
    found = ((key, tuple(sentences)) for key, sentences in told.items())
    return tuple(Section(key, ground.plain(f"brief.section.{key}"), lines) for key, lines in found if lines)


def latest(ground: Ground) -> Iterator[Sentence]:
    """Yields each direction of the latest exchange, its intermediaries, and the latest of the other main kind."""
    for _, transfer in ground.latest:
        yield Sentence(directions.told(ground, transfer), claim_ids([transfer]))
    yield from _intermediaries(ground)
    kinds = {transfer.what for _, transfer in ground.latest}
    for what in MAIN_KINDS:
        before = ground.latest_of(what)
        if ground.latest and what not in kinds and before:
            yield _before(ground, what, before)


def agreement(ground: Ground) -> Iterator[Sentence]:
    """Yields the agreement that the latest exchange belongs to, and each obligation of that kind in each wording."""
    if not ground.latest:
        return
    latest_kinds = {transfer.what for _, transfer in ground.latest}
    yield from _under(ground, ground.latest, "brief.agreement.belongs", {})
    for what in MAIN_KINDS:
        before = ground.latest_of(what)
        if what not in latest_kinds and before and before[0][0].agreement:
            noun = ground.wording.plural(f"what.{what.value}", 100)
            yield from _under(ground, before, "brief.agreement.before", {"noun": noun})


def disputes(ground: Ground) -> Iterator[Sentence]:
    """Yields how many transfers are contested, and the latest of them with every figure."""
    contested = [entry for entry in ground.of_pair if entry[1].reconciliation.verdict is Verdict.CONTESTED]
    if not ground.of_pair:
        return
    if not contested:
        yield Sentence(ground.plain("brief.disputes.none"))
        return
    count = ground.say(
        "brief.disputes.count",
        differing=numbers.number(ground.wording, len(contested)),
        all=numbers.number(ground.wording, len(ground.of_pair)),
    )
    yield Sentence(count, claim_ids(transfer for _, transfer in contested))
    for exchange, transfer in reversed(contested[-MOST_DISPUTES:]):
        when = dates.adverbial(ground.wording, exchange.when)
        slots = ground.slots(direction_of(transfer)) | {"figures": directions.figures_told(ground, transfer)}
        yield Sentence(ground.say("brief.disputes.item", when=when, **slots), claim_ids([transfer]))


def totals(ground: Ground) -> Iterator[Sentence]:
    """Yields our own sum in each direction, the unverified part apart."""
    for total in ground.totals:
        slots = ground.slots(total.direction) | {
            "span": numbers.span(ground.wording, total.low, total.high),
            "since": dates.spell(ground.wording, f"{total.since:%Y-%m}"),
            "transfers": _transfers(ground, total.n_transfers),
            "unverified": numbers.figure(ground.wording, total.unverified),
        }
        key = "brief.totals.sum_unverified" if total.unverified else "brief.totals.sum"
        yield Sentence(ground.say(key, **slots), total.claims)
    for anchor in ground.ledger.anchors[-MOST_ANCHORS:]:
        yield Sentence(beside.told(ground, anchor), (anchor.claim.id,))


def since(ground: Ground) -> Iterator[Sentence]:
    """Yields for each main kind when it was last exchanged, and how many days that is ago."""
    if not ground.latest:
        return
    first = direction_of(ground.latest[0][1])
    for what in MAIN_KINDS:
        slots = ground.slots(Direction(what, first.giver, first.receiver))
        slots["noun"] = sentence_case(str(slots["noun"]))
        before = ground.latest_of(what)
        if not before:
            slots["noun"] = ground.wording.plural(f"what.{what.value}", 100)
            yield Sentence(ground.say("brief.since.never", **slots))
            continue
        days = (ground.on - max(exchange.earliest for exchange, _ in before)).days
        when = dates.adverbial(ground.wording, before[-1][0].when)
        template = ground.wording.plural("brief.since.last", days) if days else ground.plain("brief.since.same_day")
        text = template.format(when=when, days=numbers.number(ground.wording, days), **slots)
        yield Sentence(text, claim_ids(transfer for _, transfer in before))


def talks(ground: Ground) -> Iterator[Sentence]:
    """Yields the newest statements that are about no transfer: talks, accusations, absences; quoted, not retold."""
    kinds = {Kind.TALKS, Kind.ACCUSATION, Kind.ABSENCE}
    told = [claim for claim in ground.ledger.statements if claim.kind in kinds and claim.quote]
    for claim in sorted(told, key=_said, reverse=True)[:MOST_STATEMENTS]:
        said = claim.said or claim.source.published
        date = sentence_case(dates.adverbial(ground.wording, said)) if said else ""
        slots = {
            "when": ground.wording.say("brief.talks.when", date=date) if date else "",
            "who": ground.speaker(claim) if date else sentence_case(ground.speaker(claim)),
            "quote": _quote(claim.quote),
            "noun": ground.wording.plural(f"what.{claim.what.value if claim.what else 'unsaid'}", 100),
        }
        yield Sentence(ground.say(f"brief.talks.{claim.kind.value}", **slots), (claim.id,))


def others(ground: Ground) -> Iterator[Sentence]:
    """Yields the latest exchange between any other two parties of the record."""
    pairs = [(pair, entries) for pair, entries in ground.transfers.items() if pair != ground.pair]
    for pair, entries in sorted(pairs, key=lambda found: found[1][-1][0].earliest, reverse=True)[:MOST_OTHERS]:
        day = [entry for entry in entries if entry[0].earliest == entries[-1][0].earliest]
        items = [
            ground.wording.say(
                "brief.others.item",
                span=directions.span(ground, transfer),
                **ground.slots(direction_of(transfer)),
            )
            for _, transfer in day
        ]
        text = ground.say(
            "brief.others.latest",
            when=dates.adverbial(ground.wording, day[-1][0].when),
            parties=ground.wording.listed([str(ground.wording.party(code)) for code in sorted(pair)]),
            items=ground.wording.listed(items),
        )
        yield Sentence(text, claim_ids(transfer for _, transfer in day))


def background(ground: Ground) -> Iterator[Sentence]:
    """Yields how far the record reaches: exchanges, sources, agreements, what is unverified, the newest source."""
    if not ground.exchanges:
        return
    transfers = [transfer for exchange in ground.exchanges for transfer in exchange.transfers]
    claims = [claim for transfer in transfers for claim in transfer.claims]
    extent = ground.say(
        "brief.background.extent",
        exchanges=numbers.number(ground.wording, len(ground.exchanges)),
        first=dates.spell(ground.wording, f"{ground.exchanges[0].earliest:%Y-%m}"),
        last=dates.spell(ground.wording, f"{ground.exchanges[-1].earliest:%Y-%m}"),
        sources=numbers.number(ground.wording, len({claim.source.id for claim in claims})),
    )
    yield Sentence(extent, claim_ids(transfers))
    if ground.ledger.agreements:
        yield _counted(ground, "brief.background.agreements", len(ground.ledger.agreements), _agreement_claims(ground))
    doubtful = [transfer for transfer in transfers if transfer.reconciliation.verdict is Verdict.UNVERIFIED]
    if doubtful:
        yield _counted(ground, "brief.background.unverified", len(doubtful), claim_ids(doubtful))
    published = [claim for claim in claims if claim.source.published]
    if published:
        newest = max(published, key=lambda claim: claim.source.published)
        when = dates.adverbial(ground.wording, newest.source.published)
        yield Sentence(ground.say("brief.background.newest", when=when), (newest.id,))


def _transfers(ground: Ground, number: int) -> str:
    text = ground.wording.plural("brief.totals.transfers", number)
    return text.format(number=numbers.number(ground.wording, number))


def _counted(ground: Ground, key: str, number: int, claims: tuple[int, ...]) -> Sentence:
    text = ground.wording.plural(key, number).format(number=numbers.number(ground.wording, number))
    return Sentence(sentence_case(text), claims)


def _agreement_claims(ground: Ground) -> tuple[int, ...]:
    lines = (commitment for agreement in ground.ledger.agreements for commitment in agreement.commitments)
    return tuple(sorted({claim.id for commitment in lines for claim in commitment.claims}))


def _intermediaries(ground: Ground) -> Iterator[Sentence]:
    codes = list(dict.fromkeys(code for exchange, _ in ground.latest for code in exchange.intermediaries))
    if codes:
        parties = ground.wording.listed([str(ground.wording.party(code)) for code in codes])
        text = ground.wording.plural("brief.latest.intermediaries", len(codes)).format(parties=parties)
        yield Sentence(sentence_case(text), claim_ids(transfer for _, transfer in ground.latest))


def _before(ground: Ground, what: What, entries: Sequence[Dated]) -> Sentence:
    items = [
        ground.wording.say(
            "brief.latest.before_item",
            span=directions.span(ground, transfer),
            who=directions.said_by(ground, transfer),
            **ground.slots(direction_of(transfer)),
        )
        for _, transfer in entries
    ]
    noun = sentence_case(ground.wording.plural(f"what.{what.value}", 100))
    when = dates.adverbial(ground.wording, entries[-1][0].when)
    text = ground.say("brief.latest.before", noun=noun, when=when, figures=_joined(ground, items))
    return Sentence(text, claim_ids(transfer for _, transfer in entries))


def _under(ground: Ground, entries: Sequence[Dated], key: str, slots: dict[str, object]) -> Iterator[Sentence]:
    """Yields which agreement the transfers belong to, and its obligations of these kinds."""
    claims = claim_ids(transfer for _, transfer in entries)
    slug = next((exchange.agreement for exchange, _ in entries if exchange.agreement), "")
    found = next((entry for entry in ground.ledger.agreements if entry.slug == slug), None)
    if found is None:
        yield Sentence(ground.plain("brief.agreement.none"), claims)
        return
    slots = slots | {"agreement": found.name}
    if found.concluded:
        yield Sentence(ground.say(key, when=dates.adverbial(ground.wording, found.concluded), **slots), claims)
    else:
        yield Sentence(ground.say(f"{key}_undated", **slots), claims)
    groups: dict[tuple[Direction, str], list[BalanceLine]] = {}
    for line in ground.ledger.balance:
        owed = line.commitment
        if owed.agreement == slug:
            groups.setdefault((Direction(owed.what, owed.giver, owed.receiver), owed.category), []).append(line)
    for (direction, category), lines in groups.items():
        yield _obligation(ground, direction, category, lines)


def _obligation(ground: Ground, direction: Direction, category: str, lines: Sequence[BalanceLine]) -> Sentence:
    """Returns one obligation in every wording, and what was delivered of it."""
    said: dict[str, list[str]] = {}
    for line in lines:
        amount = numbers.alone(ground.wording, line.commitment.quantity)
        said.setdefault(amount, []).append(ground.voice(line.commitment.worded_by))
    wordings = [
        ground.wording.say(
            "brief.agreement.wording", amount=amount, who=ground.wording.listed(list(dict.fromkeys(voices)))
        )
        for amount, voices in said.items()
    ]
    slots = ground.slots(direction)
    subject = str(slots["noun"])
    if category:
        subject = directions.in_category(ground, subject, category)
    text = ground.say(
        "brief.agreement.line",
        subject=sentence_case(subject),
        wordings=ground.wording.listed(wordings),
        delivered=directions.delivered(ground, lines[0]),
        **slots,
    )
    transfers = claim_ids(lines[0].transfers)
    return Sentence(text, tuple(sorted({*transfers, *(c.id for line in lines for c in line.commitment.claims)})))


def _joined(ground: Ground, items: Sequence[str]) -> str:
    return str(ground.plain("terms.item_separator").join(items))


def _said(claim: ClaimEntry) -> str:
    return claim.said or claim.source.published or claim.when


def _quote(text: str) -> str:
    words = " ".join(text.split()).rstrip(".;,")
    return words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
