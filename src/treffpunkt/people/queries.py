"""Reading accounts."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today
from treffpunkt.people.models import Absence, Session, Staff


def active_staff() -> QuerySet[Staff]:
    """List the accounts that can sign in, by name."""
    return Staff.objects.filter(is_active=True).order_by("name")


def invited_by_link(pk: UUID) -> Staff | None:
    """Find whom an invitation was for, while it holds."""
    return Staff.objects.filter(pk=pk, is_active=True, invited_until__gt=now()).first()


def by_addresses(addresses: Iterable[str]) -> Staff | None:
    """Find the open account of one of these mail addresses."""
    wanted = [address.strip().lower() for address in addresses]
    found = Staff.objects.annotate(small=Lower("email")).filter(small__in=wanted, is_active=True).first()
    return None if found is None or found.invitation_ran_out else found


def everybody() -> QuerySet[Staff]:
    """List all accounts, those that are open first, with who stands in for whom."""
    return Staff.objects.select_related("covered_by").order_by("-is_active", "name", "id")


def covered_by(by: Agent) -> QuerySet[Staff]:
    """List those for whom somebody stands in today."""
    return Staff.objects.filter(covered_by=by.agent_id, covered_by__isnull=False)


def covered_ids(by: Agent) -> QuerySet[Staff, UUID]:
    """List the ids of those for whom somebody stands in today; meant as a subquery."""
    found: QuerySet[Staff, UUID] = covered_by(by).values_list("pk", flat=True)
    return found


def away_today() -> QuerySet[Staff]:
    """List who is away today, with who stands in; the first to come back first."""
    return (
        Staff.objects.filter(is_active=True, away_until__isnull=False)
        .select_related("covered_by")
        .order_by("away_until", "name")
    )


def coming_absences(staff: Staff) -> QuerySet[Absence]:
    """List somebody's absences that are not over."""
    return (
        Absence.objects.filter(staff=staff, ends__gte=today(settings.TIME_ZONE))
        .select_related("stand_in")
        .order_by("starts")
    )


def sessions_of(staff: Staff) -> QuerySet[Session]:
    """List where somebody is signed in, the last seen first."""
    return Session.objects.filter(staff=staff, expire_date__gt=now()).order_by("-seen_at")


def with_presence(rows: QuerySet[Staff]) -> QuerySet[Staff]:
    """Add whether each is signed in anywhere."""
    open_ = Session.objects.filter(staff=OuterRef("pk"), expire_date__gt=now())
    return rows.annotate(signed_in=Exists(open_))
