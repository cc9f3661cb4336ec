from django.db import migrations

from homeward.journal import guards


def install(_apps, schema_editor):
    guards.install(schema_editor.connection)


def remove(_apps, schema_editor):
    guards.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_payloads")]

    operations = [migrations.RunPython(install, remove)]
