"""Closing accounts and ending sessions, at once; opening accounts again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet
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
from treffpunkt.upkeep.services import keep_list_soon


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
    _close(by, staff)
    return staff


@transaction.atomic
def close_again(*, by: Agent, staff: Staff) -> bool:
    """Close an account that was closed after the backup which came back, be it the last of its role; say whether it was open."""
    require(rules.may_manage_staff(by))
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    if staff.is_active:
        _close(by, staff)
        return True
    return False


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
    _forget(by, staff, Authenticator.objects.filter(user=staff))
    return staff


@transaction.atomic
def forget_ways_in(*, by: Agent, staff: Staff, before: datetime, keep: Collection[datetime]) -> int:
    """Take from an account what was made before a moment, but for what was made at those to keep; return how many."""
    require(rules.may_manage_staff(by))
    old = Authenticator.objects.filter(user=staff, created_at__lte=before)
    return _forget(by, staff, old.exclude(created_at__in=keep))


@transaction.atomic
def use_codes_again(*, by: Agent, staff: Staff, made: datetime, used: int) -> bool:
    """Take back the recovery codes of a sheet that were used, one bit of `used` each; say whether any was open."""
    require(rules.may_manage_staff(by))
    sheets = Authenticator.objects.select_for_update().filter(user=staff, type=Authenticator.Type.RECOVERY_CODES)
    sheet = sheets.filter(created_at=made).first()
    if sheet is None or sheet.data.get("used_mask", used) | used == sheet.data.get("used_mask", used):
        return False
    sheet.data["used_mask"] |= used
    sheet.save(update_fields=["data"])
    return True


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


def _close(by: Agent, staff: Staff) -> None:
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    Session.objects.filter(staff=staff).delete()
    revoke(subject_id=staff.pk)
    renew_stand_ins()
    record(by, "staff.deactivated", staff)
    keep_list_soon()


def _forget(by: Agent, staff: Staff, ways: QuerySet[Authenticator]) -> int:
    """Take ways in from an account and sign it out; return how many they were."""
    number = ways.delete()[0]
    if number:
        Session.objects.filter(staff=staff).delete()
        record(by, "staff.second_step_forgotten", staff)
        keep_list_soon()
    return number
