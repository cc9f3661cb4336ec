"""The one row that says what this installation is, and the trigger that keeps it as it is."""

from django.db import migrations, models
from django.db.models import Q

SQLITE = """
CREATE TRIGGER installation_is_for_ever BEFORE UPDATE ON installation_installation
BEGIN SELECT RAISE(ABORT, 'an installation is real or simulated for ever'); END
"""
POSTGRESQL = """
CREATE FUNCTION installation_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'an installation is real or simulated for ever'; END $$;
CREATE TRIGGER installation_is_for_ever BEFORE UPDATE ON installation_installation
FOR EACH ROW EXECUTE FUNCTION installation_is_for_ever()
"""


def keep(_apps, schema_editor):
    schema_editor.execute(SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL)


def let_go(_apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER installation_is_for_ever")
    else:
        schema_editor.execute("DROP FUNCTION installation_is_for_ever() CASCADE")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("kind", models.CharField(choices=[("real", "real"), ("simulated", "simulated")], max_length=16)),
                ("made", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(("id", 1)), name="installation_is_one"),
                    models.CheckConstraint(
                        condition=Q(("kind__in", ["real", "simulated"])), name="installation_kind_known"
                    ),
                ],
            },
        ),
        migrations.RunPython(keep, let_go),
    ]
