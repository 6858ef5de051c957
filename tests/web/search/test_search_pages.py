"""Finding anything from any page."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import meetings
from tests.factories import network as make
from treffpunkt.core.agent import SYSTEM
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db
PAGE, SUGGEST = "/search/", "/search/suggest/"


def signed_in(staff) -> Client:
    client = Client()
    client.force_login(staff)
    return client


@pytest.fixture
def arabic():
    return make.a_community("ar", name="Arabischsprachige Community")


@pytest.fixture
def coordination():
    return signed_in(make.a_member_of_staff("coordinator", language="en"))


@pytest.fixture
def counselling(arabic):
    counsellor = make.a_member_of_staff("counsellor", language="en")
    arabic.counsellors.add(counsellor)
    return signed_in(counsellor)


def shown(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_everything_of_a_name_is_found_by_kind(coordination, arabic):
    space = make.a_space(arabic, name="Lindenhof Frauen", members=23400)
    actor = make.an_actor(space, name="Amina Lindenhof", handle="amina.l")
    organisation = make.an_organisation(arabic, name="Beratungshaus Lindenhof")
    task = create_task(by=SYSTEM, title="Lindenhof anrufen")

    page = shown(coordination.get(PAGE, {"q": "lindenhof"}))

    for record in (space, actor, organisation, task):
        assert str(record.pk) in page
    assert "23\u202f400 members" in page
    assert "@amina.l" in page
    for kind in ("People", "Groups and channels", "Organisations", "Tasks"):
        assert f">{kind}</h2>" in page


def test_only_what_one_works_with_is_found(counselling, coordination, arabic):
    mine = make.a_space(arabic, name="Frauen Berlin")
    others = make.a_space(make.a_community("fr"), name="Frauen Bern")

    for page in (PAGE, SUGGEST):
        seen = shown(counselling.get(page, {"q": "frauen ber"}))
        assert str(mine.pk) in seen
        assert str(others.pk) not in seen
        assert str(others.pk) in shown(coordination.get(page, {"q": "frauen ber"}))


def test_one_kind_alone(coordination, arabic):
    space = make.a_space(arabic, name="Lindenhof Frauen")
    organisation = make.an_organisation(arabic, name="Beratungshaus Lindenhof")

    page = shown(coordination.get(PAGE, {"q": "lindenhof", "kind": "organisations"}))

    assert str(organisation.pk) in page
    assert str(space.pk) not in page
    assert 'aria-current="page">Organisations</a>' in page


def test_empty_page_teaches_and_nothing_found_says_so(coordination):
    assert "as much as you remember" in shown(coordination.get(PAGE))
    assert "Nothing is called like that" in shown(coordination.get(PAGE, {"q": "xyzxyz"}))


def test_suggestions_are_a_list_of_options(coordination, arabic):
    make.a_space(arabic, name="نساء برلين", short_name="Frauen Berlin")

    part = shown(coordination.get(SUGGEST, {"q": "frau"}))

    assert "<html" not in part
    assert 'role="option"' in part
    assert '<bdi dir="rtl">نساء برلين</bdi>' in part
    assert shown(coordination.get(SUGGEST, {"q": "  "})).strip() == ""


def test_text_is_never_read_as_html(coordination):
    assert "<script>x" not in shown(coordination.get(PAGE, {"q": "<script>x"}))


def test_signed_out_find_nothing():
    assert Client().get(PAGE, {"q": "frauen"}).status_code == 302
    assert Client().get(SUGGEST, {"q": "frauen"}).status_code == 302


@pytest.mark.parametrize("address", [PAGE, SUGGEST])
def test_thirty_results_cost_as_many_queries_as_one(coordination, arabic, address):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            coordination.get(address, {"q": "Lindenhof"})
        return len(captured)

    make.an_actor(make.a_space(arabic, name="Lindenhof"), name="Lindenhof")
    make.an_organisation(arabic, name="Lindenhof")
    queries()
    few = queries()
    for number in range(30):
        make.an_actor(make.a_space(arabic, name=f"Lindenhof {number}"), name=f"Lindenhof {number}")

    assert queries() == few
    assert few <= 12


def test_what_was_said_is_found_and_what_is_confidential_only_by_its_writers(coordination, counselling, arabic):
    host = meetings.a_coordinator()
    meeting = meetings.a_meeting(host, communities=[arabic], hosts=[host])
    for number in range(5):
        meetings.a_statement(host, meeting, f"Die Kinderbetreuung fehlt überall. {number}", language="de")
    meetings.a_statement(host, meeting, "Streng: Kinderbetreuung heimlich", language="de", confidential=True)

    for client in (coordination, counselling):
        page = client.get(PAGE, {"q": "betreuung"})
        shown = page.content.decode()
        assert len(page.context["heard"].statements) == 3
        assert "/meetings/said/?q=betreuung" in shown
        assert "heimlich" not in shown
        assert client.get(PAGE, {"q": "heimlich"}).context["heard"].statements == []
    assert len(signed_in(host).get(PAGE, {"q": "heimlich"}).context["heard"].statements) == 1
    assert counselling.get(PAGE, {"q": "betreuung", "kind": "people"}).context["heard"] is None


def test_others_do_not_find_what_was_said_in_a_community_they_do_not_work_with(counselling):
    host = meetings.a_coordinator()
    meetings.a_statement(host, meetings.a_meeting(host), "Die Kinderbetreuung fehlt.", language="de")
    assert counselling.get(PAGE, {"q": "betreuung"}).context["heard"].statements == []
