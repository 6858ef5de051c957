"""Meetings planned from a calendar file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Meeting, Series
from treffpunkt.meetings.services.meetings import create_meeting
from treffpunkt.network.models import Community
from treffpunkt.network.rules import communities_of

MOST = 60


@dataclass(frozen=True)
class Planned:
    """One date of a calendar file, as the meeting it becomes; `key` is how it is known again."""

    key: str
    name: str
    day: date
    at: time
    zone: str
    minutes_long: int
    venue: str = ""
    room: str = ""

    @property
    def form(self) -> str:
        """Say whether people meet on site, online or both."""
        if not self.venue:
            return Meeting.Form.ONLINE
        return Meeting.Form.HYBRID if self.room else Meeting.Form.ON_SITE


@transaction.atomic
def plan_from_file(
    *, by: Agent, dates: Sequence[Planned], community: Community, series: Series | None = None
) -> list[Meeting]:
    """Prepare a meeting for each date, with the community's languages; what is planned already is left as it is.

    Gives those that are new.
    """
    require(rules.may_create(by))
    require(communities_of(by).filter(pk=community.pk).exists())
    if series is not None:
        require(rules.viewable_series(by).filter(pk=series.pk).exists())
    if not dates:
        raise DomainError(_("Choose at least one date."))
    if len(dates) > MOST:
        raise DomainError(_("Choose at most %(number)s dates at once.") % {"number": MOST})
    known = planned_keys(one.key for one in dates)
    fresh = [one for one in {one.key: one for one in dates}.values() if one.key not in known]
    return [_prepare(by, one, community, series) for one in fresh]


def _prepare(by: Agent, one: Planned, community: Community, series: Series | None) -> Meeting:
    return create_meeting(
        by=by, name=one.name, day=one.day, time=one.at, zone=one.zone, minutes_long=one.minutes_long, form=one.form,
        venue=one.venue, room=one.room, communities=[community], series=series, calendar_key=one.key,
        title=series.title if series else None,
    )  # fmt: skip


def planned_keys(keys: Iterable[str]) -> set[str]:
    """Say which of some dates of calendar files are planned already, by whomever."""
    found = Meeting.objects.filter(calendar_key__in=list(keys)).values_list("calendar_key", flat=True)
    return {str(key) for key in found}
