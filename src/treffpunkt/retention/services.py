"""Choosing how long things are kept, and letting go of what has outlived its period."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.retention import rules
from treffpunkt.retention.models import Kept
from treffpunkt.retention.periods import BY_KEY
from treffpunkt.retention.queries import periods

logger = logging.getLogger(__name__)


class Rules:
    """The periods as one thing that the journal can name."""

    kind = "retention.periods"
    pk = UUID(int=0x14)


@transaction.atomic
def set_periods(*, by: Agent, numbers: Mapping[str, int]) -> list[str]:
    """Choose how long things are kept; returns the keys that changed. The next daily run follows them."""
    require(rules.may_change(by))
    for key, number in numbers.items():
        period = BY_KEY.get(key)
        if period is None:
            raise DomainError(_("There is no such period."))
        if not period.least <= number <= period.most:
            raise DomainError(
                _("“%(what)s”: please choose between %(least)s and %(most)s.")
                % {"what": period.title, "least": period.least, "most": period.most}
            )
    present = periods().numbers
    changed = [key for key, number in numbers.items() if present[key] != number]
    for key in changed:
        Kept.objects.update_or_create(key=key, defaults={"number": numbers[key]})
    if changed:
        record(by, "retention.changed", Rules(), fields=changed)
    return changed


def let_go(work: Mapping[str, Callable[[datetime], int]]) -> dict[str, int]:
    """Let go of everything that has outlived its period, kind by kind; what fails holds up nothing else."""
    present, gone = periods(), {}
    for key, forget in work.items():
        try:
            gone[key] = forget(present.before(key))
        except Exception as error:
            # Its words may hold values of the rows it was about.
            logger.error("Retention of %s failed: %s", key, type(error).__name__)
            continue
        Kept.objects.bulk_create([Kept(key=key)], ignore_conflicts=True)
        Kept.objects.filter(key=key).update(ran_at=now(), gone=gone[key], gone_ever=F("gone_ever") + gone[key])
    return gone
