"""The one row that says what this installation is. A trigger of the database refuses to change it."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q

from homeward.errors import NotPermittedError
from homeward.installation.vocabulary import Kind

__all__ = ["Installation"]


def _refuse(*_given: Any, **_named: Any) -> NoReturn:
    raise NotPermittedError("an installation is real or simulated for ever")


class UnchangingQuerySet(models.QuerySet["Installation"]):
    """Reads the row; what would change or remove it is refused."""

    update = _refuse
    delete = _refuse
    bulk_update = _refuse
    update_or_create = _refuse
    aupdate = _refuse
    adelete = _refuse
    abulk_update = _refuse
    aupdate_or_create = _refuse


class Installation(models.Model):
    """Real or simulated, and since when."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in Kind])
    made = models.DateTimeField()

    objects = UnchangingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="installation_is_one"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="installation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.kind

    def save(self, **options: Any) -> None:
        """Adds the row; refuses to change the one that stands."""
        if not self._state.adding:
            _refuse()
        super().save(**{**options, "force_insert": True})

    delete = _refuse
