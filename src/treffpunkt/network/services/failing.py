"""Addresses from which mail comes back: marked, shown with their remedy, and tried again."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Channel
from treffpunkt.network.services.telling import told_in_vain
from treffpunkt.post.models import Message


@transaction.atomic
def mail_failed(message_id: UUID) -> Channel | None:
    """Mark the address to which a message could not be delivered; twice is once, and staff have no such mark."""
    message = Message.objects.filter(pk=message_id, state=Message.State.FAILED, to_kind="network.actor").first()
    if message is None:
        return None
    actor = Actor.objects.select_for_update().filter(pk=message.to_id, erased_at=None).first()
    if actor is None:
        return None
    if message.tells:
        told_in_vain(actor)
    channel = actor.channels.filter(channel_kind=Channel.Kind.MAIL, value__iexact=message.address).first()
    if channel is None or channel.fails_since is not None:
        return channel
    channel.fails_since, channel.fails_why = now(), message.problem[:40]
    channel.save(update_fields=["fails_since", "fails_why"])
    record(SYSTEM, "channel.fails", actor)
    return channel


@transaction.atomic
def works_again(*, by: Agent, channel: Channel) -> Channel:
    """Take the mark away: the mailbox was emptied, or the server is back."""
    actor = Actor.objects.select_for_update().get(pk=channel.actor_id)
    require(rules.may_edit_actor(by, actor))
    channel = actor.channels.get(pk=channel.pk)
    if channel.fails_since is not None:
        channel.fails_since, channel.fails_why = None, ""
        channel.save(update_fields=["fails_since", "fails_why"])
        record(by, "channel.works", actor)
    return channel
