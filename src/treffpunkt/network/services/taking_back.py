"""Taking back a contact that was logged by a wrong tap."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network.models import Actor, Contact, Role, Space
from treffpunkt.network.services.planning import ask_for_new_plan

_WHILE = timedelta(hours=12)


@dataclass(frozen=True)
class Before:
    """How somebody stood to us before a contact, as plain values: kept by whoever may want to go back."""

    version: int
    standing: str
    next_touch: str | None
    last_contact_at: str | None
    # Of their groups those that were only found: a contact moves one of them on.
    found: list[str]

    def plain(self) -> dict[str, Any]:
        """Give it as values a session can hold."""
        return asdict(self)


def before(actor: Actor) -> Before:
    """Remember how somebody stands to us."""
    led = Role.objects.present().filter(actor=actor, space__state=Space.State.FOUND)
    return Before(
        version=actor.version,
        standing=actor.standing,
        next_touch=actor.next_touch.isoformat() if actor.next_touch else None,
        last_contact_at=actor.last_contact_at.isoformat() if actor.last_contact_at else None,
        found=[str(pk) for pk in led.values_list("space_id", flat=True)[:50]],
    )


@transaction.atomic
def take_back_contact(*, by: Agent, contact: Contact, was: Before) -> None:
    """Take one's own contact back, while nothing else has happened with the person since.

    Standing, next and last contact are those of before again, and a group that only this contact moved on is found.
    """
    if contact.actor_id is None:
        return
    actor = Actor.objects.select_for_update().get(pk=contact.actor_id)
    known = Contact.objects.select_for_update().filter(pk=contact.pk).first()
    if known is None:
        return  # taken back already
    require(by.agent_kind == "staff" and known.staff_id == by.agent_id)
    if actor.version != was.version + 1 or actor.erased_at or now() - known.created_at > _WHILE:
        raise DomainError(_("Something has happened with this person since. Please change the entry instead."))
    since = known.created_at
    known.delete()
    moved = actor.standing != was.standing
    actor.standing = was.standing
    actor.next_touch = date.fromisoformat(was.next_touch) if was.next_touch else None
    actor.last_contact_at = datetime.fromisoformat(was.last_contact_at) if was.last_contact_at else None
    actor.advance()
    actor.save()
    record(by, "contact.taken_back", actor, fields=["standing"] if moved else [])
    for space in Space.objects.select_for_update().filter(
        pk__in=[UUID(pk) for pk in was.found], state=Space.State.CONTACTED, state_since__gte=since
    ):
        space.move_to(Space.State.FOUND)
        space.state_since, space.check_due = now(), None
        space.advance()
        space.save()
        record(by, "space.moved", space, fields=["state"])
    ask_for_new_plan()
