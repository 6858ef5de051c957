"""Keeping what was said findable: with the writing itself, and by a round for what was written in any other way."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery

from treffpunkt.core.subject import as_system
from treffpunkt.meetings.finding import terms
from treffpunkt.meetings.models import Statement, StatementWords

CHUNK, MOST = 500, 10_000


def make_findable(statements: Sequence[Statement]) -> None:
    """Note by what these statements are found; the caller has written them in the same transaction."""
    rows = [
        StatementWords(statement=row, version=row.version, terms=numbers)
        for row, numbers in zip(statements, terms(statements), strict=True)
    ]
    StatementWords.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["statement"], update_fields=["version", "terms"]
    )


def catch_up(most: int = MOST) -> int:
    """Make findable what is not yet, or was changed since in another way; returns how many statements it was."""
    done = 0
    with as_system():
        known = StatementWords.objects.filter(statement=OuterRef("pk")).values("version")
        behind = Q(found_at=None) | ~Q(found_at=F("version"))
        late = Statement.objects.annotate(found_at=Subquery(known)).filter(behind).order_by("pk")
        while done < most and (chunk := list(late[:CHUNK])):
            with transaction.atomic():
                make_findable(chunk)
            done += len(chunk)
    return done
