"""Where an accepted claim belongs: the transfer that it speaks of, a new exchange, or neither.

Called by `actions` alone, inside its transaction.
"""

from datetime import date

from django.utils.text import slugify

from homeward import dates
from homeward.account.checking.matching import is_event, match
from homeward.account.ledger import ExchangeEntry
from homeward.errors import InputError
from homeward.reader.claims import Claim as ReadClaim
from homeward.reader.claims import What
from homeward.record import queries
from homeward.record.models import Article, Excerpt, Exchange, Party, Source, Statement, Transfer

__all__ = ["Placed", "claim_key", "party", "place", "statement_for"]

AROUND = 160  # characters of the article kept on either side of a quoted span
TOGETHER = frozenset({What.PRISONERS, What.CIVILIANS})  # freed in one operation, as transfers of their own

Placed = tuple[Transfer | None, bool]


def place(claim: ReadClaim, article: Article) -> Placed:
    """Returns the transfer that a claim is about, and whether an exchange was made for it.

    A back-reference, a plan or a total never makes one; nor does a claim that could mean several exchanges.
    """
    if not is_event(claim) or claim.what is None or not claim.giver or not claim.receiver:
        return None, False
    published = dates.bounds(article.published).latest
    # Of the whole record: as of a day, a later exchange would not be found and be made a second time.
    exchanges = queries.ledger(date.max).exchanges
    found = match(claim, exchanges, published)
    if found:
        # A claim at the wrong exchange would move a total; one at none only waits for somebody who knows.
        return (Transfer.objects.get(pk=found.transfer.id), False) if found.certain else (None, False)
    # "The last exchange was in November" often skips exchanges; made into one, it would be counted as news.
    if claim.back_reference:
        return None, False
    same_day = _same_operation(claim, exchanges, _day(claim, article)[0])
    if same_day:
        exchange, made = Exchange.objects.get(slug=same_day.slug), False
    else:
        exchange, made = _new_exchange(claim, article), True
    transfer, _ = Transfer.objects.get_or_create(
        exchange=exchange, what=claim.what.value, giver=party(claim.giver), receiver=party(claim.receiver)
    )
    return transfer, made


def party(code: str | None) -> Party | None:
    """Returns the party of a code; None for none. Raises InputError for one that the record does not have."""
    if not code:
        return None
    found = Party.objects.filter(code=code).first()
    if found is None:
        needed = "a party of the record (load it with a parties file)"
        raise InputError(
            place="claim, party", found=f'"{code}"', needed=needed, code="party_unknown", parameters={"party": code}
        )
    return found


def statement_for(claim: ReadClaim, article: Article) -> Statement:
    """Returns the statement of a claim in its source; of the text, only words around the quoted span are stored."""
    url = article.source_name if article.source_name.startswith(("http://", "https://")) else ""
    source, _ = Source.objects.get_or_create(
        url=url,
        text_sha256=article.text_sha256,
        defaults={
            "publisher": article.publisher,
            "published": article.published,
            "retrieved": article.submitted_at.date().isoformat(),
            "language": article.language,
        },
    )
    start = max(0, claim.span.start - AROUND)
    text = article.text[start : claim.span.end + AROUND]
    excerpt, _ = Excerpt.objects.get_or_create(source=source, start=start, defaults={"text": text})
    if len(text) > len(excerpt.text):  # spans near the beginning share a start; the longest shows them all
        Excerpt.objects.filter(pk=excerpt.pk).update(text=text)
    known = dates.bounds(article.published)
    statement, _ = Statement.objects.get_or_create(
        source=source,
        speaker=claim.speaker or "",
        party=party(claim.speaker_party),
        channel=claim.channel or "",
        said=article.published,
        defaults={"earliest": known.earliest, "latest": known.latest},
    )
    return statement


def claim_key(claim: ReadClaim, article: Article) -> str:
    """Returns the key that the same claim of the same text always has, whoever reads it."""
    quantity = claim.quantity
    figure = f"{quantity.low}-{quantity.high}-{quantity.modifier.value}" if quantity else "none"
    about = "-".join((claim.kind.value, claim.what.value if claim.what else "none", claim.status.value))
    when = f"{claim.when or 'undated'}{'-back' if claim.back_reference else ''}"
    way = f"{claim.giver or 'none'}-{claim.receiver or 'none'}"
    # What is claimed is part of the key, not the place alone: one span may tell both directions, or be corrected.
    return f"text.{article.text_sha256[:24]}.{claim.span.start}-{claim.span.end}.{about}.{way}.{figure}.{when}".lower()


def _day(claim: ReadClaim, article: Article) -> tuple[str, date, date]:
    day = claim.when or article.published
    found = dates.bounds(day)
    if found.earliest is None or found.latest is None:
        found_text = f'"{day}"' if day else "no date"
        raise InputError(place="claim, when", found=found_text, needed="the day of the exchange", code="claim_undated")
    return day, found.earliest, found.latest


def _same_operation(claim: ReadClaim, exchanges: tuple[ExchangeEntry, ...], day: str) -> ExchangeEntry | None:
    """Returns the exchange of that day between the two parties that the claim is the other half of."""
    kinds = TOGETHER if claim.what in TOGETHER else {claim.what}
    sides = {claim.giver, claim.receiver}
    for exchange in exchanges:
        if exchange.when == day and not exchange.aborted:
            for transfer in exchange.transfers:
                if transfer.what in kinds and {transfer.giver, transfer.receiver} == sides:
                    return exchange
    return None


def _new_exchange(claim: ReadClaim, article: Article) -> Exchange:
    day, earliest, latest = _day(claim, article)
    name = f"{day.strip('~?%').replace('/', '-to-')}-{claim.what.value if claim.what else ''}"
    base = slugify(name.replace(",", "-"))  # EDTF has signs that no address of a page may hold
    taken = set(Exchange.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug = base
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return Exchange.objects.create(slug=slug, when=day, earliest=earliest, latest=latest)
