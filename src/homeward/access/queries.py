"""Reads of organisations and people by whoever runs the installation; the pages of staff read through `visible_to`."""

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from homeward.access.models import Organisation, Share, Token, User
from homeward.access.scoping import Ownership, owner_of
from homeward.errors import InputError

__all__ = [
    "account_named",
    "object_named",
    "organisation_named",
    "organisation_of",
    "people_of_the_installation",
    "person_named",
    "share_named",
    "shares_of_the_installation",
    "token_named",
    "tokens_of_the_installation",
]


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


def object_named(code: str) -> Model:
    """Returns the object of a code, of whatever model can be shared. Raises InputError where there is none."""
    wanted = code.strip().upper()
    for model in apps.get_models():
        ownership = getattr(model, "ownership", None)
        if isinstance(ownership, Ownership) and ownership.shared_as == model._meta.label_lower:
            found = model._default_manager.filter(**{ownership.code: wanted}).first()
            if found is not None:
                return found
    raise InputError(
        place="object", found=f'"{code}"', needed="the code of something that can be shared, as A-7K3MQ2XW"
    )


def organisation_of(row: Model) -> Organisation:
    """Returns the organisation that a row belongs to."""
    return Organisation.objects.get(pk=owner_of(row) or 0)


def shares_of_the_installation() -> QuerySet[Share]:
    """Returns every share with its two organisations."""
    shares: QuerySet[Share] = Share.objects.select_related("giver", "receiver")
    return shares


def share_named(code: str) -> Share:
    """Returns the share of a code. Raises InputError where there is none."""
    found = shares_of_the_installation().filter(code=code.strip().upper()).first()
    if found is None:
        needed = "the code of a share, such as S-7K3MQ2XW (`homeward people shares`)"
        raise InputError(place="share", found=f'"{code}"', needed=needed)
    return found


def organisation_named(name: str, *, place: str) -> Organisation:
    """Returns the organisation of a name, a short name or a code. Raises InputError at `place` where there is none."""
    found = Organisation.objects.filter(Q(name=name) | Q(slug=name) | Q(code=name.upper())).first()
    if found is None:
        known = ", ".join(Organisation.objects.values_list("slug", flat=True)) or "none yet"
        needed = f"the name or short name of an organisation (there are: {known})"
        raise InputError(place=place, found=f'"{name}"', needed=needed)
    return found
