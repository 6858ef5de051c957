"""Reading links: which are open, never where they lead."""

from __future__ import annotations

from uuid import UUID

from treffpunkt.core.clock import now
from treffpunkt.links.models import Link


def open_subjects(purpose: str, holder_id: UUID) -> set[UUID]:
    """Give the records for which somebody holds an open link of a purpose."""
    found = Link.objects.filter(purpose=purpose, holder_id=holder_id, revoked_at=None, expires_at__gt=now())
    return set(found.values_list("subject_id", flat=True))


def acted_through(holder_id: UUID) -> list[Link]:
    """Give the links of somebody through which a browser has acted, those that are closed by now as well."""
    return list(Link.objects.filter(holder_id=holder_id, browser_hash__gt="").only("browser_hash", "revoked_at"))
