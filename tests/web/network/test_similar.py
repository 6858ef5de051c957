"""Entering what may be here already: a quiet list while typing, one question before saving."""

from __future__ import annotations

import re

import pytest

from tests.factories import network as make
from treffpunkt.network.models import Actor, Organisation

PEOPLE, ORGANISATIONS = "/network/people/", "/network/organisations/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_who_is_called_alike_is_shown_while_typing(counselling, arabic, french):
    make.an_actor(make.a_space(arabic), name="إيمان الأحمد", handle="iman")
    make.an_actor(make.a_space(french), name="إيمان الأحمدي")
    page = text_of(counselling.post(f"{PEOPLE}similar/", {"name": "ايمان الاحم"}))

    assert "إيمان الأحمد" in page
    assert "الأحمدي" not in page
    assert "Called alike" not in text_of(counselling.post(f"{PEOPLE}similar/", {"name": "xy"}))


def test_a_name_alone_is_no_warning(coordination, arabic):
    make.an_actor(make.a_space(arabic), name="Amal Bakr")
    answer = coordination.post(f"{PEOPLE}add/", {"name": "Amal Bakr", "actor_kind": "administrator"})

    assert answer.status_code == 302
    assert Actor.objects.filter(name="Amal Bakr").count() == 2


@pytest.mark.parametrize("who", ["coordination", "counselling"])
def test_the_same_handle_is_asked_about_once(request, who, arabic):
    client = request.getfixturevalue(who)
    known = make.an_actor(make.a_space(arabic), name="Amal Bakr", handle="amal_b")
    typed = {"name": "Amal Bakir", "handle": "@amal_b", "actor_kind": "administrator"}
    asked = client.post(f"{PEOPLE}add/", typed)

    assert asked.status_code == 422
    assert "Perhaps this is here already" in text_of(asked)
    assert f'href="/network/people/{known.pk}/"' in asked.content.decode()
    assert 'value="Amal Bakir"' in asked.content.decode()
    assert Actor.objects.count() == 1

    assert client.post(f"{PEOPLE}add/", typed | {"different": "yes"}).status_code == 302
    assert Actor.objects.count() == 2


def test_what_one_may_not_see_is_not_asked_about(counselling, french):
    make.an_actor(make.a_space(french), name="Amal Bakr", handle="amal_b")
    typed = {"name": "Amal Bakr", "handle": "amal_b", "actor_kind": "administrator"}

    assert counselling.post(f"{PEOPLE}add/", typed).status_code == 302


@pytest.mark.parametrize(
    "same",
    [{"phone": "030 2312500"}, {"website": "https://haus.example.org"}, {"postal_address": "Lindenstraße 5, Berlin"}],
)
def test_an_organisation_with_one_more_field_in_common_is_asked_about(coordination, arabic, same):
    make.an_organisation(arabic, name="Beratungshaus Lindenhof", **same)
    answer = coordination.post(f"{ORGANISATIONS}add/", {"name": "Beratungshaus Lindenhof", **same})

    assert answer.status_code == 422
    assert "Perhaps this is here already" in text_of(answer)
    assert Organisation.objects.count() == 1


def test_two_organisations_behind_one_switchboard_are_not_asked_about(coordination, arabic):
    make.an_organisation(arabic, name="Beratungshaus Lindenhof", phone="030 2312500")
    answer = coordination.post(f"{ORGANISATIONS}add/", {"name": "Jugendamt Mitte", "phone": "030 2312500"})

    assert answer.status_code == 302
