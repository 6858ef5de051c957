"""What participants think of a meeting, without who they are."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q

from treffpunkt.meetings.models.meetings import Meeting


class Ballot(models.Model):
    """The right to answer the three questions about a meeting once; neither whose it is nor when it was used.

    It bears a random id and no moment, so that nothing joins it to an answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="ballots")
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def kind(self) -> str:
        """Name the record's kind as links know it."""
        return self._meta.label_lower


class Evaluation(models.Model):
    """One answer to the three questions; it knows its meeting and nobody.

    All answers of a meeting are written anew in another order with each that comes, so that not even their place
    in the table tells which came when.
    """

    LEAST, MOST = 1, 5

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="evaluations")
    useful = models.PositiveSmallIntegerField(null=True)
    helpful = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(useful=None) | Q(useful__range=(1, 5)), name="evaluation_useful"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
