"""Telling people that they are stored here and what (GDPR Art. 14): at the latest with our first message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.jobs import defer
from treffpunkt.journal.services import record_many
from treffpunkt.network import queries, rules
from treffpunkt.network.models import Actor
from treffpunkt.network.services.counts import pieces
from treffpunkt.network.services.reaching import language_of, receiver_of, with_ways
from treffpunkt.post.models import Message
from treffpunkt.post.services import Draft, send_many

TEMPLATE = "network/messages/stored"
LINK_DAYS = 180
_PIECE = 1000
_UNDER_WAY = (
    Message.State.QUEUED,
    Message.State.BY_HAND,
    Message.State.SENDING,
    Message.State.SENT,
    Message.State.UNCLEAR,
)


def tell(*, by: Agent, ids: Iterable[UUID]) -> dict[str, int]:
    """Write to these people what is stored about them: by mail, or as a text for the send-list.

    Returns how many go by "mail", wait for a "chat", and have "no_way". A dozen queries for a thousand people; who
    was told, or is being told, is left out.
    """
    require(rules.may_tell(by))
    numbers = {"mail": 0, "chat": 0, "no_way": 0}
    for piece in _thousands(ids):
        with transaction.atomic():
            for name, number in _tell_piece(by, piece).items():
                numbers[name] += number
    return numbers


def tell_everybody(*, by: Agent) -> None:
    """Begin to tell everybody whom mail reaches; the work is done in the background, in pieces."""
    require(rules.sees_all(by))
    defer("network.tell_people", once="network.tell_people", staff_id=str(by.agent_id))


def tell_all_by_mail(*, by: Agent) -> int:
    """Write to everybody who still has to hear of it and has an address; returns to how many."""
    require(rules.sees_all(by))
    waiting = queries.untold(by).filter(queries.by_mail())
    return tell(by=by, ids=list(waiting.values_list("pk", flat=True)))["mail"]


@transaction.atomic
def note_told(*, by: Agent, ids: Iterable[UUID], how: str) -> int:
    """Note that people heard of it in another way; returns of how many it was not known."""
    require(rules.may_tell(by))
    if how not in Actor.Told.values:
        raise DomainError(_("Please choose how they heard of it."))
    noted = 0
    for piece in pieces(ids):
        rows = list(_viewable(by, piece).select_for_update())
        Actor.objects.filter(pk__in=[row.pk for row in rows]).update(told_at=now(), told_how=how, telling_at=None)
        record_many(by, "actor.told", [(row, ()) for row in rows])
        noted += len(rows)
    return noted


@transaction.atomic
def note_all_told(*, by: Agent, how: str) -> int:
    """Note for everybody who still has to hear of it that they did, such as by a public notice."""
    require(rules.sees_all(by))
    return note_told(by=by, ids=list(queries.untold(by).values_list("pk", flat=True)), how=how)


@transaction.atomic
def keep_on(*, by: Agent, ids: Iterable[UUID]) -> int:
    """Note that people know and want to stay, so that their period begins anew; returns of how many."""
    require(rules.may_tell(by))
    rows = list(rules.viewable_actors(by).filter(pk__in=list(ids), erased_at=None).select_for_update())
    Actor.objects.filter(pk__in=[row.pk for row in rows]).update(
        told_at=now(), told_how=Actor.Told.TALK, telling_at=None
    )
    record_many(by, "actor.kept", [(row, ()) for row in rows])
    return len(rows)


def being_told(ids: Iterable[UUID]) -> None:
    """Note that a message that tells people what is stored is on its way; the caller has written it."""
    for piece in pieces(ids):
        Actor.objects.filter(pk__in=piece, told_at=None, telling_at=None).update(telling_at=now())


@transaction.atomic
def told_in_talk(*, by: Agent, ids: Iterable[UUID], at: datetime) -> None:
    """Note that people heard of it when they were talked to, where it was not known; the caller saw to the rule."""
    for piece in pieces(ids):
        rows = list(Actor.objects.filter(pk__in=piece, told_at=None, erased_at=None).select_for_update())
        Actor.objects.filter(pk__in=[row.pk for row in rows]).update(
            told_at=at, told_how=Actor.Told.TALK, telling_at=None
        )
        record_many(by, "actor.told", [(row, ()) for row in rows])


def heard_from(ids: Iterable[UUID], *, at: datetime) -> None:
    """Note that people let us hear from them: an answer or a visit, which no contact entry tells of."""
    Actor.objects.filter(pk__in=list(ids), erased_at=None).update(
        last_contact_at=Greatest(F("last_contact_at"), Value(at))
    )


@transaction.atomic
def settle_told() -> int:
    """Note whose message went out by now, and give back those whose message was not sent after all.

    Who agreed to be stored knows of it.
    """
    agreed = Actor.objects.filter(told_at=None, consent_at__isnull=False, erased_at=None)
    agreed.update(told_at=F("consent_at"), told_how=Actor.Told.THEMSELVES, telling_at=None)
    waiting = Actor.objects.filter(told_at=None, telling_at__isnull=False).order_by()
    messages = Message.objects.filter(to_id=OuterRef("pk"), tells=True)
    sent = messages.filter(state=Message.State.SENT).order_by("sent_at")
    reached = waiting.filter(Exists(sent)).update(
        told_at=Subquery(sent.values("sent_at")[:1]), told_how=Actor.Told.MESSAGE, telling_at=None
    )
    waiting.filter(~Exists(messages.filter(state__in=_UNDER_WAY))).update(telling_at=None)
    return reached


def told_in_vain(actor: Actor) -> None:
    """Take back that somebody was told, where the only message came back; the caller holds the lock."""
    others = Message.objects.filter(to_id=actor.pk, tells=True, state__in=_UNDER_WAY)
    if others.exists():
        return
    changes: dict[str, object] = {"telling_at": None}
    if actor.told_how == Actor.Told.MESSAGE:
        changes |= {"told_at": None, "told_how": ""}
    Actor.objects.filter(pk=actor.pk).update(**changes)


def _tell_piece(by: Agent, piece: list[UUID]) -> dict[str, int]:
    drafts = []
    rows = with_ways(_viewable(by, piece).filter(telling_at=None))
    numbers = {"mail": 0, "chat": 0, "no_way": 0}
    for actor in rows:
        to = receiver_of(actor)
        if to is None or not (to.mail or to.chat_url or to.chat_name):
            numbers["no_way"] += 1
            continue
        numbers["mail" if to.mail else "chat"] += 1
        drafts.append(
            Draft(
                template=TEMPLATE,
                to=to,
                language=language_of(actor),
                # A second attempt, after the first came back, is another occasion.
                occasion=f"stored:{actor.pk}:{now():%Y%m%d%H%M%S}",
                link={
                    "purpose": "about", "subject_kind": actor.kind, "subject_id": str(actor.pk), "days": LINK_DAYS,
                },
                about=actor,
                tells=True,
            )
        )  # fmt: skip
    send_many(drafts)
    being_told(draft.to.id for draft in drafts)
    return numbers


def _viewable(by: Agent, ids: Iterable[UUID]) -> QuerySet[Actor]:
    return rules.viewable_actors(by).filter(pk__in=list(ids), told_at=None, erased_at=None)


def _thousands(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    every = list(dict.fromkeys(ids))
    for start in range(0, len(every), _PIECE):
        yield every[start : start + _PIECE]
