"""Keys that were remembered as plain digests are sealed with the secret of the installation."""

from __future__ import annotations

from django.db import migrations

from treffpunkt.intake.keys import seal_old


def seal(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Seal them piece by piece, each for itself: nobody waits, and an interrupted run goes on where it was."""
    seal_old(apps.get_model("intake", "Alias").objects.all())


class Migration(migrations.Migration):
    """Seal remembered keys."""

    atomic = False
    dependencies = (("intake", "0001_initial"),)
    operations = (migrations.RunPython(seal, migrations.RunPython.noop),)
