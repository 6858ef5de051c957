"""Pausing, going on, withdrawing, ending, replacing, running out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Party
from treffpunkt.agreements.reviews import months_on
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.checking import check_day
from treffpunkt.agreements.services.concluding import conclude, may_still_hold
from treffpunkt.agreements.services.finishing import finish
from treffpunkt.agreements.services.locking import locked, move, neighbours
from treffpunkt.core.agent import SYSTEM, Agent, LinkHolder
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import grow, record
from treffpunkt.network.services.telling import heard_from
from treffpunkt.post.services import send_many
from treffpunkt.tasks.services import create_task

V, A, E = AgreementVersion.State, Agreement.State, Agreement.Ending
RAN_OUT = gettext_lazy("The agreement ran out: is there to be a new one?")
RUNS_OUT = gettext_lazy("The agreement runs out soon: renew it or let it go?")
STILL_SUITS = gettext_lazy("Does the agreement still suit?")
WITHDRAWN = gettext_lazy("Somebody has ended the cooperation: do not write in the group as before")
# So long before its last day, or on the day it is to be looked at, somebody is reminded.
BEFORE_THE_END = timedelta(days=28)


@transaction.atomic
def suspend(*, by: Agent, agreement: Agreement) -> Agreement:
    """Pause an agreement: its rights rest, nothing is lost. Paused twice is paused once."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if agreement.state == A.SUSPENDED:
        return agreement
    move(agreement, A.SUSPENDED)
    record(by, "agreement.suspended", agreement, *neighbours(agreement))
    return agreement


@transaction.atomic
def resume(*, by: Agent, agreement: Agreement) -> Agreement:
    """Go on with a paused agreement."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if agreement.state == A.IN_FORCE:
        return agreement
    if agreement.state != A.SUSPENDED:
        raise DomainError(_("Only a paused agreement goes on."))
    move(agreement, A.IN_FORCE)
    record(by, "agreement.resumed", agreement, *neighbours(agreement))
    return agreement


@transaction.atomic
def withdraw(*, by: Agent, party: Party) -> Agreement:
    """End it for one party: at once, without a reason, quietly. Nobody is written to; our own team gets a task.

    It goes on with others who agreed where one of them is enough, and where whoever leaves had not agreed; else it
    ends for all.
    """
    agreement = locked(party.agreement)
    party = Party.objects.get(pk=party.pk)
    party.agreement = agreement
    if party.left or agreement.state == A.ENDED:
        require((isinstance(by, LinkHolder) and by.subject_id == party.pk) or rules.may_edit(by, agreement))
        return agreement
    require(rules.may_withdraw(by, party))
    touched = neighbours(agreement)
    party.left, party.left_at = Party.Left.WITHDREW, now()
    party.save()
    if isinstance(by, LinkHolder) and party.actor_id:
        heard_from([party.actor_id], at=now())
    record(by, "agreement.withdrawn", agreement, *touched)
    after_somebody_left(by, agreement, [party], E.WITHDRAWN)
    if isinstance(by, LinkHolder):
        _task(agreement, WITHDRAWN)
    return agreement


@transaction.atomic
def end(*, by: Agent, agreement: Agreement, tell: bool = True) -> Agreement:
    """End an agreement from our side; its parties are told, unless that was said to them already."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if agreement.state == A.ENDED:
        return agreement
    was_running = agreement.is_running
    finish(agreement, E.BY_US if was_running else E.DROPPED)
    record(by, "agreement.ended", agreement, *neighbours(agreement))
    if tell and was_running:
        send_many(news.drafts(news.ENDED, news.parties(agreement), occasion="agreement_ended:{}")[0])
    return agreement


@transaction.atomic
def replace(*, by: Agent, agreement: Agreement, successor: Agreement) -> Agreement:
    """End an agreement because another one that holds takes its place; both pages lead to each other."""
    first, second = sorted((agreement, successor), key=lambda one: str(one.pk))
    rows = {one.pk: one for one in (locked(first), locked(second))}
    agreement, successor = rows[agreement.pk], rows[successor.pk]
    require(rules.may_edit(by, agreement) and rules.may_edit(by, successor))
    if agreement.pk == successor.pk or successor.state != A.IN_FORCE:
        raise DomainError(_("The agreement that takes its place must be in force."))
    agreement.replaced_by = successor
    finish(agreement, E.REPLACED)
    grow(agreement, successor)
    record(by, "agreement.replaced", agreement, successor, *neighbours(agreement))
    return agreement


