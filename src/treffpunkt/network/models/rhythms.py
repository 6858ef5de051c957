"""After how many days one gets in touch again, by what came of the last contact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from treffpunkt.core.models import Record
from treffpunkt.network.models.contacts import Contact


class Rhythm(Record):
    """What coordination has set for an outcome; without a row holds what we propose, with no days nothing is due."""

    outcome = models.CharField(max_length=10, choices=Contact.Outcome)
    days = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["outcome"], name="rhythm_once")]

    def __str__(self) -> str:
        return self.outcome
