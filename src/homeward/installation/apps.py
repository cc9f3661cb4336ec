from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "homeward.installation"
    label = "installation"
    verbose_name = "Installation"
