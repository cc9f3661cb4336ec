"""Every write to organisations and people; each is one transaction with one event in the journal."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.text import slugify

from homeward.access.authorisation import authorise, authorise_operator
from homeward.access.models import Membership, MembershipRole, Organisation, Share, Token, User
from homeward.access.preferences import language_of
from homeward.access.roles import Permission, Role, TokenScope
from homeward.access.scoping import Ownership, owner_of
from homeward.access.tokens import digest_of, new_secret
from homeward.errors import InputError
from homeward.journal.actions import write
from homeward.journal.actors import Actor

__all__ = [
    "add_organisation",
    "add_person",
    "add_token",
    "choose_language",
    "deactivate_person",
    "replace_password",
    "replace_roles",
    "revoke_share",
    "revoke_token",
    "share",
    "switch_keys",
]

MOST_DAYS_OF_A_TOKEN = 366


def add_organisation(*, name: str, by: Actor, slug: str = "") -> Organisation:
    """Adds an organisation; `slug`, its short name in addresses and in the journal, is made from the name if absent."""
    authorise_operator(by)
    name = name.strip()
    slug = slug or slugify(name)[:64]
    if not name or len(name) > 200:
        raise InputError(place="organisation", found=f'the name "{name[:40]}"', needed="1 to 200 characters")
    if not slug or slug != slugify(slug) or len(slug) > 64:
        needed = "a short name of small Latin letters, digits and hyphens: give one with --slug"
        raise InputError(place="organisation", found=f'"{slug[:70] or name}"', needed=needed)
    try:
        with transaction.atomic():
            organisation = Organisation.objects.create(name=name, slug=slug)
            write(
                by=by,
                action="access.organisation_added",
                subject=f"organisation:{organisation.code}",
                data={"slug": slug},
            )
    except IntegrityError as error:
        needed = "a name and a short name that no organisation has yet"
        raise InputError(place="organisation", found=f'"{name}" ({slug})', needed=needed) from error
    return organisation


def add_person(*, email: str, organisation: Organisation, roles: Iterable[Role], password: str, by: Actor) -> User:
    """Adds a person to an organisation in one role or several. The journal holds the person's code, not the address."""
    authorise(by, Permission.MANAGE_PEOPLE, organisation)
    held = _checked(roles)
    user = User(email=email.strip().lower())
    try:
        validate_email(user.email)
    except ValidationError as error:
        raise InputError(place="person", found=f'"{user.email}"', needed="an e-mail address") from error
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save()
            _hold(Membership.objects.create(user=user, organisation=organisation), held)
            data = {"organisation": organisation.slug, "roles": [role.value for role in held]}
            write(by=by, action="access.person_added", subject=f"person:{user.code}", data=data)
    except IntegrityError as error:
        needed = "an address that nobody uses here yet"
        raise InputError(place="person", found=f'"{user.email}"', needed=needed) from error
    return user


def replace_roles(*, user: User, roles: Iterable[Role], by: Actor) -> None:
    """Gives a person these roles and no other; doing it again changes nothing."""
    authorise(by, Permission.MANAGE_PEOPLE, user)
    held = _checked(roles)
    with transaction.atomic():
        membership = Membership.objects.select_for_update().filter(user=user).first()
        if membership is None:
            raise InputError(place="person", found=f'"{user.email}", of no organisation', needed="a member of one")
        before = sorted(membership.roles.values_list("role", flat=True))
        after = [role.value for role in held]
        if before == after:
            return
        membership.roles.all().delete()
        _hold(membership, held)
        data = {"before": before, "after": after}
        write(by=by, action="access.roles_replaced", subject=f"person:{user.code}", data=data)
    user.forget_roles()


