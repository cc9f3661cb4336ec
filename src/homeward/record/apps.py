from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "homeward.record"
    label = "record"
    verbose_name = "Public record"
