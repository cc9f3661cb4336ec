"""The forms of access: what an auditor may filter the journal by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from homeward.access.models import User
from homeward.journal.queries import actions_seen_by

__all__ = ["JournalFilter"]


class JournalFilter(forms.Form):
    """Action, person and days; each may be left out."""

    action = forms.ChoiceField(required=False, label=_("Action"))
    actor = forms.ChoiceField(required=False, label=_("Person"))
    since = forms.DateField(required=False, label=_("From day"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, label=_("To day"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *given: Any, reader: User, **named: Any) -> None:
        super().__init__(*given, **named)
        self.people = dict(User.objects.visible_to(reader).values_list("code", "email").order_by("email"))
        actions = actions_seen_by(reader.journal_organisation)
        self.fields["action"] = forms.ChoiceField(
            required=False,
            label=_("Action"),
            choices=[("", _("All actions")), *((action, action) for action in actions)],
        )
        self.fields["actor"] = forms.ChoiceField(
            required=False,
            label=_("Person"),
            choices=[("", _("Everybody")), ("system", _("The installation")), *self.people.items()],
        )

    def clean(self) -> dict[str, Any]:
        """Refuses a span of days that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", _("The last day comes before the first."))
        return cleaned
