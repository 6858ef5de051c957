"""What the filters offer, kept for a few minutes in the process: reference data hardly ever changes."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language

from treffpunkt.core.agent import Agent
from treffpunkt.core.text import sort_key
from treffpunkt.network import rules
from treffpunkt.network.models import Space
from treffpunkt.people.queries import active_staff
from treffpunkt.vocabulary.models import Language, Place, Platform

_SECONDS = 300
_PLACES = 60


def platforms() -> dict[str, str]:
    """Name the platforms by their key."""
    return cache.get_or_set(  # type: ignore[return-value]
        f"network.platforms.{get_language()}", lambda: {one.key: str(one) for one in Platform.objects.all()}, _SECONDS
    )


def languages_in_use() -> list[tuple[str, str]]:
    """List the languages in which there is at least one space, in the reader's language."""

    def read() -> list[tuple[str, str]]:
        spoken = Language.objects.filter(Exists(Space.objects.filter(language=OuterRef("pk"))))
        return [(language.pk, str(language)) for language in spoken]

    return cache.get_or_set(f"network.languages.{get_language()}", read, _SECONDS)  # type: ignore[return-value]


def languages_offered() -> list[tuple[str, str]]:
    """List the languages of our work, for choosing among people."""

    def read() -> list[tuple[str, str]]:
        return [(language.pk, str(language)) for language in Language.objects.filter(position__lt=100)]

    return cache.get_or_set(f"network.languages_offered.{get_language()}", read, _SECONDS)  # type: ignore[return-value]


def places_in_use() -> list[tuple[str, str]]:
    """List the larger towns and regions in which there is at least one space."""

    def read() -> list[tuple[str, str]]:
        used = Place.objects.filter(Exists(Space.objects.filter(place=OuterRef("pk"))))
        largest = used.order_by("-population").values_list("pk", "name")[:_PLACES]
        return [(str(pk), name) for pk, name in sorted(largest, key=lambda pair: sort_key(pair[1]))]

    return cache.get_or_set("network.places", read, _SECONDS)  # type: ignore[return-value]


def language_names() -> dict[str, str]:
    """Name all languages by their tag, in the reader's language."""

    def read() -> dict[str, str]:
        return {language.pk: str(language) for language in Language.objects.all()}

    return cache.get_or_set(f"network.language_names.{get_language()}", read, _SECONDS)  # type: ignore[return-value]


def colleagues() -> list[tuple[str, str]]:
    """List who works here, for choosing who of us knows somebody."""

    def read() -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in active_staff().values_list("pk", "name")]

    return cache.get_or_set("network.colleagues", read, _SECONDS)  # type: ignore[return-value]


def communities(by: Agent) -> list[tuple[str, str]]:
    """List the communities one works with."""
    return [(str(pk), name) for pk, name in rules.communities_of(by).values_list("pk", "name")]
