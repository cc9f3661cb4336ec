"""Every write of the record: one transaction each, with one event in the journal."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from homeward import dates
from homeward.access.authorisation import authorise, authorise_operator
from homeward.access.models import User
from homeward.access.roles import Permission
from homeward.account.vocabulary import ProposalState
from homeward.errors import InputError
from homeward.jobs import actions as jobs
from homeward.jobs.models import Job
from homeward.journal import actions as journal
from homeward.journal.actors import Actor
from homeward.reader import Document, Reading, require_language
from homeward.reader.claims import Claim as ReadClaim
from homeward.record.claim_attachment import claim_key, party, place, statement_for
from homeward.record.claim_columns import columns_of
from homeward.record.files import read_files, shipped_files
from homeward.record.loading import Loading
from homeward.record.merging import Loaded
from homeward.record.models import Article, Claim, ProposedClaim
from homeward.record.revision import renew_revision

__all__ = [
    "READ_ARTICLE",
    "accept_claim",
    "ask_to_read",
    "correct_claim",
    "load",
    "load_shipped",
    "propose_claims",
    "reject_claim",
    "reopen_claim",
    "submit_article",
]

READ_ARTICLE = "record.read_article"


def load(*, files: Sequence[Path], by: Actor) -> Loaded:
    """Merges record files into the record, and returns what that did; loading them again does nothing.

    A row whose key stands in the record already is changed to what the file says; nothing is ever removed. Raises
    InputError at the first wrong row, and then nothing at all is loaded. Portions of rows are committed one after
    another, so that nobody waits long; a load that was cut off is finished by loading the files again.
    """
    authorise_operator(by)
    rows = read_files(files)

    def commit(change: Callable[[], object], did: Loaded) -> None:
        with transaction.atomic():
            change()
            data = {
                "files": dict(sorted(rows.sha256.items())),
                "added": did.added,
                "changed": did.changed,
                "changed_rows": sorted(did.changed_keys),
            }
            renew_revision()
            journal.write(by=by, action="record.loaded", subject="record", data=data)

    return Loading(rows, commit).run()


def load_shipped(*, by: Actor) -> Loaded:
    """Merges the public record that comes with Homeward, as `load` does."""
    return load(files=shipped_files(), by=by)


def submit_article(*, document: Document, by: User) -> Article:
    """Returns the article, to be read in the background; the same text given again is the article that is there.

    The text is seen by the organisation's own staff alone. Raises InputError for a language that cannot be read.
    """
    authorise(by, Permission.SUBMIT_ARTICLES)
    organisation = by.organisation
    # Before any check: a text that was accepted once is found again even where its date or language is given wrongly
    # now.
    known = Article.objects.filter(organisation=organisation, text_sha256=document.text_hash).first()
    if known:
        return known
    dates.bounds(document.published or "", place="article, published")
    try:
        require_language(document.language)
    except InputError as error:
        raise error.at("article, language") from None
    with transaction.atomic():
        article, is_new = Article.objects.get_or_create(  # somebody may submit the same text at this moment
            organisation=organisation,
            text_sha256=document.text_hash,
            defaults={
                "submitted_by": by,
                "submitted_at": timezone.now(),
                "source_name": document.source or "",
                "publisher": document.publisher or "",
                "published": document.published or "",
                "language": document.language,
                "text": document.body,
            },
        )
        if is_new:
            _write(by, "record.article_submitted", article, {})
            ask_to_read(article=article, by=by)
    # Where background work is done at once, the reading has changed the row by now.
    article.refresh_from_db()
    return article


def ask_to_read(*, article: Article, by: User) -> Job:
    """Returns the job that reads the article in the background; the one that waits or runs already, if there is one."""
    authorise(by, Permission.SUBMIT_ARTICLES, article)
    about = f"article:{article.pk}"
    return jobs.ask(kind=READ_ARTICLE, about=about, arguments={"article": article.pk}, by=by)


def propose_claims(*, article: Article, reading: Reading, by: Actor) -> Article:
    """Returns the article with the claims of its reading proposed; an article that was read stays as it is."""
    authorise(by, Permission.SUBMIT_ARTICLES, article)
    with transaction.atomic():
        locked = Article.objects.select_for_update().get(pk=article.pk)
        # A job may run a second time after its worker died; the claims that somebody decided on meanwhile must stand.
        if locked.reader_version:
            return locked
        ProposedClaim.objects.bulk_create(
            (
                ProposedClaim(article=locked, position=position, data=claim.as_json())
                for position, claim in enumerate(reading.claims)
            ),
            batch_size=200,
        )
        locked.reader_version = reading.reader_version
        locked.save(update_fields=["reader_version"])
        _write(by, "record.article_read", locked, {"claims": len(reading.claims)})
    return locked


def accept_claim(*, proposal: ProposedClaim, by: User) -> Claim:
    """Returns the claim that a proposal became; accepting it again changes nothing.

    It is attached to the transfer that it speaks of, or makes a new exchange; a back-reference never does.
    """
    return _decide(proposal, by, None)


def correct_claim(*, proposal: ProposedClaim, data: Mapping[str, Any], by: User) -> Claim:
    """Returns the claim that a proposal became after correction; `data` is the whole claim as corrected, in JSON.

    Raises InputError where it is no claim, or where its quoted words do not stand in the article.
    """
    return _decide(proposal, by, _corrected(proposal.article, data))


def reject_claim(*, proposal: ProposedClaim, by: User, reason: str = "") -> ProposedClaim:
    """Returns the proposal, rejected; rejecting it again changes nothing."""
    with transaction.atomic():
        locked = _locked(proposal, by)
        if locked.state == ProposalState.REJECTED.value:
            return locked
        _refuse_decided(locked)
        _settle(locked, by, ProposalState.REJECTED)
        data = {"position": locked.position, "reason": reason}
        _write(by, "record.claim_rejected", locked.article, data)
    return locked


def reopen_claim(*, proposal: ProposedClaim, by: User) -> ProposedClaim:
    """Returns the proposal, which awaits a decision again; only a rejection is taken back, for it published nothing."""
    with transaction.atomic():
        locked = _locked(proposal, by)
        if locked.state == ProposalState.PROPOSED.value:
            return locked
        if locked.state != ProposalState.REJECTED.value:
            _refuse_decided(locked)
        locked.state, locked.decided_by, locked.decided_at = ProposalState.PROPOSED.value, None, None
        locked.save()
        _write(by, "record.claim_reopened", locked.article, {"position": locked.position})
    return locked


def _decide(proposal: ProposedClaim, by: User, corrected: ReadClaim | None) -> Claim:
    with transaction.atomic():
        locked = _locked(proposal, by)
        state = ProposalState.CORRECTED if corrected else ProposalState.ACCEPTED
        # Two clicks on one button are one decision; a second, different decision is refused below.
        if locked.claim and locked.state == state.value and (not corrected or locked.data == corrected.as_json()):
            return locked.claim
        _refuse_decided(locked)
        read_claim = corrected or ReadClaim.from_json(locked.data)
        claim, made_exchange = _record(read_claim, locked.article, by)
        event = {"position": locked.position, "claim": claim.key, "made_exchange": made_exchange}
        if corrected:
            event |= {"before": _asserted(locked.data), "after": _asserted(corrected.as_json())}
            locked.data = corrected.as_json()
        locked.claim = claim
        _settle(locked, by, state)
        _write(by, f"record.claim_{state.value}", locked.article, event)
    return claim


def _asserted(data: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the claim without the reader's confidence: no assertion, and the journal holds no fractions."""
    return {name: value for name, value in data.items() if name != "confidence"}


