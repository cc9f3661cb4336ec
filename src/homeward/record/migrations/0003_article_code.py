"""Every article gets an opaque code; those that stand get theirs here."""

from django.db import migrations, models

import homeward.record.models


def give_codes(apps, _schema_editor):
    article = apps.get_model("record", "Article")
    for row in article.objects.only("pk").order_by("pk").iterator():
        article.objects.filter(pk=row.pk).update(code=homeward.record.models.new_article_code())


class Migration(migrations.Migration):
    dependencies = [("record", "0002_revision"), ("access", "0003_one_place_for_roles")]

    operations = [
        migrations.AddField(
            model_name="article", name="code", field=models.CharField(editable=False, max_length=16, null=True)
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=False),
        migrations.AlterField(
            model_name="article",
            name="code",
            field=models.CharField(
                default=homeward.record.models.new_article_code, editable=False, max_length=16, unique=True
            ),
        ),
    ]
