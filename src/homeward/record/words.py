"""The words of the closed vocabularies, as they stand on a screen."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from homeward.account.vocabulary import CheckVerdict, ProposalState
from homeward.reader.claims import Kind, Modifier, Scope, Status, What

__all__ = ["WORDS", "choices"]

WORDS: Mapping[Enum, Promise] = MappingProxyType(
    {
        Kind.TRANSFER: _("Transfer"),
        Kind.COMMITMENT: _("Commitment"),
        Kind.ABSENCE: _("No exchange"),
        Kind.ACCUSATION: _("Accusation"),
        Kind.TALKS: _("Talks"),
        Kind.INCIDENT: _("Incident"),
        What.REMAINS: _("Bodies"),
        What.PRISONERS: _("Prisoners"),
        What.CIVILIANS: _("Civilians"),
        What.CHILDREN: _("Children"),
        Modifier.EXACT: _("Exactly"),
        Modifier.AT_LEAST: _("At least"),
        Modifier.MORE_THAN: _("More than"),
        Modifier.AT_MOST: _("At most"),
        Modifier.LESS_THAN: _("Fewer than"),
        Modifier.ABOUT: _("About"),
        Modifier.ALL: pgettext_lazy("a figure", "All"),
        Modifier.VAGUE: _("An order of magnitude"),
        Status.CARRIED_OUT: _("Carried out"),
        Status.PLANNED: _("Planned"),
        Status.AGREED: _("Agreed"),
        Status.DEMANDED: _("Demanded"),
        Status.DENIED: _("Denied"),
        Scope.EVENT: _("One event"),
        Scope.CUMULATIVE: _("A running total"),
        Scope.AGREEMENT: _("What an agreement provides for"),
        ProposalState.PROPOSED: _("To decide"),
        ProposalState.ACCEPTED: _("Accepted"),
        ProposalState.CORRECTED: _("Corrected and accepted"),
        ProposalState.REJECTED: _("Rejected"),
        CheckVerdict.AGREES: _("Agrees"),
        CheckVerdict.DIFFERS: _("Differs"),
        CheckVerdict.CONTRADICTS: _("Contradicts"),
        CheckVerdict.UNKNOWN: _("Not known"),
        CheckVerdict.MISSING_FROM_TEXT: _("Missing from the text"),
    }
)


def choices(vocabulary: type[Enum], *, empty: Promise | None = None) -> list[tuple[str, Promise]]:
    """Returns a vocabulary as the choices of a form, with a choice for nothing where `empty` names it."""
    named = [(str(member.value), WORDS[member]) for member in vocabulary]
    return [("", empty), *named] if empty else named
