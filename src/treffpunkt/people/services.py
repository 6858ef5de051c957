"""Accounts: making them, changing their settings."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.people import rules
from treffpunkt.people.models import Role, Staff


@transaction.atomic
def create_staff(
    *, by: Agent, email: str, name: str, roles: Sequence[str], language: str = "de", spoken: Sequence[str] = ()
) -> Staff:
    """Make an account that signs in with a code by mail; raises DomainError where the address has one."""
    require(rules.may_manage_staff(by))
    email = email.strip().lower()
    if Staff.objects.filter(email__iexact=email).exists():
        raise DomainError(_("There is an account with this mail address already."))
    unknown = set(roles) - set(Role.values)
    if unknown or not roles:
        raise DomainError(_("Please choose one of the roles: %(roles)s.") % {"roles": ", ".join(Role.values)})
    staff = Staff(email=email, name=tidy(name), roles=list(roles), language=language, spoken=list(spoken))
    staff.set_unusable_password()
    staff.save()
    record(by, "staff.created", staff)
    return staff


@transaction.atomic
def change_settings(*, by: Staff, name: str, language: str, time_zone: str, theme: str) -> Staff:
    """Keep how somebody likes to read."""
    staff = Staff.objects.select_for_update().get(pk=by.pk)
    staff.name, staff.language, staff.time_zone, staff.theme = tidy(name), language, time_zone, theme
    staff.save()
    record(by, "staff.settings_changed", staff)
    return staff


@transaction.atomic
def deactivate_staff(*, by: Agent, staff: Staff) -> Staff:
    """Close an account at once; what it owns stays until it is handed over."""
    require(rules.may_manage_staff(by))
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    staff.is_active = False
    staff.save(update_fields=["is_active"])
    record(by, "staff.deactivated", staff)
    return staff
