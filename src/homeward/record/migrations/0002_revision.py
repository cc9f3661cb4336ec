import secrets

from django.db import migrations, models


def stamp_what_stands(apps, _schema_editor):
    """A record that actions wrote already gets its first stamp; an empty one waits for the first action."""
    if apps.get_model("journal", "Event").objects.filter(action__startswith="record.").exists():
        apps.get_model("record", "Revision").objects.create(pk=1, stamp=secrets.token_hex(16))


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial"), ("journal", "0002_payloads")]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("stamp", models.CharField(max_length=32)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="record_has_one_revision")],
            },
        ),
        migrations.RunPython(stamp_what_stands, migrations.RunPython.noop),
    ]
