"""Accounts: making and inviting them, their roles, their own settings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid4

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.links.services import revoke
from treffpunkt.people import rules
from treffpunkt.people.models import Role, Staff, Weekday
from treffpunkt.post.services import Receiver, send
from treffpunkt.upkeep.services import keep_list_soon

INVITED_FOR = timedelta(days=14)
INVITATION = "staff_invitation"


@transaction.atomic
def create_staff(
    *, by: Agent, email: str, name: str, roles: Sequence[str], language: str = "de", spoken: Sequence[str] = ()
) -> Staff:
    """Make an account that signs in with a code by mail; raises DomainError where the address has one."""
    require(rules.may_manage_staff(by))
    email = tidy(email).lower()
    if Staff.objects.filter(email__iexact=email).exists():
        raise DomainError(_("There is an account with this mail address already."))
    require(rules.may_give(by, _known(roles)))
    staff = Staff(email=email, name=tidy(name), roles=list(roles), language=tidy(language), spoken=list(spoken))
    staff.set_unusable_password()
    _refuse_mistakes(staff)
    staff.save()
    record(by, "staff.created", staff)
    return staff


@transaction.atomic
def invite_staff(*, by: Agent, email: str, name: str, roles: Sequence[str], language: str = "de") -> Staff:
    """Make an account and send a link that opens it for two weeks; after that it stays shut until asked again."""
    staff = create_staff(by=by, email=email, name=name, roles=roles, language=language)
    return invite_again(by=by, staff=staff)


@transaction.atomic
def invite_again(*, by: Agent, staff: Staff) -> Staff:
    """Send a new link to somebody who has never signed in; older links close."""
    require(rules.may_manage_staff(by))
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    if staff.last_login is not None or not staff.is_active:
        raise DomainError(_("Whoever has signed in once needs no invitation."))
    revoke(subject_id=staff.pk)
    staff.invited_until = now() + INVITED_FOR
    staff.save(update_fields=["invited_until"])
    send(
        "people/invitation",
        to=Receiver(kind=staff.kind, id=UUID(str(staff.pk)), mail=staff.email),
        language=staff.language,
        link={
            "purpose": INVITATION,
            "subject_kind": staff.kind,
            "subject_id": str(staff.pk),
            "days": INVITED_FOR.days,
        },
        occasion=f"staff-invitation:{uuid4()}",
    )
    record(by, "staff.invited", staff)
    return staff


@transaction.atomic
def arrive(*, staff: Staff) -> Staff:
    """Note that somebody invited has come: their links close, the account stays open."""
    found = Staff.objects.select_for_update().get(pk=staff.pk)
    if found.is_invited:
        found.invited_until = None
        found.save(update_fields=["invited_until"])
        revoke(subject_id=found.pk)
        record(found, "staff.arrived", found)
    return found


@transaction.atomic
def change_roles(*, by: Agent, staff: Staff, roles: Collection[str]) -> Staff:
    """Give somebody other roles; raises DomainError where nobody would be left in coordination or administration."""
    require(rules.may_manage_staff(by))
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    wanted = _known(roles)
    require(rules.may_give(by, wanted ^ set(staff.roles)))
    if wanted == set(staff.roles):
        return staff
    keep_somebody(without=staff, roles=set(staff.roles) - wanted)
    _give(by, staff, wanted)
    return staff


@transaction.atomic
def change_roles_again(*, by: Agent, staff: Staff, roles: Collection[str]) -> bool:
    """Give somebody the roles they had last, be it that nobody is left in one; say whether they had others."""
    require(rules.may_manage_staff(by))
    staff = Staff.objects.select_for_update().get(pk=staff.pk)
    wanted = _known(roles)
    if wanted == set(staff.roles):
        return False
    _give(by, staff, wanted)
    return True


@transaction.atomic
def change_settings(*, by: Staff, name: str, language: str, time_zone: str, theme: str) -> Staff:
    """Keep how somebody likes to read."""
    staff = Staff.objects.select_for_update().get(pk=by.pk)
    staff.name, staff.language, staff.time_zone, staff.theme = map(tidy, (name, language, time_zone, theme))
    _refuse_mistakes(staff)
    staff.save()
    record(by, "staff.settings_changed", staff)
    return staff


@transaction.atomic
def change_working_days(*, by: Staff, working_days: Collection[int], wants_reminders: bool) -> Staff:
    """Keep on which days somebody works, and whether they want a mail on such a morning."""
    staff = Staff.objects.select_for_update().get(pk=by.pk)
    days = sorted({int(day) for day in working_days} & set(Weekday.values))
    if not days:
        raise DomainError(_("Please choose at least one day."))
    staff.working_days, staff.wants_reminders = days, wants_reminders
    staff.save(update_fields=["working_days", "wants_reminders"])
    record(by, "staff.working_days_changed", staff)
    return staff


def keep_somebody(*, without: Staff, roles: Collection[str]) -> None:
    """Refuse to leave coordination or system administration without anybody who can sign in."""
    kept = [role for role in (Role.COORDINATOR, Role.SYSTEM_ADMINISTRATOR) if role in roles]
    if not kept:
        return
    # All of them are locked, so that two cannot take each other's role at the same moment.
    others = Staff.objects.select_for_update().filter(is_active=True, invited_until=None, roles__overlap=kept)
    held = {role for other in others.order_by("pk") if other.pk != without.pk for role in other.roles}
    for role in kept:
        if role not in held:
            raise DomainError(
                _("Nobody else is in “%(role)s”. Give this role to a colleague first.") % {"role": Role(role).label}
            )


def _give(by: Agent, staff: Staff, roles: Collection[str]) -> None:
    staff.roles = [role for role in Role.values if role in roles]
    staff.save(update_fields=["roles"])
    record(by, "staff.roles_changed", staff, fields=["roles"])
    keep_list_soon()


def _known(roles: Collection[str]) -> set[str]:
    if not roles or set(roles) - set(Role.values):
        raise DomainError(_("Please choose one of the roles: %(roles)s.") % {"roles": ", ".join(Role.values)})
    return set(roles)


def _refuse_mistakes(staff: Staff) -> None:
    """Raise DomainError where an account could not be kept as it is."""
    staff.spoken = [tidy(one) for one in staff.spoken]
    try:
        staff.clean_fields()
        ZoneInfo(staff.time_zone)
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise DomainError(_("This time zone is not known.")) from error
