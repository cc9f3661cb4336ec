"""The tables of access: organisations, people and their roles, shares, tokens, and counts of failed sign-ins."""

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from homeward.access.codes import code_of
from homeward.access.pace import Counted
from homeward.access.roles import Permission, Role, TokenScope, permits
from homeward.access.scoping import OrganisationScoped, Ownership, ScopedQuerySet

__all__ = [
    "Membership",
    "MembershipRole",
    "Organisation",
    "Share",
    "SignInCount",
    "Token",
    "User",
    "new_code",
    "new_organisation_code",
    "new_share_code",
    "new_token_code",
]


def new_code() -> str:
    """Returns a fresh code for a person who signs in, such as U-7K3MQ2XW: what the journal knows them by."""
    return code_of("U")


def new_organisation_code() -> str:
    """Returns a fresh code for an organisation."""
    return code_of("O")


def new_share_code() -> str:
    """Returns a fresh code for a share."""
    return code_of("S")


def new_token_code() -> str:
    """Returns a fresh code for a token, which names it without opening anything."""
    return code_of("T")


class Organisation(models.Model):
    """A bureau, headquarters, institute or intermediary that uses this installation."""

    code = models.CharField(max_length=16, unique=True, default=new_organisation_code, editable=False)
    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=64, unique=True)

    # It belongs to itself, for actions on it; its name is no secret on the installation, so it is not scoped.
    ownership: ClassVar[Ownership] = Ownership(organisation="pk")

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="organisation_is_named")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"].from_queryset(ScopedQuerySet["User"])):  # type: ignore[misc]
    """Finds people by the e-mail address that they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(email=(username or "").lower())
        return found


class User(AbstractBaseUser, OrganisationScoped):
    """A person who signs in. The journal names them by `code` alone, so that an address can be removed later."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    language = models.CharField(max_length=8, blank=True)  # none chosen: cookie and browser decide
    keys = models.BooleanField(default=True)  # whether single keys act (WCAG 2.1.4)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    ownership: ClassVar[Ownership] = Ownership(organisation="membership__organisation")

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower(F("email"))) & ~Q(email=""), name="user_email_lower_case")
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def organisation(self) -> Organisation | None:
        """The organisation that this person works for, or None."""
        membership = self._membership()
        return membership.organisation if membership else None

    @property
    def acting_organisation(self) -> Organisation | None:
        """The organisation that this person acts for now: none once the account is closed."""
        return self.organisation if self.is_active else None

    @cached_property
    def roles(self) -> frozenset[Role]:
        """What this person does there; read once, since a page asks for a dozen permissions."""
        membership = self._membership()
        return frozenset(Role(row.role) for row in membership.roles.all()) if membership else frozenset()

    def forget_roles(self) -> None:
        """Has the roles read again when they are asked for next, after they were changed."""
        self.__dict__.pop("roles", None)
        self._state.fields_cache.pop("membership", None)

    def may(self, permission: Permission) -> bool:
        """Returns whether this person may do this."""
        return self.is_active and permits(self.roles, permission)

    @property
    def journal_actor(self) -> str:
        """The code that stands in the journal."""
        return self.code

    @property
    def journal_organisation(self) -> str:
        """The short name of the organisation, or nothing."""
        return self.organisation.slug if self.organisation else ""

    def _membership(self) -> "Membership | None":
        try:
            return self.membership
        except Membership.DoesNotExist:
            return None


class Membership(OrganisationScoped):
    """The one organisation that a person works for. Who works for two has two accounts."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="membership")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")

    class Meta:
        ordering = ["organisation", "user"]

    def __str__(self) -> str:
        return f"{self.user} of {self.organisation}"


class MembershipRole(OrganisationScoped):
    """One role that a person holds in their organisation."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in Role])

    ownership: ClassVar[Ownership] = Ownership(organisation="membership__organisation")

    class Meta:
        ordering = ["membership", "role"]
        constraints = [
            models.UniqueConstraint(fields=["membership", "role"], name="membership_role_once"),
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.role}"


class Share(OrganisationScoped):
    """Sight of one object, given by the organisation that it belongs to, until it is revoked. Never the right to act.

    The object is named by model and code, so that every app can share what is its own without a table for it here.
    """

    code = models.CharField(max_length=16, unique=True, default=new_share_code, editable=False)
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shares_given")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="shares_received")
    model = models.CharField(max_length=100)
    object_code = models.CharField(max_length=64)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    ownership: ClassVar[Ownership] = Ownership(organisation="giver")

    class Meta:
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["receiver", "model", "object_code", "giver"],
                condition=Q(revoked_at__isnull=True),
                name="share_lives_once",
            ),
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="share_with_another"),
            models.CheckConstraint(condition=~Q(model="") & ~Q(object_code=""), name="share_names_an_object"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_code} to {self.receiver}"


class Token(OrganisationScoped):
    """What a machine shows in place of a person's password: one scope, until a day. The token itself is not kept."""

    code = models.CharField(max_length=16, unique=True, default=new_token_code, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    scope = models.CharField(max_length=32, choices=[(scope.value, scope.value) for scope in TokenScope])
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, editable=False)

    ownership: ClassVar[Ownership] = Ownership(organisation="user__membership__organisation")

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(scope__in=[s.value for s in TokenScope]), name="token_scope_is_known"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_expires_after_it_is_made"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.scope} for {self.user}"


class SignInCount(models.Model):
    """How often signing in failed for an account, an address or both, under a digest that names neither."""

    key = models.CharField(max_length=64, unique=True)
    counted = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Counted])
    failures = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    last = models.DateTimeField(db_index=True)
    not_before = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last"]

    def __str__(self) -> str:
        return f"{self.counted}: {self.failures}"
