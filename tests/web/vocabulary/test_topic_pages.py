"""The page of topics."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories import network as make
from treffpunkt.core.text import LANGUAGES
from treffpunkt.vocabulary.models import Topic
from treffpunkt.vocabulary.services import load

pytestmark = pytest.mark.django_db
LIST = "/topics/"


@pytest.fixture(autouse=True)
def loaded():
    load()


@pytest.fixture
def coordination() -> Client:
    return signed_in("coordinator")


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make.a_member_of_staff(role, language="en"))
    return client


def typed(topic: Topic, **changes) -> dict[str, str]:
    return {f"name_{tag}": topic.names.get(tag, "") for tag in LANGUAGES} | {
        "words": "\n".join(topic.synonyms["de"]),
        "version": str(topic.version),
        **({"women_specific": "on"} if topic.women_specific else {}),
        **changes,
    }


def test_topics_are_listed_with_their_marks(coordination):
    page = coordination.get(LIST).content.decode()

    assert page.index("Protection from violence") < page.index("Domestic violence")
    assert "for women" in page


def test_coordination_renames_and_marks_a_topic(coordination):
    topic = Topic.objects.get(key="work-wages")
    changes = {"name_de": "Lohn und Gehalt", "women_specific": "on", "words": "Gehalt\n\nGehalt\nMindestlohn"}

    response = coordination.post(f"{LIST}{topic.pk}/", typed(topic, **changes))

    assert response.status_code == 302
    topic.refresh_from_db()
    assert (topic.names["de"], topic.names["ar"]) == ("Lohn und Gehalt", "الأجور")
    assert (topic.women_specific, topic.synonyms["de"]) == (True, ["Gehalt", "Mindestlohn"])


def test_arabic_name_is_written_from_the_right(coordination):
    page = coordination.get(f"{LIST}{Topic.objects.get(key='work').pk}/").content.decode()

    assert 'lang="ar" dir="rtl"' in page


def test_two_who_write_at_once_are_told(coordination):
    topic = Topic.objects.get(key="work")
    coordination.post(f"{LIST}{topic.pk}/", typed(topic, name_de="Eins"))

    response = coordination.post(f"{LIST}{topic.pk}/", typed(topic, name_de="Zwei"))

    assert response.status_code == 422
    assert "Eins" in response.content.decode()


def test_others_read_only():
    counselling = signed_in("counsellor")

    assert counselling.get(LIST).status_code == 200
    assert counselling.get(f"{LIST}{Topic.objects.get(key='work').pk}/").status_code == 403


def test_list_costs_two_queries_of_its_own(coordination, django_assert_max_num_queries):
    coordination.get(LIST)
    with django_assert_max_num_queries(10):  # with those of every page: session, reader, transaction
        coordination.get(LIST)
