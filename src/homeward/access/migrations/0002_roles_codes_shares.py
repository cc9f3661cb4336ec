"""Several roles a person, opaque codes for organisations, shares. Rows that stand keep their role and get a code."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F, Q

import homeward.access.models

ROLES = [
    "registrar",
    "custody_officer",
    "examiner",
    "geneticist",
    "family_liaison",
    "board_member",
    "exchange_officer",
    "auditor",
    "administrator",
]


def keep_roles(apps, _schema_editor):
    membership, held = apps.get_model("access", "Membership"), apps.get_model("access", "MembershipRole")
    held.objects.bulk_create(
        held(membership_id=row.pk, role=row.role) for row in membership.objects.order_by("pk").iterator()
    )


def give_codes(apps, _schema_editor):
    organisation = apps.get_model("access", "Organisation")
    for row in organisation.objects.order_by("pk"):
        row.code = homeward.access.models.new_organisation_code()
        row.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="MembershipRole",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(choices=[(role, role) for role in ROLES], max_length=32)),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="roles", to="access.membership"
                    ),
                ),
            ],
            options={
                "ordering": ["membership", "role"],
                "constraints": [
                    models.UniqueConstraint(fields=("membership", "role"), name="membership_role_once"),
                    models.CheckConstraint(condition=Q(role__in=ROLES), name="role_is_known"),
                ],
            },
        ),
        migrations.RunPython(keep_roles, migrations.RunPython.noop, elidable=False),
        migrations.AddField(
            model_name="organisation",
            name="code",
            field=models.CharField(editable=False, max_length=16, null=True),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=False),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        default=homeward.access.models.new_share_code, editable=False, max_length=16, unique=True
                    ),
                ),
                ("model", models.CharField(max_length=100)),
                ("object_code", models.CharField(max_length=64)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("revoked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares_given",
                        to="access.organisation",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shares_received",
                        to="access.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(revoked_at__isnull=True),
                        fields=("receiver", "model", "object_code", "giver"),
                        name="share_lives_once",
                    ),
                    models.CheckConstraint(condition=~Q(giver=F("receiver")), name="share_with_another"),
                    models.CheckConstraint(
                        condition=~Q(model="") & ~Q(object_code=""), name="share_names_an_object"
                    ),
                ],
            },
        ),
    ]
