"""Reading what was backed up."""

from __future__ import annotations

from treffpunkt.upkeep.models import Backup


def last_backup() -> Backup | None:
    """Give the newest backup that was made of this installation."""
    return Backup.objects.order_by("-created_at").first()
