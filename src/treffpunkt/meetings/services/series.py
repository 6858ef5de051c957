"""Series: the meetings of a season."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import Series
from treffpunkt.network.models import Community
from treffpunkt.people.models import Staff


@transaction.atomic
def create_series(
    *,
    by: Agent,
    name: str,
    begins: date,
    ends: date,
    communities: Iterable[Community],
    title: Mapping[str, str] | None = None,
    contact: Staff | None = None,
    shows_planned: bool = False,
    id: UUID | None = None,
) -> Series:
    """Open a series for a season of one or more communities; the same `id` twice makes one."""
    require(rules.may_create(by))
    if id and (known := Series.objects.filter(pk=id).first()):
        return known
    _check(name, begins, ends)
    series = Series.objects.create(
        id=id or uuid7(),
        name=tidy(name),
        begins=begins,
        ends=ends,
        title=dict(title or {}),
        contact=contact,
        shows_planned=shows_planned,
    )
    groups = list(communities)
    series.communities.set(groups)
    record(by, "series.created", series, *groups)
    return series


@transaction.atomic
def change_series(*, by: Agent, series: Series, version: int, **changes: Any) -> Series:
    """Change name, title, season, communities or contact person of a series."""
    series = Series.objects.select_for_update().get(pk=series.pk)
    require(rules.may_edit_series(by, series))
    series.advance(version)
    communities = changes.pop("communities", None)
    fields = [name for name, value in changes.items() if getattr(series, name) != value]
    for name in fields:
        setattr(series, name, tidy(changes[name]) if name == "name" else changes[name])
    _check(series.name, series.begins, series.ends)
    series.save()
    if communities is not None:
        series.communities.set(communities)
        fields.append("communities")
    if fields:
        record(by, "series.changed", series, fields=fields)
    return series


def _check(name: str, begins: date, ends: date) -> None:
    if not tidy(name):
        raise DomainError(_("The series needs a name."))
    if ends < begins:
        raise DomainError(_("The series ends before it begins."))
