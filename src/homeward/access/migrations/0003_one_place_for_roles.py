"""The single role of a membership goes, now that every row was kept; every organisation has its code."""

from django.db import migrations, models

import homeward.access.models


class Migration(migrations.Migration):
    # Apart from the migration before: PostgreSQL alters no table in the transaction that still has rows of it pending.
    dependencies = [("access", "0002_roles_codes_shares")]

    operations = [
        migrations.RemoveConstraint(model_name="membership", name="membership_role_is_known"),
        migrations.RemoveField(model_name="membership", name="role"),
        migrations.AlterField(
            model_name="organisation",
            name="code",
            field=models.CharField(
                default=homeward.access.models.new_organisation_code, editable=False, max_length=16, unique=True
            ),
        ),
    ]
