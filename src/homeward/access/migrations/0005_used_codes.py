"""The table in which django-allauth keeps the codes of second factors that were used, for every worker alike."""

from django.core.management import call_command
from django.db import migrations


def make_table(_apps, schema_editor):
    call_command("createcachetable", "access_cache", database=schema_editor.connection.alias, verbosity=0)


def drop_table(_apps, schema_editor):
    schema_editor.execute("DROP TABLE access_cache")


class Migration(migrations.Migration):
    dependencies = [("access", "0004_tokens_and_counts")]

    operations = [migrations.RunPython(make_table, drop_table)]
