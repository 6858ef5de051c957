"""How long things are kept, where coordination chose otherwise than proposed, and what went last."""

from __future__ import annotations

from django.db import models


class Kept(models.Model):
    """One period of `periods.PERIODS`: its number where it was changed, and the last run."""

    key = models.CharField(max_length=30, primary_key=True)
    # Empty as long as the proposal holds.
    number = models.PositiveSmallIntegerField(null=True)
    ran_at = models.DateTimeField(null=True)
    # How many rows went in the last run, and since the installation was made.
    gone = models.PositiveIntegerField(default=0)
    gone_ever = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.key
