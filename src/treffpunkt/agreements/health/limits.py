"""From how many days on the radar speaks of something, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models import Threshold


@dataclass(frozen=True)
class Limit:
    """A number of days that coordination may change, with what it means."""

    key: str
    title: str | Promise
    proposed: int
    least: int = 1
    most: int = 730


LIMITS = (
    Limit("untried", _("A right was not seen to work for"), 90, least=7),
    Limit("unproven", _("A right was agreed on and not tried for"), 30, least=7),
    Limit("review", _("An agreement is to be looked at within"), 14, least=0, most=120),
    Limit("leaving", _("Somebody who leads a group stops within"), 30, least=0, most=365),
    Limit("unchecked", _("A look into a group is overdue for"), 14, least=0, most=365),
)
BY_KEY = {limit.key: limit for limit in LIMITS}


def days() -> Mapping[str, int]:
    """Give the days in force by key; one query."""
    chosen = dict(Threshold.objects.values_list("key", "days"))
    return {limit.key: chosen.get(limit.key, limit.proposed) for limit in LIMITS}
