"""Promises of both sides: made, kept or not, recurring."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, Commitment, Keeping, Party
from treffpunkt.agreements.services.checking import check_day, chosen, spoken
from treffpunkt.agreements.services.locking import locked
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.people.models import Staff

S = Commitment.State
MOST_DAYS = 3660
CHANGEABLE = ("what", "language", "due", "every_days", "owner", "women_specific")


@transaction.atomic
def promise(
    *,
    by: Agent,
    agreement: Agreement,
    side: str,
    what: str,
    language: str = "de",
    party: Party | None = None,
    due: date | None = None,
    every_days: int | None = None,
    women_specific: bool = False,
    owner: Staff | None = None,
    id: UUID | None = None,
) -> Commitment:
    """Note what one side promised: once by a day, again every so many days, or as long as the agreement runs."""
    agreement = locked(agreement)
    require(rules.may_edit(by, agreement))
    if id and (known := agreement.commitments.filter(pk=id).first()):
        return known
    if agreement.state == Agreement.State.ENDED:
        raise DomainError(_("This agreement has ended and stays as it was."))
    whose = chosen(Commitment.Side, side)
    commitment = Commitment(
        id=id or uuid7(), agreement=agreement, side=whose, what=tidy(what)[:300], language=spoken(language, "de"),
        party=party if whose == Commitment.Side.THEIRS else None, due=due, every_days=every_days,
        women_specific=women_specific, owner=owner or agreement.owner,
    )  # fmt: skip
    _check(commitment)
    commitment.save(force_insert=True)
    record(by, "commitment.made", commitment, agreement)
    return commitment


@transaction.atomic
def change_promise(*, by: Agent, commitment: Commitment, version: int, **changes: Any) -> Commitment:
    """Change what was promised, until when, how often, and who of us sees to it."""
    agreement, commitment = _locked(commitment)
    require(rules.may_edit(by, agreement))
    if unknown := changes.keys() - set(CHANGEABLE):
        raise TypeError(f"a commitment has no {', '.join(sorted(unknown))}")
    commitment.advance(version)
    if "language" in changes:
        changes["language"] = spoken(changes["language"], commitment.language)
    fields = [name for name, value in changes.items() if getattr(commitment, name) != value]
    for name in fields:
        setattr(commitment, name, tidy(changes[name])[:300] if name == "what" else changes[name])
    _check(commitment)
    if fields:
        commitment.save()
        record(by, "commitment.changed", commitment, agreement, fields=fields)
    return commitment


@transaction.atomic
def note_kept(*, by: Agent, commitment: Commitment, kept: bool, due: date | None) -> Commitment:
    """Note whether a promise was kept when it was due; `due` is the day the page showed, so that twice is once.

    A recurring one is due again after its days, at the earliest from today on.
    """
    agreement, commitment = _locked(commitment)
    require(rules.may_note(by, agreement))
    if commitment.due != due or commitment.state != S.OPEN:
        return commitment
    noted = {"kept": kept, "noted_by_id": by.agent_id if by.agent_kind == "staff" else None}
    if commitment.due:
        Keeping.objects.update_or_create(commitment=commitment, due=commitment.due, defaults=noted)
    else:  # once a day; the last word of the day counts
        day = [one.pk for one in commitment.keepings.filter(due=None)[:1] if localdate(one.created_at) == today()]
        Keeping.objects.update_or_create(pk=day[0] if day else uuid7(), commitment=commitment, defaults=noted)
    if commitment.every_days and commitment.due:
        commitment.due = _next(commitment.due, commitment.every_days)
    elif commitment.due:
        commitment.move_to(S.KEPT if kept else S.BROKEN)
    commitment.advance()
    commitment.save()
    record(by, "commitment.kept" if kept else "commitment.broken", commitment, agreement)
    return commitment


@transaction.atomic
def drop_promise(*, by: Agent, commitment: Commitment) -> Commitment:
    """Note that a promise is no longer needed."""
    agreement, commitment = _locked(commitment)
    require(rules.may_edit(by, agreement))
    if commitment.state == S.DROPPED:
        return commitment
    commitment.move_to(S.DROPPED)
    commitment.advance()
    commitment.save()
    record(by, "commitment.dropped", commitment, agreement)
    return commitment


def _next(due: date, every: int) -> date:
    """Give the next day of a rhythm that is not past."""
    late = max(0, (today() - due).days - 1)
    return due + timedelta(days=every * (late // every + 1))


def _check(commitment: Commitment) -> None:
    if not commitment.what:
        raise DomainError(_("Say what was promised."))
    check_day(commitment.due)
    if commitment.every_days is not None and not 1 <= commitment.every_days <= MOST_DAYS:
        raise DomainError(_("Choose between 1 and %(most)s days.") % {"most": MOST_DAYS})
    if commitment.every_days is not None and commitment.due is None:
        raise DomainError(_("What recurs needs a first day."))


def _locked(commitment: Commitment) -> tuple[Agreement, Commitment]:
    agreement = locked(commitment.agreement)
    return agreement, Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
