"""The tables of access: organisations, people, and which role a person has in which organisation."""

import secrets
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from homeward.access.roles import Permission, Role, permits

__all__ = ["Membership", "Organisation", "User", "new_code"]

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that are mistaken for one another


def new_code() -> str:
    """Returns a fresh code for a person, such as P-7K3MQ2XW: what the journal knows them by."""
    return "P-" + "".join(secrets.choice(_LETTERS) for _ in range(8))


class Organisation(models.Model):
    """A bureau, headquarters, institute or intermediary that uses this installation."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=64, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="organisation_is_named")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by the e-mail address that they sign in with."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who signs in. The journal names them by `code` alone, so that an address can be removed later."""

    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

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
    def role(self) -> Role | None:
        """What this person does there, or None."""
        membership = self._membership()
        return Role(membership.role) if membership else None

    def may(self, permission: Permission) -> bool:
        """Returns whether this person may do this."""
        return self.is_active and permits(self.role, permission)

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


class Membership(models.Model):
    """The one organisation that a person works for, and the role there. Who works for two has two accounts."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="membership")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in Role])

    class Meta:
        ordering = ["organisation", "user"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="membership_role_is_known")
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.role} of {self.organisation}"
