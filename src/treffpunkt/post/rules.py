"""Who sees and handles messages out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.post.models import Message

COORDINATION = "coordinator"
SYSTEM_ADMINISTRATION = "system_administrator"


# Whose chats somebody looks after besides their own; told from above (`stand_in_through`), where staff are known.
_covered: Callable[[Agent], Iterable[Any]] = lambda by: ()  # noqa: E731


def stand_in_through(covered: Callable[[Agent], Iterable[Any]]) -> None:
    """Let a stand-in see and send the texts of whoever is away; `covered` gives their ids."""
    global _covered
    _covered = covered


def viewable(by: Agent) -> QuerySet[Message]:
    """Coordination and system administration see the Outbox; others see what they are to send by hand."""
    if is_system(by) or has_role(by, COORDINATION, SYSTEM_ADMINISTRATION):
        return Message.objects.all()
    return Message.objects.filter(_of(by), owner_id__isnull=False)


def send_list(by: Agent) -> QuerySet[Message]:
    """List what waits to be sent by hand in chats: one's own, and for coordination what nobody owns."""
    mine = _of(by)
    if has_role(by, COORDINATION):
        mine |= Q(owner_id=None)
    return Message.objects.filter(mine, channel=Message.Channel.CHAT)


def may_handle(by: Agent, message: Message) -> bool:
    """Whoever has the chat sends the text; coordination may step in."""
    if is_system(by) or has_role(by, COORDINATION) or message.owner_id == by.agent_id:
        return True
    return message.owner_id in _ids(_covered(by))


def may_send_again(by: Agent, message: Message) -> bool:
    """Whoever handles the message; and system administration, which mends what kept mail from leaving."""
    is_mail = message.channel == Message.Channel.MAIL
    return may_handle(by, message) or (is_mail and has_role(by, SYSTEM_ADMINISTRATION))


def may_release(by: Agent) -> bool:
    """Coordination and system administration say that messages held back after a restore may go."""
    return is_system(by) or has_role(by, COORDINATION, SYSTEM_ADMINISTRATION)


def _of(by: Agent) -> Q:
    return Q(owner_id=by.agent_id) | Q(owner_id__in=_covered(by))


def _ids(found: Iterable[Any]) -> set[UUID]:
    return set(found)