def _record(claim: ReadClaim, article: Article, by: User) -> tuple[Claim, bool]:
    """Returns the claim in the record and whether an exchange was made for it; the same claim is never stored twice."""
    key = claim_key(claim, article)
    # Another organisation may have read the same text: its claim is the same assertion of the same source.
    known = Claim.objects.filter(key=key).first()
    if known:
        return known, False
    transfer, made_exchange = place(claim, article)
    when = claim.when or (transfer.exchange.when if transfer else "")
    stored = Claim.objects.create(
        key=key,
        statement=statement_for(claim, article),
        transfer=transfer,
        **columns_of(claim, giver=_row_of(claim.giver), receiver=_row_of(claim.receiver), when=when),
        quote=claim.span.text,
        span_start=claim.span.start,
        span_end=claim.span.end,
        reader_version=article.reader_version,
        confirmed_by=by,
    )
    return stored, made_exchange


def _row_of(code: str | None) -> int | None:
    found = party(code)
    return found.pk if found else None


def _corrected(article: Article, data: Mapping[str, Any]) -> ReadClaim:
    try:
        claim = ReadClaim.from_json(data)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            place="corrected claim", found=str(error), needed="the fields of a claim", code="claim_malformed"
        ) from error
    span = claim.span
    # The quotation is what makes a claim checkable, so a correction may change everything but what was said.
    if not span.text or article.text[span.start : span.end] != span.text:
        found = f'"{span.text[:80]}" at {span.start} to {span.end}'
        needed = "words that stand there in the article"
        raise InputError(place="corrected claim, span", found=found, needed=needed, code="claim_not_quoted")
    if claim.giver and claim.giver == claim.receiver:
        raise InputError(
            place="corrected claim, to",
            found=f'"{claim.receiver}"',
            needed="another party than the giver",
            code="claim_one_party",
        )
    dates.bounds(claim.when or "", place="corrected claim, when")
    return claim


def _locked(proposal: ProposedClaim, by: User) -> ProposedClaim:
    """Returns the proposal, locked until the transaction ends; refuses it to another organisation."""
    locked = (
        # `of` itself alone: PostgreSQL refuses to lock the nullable side of an outer join, which `claim` is.
        ProposedClaim.objects.select_for_update(of=("self",)).select_related("article", "claim").get(pk=proposal.pk)
    )
    authorise(by, Permission.DECIDE_CLAIMS, locked)
    return locked


def _refuse_decided(proposal: ProposedClaim) -> None:
    if proposal.state != ProposalState.PROPOSED.value:
        place_ = f"claim {proposal.position + 1} of the article"
        raise InputError(
            place=place_,
            found=f"a claim already {proposal.state}",
            needed="one that awaits a decision",
            code=f"claim_already_{proposal.state}",
            parameters={"number": proposal.position + 1},
        )


def _settle(proposal: ProposedClaim, by: User, state: ProposalState) -> None:
    proposal.state, proposal.decided_by, proposal.decided_at = state.value, by, timezone.now()
    proposal.save()


def _write(by: Actor, action: str, article: Article, data: Mapping[str, object]) -> None:
    # In the same transaction: a page never sees the new stamp with the old record, or the other way round.
    renew_revision()
    journal.write(
        by=by, action=action, subject=f"article:{article.code}", data={"text_sha256": article.text_sha256, **data}
    )
