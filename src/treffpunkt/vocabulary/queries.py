"""Reading reference data."""

from __future__ import annotations

from django.db.models import QuerySet

from treffpunkt.vocabulary.models import Language, Place, Platform, Topic


def languages() -> QuerySet[Language]:
    """List the languages, those of our work first."""
    return Language.objects.order_by("position", "tag")


def platforms() -> QuerySet[Platform]:
    """List the platforms."""
    return Platform.objects.order_by("position", "key")


def topics() -> QuerySet[Topic]:
    """List the topics with their parents."""
    return Topic.objects.select_related("parent").order_by("position", "key")


def places(country: str = "DE") -> QuerySet[Place]:
    """List the towns of a country, the largest first."""
    return Place.objects.filter(country=country).order_by("-population", "geoname")
