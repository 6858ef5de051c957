"""Topics from which agendas are made, and the topics of one meeting."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Record
from treffpunkt.meetings.models.kinds import Kind
from treffpunkt.meetings.models.meetings import Meeting
from treffpunkt.network.models import Organisation
from treffpunkt.tasks.models import Task


class AgendaTopic(Edited):
    """A topic from which agendas are made: the seven, and own ones; texts by language."""

    key = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField(_("titles"), default=dict)
    questions = models.JSONField(_("guiding questions"), default=dict)
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind), default=list)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.key


class AgendaItem(Record):
    """A topic on one meeting's agenda, with the time planned and spent on it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    topic = models.ForeignKey(AgendaTopic, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    titles = models.JSONField(default=dict)
    questions = models.JSONField(default=dict)
    minutes = models.PositiveSmallIntegerField(default=15)
    # Whose slot this is, where an organisation tells what it does.
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+", db_index=False)
    # What of earlier meetings is asked about under it.
    promises = models.ManyToManyField(Task, related_name="+")
    opened_at = models.DateTimeField(null=True)
    seconds_spent = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="agenda_position_once", deferrable=models.Deferrable.DEFERRED
            )
        ]
