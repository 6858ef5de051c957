"""Entering, changing and checking spaces."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.addresses import Recognised, recognise
from treffpunkt.network.models import Space
from treffpunkt.network.services.belonging import belonging, own_communities, put_into
from treffpunkt.network.services.counts import recount_actors_in
from treffpunkt.network.services.names import index_spaces
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.shaping import differences, required, shape
from treffpunkt.network.services.snapshots import note_members

FIELDS = frozenset(
    [
        "name",
        "short_name",
        "name_language",
        "platform",
        "space_kind",
        "address",
        "source_key",
        "language",
        "communities",
        "members",
        "audience",
        "content",
        "visibility",
        "place",
        "women_only",
        "rules",
        "link_policy",
        "post_approval",
        "check_due",
    ]
)
# What the plan of whom to talk to next rests on.
_PLANNED = frozenset({"members", "communities"})
# Days between two looks into a space; large ones are looked into twice as often.
_RHYTHM = {
    Space.State.CONTACTED: 30,
    Space.State.JOINED: 30,
    Space.State.COOPERATING: 14,
    Space.State.FOUND: 90,
    Space.State.DORMANT: 180,
}
_LARGE = 10_000


class KnownSpace(DomainError):
    """The address is that of a space we have already; `space_id` is empty where one may not see it."""

    def __init__(self, space: Space | None = None) -> None:
        if space is None:
            super().__init__(_("This address is entered already, in another community. Please ask the coordination."))
        else:
            super().__init__(_("This address is entered already: “%(name)s”.") % {"name": space.name})
        self.space_id = space.pk if space else None


@transaction.atomic
def create_space(*, by: Agent, name: str, id: UUID | None = None, **fields: Any) -> Space:
    """Enter a space; its platform and kind follow from its address, and no address is entered twice.

    An `id` that is known already gives that space, so that a form sent twice enters it once.
    """
    require(rules.may_create(by))
    if id and (known := Space.objects.filter(pk=id).first()):
        require(rules.may_edit_space(by, known))
        return known
    shaped = shape_space({"name": name, **fields})
    required(shaped["name"], _("name"))
    communities = belonging(
        own_communities(by),
        shaped.pop("communities", ()),
        language=shaped.get("language_id"),
    )
    refuse_known(by, shaped.get("address", ""))
    required(shaped.get("platform_id") or "", _("platform"))
    space = new_space(shaped, id=id)
    try:
        with transaction.atomic():
            space.save(force_insert=True)
    except IntegrityError:  # entered by somebody else a moment ago
        refuse_known(by, space.address)
        raise
    put_into(space, communities)
    index_spaces([space])
    note_members([space])
    record(by, "space.created", space)
    if communities:
        ask_for_new_plan()
    return space


@transaction.atomic
def change_space(*, by: Agent, space: Space, version: int | None = None, **changes: Any) -> Space:
    """Change what is known about a space; raises Stale where somebody else has changed it since `version`."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    shaped = shape_space(changes, present=space)
    communities = shaped.pop("communities", None)
    changed = differences(space, shaped)
    if "name" in changed:
        required(shaped["name"], _("name"))
    if "address" in changed:
        refuse_known(by, shaped["address"], but=space)
    if communities is not None:
        present = list(space.communities.all())
        if put_into(
            space,
            belonging(own_communities(by), communities, present, language=space.language_id),
        ):
            changed.append("communities")
    if not changed:
        return space
    space.advance(version)
    for field in changed:
        if field != "communities":
            setattr(space, field, shaped[field])
    if "members" in changed:
        space.members_counted_on = today() if space.members is not None else None
    space.save()
    if "members" in changed:
        note_members([space])
    after_change([space], changed)
    record(
        by,
        "space.changed",
        space,
        fields=[field.removesuffix("_id") for field in changed],
    )
    return space


