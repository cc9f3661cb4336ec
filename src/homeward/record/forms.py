"""The staff's forms: an article to read, a claim to correct."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from django import forms

from homeward.account.ledger import PartyEntry
from homeward.errors import InputError
from homeward.reader import Document
from homeward.reader.claims import Kind, Modifier, Scope, Status, What

__all__ = ["ArticleForm", "ClaimForm"]

MOST_BYTES = 1_000_000


class ArticleForm(forms.Form):
    """Text pasted or a file; headers as in docs/reference/claims.md are read, and what is filled in here prevails."""

    text = forms.CharField(
        required=False,
        strip=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Paste the article.",
    )
    file = forms.FileField(required=False, label="Or a file", help_text="Plain text in UTF-8, up to 1 MB.")
    published = forms.DateField(
        required=False, label="Published", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(required=False, max_length=1000, label="Address", help_text="Where it was published.")
    publisher = forms.CharField(required=False, max_length=200)

    document: Document

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        text, file = data.get("text"), data.get("file")
        if bool(text) == bool(file):
            raise forms.ValidationError("Give either a text or a file.")
        content = file.read(MOST_BYTES + 1) if file else str(text).encode()
        if len(content) > MOST_BYTES:
            raise forms.ValidationError("The text is longer than 1 MB.")
        if b"\x00" in content:
            raise forms.ValidationError("This is not a text: it holds characters of value zero.")
        published = data.get("published")
        try:
            found = Document.from_bytes(content, name="article", published=published.isoformat() if published else None)
        except InputError as error:
            raise forms.ValidationError(f"Found {error.found}; needed: {error.needed}.") from None
        if not found.body.strip():
            raise forms.ValidationError("There is no text in it.")
        self.document = replace(
            found,
            source=(data.get("source") or found.source or "")[:1000] or None,
            publisher=(data.get("publisher") or found.publisher or "")[:200] or None,
        )
        return data


def _choices(enum: type[Enum], *, empty: str = "") -> list[tuple[str, str]]:
    named = [(str(member.value), str(member.value).replace("_", " ").capitalize()) for member in enum]
    return [("", empty), *named] if empty else named


class ClaimForm(forms.Form):
    """Every field of a claim but the words that it quotes, which stay as they were read."""

    kind = forms.ChoiceField(choices=_choices(Kind))
    what = forms.ChoiceField(choices=_choices(What, empty="Not said"), required=False)
    low = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000, label="How many, at least")
    high = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000, label="How many, at most")
    modifier = forms.ChoiceField(choices=_choices(Modifier, empty="No figure"), required=False, label="Meant as")
    giver = forms.ChoiceField(required=False, label="From")
    receiver = forms.ChoiceField(required=False, label="To")
    status = forms.ChoiceField(choices=_choices(Status))
    scope = forms.ChoiceField(choices=_choices(Scope))
    when = forms.CharField(required=False, max_length=60, help_text="A date such as 2026-01-29 or 2025-11.")
    category = forms.CharField(required=False, max_length=60)
    speaker = forms.CharField(required=False, max_length=200, label="Who says so")
    speaker_party = forms.ChoiceField(required=False, label="For which party")
    channel = forms.CharField(required=False, max_length=200, label="Over which channel")
    back_reference = forms.BooleanField(required=False, label="Looks back to an earlier exchange")

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
            extra = [(code, code)] if code and code not in known else []
            field.choices = [("", "Not said"), *known.items(), *extra]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("low"), data.get("high")
        if low is not None and high is not None and low > high:
            raise forms.ValidationError("The lower figure is above the higher one.")
        if not data.get("modifier") and (low is not None or high is not None):
            raise forms.ValidationError("Say how the figure is meant.")
        numberless = {"", Modifier.ALL.value, Modifier.VAGUE.value}
        if low is None and high is None and (data.get("modifier") or "") not in numberless:
            raise forms.ValidationError("Give the figure that is meant so.")
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
