"""Reading promises: with the agreement, and how they were kept before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Commitment, Keeping
from treffpunkt.core.agent import Agent

_SHOWN = 6


@dataclass(frozen=True)
class Promised:
    """A promise with the last times it was due, the latest last."""

    commitment: Commitment
    kept: Sequence[bool]


def promises(by: Agent) -> QuerySet[Commitment]:
    """List the promises one sees, with the agreement and who of us sees to it."""
    return rules.viewable_commitments(by).select_related("agreement", "owner")


def promised(rows: Iterable[Commitment]) -> list[Promised]:
    """Add how each was kept before; one query."""
    every = list(rows)
    latest = Window(RowNumber(), partition_by=F("commitment"), order_by=F("pk").desc())
    found = Keeping.objects.filter(commitment__in=[one.pk for one in every]).annotate(place=latest)
    kept: dict[UUID, list[bool]] = defaultdict(list)
    for row in found.filter(place__lte=_SHOWN).order_by("pk"):
        kept[row.commitment_id].append(row.kept)
    return [Promised(one, kept[one.pk]) for one in every]
