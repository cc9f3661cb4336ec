"""Columns and constraints that the tables of the record share: EDTF dates, quantities, vocabularies."""

from enum import Enum
from typing import Any

from django.db import models

__all__ = ["choices", "edtf_field", "ordered", "quantity_constraint", "vocabulary"]


def choices(vocabulary: type[Enum]) -> list[tuple[str, str]]:
    """Returns a closed vocabulary as Django choices."""
    return [(member.value, member.value.replace("_", " ")) for member in vocabulary]


def vocabulary(name: str, column: str, members: type[Enum], *, empty: bool = False) -> models.CheckConstraint:
    """Returns the constraint that a column holds a word of a closed vocabulary, or nothing where `empty`."""
    allowed = [member.value for member in members] + ([""] if empty else [])
    return models.CheckConstraint(condition=models.Q(**{f"{column}__in": allowed}), name=name)


def ordered(name: str, first: str, last: str) -> models.CheckConstraint:
    """Returns the constraint that `first` is not above `last`; either may be absent."""
    condition = models.Q(**{f"{first}__isnull": True}) | models.Q(**{f"{last}__isnull": True})
    return models.CheckConstraint(condition=condition | models.Q(**{f"{first}__lte": models.F(last)}), name=name)


def quantity_constraint(name: str) -> models.CheckConstraint:
    """Returns the constraint that a quantity is absent, has no number ("all", "vague"), or has one, low to high."""
    # "All" and "hundreds" are said on purpose and kept apart from a figure that nobody gave.
    numberless = models.Q(low__isnull=True, high__isnull=True, modifier__in=["", "all", "vague"])
    numbered = ~models.Q(modifier="") & (models.Q(low__isnull=False) | models.Q(high__isnull=False))
    in_order = models.Q(low__isnull=True) | models.Q(high__isnull=True) | models.Q(low__lte=models.F("high"))
    return models.CheckConstraint(condition=numberless | (numbered & in_order), name=name)


def edtf_field(**options: Any) -> "models.CharField[str, str]":
    """Returns the column of an EDTF date as it was written."""
    return models.CharField(max_length=60, blank=True, **options)
