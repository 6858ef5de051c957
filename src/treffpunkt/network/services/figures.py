"""Figures of one space as people bring them: seen by themselves, counted in an export, taken back again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Snapshot, Space
from treffpunkt.network.over_time import monday
from treffpunkt.network.services.counts import recount_actors_in
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.services.snapshots import keep_figures, settle_members
from treffpunkt.network.services.spaces import check_space

# Of the last seven days most lie in the week of the day three days ago.
_MIDDLE = timedelta(days=3)


@transaction.atomic
def enter_figures(*, by: Agent, space: Space, members: int | None = None, posts: int | None = None) -> Space:
    """Note what one sees on looking in: how many members, how many posts during the last seven days."""
    if members is None and posts is None:
        raise DomainError(_("Please enter at least one number."))
    checked = check_space(by=by, space=space, members=members)
    if posts is not None:
        first = monday(today() - _MIDDLE)
        keep_figures([{"space_id": space.pk, "day": first, "source": Snapshot.Source.ENTERED, "posts": posts}])
    return checked


@transaction.atomic
def keep_weeks(
    *,
    by: Agent,
    space: Space,
    posts: Mapping[date, int],
    source: str = Snapshot.Source.CHAT,
    members: int | None = None,
    day: date | None = None,
) -> int:
    """Keep the posts of whole weeks, by their Monday, and perhaps the members of a day; returns how many weeks."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    place = {"space_id": space.pk, "source": source}
    rows = [{**place, "day": monday(first), "posts": number} for first, number in posts.items()]
    if members is not None:
        rows.append({**place, "day": day or today(), "members": members})
    keep_figures(rows)
    _settle(space)
    record(by, "space.counted", space)
    return len(posts)


@transaction.atomic
def forget_figures(*, by: Agent, space: Space, source: str, moment: datetime) -> int:
    """Take back what was brought in at one moment from one source; returns how many figures."""
    space = Space.objects.select_for_update().get(pk=space.pk)
    require(rules.may_edit_space(by, space))
    if source not in Snapshot.Source.values:
        return 0
    rows = Snapshot.objects.filter(space=space, source=source, created_at=moment)
    counted = rows.filter(members__isnull=False).exists()
    number, _kinds = rows.delete()
    if number:
        if counted and not Snapshot.objects.filter(space=space, members__isnull=False).exists():
            _forget_members(space)
        _settle(space)
        record(by, "space.figures_removed", space)
    return number


def _forget_members(space: Space) -> None:
    """Say that nobody has counted: the only count was taken back."""
    space.members, space.members_counted_on = None, None
    space.advance()
    space.save()
    recount_actors_in([space.pk])
    ask_for_new_plan()


def _settle(space: Space) -> None:
    if settle_members([space.pk]):
        recount_actors_in([space.pk])
        ask_for_new_plan()
