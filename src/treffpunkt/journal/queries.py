"""Reading the journal."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from treffpunkt.core import prepared
from treffpunkt.journal.models import Entry, Origin, Touched

# An entry about a whole round of invitations touches hundreds of records; its sentence needs the first few.
NAMED = 8


def thread(record_id: UUID, *, most: int = 50) -> list[Entry]:
    """List what touched a record, newest first, each with `named`; one query, through the index of touched records."""
    return prepared.rows(_thread, record_id, most)


def _thread(record_id: UUID, most: int) -> QuerySet[Entry]:
    of_entry = Touched.objects.filter(entry=OuterRef("pk")).order_by("id")
    named = ArraySubquery(of_entry.values(pair=JSONObject(kind="record_kind", id="record_id"))[:NAMED])
    found = Entry.objects.filter(touched__record_id=record_id).annotate(named=named)
    return found.order_by("-touched__entry")[:most]


def results_of(source_ids: Iterable[UUID]) -> QuerySet[Origin]:
    """List what grew from these records."""
    return Origin.objects.filter(source_id__in=list(source_ids)).order_by("id")


def sources_of(result_ids: Iterable[UUID]) -> QuerySet[Origin]:
    """List from what these records grew."""
    return Origin.objects.filter(result_id__in=list(result_ids)).order_by("id")


def latest(verbs: Iterable[str], *, most: int = 20) -> QuerySet[Entry]:
    """List the newest entries with one of these verbs."""
    return Entry.objects.filter(verb__in=list(verbs)).order_by("-id")[:most]
