"""A phone that is lost: nothing that lies on it opens anything any more."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record
from treffpunkt.links import services as links
from treffpunkt.network import rules
from treffpunkt.network.models import Actor
from treffpunkt.post.services import renew_links
from treffpunkt.upkeep.services import keep_list_soon


@transaction.atomic
def note_lost_phone(*, by: Agent, actor: Actor, unsafe: Collection[UUID] = ()) -> int:
    """Close every link a person holds, at once, and stop writing to the channels on that phone; returns how many.

    Texts that wait to be sent carry new links; so does the next message.
    """
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    require(rules.may_edit_actor(by, actor))
    closed = links.revoke(holder_id=actor.pk)
    renew_links(receiver_id=actor.pk)
    actor.channels.filter(pk__in=unsafe).update(safe=False, preferred=False)
    record(by, "actor.phone_lost", actor)
    keep_list_soon()
    return closed
