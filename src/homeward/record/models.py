"""The tables of the public record. Written by `actions.py` alone, read through `queries.py`."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from homeward.access.codes import code_of
from homeward.access.scoping import OrganisationScoped, Ownership
from homeward.account.vocabulary import PartyKind, ProposalState
from homeward.reader.claims import Kind, Modifier, Scope, Status, What
from homeward.record.fields import choices, edtf_field, ordered, quantity_constraint, vocabulary

__all__ = [
    "Agreement",
    "Anchor",
    "Article",
    "Claim",
    "Commitment",
    "Excerpt",
    "Exchange",
    "Ordinal",
    "Party",
    "ProposedClaim",
    "Revision",
    "Source",
    "Statement",
    "Transfer",
    "new_article_code",
]


class Party(models.Model):
    """A belligerent, an intermediary or an organisation; its code is ISO 3166-1 alpha-3 where one exists."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=choices(PartyKind))

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "parties"
        constraints = [
            vocabulary("party_kind", "kind", PartyKind),
            models.CheckConstraint(condition=~models.Q(code=""), name="party_code_not_empty"),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """What parties concluded; its obligations are commitments, each in one party's wording."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    concluded = edtf_field()
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    intermediaries = models.ManyToManyField(Party, blank=True, related_name="mediated_agreements")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["earliest", "slug"]
        constraints = [ordered("agreement_dates", "earliest", "latest")]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """One obligation in one wording: who owes what to whom, and how many. Without `worded_by` it is the press's."""

    key = models.SlugField(max_length=120, unique=True)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="commitments")
    worded_by = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=20, choices=choices(What))
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    modifier = models.CharField(max_length=20, choices=choices(Modifier), blank=True)
    category = models.CharField(max_length=60, blank=True)
    wording = models.TextField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            vocabulary("commitment_what", "what", What),
            vocabulary("commitment_modifier", "modifier", Modifier, empty=True),
            quantity_constraint("commitment_quantity"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="commitment_two_parties"),
        ]

    def __str__(self) -> str:
        return self.key


class Exchange(models.Model):
    """One operation on a date. An aborted one is kept because later statements refer to it; it has no transfers."""

    slug = models.SlugField(max_length=80, unique=True)
    when = edtf_field()
    earliest = models.DateField(db_index=True)
    latest = models.DateField()
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, null=True, related_name="exchanges")
    intermediaries = models.ManyToManyField(Party, blank=True, related_name="mediated_exchanges")
    note = models.TextField(blank=True)
    aborted = models.BooleanField(default=False)

    class Meta:
        ordering = ["earliest", "slug"]
        constraints = [ordered("exchange_dates", "earliest", "latest")]

    def __str__(self) -> str:
        return self.slug


class Transfer(models.Model):
    """One direction of an exchange. Its figures are those of its claims; it has none of its own."""

    exchange = models.ForeignKey(Exchange, on_delete=models.PROTECT, related_name="transfers")
    what = models.CharField(max_length=20, choices=choices(What))
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            vocabulary("transfer_what", "what", What),
            models.UniqueConstraint(fields=["exchange", "what", "giver", "receiver"], name="transfer_once"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("receiver")), name="transfer_two_parties"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange_id}: {self.what} {self.giver_id} to {self.receiver_id}"


