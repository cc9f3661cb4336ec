"""What an app brings to the frame of the site: entries of the menu, what waits for a person, what the search finds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig, apps
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from homeward.access.declarations import Door
from homeward.access.roles import Permission

if TYPE_CHECKING:
    from homeward.access.models import User

__all__ = ["Entry", "Group", "Hit", "SiteApp", "Waiting", "found_by", "menu_for", "waiting_for"]

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """A page in the menu, and who finds it there; `order` is its place among all entries."""

    label: Words
    url_name: str
    order: int
    door: Door = Door.PUBLIC
    permission: Permission | None = None

    def is_for(self, user: "User | None") -> bool:
        """Returns whether this person (None is a visitor) may open the page."""
        if self.door is Door.PUBLIC:
            return True
        if user is None:
            return False
        return self.permission is None or user.may(self.permission)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits for a person: what, why, since when."""

    what: Words
    why: Words
    since: datetime | None
    address: str


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One thing that the search found."""

    name: str
    about: str
    address: str


@dataclass(frozen=True)
class Group:
    """What the search found of one kind; `more` counts what is not shown."""

    title: Words
    hits: Sequence[Hit]
    more: int = 0


class SiteApp(AppConfig):
    """An app with pages. What it does not declare, it does not bring."""

    default = False  # each app's own class says that it is the one
    menu: tuple[Entry, ...] = ()

    def waiting(self, _user: "User") -> list[Waiting]:
        """Returns what waits for this person in this app."""
        return []

    def search(self, _query: str, _user: "User | None") -> list[Group]:
        """Returns what fits the query and this person (None is a visitor) may see."""
        return []


def menu_for(user: "User | None") -> list[tuple[Entry, str]]:
    """Returns the menu of a person or a visitor in its order, each entry with its address."""
    entries = sorted((entry for app in _site_apps() for entry in app.menu), key=lambda entry: entry.order)
    return [(entry, address) for entry in entries if entry.is_for(user) and (address := _address(entry))]


def waiting_for(user: "User") -> list[Waiting]:
    """Returns what waits for a person, oldest first; what has no age comes last."""
    rows = [row for app in _site_apps() for row in app.waiting(user)]
    return sorted(rows, key=lambda row: (row.since is None, row.since.timestamp() if row.since else 0.0))


def found_by(query: str, user: "User | None") -> list[Group]:
    """Returns what every app finds, group by group; groups without a hit are left out."""
    return [group for app in _site_apps() for group in app.search(query, user) if group.hits]


def _site_apps() -> Iterator[SiteApp]:
    return (app for app in apps.get_app_configs() if isinstance(app, SiteApp))


def _address(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:  # an installation without that app's pages
        return ""
