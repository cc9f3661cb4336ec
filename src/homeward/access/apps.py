"""The Django app of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Holds organisations, people and their roles."""

    name = "homeward.access"
    label = "access"
    verbose_name = "Access"
