"""Reading the reference data."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from treffpunkt.vocabulary.models import Topic


def topics() -> QuerySet[Topic]:
    """List the topics of the first level, each with those below it; two queries."""
    below = Prefetch("children", Topic.objects.order_by("position", "key"))
    return Topic.objects.filter(parent=None).order_by("position", "key").prefetch_related(below)
