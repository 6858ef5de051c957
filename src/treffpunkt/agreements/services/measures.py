"""What was done about the topics of an agreement that concern women especially."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Agreement, Measure
from treffpunkt.agreements.services.locking import locked
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import tidy
from treffpunkt.journal.services import record
from treffpunkt.vocabulary.models import Topic


@transaction.atomic
def note_measure(
    *, by: Agent, agreement: Agreement, topic: Topic, measure_kind: str, done_on: date | None = None, note: str = ""
) -> Measure:
    """Note what was done about a topic of an agreement and when; the same on the same day is noted once."""
    agreement = locked(agreement)
    require(rules.may_note(by, agreement))
    if measure_kind not in Measure.Kind.values:
        raise DomainError(_("Please choose what was done."))
    if not agreement.topics.filter(pk=topic.pk).exists():
        raise DomainError(_("The agreement does not name this topic."))
    day = done_on or today()
    if day > today():
        raise DomainError(_("This lies in the future."))
    measure, new = Measure.objects.get_or_create(
        agreement=agreement, topic=topic, measure_kind=measure_kind, done_on=day,
        defaults={"note": tidy(note)[:200], "noted_by_id": by.agent_id if by.agent_kind == "staff" else None},
    )  # fmt: skip
    if new:
        record(by, "measure.noted", measure, agreement)
    return measure


@transaction.atomic
def take_back_measure(*, by: Agent, measure: Measure) -> None:
    """Take out what was noted by mistake; twice is once."""
    agreement = locked(measure.agreement)
    require(rules.may_note(by, agreement))
    if Measure.objects.filter(pk=measure.pk).delete()[0]:
        record(by, "measure.taken_back", agreement)
