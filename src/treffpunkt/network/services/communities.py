"""Making communities and saying who works with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Community
from treffpunkt.network.services.names import index_communities
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.shaping import differences, keys, required, shape

_PLAIN = frozenset({"name", "language", "countries", "note"})
_MANY = ("platforms", "counsellors")


@transaction.atomic
def create_community(*, by: Agent, name: str, language: Any, id: UUID | None = None, **fields: Any) -> Community:
    """Make a community: its language, countries, main platforms and the counsellors who work with it."""
    require(rules.may_edit_communities(by))
    if id and (known := Community.objects.filter(pk=id).first()):
        return known
    many = {field: keys(fields.pop(field, ())) for field in _MANY}
    shaped = shape(Community, {"name": name, "language": language, **fields}, _PLAIN)
    required(shaped["name"], _("name"))
    required(shaped["language_id"] or "", _("language"))
    community = Community(**({"id": id} if id else {}), **shaped)
    community.save(force_insert=True)
    for field, wanted in many.items():
        getattr(community, field).set(wanted)
    index_communities([community])
    record(by, "community.created", community)
    return community


@transaction.atomic
def change_community(*, by: Agent, community: Community, version: int | None = None, **changes: Any) -> Community:
    """Change a community or who works with it; raises Stale where somebody else has since `version`."""
    community = Community.objects.select_for_update().get(pk=community.pk)
    require(rules.may_edit_communities(by))
    many = {field: keys(changes.pop(field) or ()) for field in _MANY if field in changes}
    shaped = shape(Community, changes, _PLAIN)
    changed = differences(community, shaped)
    if "name" in changed:
        required(shaped["name"], _("name"))
    for field, wanted in many.items():
        if set(getattr(community, field).values_list("pk", flat=True)) != wanted:
            getattr(community, field).set(wanted)
            changed.append(field)
    if not changed:
        return community
    community.advance(version)
    for field in changed:
        if field in shaped:
            setattr(community, field, shaped[field])
    community.save()
    if "name" in changed:
        index_communities([community])
    record(
        by,
        "community.changed",
        community,
        fields=[field.removesuffix("_id") for field in changed],
    )
    if "counsellors" in changed:
        ask_for_new_plan()
    return community
