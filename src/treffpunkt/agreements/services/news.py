"""What the parties of an agreement are told, each in their language and by their channel, neutral from outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from treffpunkt.agreements.models import Agreement, Party
from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Actor
from treffpunkt.network.services.reaching import receiver_of, with_ways
from treffpunkt.post.models import Message
from treffpunkt.post.services import Draft, Receiver, cancel

OFFER, AMENDED, REMINDER = (
    "agreements/messages/offer", "agreements/messages/amended", "agreements/messages/reminder",
)  # fmt: skip
CONCLUDED, ENDED, ANSWERED = (
    "agreements/messages/concluded", "agreements/messages/ended", "agreements/messages/answered",
)  # fmt: skip
FRESH_LINK = "meetings/messages/fresh_link"
# A link opens as long as somebody may want to end what they agreed to; a fresh one is a tap away.
LINK_DAYS = 730
_WAITING = (Message.State.QUEUED, Message.State.BY_HAND, Message.State.FAILED)


def parties(agreement: Agreement) -> list[Party]:
    """List the parties of an agreement that can be written to, with all that writing to them needs."""
    rows = agreement.parties.filter(Q(actor__erased_at=None), left="", actor__isnull=False).order_by("id")
    return list(
        rows.select_related("agreement__owner").prefetch_related(Prefetch("actor", with_ways(Actor.objects.all())))
    )


def receiver(party: Party) -> Receiver | None:
    """Say how a party is reached, or nothing where no channel leads to them."""
    found = receiver_of(party.actor) if party.actor else None
    return found if found and (found.mail or found.chat_url or found.chat_name) else None


def drafts(template: str, rows: Iterable[Party], *, occasion: str, **more: Any) -> tuple[list[Draft], list[UUID]]:
    """Write a message to each party; `occasion` names the occasion with a gap for the party. Also whom none reaches."""
    written, unreachable = [], []
    for party in rows:
        to = receiver(party)
        if to is None:
            unreachable.append(party.pk)
            continue
        owner = party.agreement.owner
        written.append(
            Draft(
                template=template,
                to=to,
                language=party.language,
                occasion=occasion.format(party.pk),
                context={"host": owner.name if owner else "", **more},
                link=link_of(party),
                about=party,
                # The offer leads to what is stored about its receiver.
                tells=template == OFFER,
            )
        )
    return written, unreachable


def link_of(party: Party, *, days: int = LINK_DAYS, fresh: bool = False) -> dict[str, str | int]:
    """Describe the link to a party's agreement."""
    wanted: dict[str, str | int] = {
        "purpose": "agreement", "subject_kind": party.kind, "subject_id": str(party.pk), "days": days,
    }  # fmt: skip
    return wanted | {"fresh": 1} if fresh else wanted


def take_back(*, by: Agent, agreement: Agreement) -> None:
    """Take back what has not gone out yet."""
    ids = agreement.parties.values_list("pk", flat=True)
    waiting = Message.objects.filter(about_id__in=list(ids), state__in=_WAITING)
    if occasions := list(waiting.values_list("occasion", flat=True)):
        cancel(by=by, occasions=occasions)


def unread(rows: Iterable[Party]) -> set[UUID]:
    """Tell whose offer still waits to be sent."""
    waiting = Message.objects.filter(
        about_id__in=[row.pk for row in rows], template__in=(OFFER, AMENDED), state__in=_WAITING
    )
    return {about for about in waiting.values_list("about_id", flat=True) if about}
