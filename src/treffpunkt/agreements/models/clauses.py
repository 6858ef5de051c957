"""The sentences from which agreements are made, in every language, each change a version of its own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited, Record
from treffpunkt.core.text import localized
from treffpunkt.vocabulary.models import Topic


class Section(models.TextChoices):
    """Of what a sentence speaks."""

    OURS = "ours", _("What we do")
    THEIRS = "theirs", _("What they do")
    WOMEN = "women", _("Women's needs")
    RIGHTS = "rights", _("Granted rights")
    FRAME = "frame", _("How it goes on")


class Clause(Edited):
    """A sentence of our agreements; what it says stands in its versions."""

    key = models.SlugField(max_length=40, unique=True)
    # What we call it among ourselves, by language.
    names = models.JSONField(_("name"), default=dict)
    section = models.CharField(_("section"), max_length=8, choices=Section)
    position = models.PositiveSmallIntegerField(default=100)
    # Stands in every new agreement until somebody takes it out.
    standard = models.BooleanField(_("part of every new agreement"), default=False)
    # Whoever leaves it out is asked why.
    expected = models.BooleanField(_("leaving it out asks why"), default=False)
    # Cannot be left out.
    fixed = models.BooleanField(_("cannot be left out"), default=False)
    topics = models.ManyToManyField(Topic, related_name="+", verbose_name=_("topics"), blank=True)
    retired_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return localized(self.names, get_language() or "de")[0] or self.key

    @property
    def is_of_women(self) -> bool:
        """Say whether it keeps women's needs in view."""
        return self.section == Section.WOMEN


class ClauseVersion(Record):
    """What a clause says, by language, since somebody wrote it so."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    texts = models.JSONField(_("text"), default=dict)
    # What is new in it, in a few words for colleagues.
    note = models.CharField(_("what is new"), max_length=200, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("-number", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clause", "number"], name="clause_version_once"),
            models.CheckConstraint(condition=~models.Q(texts={}), name="clause_version_not_empty"),
        ]
