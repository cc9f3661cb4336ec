"""Run as a program: a database of the time when a person had one role, brought up to date; prints what became of it."""

import django
from django.core.management import call_command


def main() -> None:
    """Makes the database of HOMEWARD_DATA_DIR or HOMEWARD_DATABASE_URL as it was, fills it and migrates it."""
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    call_command("migrate", "record", "0001", verbosity=0)
    call_command("migrate", "access", "0001", verbosity=0)
    old = MigrationExecutor(connection).loader.project_state([("access", "0001_initial"), ("record", "0001_initial")])
    row = old.apps.get_model
    bureau = row("access", "Organisation").objects.create(name="Bureau of Alpha", slug="bureau-of-alpha")
    for name, role in (("alice", "registrar"), ("bob", "auditor")):
        user = row("access", "User").objects.create(email=f"{name}@example.org", code=f"P-{name.upper()}")
        row("access", "Membership").objects.create(user=user, organisation=bureau, role=role)
    for digest in ("1" * 64, "2" * 64):
        row("record", "Article").objects.create(
            organisation=bureau, submitted_by=user, submitted_at="2026-01-29T08:00Z", text="text", text_sha256=digest
        )
    call_command("migrate", verbosity=0)

    from homeward.access.models import Organisation, User
    from homeward.record.models import Article

    for person in User.objects.order_by("email"):
        print(person.email, person.code, *(role.value for role in person.roles))
    codes = [*Organisation.objects.values_list("code"), *Article.objects.order_by("pk").values_list("code")]
    print(len(codes), len(set(codes)), *(code[:2] for (code,) in codes))


if __name__ == "__main__":
    main()