class Source(models.Model):
    """A document that was published. Its text is not kept: only its hash, and excerpts around what is quoted."""

    url = models.CharField(max_length=1000, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published = edtf_field()
    retrieved = edtf_field()
    language = models.CharField(max_length=20, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # A page that changed is another document under the same address.
            models.UniqueConstraint(fields=["url", "text_sha256"], name="source_once"),
            models.CheckConstraint(condition=~models.Q(url="", text_sha256=""), name="source_identified"),
        ]

    def __str__(self) -> str:
        return self.url or f"text {self.text_sha256[:12]}"


class Excerpt(models.Model):
    """The words of a source around a quoted span; `start` counts characters of the source's text."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="excerpts")
    start = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["source", "start"]
        constraints = [models.UniqueConstraint(fields=["source", "start"], name="excerpt_once")]

    def __str__(self) -> str:
        return f"{self.source_id} from {self.start}"


class Statement(models.Model):
    """Somebody's words in a source: who spoke, for which party, over which channel, and when."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements")
    speaker = models.CharField(max_length=200, blank=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=200, blank=True)
    said = edtf_field()
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            ordered("statement_dates", "earliest", "latest"),
            # Two constraints, since in SQL no NULL equals another: statements of no party would never be the same.
            models.UniqueConstraint(
                fields=["source", "speaker", "party", "channel", "said"], name="statement_once_for_a_party"
            ),
            models.UniqueConstraint(
                fields=["source", "speaker", "channel", "said"],
                condition=models.Q(party__isnull=True),
                name="statement_once_without_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.speaker or 'unnamed'} in {self.source_id}"


class Claim(models.Model):
    """One structured assertion read from a statement, about a transfer, a commitment or neither."""

    key = models.CharField(max_length=200, unique=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="claims")
    transfer = models.ForeignKey(Transfer, on_delete=models.PROTECT, null=True, related_name="claims")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, null=True, related_name="claims")
    kind = models.CharField(max_length=20, choices=choices(Kind))
    what = models.CharField(max_length=20, choices=choices(What), blank=True)
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    modifier = models.CharField(max_length=20, choices=choices(Modifier), blank=True)
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    receiver = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=20, choices=choices(Status))
    scope = models.CharField(max_length=20, choices=choices(Scope))
    when = edtf_field()
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    category = models.CharField(max_length=60, blank=True)
    quote = models.TextField(blank=True)
    span_start = models.PositiveIntegerField(null=True)
    span_end = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    verified = models.BooleanField(default=True)
    back_reference = models.BooleanField(default=False)
    reader_version = models.CharField(max_length=40, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            vocabulary("claim_kind", "kind", Kind),
            vocabulary("claim_what", "what", What, empty=True),
            vocabulary("claim_modifier", "modifier", Modifier, empty=True),
            vocabulary("claim_status", "status", Status),
            vocabulary("claim_scope", "scope", Scope),
            quantity_constraint("claim_quantity"),
            ordered("claim_dates", "earliest", "latest"),
            ordered("claim_span", "span_start", "span_end"),
            models.CheckConstraint(
                condition=models.Q(transfer__isnull=True) | models.Q(commitment__isnull=True), name="claim_one_subject"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Anchor(models.Model):
    """A running total that somebody published, with the period it counts and why our own sum differs.

    `leaves_out` are keys of transfers that the count does not have, as `gaps` reads them.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="anchor")
    since = edtf_field()
    since_earliest = models.DateField(null=True)
    as_of = edtf_field()
    as_of_latest = models.DateField()
    explanation = models.TextField(blank=True)
    series = models.CharField(max_length=120, blank=True)
    leaves_out = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["as_of_latest", "pk"]
        constraints = [ordered("anchor_dates", "since_earliest", "as_of_latest")]

    def __str__(self) -> str:
        return f"{self.claim_id} as of {self.as_of}"


class Ordinal(models.Model):
    """An exchange's number in somebody's count ("the 72nd"): by the claim's day so many had taken place."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="ordinal")
    series = models.CharField(max_length=120)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["series", "number", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gte=1), name="ordinal_from_one"),
            models.CheckConstraint(condition=~models.Q(series=""), name="ordinal_of_a_series"),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.number}"


def new_article_code() -> str:
    """Returns a fresh code for an article: what the journal and a share know it by."""
    return code_of("A")


class Article(OrganisationScoped):
    """A document pasted or uploaded by an organisation's staff, whose claims await a decision. No other sees it, unless
    it is shown to them.
    """

    code = models.CharField(max_length=16, unique=True, default=new_article_code, editable=False)
    organisation = models.ForeignKey("access.Organisation", on_delete=models.PROTECT, related_name="articles")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    source_name = models.CharField(max_length=1000, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    published = edtf_field()
    language = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    reader_version = models.CharField(max_length=40, blank=True)

    ownership: ClassVar[Ownership] = Ownership(shared_as="record.article")

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "text_sha256"], name="article_once"),
        ]

    def __str__(self) -> str:
        return self.source_name or f"text {self.text_sha256[:12]}"


class ProposedClaim(OrganisationScoped):
    """A claim that the reader proposes; `data` is its JSON (docs/reference/claims.md), as corrected where it was."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="proposals")
    position = models.PositiveIntegerField()
    data = models.JSONField()
    state = models.CharField(max_length=20, choices=choices(ProposalState), default=ProposalState.PROPOSED.value)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, null=True, related_name="proposals")

    ownership: ClassVar[Ownership] = Ownership("article__organisation", "record.article", "article__code")

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            vocabulary("proposal_state", "state", ProposalState),
            models.UniqueConstraint(fields=["article", "position"], name="proposal_position"),
            models.CheckConstraint(
                condition=models.Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~models.Q(state="proposed") & models.Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="proposal_decided_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}.{self.position}"


class Revision(models.Model):
    """The one row that tells whether the record was written to: its stamp is another after each action."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stamp = models.CharField(max_length=32)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="record_has_one_revision")]

    def __str__(self) -> str:
        return self.stamp
