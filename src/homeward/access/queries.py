"""Reads of organisations and people by whoever runs the installation; the pages of staff read through `visible_to`."""

from django.db.models import Q, QuerySet

from homeward.access.models import Token, User
from homeward.errors import InputError

__all__ = ["account_named", "people_of_the_installation", "person_named", "token_named", "tokens_of_the_installation"]


def account_named(email: str) -> User | None:
    """Returns whose address somebody signs in with, open or closed; None where it is nobody's."""
    return people_of_the_installation().filter(email=email).first()


def people_of_the_installation() -> QuerySet[User]:
    """Returns everybody of every organisation, with organisation and roles."""
    people: QuerySet[User] = User.objects.all()
    return people.select_related("membership__organisation").prefetch_related("membership__roles")


def person_named(named: str) -> User:
    """Returns the person of an e-mail address or a code. Raises InputError where there is none."""
    given = named.strip()
    found = people_of_the_installation().filter(Q(email=given.lower()) | Q(code=given.upper())).first()
    if found is None:
        needed = "the address or the code of somebody who was added (`homeward people list`)"
        raise InputError(place="person", found=f'"{named}"', needed=needed)
    return found


def tokens_of_the_installation(user: User | None = None) -> QuerySet[Token]:
    """Returns every token with its holder, or those of one person."""
    tokens: QuerySet[Token] = Token.objects.select_related("user__membership__organisation")
    return tokens.filter(user=user) if user else tokens


def token_named(code: str) -> Token:
    """Returns the token of a code. Raises InputError where there is none."""
    found = tokens_of_the_installation().filter(code=code.strip().upper()).first()
    if found is None:
        needed = "the code of a token, such as T-7K3MQ2XW (`homeward people tokens`)"
        raise InputError(place="token", found=f'"{code}"', needed=needed)
    return found
