"""Reading messages out."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, QuerySet

from treffpunkt.core.agent import Agent
from treffpunkt.post import rules
from treffpunkt.post.models import Message


def waiting_by_hand(by: Agent) -> QuerySet[Message]:
    """List the texts somebody has to send in a chat, oldest first."""
    return rules.send_list(by).filter(state=Message.State.BY_HAND).order_by("id")


def counts_about(record_ids: Iterable[UUID]) -> dict[str, int]:
    """Count the messages about some records by state."""
    rows = Message.objects.filter(about_id__in=list(record_ids)).values_list("state").annotate(Count("id"))
    return dict(rows)


def problems(by: Agent) -> QuerySet[Message]:
    """List mails that did not arrive or whose fate nobody knows."""
    return rules.viewable(by).filter(state__in=[Message.State.FAILED, Message.State.UNCLEAR]).order_by("-id")
