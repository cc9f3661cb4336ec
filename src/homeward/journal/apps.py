"""The Django app of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Holds the chain of events and the checkpoints that were signed."""

    name = "homeward.journal"
    label = "journal"
    verbose_name = "Journal"
