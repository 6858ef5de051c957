"""Who may do what with accounts."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.people.models import Absence, Role, Staff


def may_manage_staff(by: Agent) -> bool:
    """Coordination and system administration make and close accounts."""
    return is_system(by) or has_role(by, Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR)


def may_give(by: Agent, roles: Collection[str]) -> bool:
    """Whoever manages accounts gives and takes roles; system administration only gives itself, while there is any."""
    if not may_manage_staff(by):
        return False
    if Role.SYSTEM_ADMINISTRATOR not in roles or is_system(by) or has_role(by, Role.SYSTEM_ADMINISTRATOR):
        return True
    holders = Staff.objects.filter(is_active=True, invited_until=None, roles__contains=[Role.SYSTEM_ADMINISTRATOR])
    return not holders.exists()


def manageable(by: Agent) -> QuerySet[Staff]:
    """List the accounts one may change."""
    return Staff.objects.all() if may_manage_staff(by) else Staff.objects.none()


def may_plan_absence(by: Agent, staff: Staff) -> bool:
    """Everybody says themselves when they are away; coordination for whoever cannot."""
    return is_system(by) or by.agent_id == staff.pk or has_role(by, Role.COORDINATOR)


def viewable_absences(by: Agent) -> QuerySet[Absence]:
    """Everybody sees their own absences, coordination everybody's."""
    if is_system(by) or has_role(by, Role.COORDINATOR):
        return Absence.objects.all()
    return Absence.objects.filter(staff=by.agent_id)
