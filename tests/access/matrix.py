"""The access matrix: every model, page and API route, met by everybody who might come.

An API route is a URL pattern like any other, so it is walked as soon as it stands in the URL root.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from homeward.access.declarations import Declaration, Door, declaration_of
from homeward.access.models import User
from homeward.access.scoping import OrganisationScoped

# Models whose rows belong to no organisation, each with the reason why. Anything else must be OrganisationScoped.
UNSCOPED: Mapping[str, str] = {
    "access.organisation": "its name is known to everybody on the installation, so that one can share with it",
    "access.signincount": "digests and numbers, shown on no page",
    "account.emailaddress": "of django-allauth; stays empty, since nobody signs up and no mail is sent",
    "account.emailconfirmation": "of django-allauth; stays empty",
    "auth.group": "of Django; stays empty, roles take its place",
    "auth.permission": "of Django; names its own permissions, which nothing here asks for",
    "contenttypes.contenttype": "of Django; names of models",
    "django_tasks_database.dbtaskresult": "of django-tasks; names jobs by their codes",
    "installation.installation": "one row that says real or SIMULATED, shown to everybody",
    "jobs.worker": "a process of the installation",
    "journal.chainhead": "one number and one hash for the whole installation",
    "journal.checkpoint": "a statement that is made to be handed out",
    "journal.event": "read through journal.queries.events_seen_by, which takes the reader's organisation",
    "journal.payload": "what an event says, read with its event",
    "journal.read": "the log of who saw whose data, shown on no page",
    "mfa.authenticator": "of django-allauth; its pages show a person their own alone",
    "public.rendition": "the public brief as a document",
    "record.agreement": "public record",
    "record.anchor": "public record",
    "record.ordinal": "public record",
    "record.claim": "public record",
    "record.commitment": "public record",
    "record.excerpt": "public record",
    "record.exchange": "public record",
    "record.party": "public record",
    "record.revision": "one stamp for the whole record",
    "record.source": "public record",
    "record.statement": "public record",
    "record.transfer": "public record",
    "sessions.session": "of Django; reached by the secret in a cookie alone",
}

# Pages of staff whose address names an object that belongs to no organisation.
OF_NOBODY: Mapping[str, str] = {"access:checkpoint": "a checkpoint is made to be handed out"}

# Pages of django-allauth about one's own second factor, which do not exist for who has none.
WITHOUT_A_FACTOR = frozenset(
    {"mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_generate_recovery_codes", "mfa_view_recovery_codes"}
)

METHODS = ("get", "post")


@dataclass(frozen=True)
class Viewer:
    """Somebody who might come: a person, or nobody, and whether the examples are of their organisation."""

    name: str
    user: User | AnonymousUser
    own: bool = False


@dataclass(frozen=True)
class Route:
    """A page or API route with who may open it; `of_example` says that its address names the example's object."""

    name: str
    address: str
    declaration: Declaration | None
    of_example: bool = False


@dataclass
class Report:
    """What a walk found: how many cases, and each that came out otherwise than declared."""

    n_cases: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, fault: str) -> None:
        """Counts a case, with its fault where it has one."""
        self.n_cases += 1
        if fault:
            self.faults.append(fault)


def scoped_models(among: Iterable[type[models.Model]] | None = None) -> list[type[models.Model]]:
    """Returns the models whose rows belong to an organisation."""
    return [model for model in (among or apps.get_models()) if issubclass(model, OrganisationScoped)]


