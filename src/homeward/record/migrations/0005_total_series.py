from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0004_ordinal"),
    ]

    operations = [
        migrations.AddField(
            model_name="anchor",
            name="series",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="anchor",
            name="leaves_out",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
