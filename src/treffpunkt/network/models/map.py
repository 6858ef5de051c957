"""Where records lie on the map, and who took names from it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Record
from treffpunkt.core.references import named


class Spot(models.Model):
    """Where a record lies on the map, so that the landscape looks the same tomorrow; holds no name.

    Where two records become one, one of both spots stays.
    """

    record_id = models.UUIDField(primary_key=True)
    record_kind = models.CharField(max_length=60)
    x = models.FloatField()
    y = models.FloatField()

    NAMES: ClassVar = (named("record"),)
    DERIVED: ClassVar = True

    def __str__(self) -> str:
        return f"{self.x:.1f}, {self.y:.1f}"


class Handout(Record):
    """An export of the map that named people: who took it, as what file, how many names, and why."""

    class Format(models.TextChoices):
        CSV = "csv", _("Tables (CSV)")
        GRAPHML = "graphml", "GraphML"
        GEXF = "gexf", "GEXF"
        PNG = "png", _("Picture (PNG)")

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file_format = models.CharField(max_length=8, choices=Format)
    people = models.PositiveIntegerField()
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ("-id",)
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="handout_has_reason")]

    def __str__(self) -> str:
        return self.get_file_format_display()
