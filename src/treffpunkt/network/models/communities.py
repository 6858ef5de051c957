"""Language communities, with the counsellors who work with them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.fields import SortKey
from treffpunkt.core.models import Edited
from treffpunkt.vocabulary.models import Language, Platform


class Community(Edited):
    """A language community, with the counsellors who work with it."""

    name = models.CharField(_("name"), max_length=120)
    sorting = SortKey("name")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+", verbose_name=_("language"))
    countries = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("countries"),
        default=list,
        blank=True,
    )
    platforms = models.ManyToManyField(Platform, related_name="+", verbose_name=_("main platforms"), blank=True)
    counsellors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        verbose_name=_("counsellors"),
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("sorting", "id")

    def __str__(self) -> str:
        return self.name