def replace_password(*, user: User, password: str, without_second_factor: bool, by: Actor) -> None:
    """Gives a person who cannot sign in a new password and, where asked, removes a lost second factor."""
    authorise(by, Permission.MANAGE_PEOPLE, user)
    _set_password(user, password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        if without_second_factor:
            Authenticator.objects.filter(user=user).delete()
        data = {"second_factor_removed": without_second_factor}
        write(by=by, action="access.password_replaced", subject=f"person:{user.code}", data=data)


def deactivate_person(*, user: User, by: Actor) -> None:
    """Closes a person's account: they are signed out at their next request and cannot sign in again."""
    authorise(by, Permission.MANAGE_PEOPLE, user)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        write(by=by, action="access.person_deactivated", subject=f"person:{user.code}", data={})


def share(*, row: Model, receiver: Organisation, by: Actor) -> Share:
    """Gives another organisation sight of one object and its parts, and returns the share; what stands is left alone.

    Raises ValueError for a row that is only a part of something, or of a model that no other organisation may see.
    """
    authorise(by, Permission.SHARE_OBJECTS, row)
    ownership = getattr(row, "ownership", None)
    model = row._meta.label_lower
    if not isinstance(ownership, Ownership) or ownership.shared_as != model:
        raise ValueError(f"{model} is not shared by itself")
    if owner_of(row) == receiver.pk:
        raise InputError(place="share", found=f'"{receiver.slug}"', needed="another organisation than the owner")
    named = {"giver_id": owner_of(row), "receiver": receiver, "model": model, "object_code": row.code}  # type: ignore[attr-defined]
    with transaction.atomic():
        given, is_new = Share.objects.get_or_create(**named, revoked_at=None)
        if is_new:
            data = {"share": given.code, "receiver": receiver.slug}
            write(by=by, action="access.shared", subject=_subject(given), data=data)
    return given


def revoke_share(*, share: Share, by: Actor) -> None:
    """Ends the sight that was given; what was seen meanwhile stays seen. Doing it again changes nothing."""
    authorise(by, Permission.SHARE_OBJECTS, share)
    with transaction.atomic():
        living = Share.objects.filter(pk=share.pk, revoked_at__isnull=True)
        if living.update(revoked_at=timezone.now()):
            data = {"share": share.code, "receiver": share.receiver.slug}
            write(by=by, action="access.share_revoked", subject=_subject(share), data=data)


def add_token(*, user: User, scope: TokenScope, days: int, by: Actor) -> tuple[Token, str]:
    """Returns a token for a machine that acts for `user`, and its secret, which nobody can be told again."""
    authorise(by, Permission.MANAGE_PEOPLE, user)
    if not 1 <= days <= MOST_DAYS_OF_A_TOKEN:
        raise InputError(place="--days", found=str(days), needed=f"1 to {MOST_DAYS_OF_A_TOKEN}")
    if user.acting_organisation is None:
        raise InputError(place="person", found=f'"{user.email}", who may do nothing here', needed="an open account")
    secret = new_secret()
    now = timezone.now()
    with transaction.atomic():
        token = Token.objects.create(
            digest=digest_of(secret), user=user, scope=scope.value, made_at=now, expires_at=now + timedelta(days=days)
        )
        data = {"person": user.code, "scope": scope.value, "days": days}
        write(by=by, action="access.token_made", subject=f"token:{token.code}", data=data)
    return token, secret


def revoke_token(*, token: Token, by: Actor) -> None:
    """Ends a token at once; doing it again changes nothing."""
    authorise(by, Permission.MANAGE_PEOPLE, token)
    with transaction.atomic():
        if Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now()):
            data = {"person": token.user.code}
            write(by=by, action="access.token_revoked", subject=f"token:{token.code}", data=data)


def choose_language(*, user: User, language: str) -> None:
    """Keeps the language that a person wants to read in."""
    language = language_of(language)
    if user.language == language:
        return
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(language=language)
        write(by=user, action="access.language_chosen", subject=f"person:{user.code}", data={"language": language})


def switch_keys(*, user: User, on: bool) -> None:
    """Keeps whether single keys act on this person's pages."""
    if user.keys == on:
        return
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(keys=on)
        write(by=user, action="access.keys_switched", subject=f"person:{user.code}", data={"on": on})


def _subject(share: Share) -> str:
    return f"{share.model.split('.')[-1]}:{share.object_code}"


def _checked(roles: Iterable[Role]) -> list[Role]:
    """Returns the roles, each once, in the order of their names; refuses none at all."""
    held = sorted(set(roles), key=lambda role: role.value)
    if not held:
        raise InputError(place="--role", found="no role", needed="one or more of: " + ", ".join(r.value for r in Role))
    return held


def _hold(membership: Membership, roles: list[Role]) -> None:
    MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=role.value) for role in roles)


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InputError(
            place="password", found="one that is easy to guess", needed=" ".join(error.messages)
        ) from error
    user.set_password(password)