@transaction.atomic
def move_space(*, by: Agent, space: Space, state: str, reason: str = "") -> Space:
    """Move a space to another state; that it sleeps or is lost needs a reason."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    if str(state) == space.state:
        return space
    reason = shape(Space, {"state_reason": reason}, {"state_reason"})["state_reason"]
    if state in (Space.State.DORMANT, Space.State.LOST):
        required(reason, _("reason"))
    _move(space, state, reason)
    record(by, "space.moved", space, fields=["state"])
    ask_for_new_plan()
    return space


@transaction.atomic
def check_space(
    *,
    by: Agent,
    space: Space,
    members: int | None = None,
    next_check: date | None = None,
) -> Space:
    """Note that one has looked into the space, perhaps how many members it has, and when the next look is due."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    grown = members is not None and members != space.members
    if members is not None:
        space.members, space.members_counted_on = shape(Space, {"members": members}, ["members"])["members"], today()
    space.checked_at = now()
    space.check_due = next_check or next_look(space)
    space.advance()
    space.save()
    if members is not None:
        note_members([space])
    if grown:
        after_change([space], ["members"])
    record(by, "space.checked", space, fields=["members"] if grown else [])
    return space


def contacted(by: Agent, space: Space) -> None:
    """Move a space from found to contacted, because its people were talked to; any other state stays."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    if space.state == Space.State.FOUND:
        _move(space, Space.State.CONTACTED, "")
        record(by, "space.moved", space, fields=["state"])


def next_look(space: Space) -> date | None:
    """Tell when to look into a space again, by its state and size; a lost one never."""
    days = _RHYTHM.get(Space.State(space.state))
    if days is None:
        return None
    return today() + timedelta(days=days // 2 if (space.members or 0) >= _LARGE else days)


def shape_space(given: dict[str, Any], present: Space | None = None) -> dict[str, Any]:
    """Shape the values of a space, reducing its address to the one spelling that is stored."""
    communities = given.get("communities")
    shaped = shape(
        Space,
        {name: value for name, value in given.items() if name != "communities"},
        FIELDS,
    )
    if shaped.get("address") and (present is None or shaped["address"] != present.address):
        _reduce(shaped, present)
    if communities is not None:
        shaped["communities"] = list(communities)
    return shaped


def new_space(shaped: dict[str, Any], id: UUID | None = None) -> Space:
    """Make the row of a space from shaped values."""
    space = Space(**({"id": id} if id else {}), **shaped)
    space.state_since = now()
    if space.members is not None:
        space.members_counted_on = today()
    return space


def refuse_known(by: Agent, address: str, but: Space | None = None) -> None:
    """Raise KnownSpace where another space has this address; it is named only to whoever may see it."""
    if not address:
        return
    others = Space.objects.filter(address=address)
    if but:
        others = others.exclude(pk=but.pk)
    if other := others.first():
        raise KnownSpace(rules.viewable_spaces(by).filter(pk=other.pk).first())


def after_change(spaces: list[Space], changed: list[str]) -> None:
    """Keep up to date what rests on the changed fields: names, reach, the plan."""
    if {"name", "short_name", "address"} & set(changed):
        index_spaces(spaces)
    if "members" in changed:
        recount_actors_in(space.pk for space in spaces)
    if _PLANNED & set(changed):
        ask_for_new_plan()


def _move(space: Space, state: str, reason: str) -> None:
    space.move_to(str(state))
    space.state_since, space.state_reason = now(), reason
    space.check_due = next_look(space) if state != Space.State.FOUND else None
    space.advance()
    space.save()


def _reduce(shaped: dict[str, Any], present: Space | None) -> None:
    platform = shaped.get("platform_id") or (present.platform_id if present else "")
    found = recognise(shaped["address"], platform=platform or "")
    if found is None:
        raise DomainError(_("This is not an address we can read. Please copy it from the browser or the app."))
    shaped["address"] = found.address
    if _says_more(found) or not platform:
        shaped["platform_id"] = found.platform
    if found.kind and (_says_more(found) or (present is None and not shaped.get("space_kind"))):
        shaped["space_kind"] = found.kind


def _says_more(found: Recognised) -> bool:
    """Say whether the address is that of a platform, not just any page on the net."""
    return found.platform != "blog"
