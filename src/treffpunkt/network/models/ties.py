"""What ties organisations, actors and communities to each other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from treffpunkt.core.models import Record
from treffpunkt.core.references import named


class Tie(Record):
    """A tie between two organisations, actors or communities, named by kind and id."""

    one_kind = models.CharField(max_length=60)
    one_id = models.UUIDField()
    other_kind = models.CharField(max_length=60)
    other_id = models.UUIDField()
    what = models.CharField(max_length=200, blank=True)

    # In either order it is one tie: the smaller id stands first.
    NAMES: ClassVar = (named("one"), named("other"))
    PAIR: ClassVar = ("one", "other")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["one_id", "other_id"], name="tie_once")]
