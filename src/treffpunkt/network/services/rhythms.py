"""Setting after how many days one gets in touch again."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Contact, Rhythm
from treffpunkt.network.rhythms import LEAST, MOST, rhythm


@transaction.atomic
def set_rhythm(*, by: Agent, days: Mapping[str, int | None]) -> list[Rhythm]:
    """Set the days for outcomes, None where nothing is due any more; gives those that changed.

    Who is due already stays due: a rhythm holds from the next contact on.
    """
    require(rules.sees_all(by))
    present, changed = rhythm(), []
    for outcome, number in days.items():
        if outcome not in Contact.Outcome.values:
            raise DomainError(_("There is no such outcome."))
        if number is not None and not LEAST <= number <= MOST:
            raise DomainError(_("Between %(least)s and %(most)s days, please.") % {"least": LEAST, "most": MOST})
        if number != present[outcome]:
            row, _made = Rhythm.objects.update_or_create(outcome=outcome, defaults={"days": number})
            record(by, "rhythm.changed", row, fields=["days"])
            changed.append(row)
    return changed
