import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]

    operations = [
        migrations.AddField(
            "meeting", "day", models.DateField(default=datetime.date(2021, 5, 1), verbose_name="day"), preserve_default=False
        ),
        migrations.AddField(
            "meeting", "time", models.TimeField(default=datetime.time(18), verbose_name="time"), preserve_default=False
        ),
        migrations.AlterField(
            "meeting", "starts", models.DateTimeField(editable=False, verbose_name="begins")
        ),
        migrations.AddField(
            "meeting",
            "summaries",
            models.JSONField(blank=True, default=dict, verbose_name="summary in other languages"),
        ),
        migrations.AddField("meeting", "moved_at", models.DateTimeField(editable=False, null=True)),
    ]
