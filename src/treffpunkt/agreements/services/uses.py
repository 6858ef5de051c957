"""Rights in practice: what was done in a group proves them, a tap says where they fail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, GrantedRight, Use
from treffpunkt.agreements.services.locking import locked
from treffpunkt.agreements.services.rights import note_right
from treffpunkt.core.agent import Agent, is_system
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import require
from treffpunkt.journal.services import Named
from treffpunkt.network.models import Space
from treffpunkt.network.rules import viewable_spaces

K = GrantedRight.Kind
# Whoever does the one has done the other: a post shows that one is a member.
SHOWS: dict[str, tuple[str, ...]] = dict.fromkeys(
    (K.POST, K.LINKS, K.PIN, K.TAGGED, K.LIVE, K.ANNOUNCE, K.MODERATE, K.BADGE), (K.JOIN,)
)


@transaction.atomic
def note_use(
    *,
    by: Agent,
    right: GrantedRight,
    at: datetime | None = None,
    worked: bool = True,
    source: Named | None = None,
    id: UUID | None = None,
) -> Use:
    """Note that a right was used and worked, or did not; the same `id`, or the same `source`, is noted once.

    `source` is the record that proves it, such as an entry of the contact log.
    """
    locked(right.agreement)
    known = Use.objects.filter(Q(pk=id) if id else Q(right=right, source_id=source.pk) if source else Q(pk=None))
    if found := known.first():
        return found
    moment = min(at or now(), now())
    right = note_right(by=by, right=right, works=worked, at=moment)
    return Use.objects.create(
        id=id or uuid7(), right=right, at=moment, worked=worked,
        staff_id=by.agent_id if by.agent_kind == "staff" else None,
        source_kind=source.kind if source else "", source_id=source.pk if source else None,
    )  # fmt: skip


@transaction.atomic
def note_done(
    *, by: Agent, space: Space, kinds: Iterable[str], at: datetime | None = None, source: Named | None = None
) -> list[Use]:
    """Take what somebody did in a group as proof of the rights to do it, and of those that it shows; gives the uses.

    Where nothing was granted nothing is noted, so that whoever logs something need not know what was agreed. Without
    a `source` it is noted once a day.
    """
    require(is_system(by) or viewable_spaces(by).filter(pk=space.pk).exists())
    done = {str(kind) for kind in kinds}
    shown = done | {str(kind) for one in done for kind in SHOWS.get(one, ())}
    rights = _in_use(by, space, sorted(shown)) if rules.may_create(by) else []
    mark = f"{by.agent_id}:{today()}"
    return [
        note_use(by=by, right=right, at=at, source=source, id=None if source else uuid5(right.pk, mark))
        for right in rights
    ]


def _in_use(by: Agent, space: Space, kinds: Sequence[str]) -> list[GrantedRight]:
    """List the rights of these kinds that hold in a group, for the whole team or for whoever acts."""
    rights = GrantedRight.objects.filter(space=space, right_kind__in=kinds, agreement__state=Agreement.State.IN_FORCE)
    mine = Q(profile=None) | Q(profile__staff=None) | Q(profile__staff=by.agent_id)
    return list(rights.filter(mine).exclude(state=GrantedRight.State.ENDED).select_related("agreement").order_by("pk"))
