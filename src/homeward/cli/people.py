"""`homeward people`: who may sign in. Nobody signs up by themselves; whoever runs the installation adds people here."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.access.roles import TOKEN_PERMISSIONS, Role, TokenScope
from homeward.cli import database
from homeward.cli.printing import say
from homeward.errors import InputError
from homeward.journal.actors import SYSTEM, SystemActor

if TYPE_CHECKING:
    from homeward.access.models import Organisation, User

__all__ = ["commands"]

commands = typer.Typer(help="Organisations and the people who sign in.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="the e-mail address that the person signs in with")]
Person = Annotated[str, typer.Argument(help="an e-mail address or a code such as U-7K3MQ2XW")]
Roles = Annotated[list[Role], typer.Option(help="what the person does there; give it again for each further role")]
WithoutSecondFactor = Annotated[
    bool, typer.Option("--without-second-factor", help="also remove a second factor that was lost")
]


@commands.command("add-organisation")
def add_organisation(
    name: Annotated[str, typer.Argument(help="as it is shown")],
    slug: Annotated[str, typer.Option(help="its short name; made from the name if left out")] = "",
) -> None:
    """Adds an organisation."""
    database.prepare()
    from homeward.access import actions

    made = actions.add_organisation(name=name, slug=slug, by=SYSTEM)
    say(f"{made.name} ({made.slug}) was added.")


@commands.command()
def add(
    email: Email,
    organisation: Annotated[str, typer.Option(help="name or short name of an organisation")],
    role: Roles,
) -> None:
    """Adds a person. The password is asked for, or read from HOMEWARD_PASSWORD_FILE or standard input."""
    database.prepare()
    from homeward.access import actions

    house = _organisation(organisation)
    by = SystemActor(house.slug)
    user = actions.add_person(email=email, organisation=house, roles=role, password=_password(), by=by)
    say(f"{user.email} ({user.code}) was added to {house.name} as {_listed(user)}.")


@commands.command()
def roles(person: Person, role: Roles) -> None:
    """Gives a person these roles in place of those held so far."""
    database.prepare()
    from homeward.access import actions

    user = _person(person)
    actions.replace_roles(user=user, roles=role, by=_for(user))
    say(f"{user.email} is {_listed(user)} of {user.journal_organisation}.")


@commands.command()
def password(
    person: Person,
    without_second_factor: WithoutSecondFactor = False,  # noqa: FBT002
) -> None:
    """Gives a person a new password, read as by `add`."""
    database.prepare()
    from homeward.access import actions

    user = _person(person)
    actions.replace_password(
        user=user, password=_password(), without_second_factor=without_second_factor, by=_for(user)
    )
    say(f"{user.email} has a new password.")


@commands.command()
def deactivate(person: Person) -> None:
    """Closes a person's account; what they did stays in the journal."""
    database.prepare()
    from homeward.access import actions

    user = _person(person)
    actions.deactivate_person(user=user, by=_for(user))
    say(f"{user.email} cannot sign in any more.")


@commands.command("list")
def list_people() -> None:
    """Lists people with organisation, roles and code."""
    database.prepare()
    from homeward.access.queries import people_of_the_installation

    for user in people_of_the_installation():
        state = _listed(user) or "no role"
        house = user.organisation.slug if user.organisation else "no organisation"
        say("\t".join([user.email, house, state if user.is_active else "closed", user.code]))


