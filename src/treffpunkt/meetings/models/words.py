"""What a statement is found by."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from treffpunkt.meetings.models.statements import Statement


class StatementWords(models.Model):
    """Numbers of a statement's word stems and groups of letters, never the words themselves.

    They stand in a table of their own: an index over statements would not be used, since the database asks who may
    read a confidential one before it compares anything. What is found here is read through its statement only.
    """

    statement = models.OneToOneField(Statement, models.CASCADE, primary_key=True, related_name="+")
    # Of which version of the statement.
    version = models.PositiveIntegerField()
    terms = ArrayField(models.IntegerField())

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["terms"], name="statement_words")]
