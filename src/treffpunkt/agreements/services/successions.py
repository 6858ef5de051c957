"""When somebody who leads a group leaves: they are asked first, and others only after their yes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Succession
from treffpunkt.core.agent import SYSTEM, Agent, LinkHolder
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import may_edit_actor, viewable_actors
from treffpunkt.network.services.reaching import language_of, receiver_of
from treffpunkt.network.services.telling import heard_from
from treffpunkt.people.models import Staff
from treffpunkt.post.services import send
from treffpunkt.tasks.services import create_task

S = Succession.State
ASKING = "agreements/messages/succession"
LINK_DAYS = 60
_DAYS, _LONGEST = 7, 600


@transaction.atomic
def follow_up(*, by: Agent, actor: Actor, owner: Staff | None = None, id: UUID | None = None) -> Succession:
    """Begin to settle who follows somebody who leaves: a record, and the task to ask them; once while it is open."""
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    require(may_edit_actor(by, actor))
    if known := _open(actor):
        return known
    # Who gave it a number of its own, and whoever knows them, sees to it.
    made = Succession.objects.create(
        id=id or uuid7(), actor=actor, owner=owner or actor.owner or _self(by), state_since=now()
    )
    record(by, "succession.begun", made, actor)
    with translation.override(_spoken(made)):
        title = _("Ask first with whom we may speak when they leave")
    create_task(by=by, title=title, owner=made.owner, due=today() + timedelta(days=_DAYS), about=actor,
                language=_spoken(made))  # fmt: skip
    return made


@transaction.atomic
def ask_by_message(*, by: Agent, succession: Succession) -> bool:
    """Write to them in their language, with a link to answer; says whether a way led to them. Once a day at most."""
    succession = _locked(succession)
    require(rules.may_settle(by, succession))
    _still_open(succession)
    to = receiver_of(succession.actor)
    if to is None or not (to.mail or to.chat_url or to.chat_name):
        return False
    sent = send(
        ASKING,
        to=to,
        language=language_of(succession.actor),
        occasion=f"succession:{succession.pk}:{today(settings.TIME_ZONE)}",
        context={"host": succession.owner.name if succession.owner else ""},
        link={"purpose": rules.SUCCESSION, "subject_kind": succession.kind, "subject_id": str(succession.pk),
              "days": LINK_DAYS},
        about=succession,
    )  # fmt: skip
    if succession.state == S.OPEN:
        _move(succession, S.ASKED)
    if sent:
        record(by, "succession.asked", succession, succession.actor)
    return True


@transaction.atomic
def note_asked(*, by: Agent, succession: Succession) -> Succession:
    """Note that they were asked, by whichever way."""
    succession = _locked(succession)
    require(rules.may_settle(by, succession))
    _still_open(succession)
    if succession.state == S.OPEN:
        _move(succession, S.ASKED)
        record(by, "succession.asked", succession, succession.actor)
    return succession


@transaction.atomic
def note_yes(
    *, by: Agent, succession: Succession, words: str = "", others: Iterable[Actor] = (), language: str = ""
) -> Succession:
    """Note that we may speak to others, and to whom; said by themselves through their link, or noted by us.

    From now on somebody has the task to speak to them.
    """
    succession = _locked(succession)
    require(rules.may_answer_succession(by, succession))
    _still_open(succession)
    people = list(others)
    if people:
        require(viewable_actors(by).filter(pk__in=[one.pk for one in people]).count() == len(set(people)))
    was = succession.state
    succession.words = tidy(words, lines=True)[:_LONGEST] or succession.words
    succession.language = language or succession.language
    if was != S.MAY:
        succession.move_to(S.MAY)
        succession.state_since = now()
    succession.advance()
    succession.save()
    succession.others.add(*people)
    record(by, "succession.yes", succession, succession.actor)
    _heard(by, succession)
    if was != S.MAY:
        with translation.override(_spoken(succession)):
            title = _("Speak to whom they named: we may now")
        create_task(by=by if by.agent_kind == "staff" else SYSTEM, title=title, owner=succession.owner,
                    due=today(settings.TIME_ZONE) + timedelta(days=_DAYS), about=succession.actor,
                    language=_spoken(succession))  # fmt: skip
    return succession


@transaction.atomic
def note_no(*, by: Agent, succession: Succession) -> Succession:
    """Note that we are to ask nobody; what was said about others before is forgotten."""
    succession = _locked(succession)
    require(rules.may_answer_succession(by, succession))
    _still_open(succession)
    if succession.state != S.REFUSED:
        succession.words = ""
        _move(succession, S.REFUSED)
        succession.others.clear()
        record(by, "succession.no", succession, succession.actor)
    _heard(by, succession)
    return succession


@transaction.atomic
def close_succession(*, by: Agent, succession: Succession) -> Succession:
    """Note that it is settled who leads the group, or that nothing more is to be done."""
    succession = _locked(succession)
    require(rules.may_settle(by, succession))
    if succession.state != S.CLOSED:
        succession.words = ""
        _move(succession, S.CLOSED)
        record(by, "succession.closed", succession, succession.actor)
    return succession


def forget_people(ids: Iterable[UUID]) -> None:
    """Let go of what was asked of people who were erased, and of who was named; the caller holds the transaction."""
    gone = list(ids)
    Succession.objects.filter(actor__among=gone).delete()
    Succession.others.through.objects.filter(actor__among=gone).delete()


def forget_settled(before: datetime) -> int:
    """Let go of what was settled before a moment; returns how many."""
    return Succession.objects.filter(state__in=(S.CLOSED, S.REFUSED), state_since__lt=before).delete()[0]


def _open(actor: Actor) -> Succession | None:
    return Succession.objects.filter(actor=actor).exclude(state=S.CLOSED).select_related("actor", "owner").first()


def _locked(succession: Succession) -> Succession:
    rows = Succession.objects.select_for_update(of=("self",)).select_related("actor", "owner")
    return rows.get(pk=succession.pk)


def _still_open(succession: Succession) -> None:
    if succession.state == S.CLOSED:
        raise DomainError(_("This is settled already."))


def _move(succession: Succession, state: str) -> None:
    succession.move_to(state)
    succession.state_since = now()
    succession.advance()
    succession.save()


def _heard(by: Agent, succession: Succession) -> None:
    if isinstance(by, LinkHolder):
        heard_from([succession.actor_id], at=now())


def _self(by: Agent) -> Staff | None:
    return Staff.objects.filter(pk=str(by.agent_id)).first() if by.agent_kind == "staff" else None


def _spoken(succession: Succession) -> str:
    return succession.owner.language if succession.owner else "de"
