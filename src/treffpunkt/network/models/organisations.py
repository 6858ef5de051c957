"""Provider organisations, authorities, associations."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.fields import SortKey
from treffpunkt.core.models import Edited
from treffpunkt.network.models.communities import Community
from treffpunkt.vocabulary.models import Place


class Organisation(Edited):
    """A provider organisation, an authority, an association."""

    name = models.CharField(_("name"), max_length=300)
    sorting = SortKey("name")
    reading = models.CharField(_("in Latin letters"), max_length=300, blank=True)
    organisation_kind = models.CharField(_("kind"), max_length=120, blank=True)
    # What it does, in one sentence, by language.
    purpose = models.JSONField(_("what it does"), default=dict, blank=True)
    # For whom, in one sentence, by language; and the languages in which it advises, BCP 47.
    audience = models.JSONField(_("for whom"), default=dict, blank=True)
    languages = ArrayField(models.CharField(max_length=12), verbose_name=_("advises in"), default=list, blank=True)
    website = models.CharField(_("website"), max_length=500, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    # As people write it, several perhaps: "0221 123456 / 0221 123457".
    phone = models.CharField(_("phone"), max_length=200, blank=True)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # Metres around the point in which it works.
    radius = models.PositiveIntegerField(_("works within (metres)"), null=True, blank=True)
    communities = models.ManyToManyField(Community, related_name="+", verbose_name=_("communities"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("sorting", "id")
        indexes: ClassVar = [models.Index(fields=["sorting", "id"], name="organisation_sorting")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="organisation_source_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
