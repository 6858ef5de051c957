"""Being away, and who stands in."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.people import rules
from treffpunkt.people.models import Absence, Staff


@transaction.atomic
def plan_absence(*, by: Agent, staff: Staff, starts: date, ends: date, stand_in: Staff | None) -> Absence:
    """Note from when until when somebody is away and who stands in; raises DomainError where that cannot be."""
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    require(rules.may_plan_absence(by, staff))
    if ends < starts:
        raise DomainError(_("The last day lies before the first one."))
    if ends < _today():
        raise DomainError(_("These days are over."))
    if stand_in is not None and (stand_in.pk == staff.pk or not stand_in.is_active):
        raise DomainError(_("Please choose a colleague who works here."))
    if Absence.objects.filter(staff=staff, starts__lte=ends, ends__gte=starts).exists():
        raise DomainError(_("Some of these days are noted already."))
    absence = Absence.objects.create(staff=staff, starts=starts, ends=ends, stand_in=stand_in)
    record(by, "staff.absence_planned", staff)
    renew_stand_ins()
    return absence


@transaction.atomic
def end_absence(*, by: Agent, absence: Absence) -> None:
    """Take an absence back; one that has begun ends with yesterday."""
    absence = Absence.objects.select_for_update().select_related("staff").get(pk=absence.pk)
    require(rules.may_plan_absence(by, absence.staff))
    if absence.starts >= _today():
        absence.delete()
    else:
        absence.ends = min(absence.ends, _today() - timedelta(days=1))
        absence.save(update_fields=["ends"])
    record(by, "staff.absence_ended", absence.staff)
    renew_stand_ins()


@transaction.atomic
def renew_stand_ins() -> int:
    """Write down who acts for whom today; a stand-in who is away as well hands it on to theirs."""
    day = _today()
    away = {row.staff_id: row for row in Absence.objects.filter(starts__lte=day, ends__gte=day)}
    active = set(Staff.objects.filter(is_active=True).values_list("pk", flat=True))
    changed = []
    for staff in Staff.objects.order_by("pk"):
        absence = away.get(staff.pk)
        wanted = (_acting(staff.pk, away, active), absence.ends) if absence else (None, None)
        if (staff.covered_by_id, staff.away_until) != wanted:
            staff.covered_by_id, staff.away_until = wanted
            changed.append(staff)
    Staff.objects.bulk_update(changed, ["covered_by", "away_until"])
    return len(changed)


def _acting(pk: UUID, away: dict[UUID, Absence], active: set[UUID]) -> UUID | None:
    """Follow the stand-ins to one who is there; a circle of people who are all away leads to nobody."""
    met = {pk}
    while (absence := away.get(pk)) is not None:
        if absence.stand_in_id is None or absence.stand_in_id in met:
            return None
        pk = absence.stand_in_id
        met.add(pk)
    return pk if pk in active else None


def _today() -> date:
    """Give the day of the house: absences begin and end for everybody at once."""
    return today(settings.TIME_ZONE)
