from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "homeward.jobs"
    label = "jobs"
    verbose_name = "Background work"

    def ready(self) -> None:
        autodiscover_modules("background")  # each app declares its kinds of work there
