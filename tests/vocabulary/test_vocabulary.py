"""The reference data, and what people make of it."""

from __future__ import annotations

import pytest

from scripts.reference import written
from tests.factories.people import a_coordinator, a_counsellor
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.core.text import LANGUAGES, direction
from treffpunkt.vocabulary.data.topics import TOPICS
from treffpunkt.vocabulary.models import Language, Place, Platform, Topic
from treffpunkt.vocabulary.queries import topics
from treffpunkt.vocabulary.services import change_topic, load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded():
    return load()


def test_loading_again_changes_nothing(loaded):
    before = {topic.key: topic.changed_at for topic in Topic.objects.all()}

    assert load() == loaded
    assert {topic.key: topic.changed_at for topic in Topic.objects.all()} == before


def test_every_topic_has_a_name_in_every_language_written_its_way():
    for topic in Topic.objects.all():
        assert set(topic.names) == set(LANGUAGES)
        assert direction(topic.names["ar"]) == "rtl", topic.key
        assert any("\u0400" <= letter <= "\u04ff" for letter in topic.names["sr"]), topic.key


def test_no_two_topics_are_called_the_same():
    for language in LANGUAGES:
        names = [topic.names[language] for topic in Topic.objects.all()]
        assert len(names) == len(set(names)), language


def test_women_specific_topics_are_marked():
    marked = set(Topic.objects.filter(women_specific=True).values_list("key", flat=True))

    assert {"violence", "violence-shelter", "family", "benefits-parental", "residence-own-permit"} <= marked
    assert not marked & {"work", "housing-search", "law-debts"}


def test_topics_stand_on_two_levels(django_assert_num_queries):
    with django_assert_num_queries(2):
        found = [(topic.key, [below.key for below in topic.children.all()]) for topic in topics()]

    assert [key for key, _below in found] == [topic.key for topic in TOPICS]
    assert ("german", ["german-courses", "german-certificates"]) in found


def test_languages_are_called_by_their_own_name_and_in_ours():
    arabic, serbian = Language.objects.get(tag="ar"), Language.objects.get(tag="sr")

    assert (arabic.own_name, arabic.names["de"], arabic.direction) == ("العربية", "Arabisch", "rtl")
    assert (serbian.own_name, serbian.scripts) == ("Српски", ["Cyrl", "Latn"])
    assert [one.tag for one in Language.objects.all()[:6]] == ["de", "en", "ar", "fr", "sr", "es"]


def test_platforms_and_places_are_there():
    assert Platform.objects.get(key="telegram").kinds == ["group", "channel"]
    assert Place.objects.get(name="München").state == "Bayern"
    assert Place.objects.filter(country="AT").count() > 50
    assert Place.objects.filter(name="Beirut", country="LB").exists()


def test_what_people_changed_is_not_overwritten():
    topic = Topic.objects.get(key="work")
    change_topic(by=a_coordinator(), topic=topic, names=topic.names | {"de": "Erwerbsarbeit"}, women_specific=True)

    load()

    topic.refresh_from_db()
    assert (topic.names["de"], topic.women_specific, topic.version) == ("Erwerbsarbeit", True, 2)


def test_what_nobody_changed_follows_what_is_shipped():
    Topic.objects.filter(key="work").update(names={"de": "Alt"})

    load()

    assert Topic.objects.get(key="work").names["de"] == "Arbeit"


def test_only_coordination_changes_topics():
    topic = Topic.objects.get(key="work")

    with pytest.raises(Forbidden):
        change_topic(by=a_counsellor(), topic=topic, names=topic.names, women_specific=True)


def test_topic_needs_a_name_and_a_fresh_form():
    topic, by = Topic.objects.get(key="work"), a_coordinator()

    with pytest.raises(DomainError):
        change_topic(by=by, topic=topic, names={"de": " "}, women_specific=False)
    change_topic(by=by, topic=topic, version=1, names={"de": "Eins"}, women_specific=False)
    with pytest.raises(Stale):
        change_topic(by=by, topic=topic, version=1, names={"de": "Zwei"}, women_specific=False)


def test_shipped_lists_are_what_their_sources_say():
    for path, text in written().items():
        assert path.read_text(encoding="utf-8") == text, "run python scripts/reference.py"
