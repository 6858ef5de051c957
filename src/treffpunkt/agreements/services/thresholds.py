"""From when on the radar speaks of something: set by coordination, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.agreements import rules
from treffpunkt.agreements.health.limits import BY_KEY
from treffpunkt.agreements.models import Threshold
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require


@transaction.atomic
def set_thresholds(*, by: Agent, days: Mapping[str, int]) -> None:
    """Set from how many days on the radar speaks of something; what is as proposed is not kept."""
    require(rules.may_set_thresholds(by))
    for key, number in days.items():
        limit = BY_KEY.get(key)
        if limit is None:
            raise DomainError(_("The radar knows no such threshold."))
        if not limit.least <= number <= limit.most:
            raise DomainError(
                _("Choose between %(least)s and %(most)s days.") % {"least": limit.least, "most": limit.most}
            )
        if number == limit.proposed:
            Threshold.objects.filter(pk=key).delete()
        else:
            Threshold.objects.update_or_create(key=key, defaults={"days": number})
