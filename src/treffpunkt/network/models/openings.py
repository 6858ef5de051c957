"""What one writes to somebody for the first time, by language."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited


class Opening(Edited):
    """The first message in a language and the one after no answer, each with its German beside it.

    Only what coordination has changed is stored; else holds what is shipped (`network.openings`).
    """

    language = models.CharField(max_length=12, editable=False)
    first = models.TextField(_("first message"), max_length=4000)
    first_german = models.TextField(_("first message, in German"), max_length=4000, blank=True)
    again = models.TextField(_("message after no answer"), max_length=4000)
    again_german = models.TextField(_("message after no answer, in German"), max_length=4000, blank=True)

    class Meta:
        ordering = ("language",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["language"], name="opening_once")]

    def __str__(self) -> str:
        return self.language
