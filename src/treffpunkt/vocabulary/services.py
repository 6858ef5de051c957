"""Reference data: what the house comes with, and what people make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.journal.services import record
from treffpunkt.vocabulary import rules
from treffpunkt.vocabulary.data import languages, places, platforms, topics
from treffpunkt.vocabulary.models import Language, Place, Platform, Topic

LONGEST_NAME = 120


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind are there after loading."""

    languages: int
    platforms: int
    topics: int
    places: int


@transaction.atomic
def load() -> Loaded:
    """Bring in the reference data; run again it adds what is new and never touches what people have changed."""
    known = set(Language.objects.values_list("tag", flat=True))
    Language.objects.bulk_create(
        (
            Language(tag=one.tag, own_name=one.own_name, names=one.names, scripts=one.scripts, position=one.position)
            for one in languages.shipped(but=known)
        ),
        ignore_conflicts=True,
    )
    Platform.objects.bulk_create(
        (
            Platform(key=key, name=name, kinds=list(kinds), position=position)
            for position, (key, name, kinds) in enumerate(platforms.PLATFORMS, start=1)
        ),
        ignore_conflicts=True,
    )
    _load_topics()
    # Reading the towns takes seconds, and what is a town changes slowly: once is enough.
    if not Place.objects.exists():
        Place.objects.bulk_create((Place(**town) for town in places.shipped()), batch_size=2000, ignore_conflicts=True)
    return Loaded(Language.objects.count(), Platform.objects.count(), Topic.objects.count(), Place.objects.count())


@transaction.atomic
def change_topic(
    *,
    by: Agent,
    topic: Topic,
    version: int | None = None,
    names: Mapping[str, str],
    women_specific: bool,
    synonyms: Mapping[str, list[str]] | None = None,
) -> Topic:
    """Change how a topic is called and whether it concerns women especially; from then on it stays as it is."""
    require(rules.may_edit(by))
    topic = Topic.objects.select_for_update().get(pk=topic.pk)
    wanted = {
        "names": {tag: name for tag in LANGUAGES if (name := tidy(names.get(tag, ""))[:LONGEST_NAME])},
        "women_specific": women_specific,
    }
    if synonyms is not None:
        wanted["synonyms"] = {tag: _words(words) for tag, words in synonyms.items() if _words(words)}
    if not wanted["names"]:
        raise DomainError(_("A topic needs a name in at least one language."))
    changed = [name for name, value in wanted.items() if getattr(topic, name) != value]
    if not changed:
        return topic
    topic.advance(version)
    for name in changed:
        setattr(topic, name, wanted[name])
    topic.save()
    record(by, "topic.changed", topic, fields=changed)
    return topic


def _words(words: list[str]) -> list[str]:
    return list(dict.fromkeys(word for one in words if (word := tidy(one)[:LONGEST_NAME])))


def _load_topics() -> None:
    known = {topic.key: topic for topic in Topic.objects.all()}
    for position, shipped, above in _numbered():
        wanted = {
            "parent": known[above] if above else None,
            "names": dict(zip(topics.LANGUAGES, shipped.names, strict=True)),
            "synonyms": {"de": list(shipped.synonyms)},
            "women_specific": shipped.women,
            "position": position,
        }
        topic = known.get(shipped.key)
        if topic is None:
            known[shipped.key] = Topic.objects.create(key=shipped.key, **wanted)
        elif topic.version == 1 and any(getattr(topic, name) != value for name, value in wanted.items()):
            Topic.objects.filter(pk=topic.pk, version=1).update(**wanted)


def _numbered() -> Iterator[tuple[int, topics.Shipped, str]]:
    for position, shipped in enumerate(topics.TOPICS, start=1):
        yield position, shipped, ""
        for place, below in enumerate(shipped.below, start=1):
            yield place, below, shipped.key