def unaccounted_models(among: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Returns the models that are neither scoped nor listed with a reason, and the reasons that lack their model."""
    found = {model._meta.label_lower for model in (among or apps.get_models())}
    scoped = {model._meta.label_lower for model in scoped_models(among)}
    return sorted(found - scoped - UNSCOPED.keys()) + sorted(UNSCOPED.keys() - found) + sorted(UNSCOPED.keys() & scoped)


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yields every URL pattern with its full name."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        else:
            yield f"{namespace}{entry.name}", entry


def routes(resolver: URLResolver, arguments: Mapping[str, Mapping[str, object]]) -> list[Route]:
    """Returns every route with an address to try; `arguments` says which object each address with a parameter names.

    Raises ValueError for a page of staff whose parameters it does not know: a new one must say what it shows.
    """
    found = []
    for name, entry in patterns(resolver):
        declaration = declaration_of(entry.callback, entry.name)
        needed = set(entry.pattern.regex.groupindex)
        known = arguments.get(name)
        if needed and known is None:
            raise ValueError(f"the access matrix knows no object for {name}({', '.join(sorted(needed))})")
        address = reverse(name, kwargs=dict(known or {}))
        of_staff = declaration is not None and declaration.door in {Door.SIGNED_IN, Door.PERMISSION}
        of_example = bool(needed) and of_staff and name not in OF_NOBODY
        found.append(Route(name, address, declaration, of_example))
    return found


def walk_models(viewers: Iterable[Viewer], examples: Mapping[str, models.Model], *, shown: Iterable[str]) -> Report:
    """Meets each viewer with the example of each scoped model; `shown` names the models shared with the others."""
    report, shown = Report(), set(shown)
    for model in scoped_models():
        label = model._meta.label_lower
        example = examples[label]
        for viewer in viewers:
            if not isinstance(viewer.user, User):
                continue
            rows = model._default_manager.filter(pk=example.pk)
            seen = rows.visible_to(viewer.user).exists()  # type: ignore[attr-defined]
            owned = rows.owned_by(viewer.user).exists()  # type: ignore[attr-defined]
            expected = (viewer.own or label in shown, viewer.own)
            fault = f"{label}: {viewer.name} sees {seen} and owns {owned}, not {expected}"
            report.note("" if (seen, owned) == expected else fault)
    return report


def walk_routes(viewers: Iterable[Viewer], found: Iterable[Route], *, secrets: Iterable[str]) -> Report:
    """Meets each viewer with each route and method; what the request writes is taken back.

    `secrets` are words of the examples: no answer to somebody of another organisation may hold one of them.
    """
    report, secrets = Report(), list(secrets)
    for viewer in viewers:
        client = Client()
        if isinstance(viewer.user, User):
            client.force_login(viewer.user)
        cookies = client.cookies.output()
        for route in found:
            for method in METHODS:
                client.cookies.load(cookies.replace("Set-Cookie: ", ""))
                with transaction.atomic():
                    response = getattr(client, method)(route.address)
                    transaction.set_rollback(True)
                report.note(_fault(viewer, route, method, response, secrets))
    return report


def _fault(viewer: Viewer, route: Route, method: str, response: HttpResponse, secrets: list[str]) -> str:
    place = f"{method.upper()} {route.name} for {viewer.name}"
    if route.declaration is None:
        return f"{place}: the view declares nobody"
    told = b"".join(response) if getattr(response, "streaming", False) else response.content
    leaks = [secret for secret in secrets if secret in told.decode("utf-8", "replace")]
    if leaks and not viewer.own:
        return f"{place}: the answer holds {leaks}"
    wanted = _let_in(viewer, route)
    kept_out = response.status_code in {403, 404} or _is_sent_to_sign_in(response)
    no_such_method = response.status_code == 405  # told alike to everybody whom the page's own check comes after
    if no_such_method or (response.status_code == 404 and route.name in WITHOUT_A_FACTOR):
        return ""
    if kept_out == wanted:
        return f"{place}: {'kept out' if wanted else 'let in'} with {response.status_code}"
    return ""


def _is_sent_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(f"{reverse('account_login')}?next=")


def _let_in(viewer: Viewer, route: Route) -> bool:
    assert route.declaration is not None
    match route.declaration.door:
        case Door.CLOSED:
            return False
        case Door.PUBLIC:
            return True
        case Door.SIGNED_IN:
            person = isinstance(viewer.user, User) and viewer.user.is_active
            return person and (viewer.own or not route.of_example)
        case Door.PERMISSION:
            assert route.declaration.permission is not None
            person = isinstance(viewer.user, User) and viewer.user.may(route.declaration.permission)
            return person and (viewer.own or not route.of_example)
