"""The staff's forms: an article to read, a claim to correct."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.account.ledger import PartyEntry
from homeward.errors import InputError
from homeward.reader import Document
from homeward.reader.claims import Kind, Modifier, Scope, Status, What
from homeward.reader.files.encodings import text_of
from homeward.record.spoken import told_error
from homeward.record.words import choices

__all__ = ["ArticleForm", "ClaimForm"]

MOST_BYTES = 1_000_000


class ArticleForm(forms.Form):
    """Text pasted or a file; headers as in docs/reference/claims.md are read, and what is filled in here prevails."""

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Paste the article."),
    )
    file = forms.FileField(required=False, label=_("Or a file"), help_text=_("Plain text, up to 1 MB."))
    published = forms.DateField(
        required=False, label=_("Published"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        required=False, max_length=1000, label=_("Address"), help_text=_("Where it was published.")
    )
    publisher = forms.CharField(required=False, max_length=200, label=_("Publisher"))

    document: Document

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text, file = data.get("text"), data.get("file")
        if bool(text) == bool(file):
            raise forms.ValidationError(_("Give either a text or a file."))
        # One byte more than is allowed tells a file that is too long without reading all of it.
        content = file.read(MOST_BYTES + 1) if file else str(text).encode()
        if len(content) > MOST_BYTES:
            raise forms.ValidationError(_("The text is longer than 1 MB."))
        published = data.get("published")
        try:
            found = Document.from_text(
                text_of(content, name="article"),
                name="article",
                published=published.isoformat() if published else None,
            )
        except InputError as error:
            raise forms.ValidationError(told_error(error), code=error.code) from None
        if not found.body.strip():
            raise forms.ValidationError(_("There is no text in it."))
        self.document = replace(
            found,
            source=(data.get("source") or found.source or "")[:1000] or None,
            publisher=(data.get("publisher") or found.publisher or "")[:200] or None,
        )
        return data


class ClaimForm(forms.Form):
    """Every field of a claim but the words that it quotes, which stay as they were read."""

    kind = forms.ChoiceField(choices=choices(Kind), label=_("Kind"))
    what = forms.ChoiceField(choices=choices(What, empty=_("Not said")), required=False, label=_("What"))
    low = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000, label=_("How many, at least"))
    high = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000, label=_("How many, at most"))
    modifier = forms.ChoiceField(choices=choices(Modifier, empty=_("No figure")), required=False, label=_("Meant as"))
    giver = forms.ChoiceField(required=False, label=_("From"))
    receiver = forms.ChoiceField(required=False, label=_("To"))
    status = forms.ChoiceField(choices=choices(Status), label=_("Status"))
    scope = forms.ChoiceField(choices=choices(Scope), label=_("What the figure counts"))
    when = forms.CharField(
        required=False, max_length=60, label=_("When"), help_text=_("A date such as 2026-01-29 or 2025-11.")
    )
    category = forms.CharField(required=False, max_length=60, label=_("Category"))
    speaker = forms.CharField(required=False, max_length=200, label=_("Who says so"))
    speaker_party = forms.ChoiceField(required=False, label=_("For which party"))
    channel = forms.CharField(required=False, max_length=200, label=_("Over which channel"))
    back_reference = forms.BooleanField(required=False, label=_("Looks back to an earlier exchange"))

    def __init__(self, data: Any, *, before: Mapping[str, Any], parties: Mapping[str, PartyEntry]) -> None:
        quantity = before["quantity"] or {"low": None, "high": None, "modifier": ""}
        initial = {**before, **quantity, "giver": before["from"], "receiver": before["to"]}
        super().__init__(data, initial=initial)
        self.before = before
        known = {code: parties[code].name for code in sorted(parties)}
        for name in ("giver", "receiver", "speaker_party"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            code = initial[name]
            # The reader knows parties that the record does not have yet; without this, opening the form would drop them
            # unseen.
            extra = [(code, code)] if code and code not in known else []
            field.choices = [("", _("Not said")), *known.items(), *extra]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            raise forms.ValidationError(_("The lower figure is above the higher one."))
        if not data.get("modifier") and (low is not None or high is not None):
            raise forms.ValidationError(_("Say how the figure is meant."))
        numberless = {"", Modifier.ALL.value, Modifier.VAGUE.value}
        if low is None and high is None and (data.get("modifier") or "") not in numberless:
            raise forms.ValidationError(_("Give the figure that is meant so."))
        return data

    def claim_data(self) -> dict[str, Any]:
        """Returns the whole claim as corrected, in the JSON of docs/reference/claims.md."""
        data = self.cleaned_data
        plain = ("what", "when", "category", "speaker", "speaker_party", "channel")
        modifier = data["modifier"]
        return {
            **self.before,
            **{name: data[name] or None for name in plain},
            "kind": data["kind"],
            "status": data["status"],
            "scope": data["scope"],
            "from": data["giver"] or None,
            "to": data["receiver"] or None,
            "back_reference": data["back_reference"],
            "quantity": {"low": data["low"], "high": data["high"], "modifier": modifier} if modifier else None,
        }
