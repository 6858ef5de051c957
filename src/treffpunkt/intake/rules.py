"""Who brings files in."""

from __future__ import annotations

from django.db.models import QuerySet

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.intake.models import Import

COORDINATION = "coordinator"


def viewable(by: Agent) -> QuerySet[Import]:
    """Coordination sees every import, whoever began it."""
    return Import.objects.all() if may_import(by) else Import.objects.none()


def may_import(by: Agent) -> bool:
    """Coordination brings files in, since they reach across communities."""
    return is_system(by) or has_role(by, COORDINATION)