@commands.command()
def token(
    person: Annotated[str | None, typer.Argument(help="whose machine it is: an e-mail address or a code")] = None,
    scope: Annotated[TokenScope | None, typer.Option(help="what the token opens")] = None,
    days: Annotated[int, typer.Option(help="how long it holds")] = 30,
    revoke: Annotated[str | None, typer.Option(help="ends the token of this code instead")] = None,
) -> None:
    """Makes a token for a machine and prints it once, as the last word; or ends one with --revoke."""
    if revoke is not None:
        if person is not None or scope is not None:
            raise InputError(
                place="--revoke", found="a person or a scope beside it", needed="the code of a token alone"
            )
        _revoke(revoke)
        return
    if person is None or scope is None:
        found = "no person" if person is None else "no --scope"
        raise InputError(place="token", found=found, needed="a person and --scope, or --revoke CODE")
    database.prepare()
    from homeward.access import actions

    user = _person(person)
    made, secret = actions.add_token(user=user, scope=scope, days=days, by=_for(user))
    if not user.may(TOKEN_PERMISSIONS[scope]):
        note = f"{user.email} may not {TOKEN_PERMISSIONS[scope].value}: until then the token opens nothing."
        say(note, err=True)
    until = made.expires_at.date().isoformat()
    say(f"Token {made.code} of {user.email}, {scope.value}, until {until}; it is not shown again: {secret}")


@commands.command()
def tokens(person: Annotated[str | None, typer.Argument(help="an e-mail address or a code")] = None) -> None:
    """Lists tokens with holder, scope, last day and state; never the tokens themselves."""
    database.prepare()
    from django.utils import timezone

    from homeward.access.queries import tokens_of_the_installation

    for row in tokens_of_the_installation(_person(person) if person else None):
        state = "revoked" if row.revoked_at else "expired" if row.expires_at <= timezone.now() else "open"
        say("\t".join([row.code, row.user.email, row.scope, row.expires_at.date().isoformat(), state]))


def _revoke(code: str) -> None:
    database.prepare()
    from homeward.access import actions
    from homeward.access.queries import token_named

    found = token_named(code)
    actions.revoke_token(token=found, by=_for(found.user))
    say(f"Token {found.code} opens nothing any more.")


@commands.command()
def share(
    code: Annotated[str, typer.Argument(help="the code of the object, such as A-7K3MQ2XW")],
    receiver: Annotated[str, typer.Option("--with", help="name or short name of the organisation that may see it")],
) -> None:
    """Shows another organisation one object; the code of the share is the last word."""
    database.prepare()
    from homeward.access import actions
    from homeward.access.queries import object_named, organisation_of

    row = object_named(code)
    by = SystemActor(organisation_of(row).slug)  # in the journal of the organisation whose object it is
    given = actions.share(row=row, receiver=_organisation(receiver, place="--with"), by=by)
    say(f"{given.receiver.name} may see {given.object_code}: {given.code}")


@commands.command()
def unshare(code: Annotated[str, typer.Argument(help="the code of the share, such as S-7K3MQ2XW")]) -> None:
    """Ends the sight that was given."""
    database.prepare()
    from homeward.access import actions
    from homeward.access.queries import share_named

    given = share_named(code)
    actions.revoke_share(share=given, by=SystemActor(given.giver.slug))
    say(f"{given.receiver.name} sees {given.object_code} no more.")


@commands.command()
def shares() -> None:
    """Lists shares with what is shown, by whom, to whom, and whether they are open."""
    database.prepare()
    from homeward.access.queries import shares_of_the_installation

    for row in shares_of_the_installation():
        state = "revoked" if row.revoked_at else "open"
        say("\t".join([row.code, row.object_code, row.giver.slug, row.receiver.slug, state]))


def _password() -> str:
    """Returns the first line of HOMEWARD_PASSWORD_FILE or of standard input, or what is typed twice at a terminal."""
    path = os.environ.get("HOMEWARD_PASSWORD_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").split("\n")[0]
        except (OSError, UnicodeDecodeError) as error:
            needed = "the path of a text file whose first line is the password"
            raise InputError(place="HOMEWARD_PASSWORD_FILE", found=f'"{path}"', needed=needed) from error
    if sys.stdin.isatty():
        typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")


def _organisation(name: str, *, place: str = "--organisation") -> "Organisation":
    from homeward.access.queries import organisation_named

    return organisation_named(name, place=place)


def _person(named: str) -> "User":
    from homeward.access.queries import person_named

    return person_named(named)


def _listed(user: "User") -> str:
    return ", ".join(sorted(role.value for role in user.roles))


def _for(user: "User") -> SystemActor:
    return SystemActor(user.journal_organisation)
