"""Reading accounts."""

from __future__ import annotations

from django.db.models import QuerySet

from treffpunkt.people.models import Staff


def active_staff() -> QuerySet[Staff]:
    """List the accounts that can sign in, by name."""
    return Staff.objects.filter(is_active=True).order_by("name")
