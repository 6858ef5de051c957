"""Holding messages back after a restore, until a person says go.

What waited when the backup was made may have gone out since: nobody but a person can know. Until then nothing
leaves, except what somebody asks for on a page at this moment: the code they sign in with.
"""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import require
from treffpunkt.core.jobs import defer
from treffpunkt.journal.services import record
from treffpunkt.post import rules
from treffpunkt.post.models import Hold, Message

_KEPT, _SECONDS = "post.held", 20
WAITING = (Message.State.QUEUED, Message.State.BY_HAND)


def held() -> Hold | None:
    """Give the hold that is in force."""
    return Hold.objects.filter(released_at=None).first()


def may_be_held() -> bool:
    """Say whether messages may be held back, for every page: asked once in a while, since it hardly ever changes."""
    return bool(cache.get_or_set(_KEPT, lambda: held() is not None, _SECONDS))


def held_back(hold: Hold) -> QuerySet[Message]:
    """List the messages that wait for a person's word."""
    return Message.objects.filter(state__in=WAITING).exclude(_asked_for(hold))


def free_to_leave() -> Q:
    """Say of a message that no hold keeps it back, in one condition for the query that takes the next one."""
    in_force = Hold.objects.filter(released_at=None)
    older = in_force.filter(created_at__gte=OuterRef("created_at"))
    return ~Q(Exists(in_force)) | (~Q(secret={}) & ~Q(Exists(older)))


@transaction.atomic
def hold_messages(*, by: Agent) -> Hold:
    """Hold back every message; where they are held already nothing changes. Old codes are not sent at all."""
    require(rules.may_release(by))
    if (hold := held()) is not None:
        return hold
    hold = Hold.objects.create()
    cache.delete(_KEPT)
    Message.objects.filter(state=Message.State.QUEUED).exclude(secret={}).update(
        state=Message.State.CANCELLED, context={}, secret={}
    )
    record(by, "messages.held", hold)
    return hold


@transaction.atomic
def release_messages(*, by: Agent, send: bool) -> int:
    """Say go: send what waits, or with `send` off, let go of it; return how many messages that were."""
    require(rules.may_release(by))
    hold = Hold.objects.select_for_update().filter(released_at=None).first()
    if hold is None:
        return 0
    waiting = held_back(hold)
    number = waiting.count()
    if not send:
        waiting.update(state=Message.State.CANCELLED, context={}, secret={})
    hold.released_at, hold.released_by = now(), by.agent_id
    hold.save()
    cache.delete(_KEPT)
    record(by, "messages.released" if send else "messages.discarded", hold)
    defer("post.deliver", queue="post", once="post.deliver")
    return number


def _asked_for(hold: Hold) -> Q:
    return Q(created_at__gt=hold.created_at) & ~Q(secret={})
