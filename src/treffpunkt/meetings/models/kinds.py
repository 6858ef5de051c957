"""What a statement is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a statement is; a note until someone says otherwise."""

    NOTE = "note", _("Note")
    NEED = "need", _("Need")
    TREND = "trend", _("Trend")
    LESSON = "lesson", _("Lesson")
    INCIDENT = "incident", _("Incident")
    TASK = "task", _("Task")
    PROMISE = "promise", _("Promise")
    SPACE = "space", _("Space or way in")
    COOPERATION = "cooperation", _("Cooperation")
