"""Closing accounts and ending sessions, at once; opening accounts again."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.links.services import revoke
from treffpunkt.people import rules
from treffpunkt.people.models import Session, Staff
from treffpunkt.people.services.absences import renew_stand_ins
from treffpunkt.people.services.accounts import keep_somebody


@transaction.atomic
def deactivate_staff(*, by: Agent, staff: Staff) -> Staff:
    """Close an account at once, wherever it is signed in; what it owns stays until it is handed over."""
    require(rules.may_manage_staff(by))
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    require(rules.may_give(by, set(staff.roles)))
    if by.agent_id == staff.pk:
        raise DomainError(_("Your own account somebody else closes."))
    if not staff.is_active:
        return staff
    keep_somebody(without=staff, roles=staff.roles)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    Session.objects.filter(staff=staff).delete()
    revoke(subject_id=staff.pk)
    renew_stand_ins()
    record(by, "staff.deactivated", staff)
    return staff


@transaction.atomic
def reactivate_staff(*, by: Agent, staff: Staff) -> Staff:
    """Open an account again, with the roles it had."""
    require(rules.may_manage_staff(by))
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    require(rules.may_give(by, set(staff.roles)))
    if staff.is_active:
        return staff
    staff.is_active = True
    staff.save(update_fields=["is_active"])
    renew_stand_ins()
    record(by, "staff.reactivated", staff)
    return staff


@transaction.atomic
def forget_second_step(*, by: Agent, staff: Staff) -> Staff:
    """Take passkeys, authenticator app and recovery codes from an account whose owner has lost them.

    Whoever is signed in as them is signed out; the code by mail opens the account again.
    """
    require(rules.may_manage_staff(by) and by.agent_id != staff.pk)
    require(rules.may_give(by, set(staff.roles)))
    if Authenticator.objects.filter(user=staff).delete()[0]:
        Session.objects.filter(staff=staff).delete()
        record(by, "staff.second_step_forgotten", staff)
    return staff


@transaction.atomic
def end_session(*, by: Staff, handle: str) -> bool:
    """Sign oneself out on another device; say whether there was such a session."""
    for session in Session.objects.filter(staff=by):
        if session.handle == handle:
            session.delete()
            record(by, "staff.signed_out_elsewhere", by)
            return True
    return False


@transaction.atomic
def end_other_sessions(*, by: Staff, keep: str) -> int:
    """Sign oneself out everywhere but here; give how many sessions ended."""
    ended = Session.objects.filter(staff=by).exclude(session_key=tidy(keep)).delete()[0]
    if ended:
        record(by, "staff.signed_out_elsewhere", by)
    return ended
