"""The staff's forms: what a person fills in prevails, and what they leave alone stays as it was read."""

from dataclasses import replace
from typing import Any

import pytest

from homeward.account.ledger import PartyEntry
from homeward.reader.claims import Claim, Kind, Modifier, Quantity, Span, What
from homeward.record.forms import ArticleForm, ClaimForm

PARTIES = {code: PartyEntry(code, name, "belligerent") for code, name in (("AAA", "Alpha"), ("BBB", "Beta"))}
READ = Claim(
    kind=Kind.TRANSFER,
    span=Span(3, 9, "ten of"),
    what=What.REMAINS,
    quantity=Quantity.exact(10),
    giver="AAA",
    receiver="ZZZ",
    when="2026-01-29",
    agreement="Example 2025",
)


def corrected(claim: Claim, **changes: Any) -> Claim:
    """Returns the claim after a person opened the form, changed something and sent it."""
    form = ClaimForm(None, before=claim.as_json(), parties=PARTIES)
    shown = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in {**shown, **changes}.items() if value not in (None, False)}
    bound = ClaimForm(sent, before=claim.as_json(), parties=PARTIES)
    assert bound.is_valid(), bound.errors
    return Claim.from_json(bound.claim_data())


def test_article_form__lets_what_is_filled_in_prevail_over_the_headers() -> None:
    text = "Source: https://example.org/a\nPublisher: Herald\nPublished: 2026-01-30\n\nAll is calm."
    form = ArticleForm({"text": text, "publisher": "Letter", "published": "2026-01-31"})
    assert form.is_valid()
    assert (form.document.publisher, form.document.published) == ("Letter", "2026-01-31")
    assert (form.document.source, form.document.body) == ("https://example.org/a", "All is calm.")


@pytest.mark.parametrize(
    "claim",
    [
        READ,
        replace(READ, quantity=None),
        replace(READ, quantity=Quantity(None, None, Modifier.ALL), back_reference=True),
        replace(READ, quantity=Quantity(1200, None, Modifier.AT_LEAST), speaker="Alice", speaker_party="AAA"),
        replace(READ, what=None, when=None, category="under_25"),
    ],
    ids=["exact", "no figure", "all", "at least", "people"],
)
def test_claim_form__sent_as_it_was_shown_changes_nothing(claim: Claim) -> None:
    assert corrected(claim) == claim


def test_claim_form__keeps_the_quoted_words_whatever_else_is_corrected() -> None:
    claim = corrected(READ, receiver="BBB", low="12", high="12")
    assert claim == replace(READ, receiver="BBB", quantity=Quantity.exact(12))
