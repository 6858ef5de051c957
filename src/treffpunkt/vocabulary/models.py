"""Languages, platforms, topics and places: reference data people can edit."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.models import Edited
from treffpunkt.core.text import language_direction, localized


class Language(models.Model):
    """A language by its BCP 47 tag, with its own name and its names in our six languages."""

    tag = models.CharField(primary_key=True, max_length=12)
    own_name = models.CharField(max_length=60)
    names = models.JSONField(default=dict)
    scripts = ArrayField(models.CharField(max_length=4), default=list)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("position", "tag")

    def __str__(self) -> str:
        return localized(self.names, get_language() or "de")[0] or self.own_name

    @property
    def direction(self) -> str:
        """Tell the direction in which it is written."""
        return language_direction(self.tag)


class Platform(models.Model):
    """A place on the net where spaces are: Facebook, Telegram, a blog."""

    key = models.SlugField(primary_key=True, max_length=24)
    name = models.CharField(max_length=60)
    kinds = ArrayField(models.CharField(max_length=16), default=list)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("position", "key")

    def __str__(self) -> str:
        # The names of platforms are the same everywhere; only this one is a word.
        return pgettext("platform", "Other") if self.key == "other" else self.name


class Topic(Edited):
    """A topic of counselling, on two levels; women-specific by default or not."""

    key = models.SlugField(max_length=60, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    names = models.JSONField(_("names"), default=dict)
    synonyms = models.JSONField(_("synonyms"), default=dict)
    women_specific = models.BooleanField(_("concerns women especially"), default=False)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("position", "key")

    def __str__(self) -> str:
        return localized(self.names, get_language() or "de")[0] or self.key


class Place(models.Model):
    """A town with its country, state and coordinates (WGS 84, degrees)."""

    geoname = models.PositiveIntegerField(primary_key=True)
    name = models.CharField(max_length=120)
    names = models.JSONField(default=dict)
    country = models.CharField(max_length=2)
    state = models.CharField(max_length=60, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["country", "name"], name="place_name")]

    def __str__(self) -> str:
        return self.names.get(get_language() or "") or self.name
