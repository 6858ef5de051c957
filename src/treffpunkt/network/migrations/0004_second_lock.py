from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from treffpunkt.core.policies import STAFF, second_lock


class Migration(migrations.Migration):
    """Confidential entries of the contact log stay with whoever wrote them, in the database as well."""

    dependencies: ClassVar = [("network", "0003_told_and_failing")]

    operations: ClassVar = [second_lock("network_contact", sees=f"not confidential or staff_id = {STAFF}")]
