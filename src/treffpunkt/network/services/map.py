"""The map: keeping where records lie on it, and taking names out of the house."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.landscape import ACTOR, COMMUNITY, KINDS, ORGANISATION, SPACE, Key
from treffpunkt.network.models import Handout, Spot
from treffpunkt.network.services.shaping import required, shape

# More than one picture holds is no layout of ours.
MOST_SPOTS = 5000
# Farther out there is nothing to be seen.
_EDGE = 1e6
_VIEWABLE = {
    COMMUNITY: rules.communities_of,
    SPACE: rules.viewable_spaces,
    ACTOR: rules.viewable_actors,
    ORGANISATION: rules.viewable_organisations,
}


@dataclass(frozen=True)
class Named:
    """A record named by kind and id."""

    kind: str
    pk: UUID


@transaction.atomic
def keep_spots(*, by: Agent, spots: Sequence[tuple[Key, float, float]], anew: bool = False) -> int:
    """Keep where records lie that one sees; who comes first decides, until coordination lays everything out anew.

    Five statements, whatever the number. Not in the journal: where a dot lies says nothing about anybody.
    """
    require(rules.may_lay_out(by) if not anew else rules.may_lay_out_anew(by))
    if len(spots) > MOST_SPOTS:
        raise DomainError(_("So many places at once are not kept."))
    wanted = {key: (x, y) for key, x, y in spots if isfinite(x) and isfinite(y) and max(abs(x), abs(y)) < _EDGE}
    kept = [Spot(record_id=pk, record_kind=kind, x=x, y=y) for (kind, pk), (x, y) in _visible(by, wanted).items()]
    if anew:
        Spot.objects.bulk_create(
            kept, update_conflicts=True, unique_fields=["record_id"], update_fields=["x", "y"], batch_size=2000
        )
    else:
        Spot.objects.bulk_create(kept, ignore_conflicts=True, batch_size=2000)
    return len(kept)


@transaction.atomic
def hand_out_names(*, by: Agent, file_format: str, reason: str, people: Iterable[UUID]) -> Handout:
    """Note that the names of these people leave with a file of the map, and why; it shows at each of them."""
    require(rules.may_take_names(by))
    shaped = shape(Handout, {"file_format": file_format, "reason": reason}, {"file_format", "reason"})
    required(shaped["reason"], _("why you need the names"))
    ids = sorted(set(people))
    handout = Handout.objects.create(staff_id=by.agent_id, people=len(ids), **shaped)
    record(by, "map.exported", handout, *(Named(ACTOR, pk) for pk in ids), fields=["reason"])
    return handout


def forget_handouts(before: datetime) -> int:
    """Let go of what exports with names were for; that they were stays in the journal."""
    return Handout.objects.filter(created_at__lt=before).delete()[0]


def _visible(by: Agent, wanted: dict[Key, tuple[float, float]]) -> dict[Key, tuple[float, float]]:
    found: dict[Key, tuple[float, float]] = {}
    for kind in KINDS:
        ids = [pk for of, pk in wanted if of == kind]
        rows = _VIEWABLE[kind](by).filter(pk__among=ids) if ids else None
        for pk in rows.values_list("pk", flat=True) if rows is not None else ():
            found[kind, pk] = wanted[kind, pk]
    return found
