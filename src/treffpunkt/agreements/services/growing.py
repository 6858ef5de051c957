"""What was said in a meeting becomes an agreement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from treffpunkt.agreements.models import Agreement
from treffpunkt.agreements.services.drafting import create_agreement
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.meetings.models import Kind, Statement
from treffpunkt.meetings.rules import viewable_statements
from treffpunkt.meetings.services.notes import note_result
from treffpunkt.network.models import Space


@transaction.atomic
def turn_into_agreement(*, by: Agent, statement: Statement, spaces: Iterable[Space], **parts: Any) -> Agreement:
    """Prepare an agreement from a statement, once for each `id`; it stays where it was said, both lead to each other.

    `parts` are the others of `create_agreement`.
    """
    require(viewable_statements(by).filter(pk=statement.pk).exists())
    agreement = create_agreement(by=by, spaces=spaces, **parts)
    note_result(by=by, statement=statement, kind=Kind.COOPERATION, result=agreement)
    return agreement
