from __future__ import annotations

from itertools import islice
from typing import Any, ClassVar

from django.db import migrations

_PIECE = 2000


def begin(apps: Any, schema_editor: Any) -> None:
    """Begin each space's figures with the members that are known of it."""
    space, snapshot = apps.get_model("network", "Space"), apps.get_model("network", "Snapshot")
    rows = (
        space.objects.filter(members__isnull=False)
        .order_by("pk")
        .values_list("pk", "members", "members_counted_on", "created_at", "source_key")
        .iterator(chunk_size=_PIECE)
    )
    while piece := list(islice(rows, _PIECE)):
        snapshot.objects.bulk_create(
            [
                snapshot(
                    space_id=pk,
                    members=members,
                    day=counted or entered.date(),
                    source="imported" if key else "entered",
                )
                for pk, members, counted, entered, key in piece
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies: ClassVar = [("network", "0006_snapshots")]

    operations: ClassVar = [migrations.RunPython(begin, migrations.RunPython.noop)]
