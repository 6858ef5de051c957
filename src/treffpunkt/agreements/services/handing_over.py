"""Handing over agreements when a colleague leaves."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from treffpunkt.agreements.models import Agreement, Commitment, Succession
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record_many
from treffpunkt.people.models import Staff
from treffpunkt.people.rules import may_manage_staff


def running_of(staff: Staff) -> QuerySet[Agreement]:
    """List the agreements somebody looks after that have not ended."""
    return Agreement.objects.filter(owner=staff).exclude(state=Agreement.State.ENDED)


@transaction.atomic
def hand_over_agreements(*, by: Agent, leaver: Staff, to: Staff, ids: Collection[UUID] | None = None) -> int:
    """Let a colleague look after the leaver's agreements, or some of them, with our promises in them.

    With all of them go those whom they ask who follows when somebody leaves. Gives how many agreements that are.
    """
    require(may_manage_staff(by))
    rows = running_of(leaver)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    agreements = list(rows.select_for_update(of=("self",)).order_by("pk"))
    for agreement in agreements:
        agreement.owner = to
        agreement.advance()
    Agreement.objects.bulk_update(agreements, ["owner", "version"], batch_size=500)
    promises = Commitment.objects.filter(owner=leaver, state=Commitment.State.OPEN)
    if ids is not None:
        promises = promises.filter(agreement__in=agreements)
    else:
        hand_over_successions(leaver=leaver, to=to)
    promises.update(owner=to)
    record_many(by, "agreement.changed", [(one, ()) for one in agreements], fields=["owner"])
    return len(agreements)


def hand_over_successions(*, leaver: Staff, to: Staff, actor_ids: Collection[UUID] | None = None) -> None:
    """Let a colleague settle who follows people, or some people, who leave; the caller saw to the rule."""
    rows = Succession.objects.filter(owner=leaver).exclude(state=Succession.State.CLOSED)
    if actor_ids is not None:
        rows = rows.filter(actor__in=list(actor_ids))
    rows.update(owner=to)