@transaction.atomic
def review(*, by: Agent, agreement: Agreement, next_on: date | None = None) -> Agreement:
    """Note that an agreement was looked at and still suits; by default it is again after its usual time."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if not agreement.is_running:
        raise DomainError(_("Only what is in force is looked at again."))
    following = next_on or months_on(today(), agreement.review_every)
    check_day(following)
    if following <= today():
        raise DomainError(_("The next time lies in the past."))
    agreement.review_on, agreement.reminded_of = following, None
    agreement.advance()
    agreement.save()
    record(by, "agreement.reviewed", agreement, *neighbours(agreement))
    return agreement


def look_after_dates() -> int:
    """Do the daily round: what has run out lapses, and of what is due soon somebody is reminded; returns how many."""
    day = today(settings.TIME_ZONE)
    running = Agreement.objects.filter(state__in=(A.IN_FORCE, A.SUSPENDED))
    over = list(running.filter(ends_on__lt=day).order_by("pk"))
    ending = running.filter(ends_on__gte=day, ends_on__lte=day + BEFORE_THE_END)
    due = [*running.filter(review_on__lte=day).order_by("pk"), *ending.order_by("pk")]
    return sum(_lapse(one, day) for one in over) + sum(_remind(one, day) for one in due)


@transaction.atomic
def _lapse(agreement: Agreement, day: date) -> bool:
    agreement = locked(agreement)
    if not agreement.is_running or agreement.ends_on is None or agreement.ends_on >= day:
        return False
    finish(agreement, E.LAPSED)
    record(SYSTEM, "agreement.lapsed", agreement, *neighbours(agreement))
    send_many(news.drafts(news.ENDED, news.parties(agreement), occasion="agreement_ended:{}")[0])
    _task(agreement, RAN_OUT)
    return True


@transaction.atomic
def _remind(agreement: Agreement, day: date) -> bool:
    """Give whoever looks after it a task, once for each day it is about."""
    agreement = locked(agreement)
    ends = agreement.ends_on is not None and agreement.ends_on <= day + BEFORE_THE_END
    about = agreement.ends_on if ends else agreement.review_on
    if not agreement.is_running or about is None or agreement.reminded_of == about:
        return False
    agreement.reminded_of = about
    agreement.save(update_fields=["reminded_of"])
    _task(agreement, RUNS_OUT if ends else STILL_SUITS)
    return True


def _task(agreement: Agreement, title: Promise) -> None:
    with translation.override("de"):
        create_task(by=SYSTEM, title=str(title), owner=agreement.owner, due=today(), about=agreement)


def after_somebody_left(by: Agent, agreement: Agreement, leavers: Sequence[Party], ending: str) -> None:
    """Let an agreement go on without somebody, or end; the caller holds its lock."""
    if agreement.state == A.ENDED or not leavers:
        return
    left = agreement.parties.filter(left="").exists()
    if agreement.is_running:
        if not _goes_on(agreement, leavers):
            finish(agreement, ending)
            record(by, "agreement.ended", agreement, *neighbours(agreement))
        elif offered := agreement.versions.select_for_update().filter(state=V.OFFERED).first():
            # Perhaps it waited for whoever left alone.
            conclude(SYSTEM, agreement, offered)
    elif not left or agreement.needs == Agreement.Needs.ALL or not _may_come_about(agreement):
        finish(agreement, ending)


def _goes_on(agreement: Agreement, leavers: Sequence[Party]) -> bool:
    """Say whether what holds goes on: somebody who agreed is still there, and nobody left without whom it does not."""
    if agreement.current is None:
        return False
    signed = set(agreement.current.signatures.values_list("party_id", flat=True))
    if agreement.needs == Agreement.Needs.ALL and not signed.isdisjoint(one.pk for one in leavers):
        return False
    return agreement.parties.filter(left="", pk__in=signed).exists()


def _may_come_about(agreement: Agreement) -> bool:
    """Say whether the text being written or on offer may still be agreed to by those who are left."""
    offered = agreement.versions.filter(state=V.OFFERED).first()
    return offered is None or may_still_hold(offered)
