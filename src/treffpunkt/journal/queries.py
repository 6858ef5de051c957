"""Reading the journal."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from treffpunkt.journal.models import Entry, Origin


def thread(record_id: UUID, *, most: int = 50) -> list[Entry]:
    """List what touched a record, newest first; one query, through the index of touched records."""
    return list(Entry.objects.filter(touched__record_id=record_id).order_by("-touched__entry")[:most])


def results_of(source_ids: Iterable[UUID]) -> QuerySet[Origin]:
    """List what grew from these records."""
    return Origin.objects.filter(source_id__in=list(source_ids)).order_by("id")


def sources_of(result_ids: Iterable[UUID]) -> QuerySet[Origin]:
    """List from what these records grew."""
    return Origin.objects.filter(result_id__in=list(result_ids)).order_by("id")


def latest(verbs: Iterable[str], *, most: int = 20) -> QuerySet[Entry]:
    """List the newest entries with one of these verbs."""
    return Entry.objects.filter(verb__in=list(verbs)).order_by("-id")[:most]
