"""The filter of the table of exchanges. What is no choice of it is refused, and then nothing is filtered."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.account.ledger import Verdict
from homeward.public.exchange_table import COLUMNS, Line, ordered
from homeward.reader.claims import What
from homeward.record.templatetags.record_words import capital, things, verdict

__all__ = ["ExchangeFilter"]

NEWEST_FIRST = "-date"


class ExchangeFilter(forms.Form):
    """Kind, year and verdict; `sort` comes from the links in the head of the table."""

    kind = forms.ChoiceField(required=False, label=_("What"))
    year = forms.ChoiceField(required=False, label=_("Year"))
    verdict = forms.ChoiceField(required=False, label=_("Evidence"))
    # No ChoiceField: an unknown order in an old link should not void the rest of the filter.
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, years: Sequence[int]) -> None:
        super().__init__(data, auto_id="filter_%s")
        self._choose("kind", _("Everything"), [(what.value, capital(things(what))) for what in What])
        self._choose("year", _("All years"), [(str(year), str(year)) for year in years])
        self._choose("verdict", _("Every verdict"), [(one.value, capital(verdict(one))) for one in Verdict])

    def lines(self, lines: Iterable[Line]) -> list[Line]:
        """Returns the lines that the filter lets through, in the order asked for."""
        wanted = self.cleaned_data if self.is_valid() else {}
        kind, year, state = wanted.get("kind"), wanted.get("year"), wanted.get("verdict")
        found = [
            line
            for line in lines
            if (not kind or line.what.value == kind)
            and (not year or str(line.exchange.earliest.year) == year)
            and (not state or Verdict(state) in line.verdicts)
        ]
        # The lines stand newest first already.
        return found if self.order == NEWEST_FIRST else ordered(found, self.order)

    @property
    def order(self) -> str:
        """The column to sort by, with a minus for the largest or newest first."""
        wanted = str(self.cleaned_data.get("sort") or "") if self.is_valid() else ""
        return wanted if wanted.removeprefix("-") in COLUMNS else NEWEST_FIRST

    def _choose(self, name: str, everything: Promise, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", everything), *choices]
