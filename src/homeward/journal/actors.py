"""Who can act: a person, or the installation itself."""

from dataclasses import dataclass
from typing import Protocol

__all__ = ["SYSTEM", "Actor", "SystemActor"]


class Actor(Protocol):
    """Whoever an event names: a code that outlives the person's account, and the organisation acted for."""

    @property
    def journal_actor(self) -> str:
        """The code that stands in the journal; never an e-mail address."""

    @property
    def journal_organisation(self) -> str:
        """The short name of the organisation, or nothing."""


@dataclass(frozen=True)
class SystemActor:
    """The installation: the command line and the shipped record; `organisation` is the one that the act concerns."""

    organisation: str = ""

    @property
    def journal_actor(self) -> str:
        """The name of the installation in the journal."""
        return "system"

    @property
    def journal_organisation(self) -> str:
        """The organisation that the act concerns, or nothing."""
        return self.organisation


SYSTEM = SystemActor()
