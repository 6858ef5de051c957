"""The stored plan of whom to talk to next."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from treffpunkt.core.references import Named
from treffpunkt.network.models.actors import Actor
from treffpunkt.network.models.communities import Community


class Pick(models.Model):
    """A line of the stored plan of whom to talk to next, renewed by a job after each outcome and import."""

    id = models.BigAutoField(primary_key=True)
    # Empty for the plan over everything.
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    reach_added = models.PositiveBigIntegerField()
    reach_so_far = models.PositiveBigIntegerField()
    spaces_open = models.PositiveIntegerField()
    communities_bridged = ArrayField(models.UUIDField(), default=list)

    NAMES: ClassVar = (Named("communities_bridged", follows=False),)
    DERIVED: ClassVar = True

    class Meta:
        ordering = ("position",)
        indexes: ClassVar = [models.Index(fields=["community", "position"], name="pick_position")]
