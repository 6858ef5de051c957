"""Who sees and handles messages out."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.post.models import Message

COORDINATION = "coordinator"
SYSTEM_ADMINISTRATION = "system_administrator"


def viewable(by: Agent) -> QuerySet[Message]:
    """Coordination and system administration see the Outbox; others see what they are to send by hand."""
    if is_system(by) or has_role(by, COORDINATION, SYSTEM_ADMINISTRATION):
        return Message.objects.all()
    return Message.objects.filter(owner_id=by.agent_id, owner_id__isnull=False)


def send_list(by: Agent) -> QuerySet[Message]:
    """List what waits to be sent by hand in chats: one's own, and for coordination what nobody owns."""
    mine = Q(owner_id=by.agent_id)
    if has_role(by, COORDINATION):
        mine |= Q(owner_id=None)
    return Message.objects.filter(mine, channel=Message.Channel.CHAT)


def may_handle(by: Agent, message: Message) -> bool:
    """Whoever has the chat sends the text; coordination may step in."""
    return is_system(by) or has_role(by, COORDINATION) or message.owner_id == by.agent_id


def may_release(by: Agent) -> bool:
    """Coordination and system administration say that messages held back after a restore may go."""
    return is_system(by) or has_role(by, COORDINATION, SYSTEM_ADMINISTRATION)
