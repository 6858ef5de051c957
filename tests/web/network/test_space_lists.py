"""The list of spaces, the board and the export."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import network as make
from treffpunkt.core.agent import SYSTEM
from treffpunkt.network.services.spaces import check_space, move_space

LIST = "/network/spaces/"


def shown(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_counsellor_sees_the_spaces_of_her_communities_only(counselling, arabic, french):
    make.a_space(arabic, name="نساء برلين")
    make.a_space(french, name="Femmes de Berlin")

    page = shown(counselling.get(LIST))

    assert "نساء برلين" in page
    assert "Femmes de Berlin" not in page


def test_name_stands_in_its_own_language_and_direction(coordination, arabic):
    make.a_space(arabic, name="نساء برلين", language=make.a_language("ar"))

    assert '<bdi lang="ar" dir="rtl">نساء برلين</bdi>' in shown(coordination.get(LIST))


def test_name_of_a_space_is_never_read_as_html(coordination, arabic):
    make.a_space(arabic, name="<script>alert(1)</script> 100 %s")

    page = shown(coordination.get(LIST))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 100 %s" in page


def test_sum_says_that_it_counts_subscriptions(coordination, arabic):
    make.a_space(arabic, members=23400)
    make.a_space(arabic, members=600)

    page = shown(coordination.get(LIST))

    assert "24\u202f000 subscriptions" in page
    assert "not people" in page


def test_filters_narrow_the_list_and_become_chips(coordination, arabic, french):
    make.a_space(arabic, name="Gruppe eins", language=make.a_language("ar"), women_only=True)
    make.a_space(french, name="Gruppe zwei", language=make.a_language("fr"))

    page = shown(coordination.get(LIST, {"language": "ar", "only": "women"}))

    assert "Gruppe eins" in page
    assert "Gruppe zwei" not in page
    assert page.count('class="chip"') == 2


def test_search_finds_by_the_address_in_any_spelling(coordination, arabic):
    make.a_space(arabic, name="Die gesuchte", address="https://www.facebook.com/groups/777777")
    make.a_space(arabic, name="Eine andere")

    page = shown(coordination.get(LIST, {"q": "m.facebook.com/groups/777777/?ref=share"}))

    assert "Die gesuchte" in page
    assert "Eine andere" not in page


def test_search_finds_by_name(coordination, arabic):
    make.a_space(arabic, name="Frauen in Hamburg")
    make.a_space(arabic, name="Wohnungen")

    page = shown(coordination.get(LIST, {"q": "frauen hambu"}))

    assert "Frauen in Hamburg" in page
    assert "Wohnungen" not in page


def test_one_administrator_is_said_in_words(coordination, arabic):
    space = make.a_space(arabic)
    make.an_actor(space)

    assert '<span class="state kind-urgent">only one</span>' in shown(coordination.get(LIST))
    assert space.name in shown(coordination.get(LIST, {"only": "single"}))


def test_checked_spaces_are_not_called_unchecked(coordination, coordinator, arabic):
    space = make.a_space(arabic, name="Eben geprüft")
    check_space(by=coordinator, space=space)
    make.a_space(arabic, name="Nie geprüft")

    page = shown(coordination.get(LIST, {"only": "unchecked"}))

    assert "Nie geprüft" in page
    assert "Eben geprüft" not in page


def test_thirty_rows_cost_as_many_queries_as_one(coordination, arabic, django_assert_max_num_queries):
    make.a_space(arabic)
    coordination.get(LIST)
    with django_assert_max_num_queries(14) as one:
        coordination.get(LIST)
    for _ in range(29):
        make.an_actor(make.a_space(arabic))
    with django_assert_max_num_queries(len(one)):
        page = shown(coordination.get(LIST))
    assert page.count("<tr>") == 31


def test_pages_go_on_after_fifty(coordination, arabic):
    for number in range(53):
        make.a_space(arabic, name=f"Gruppe {number:03}")

    first = coordination.get(LIST)
    last = coordination.get(first.context["list"].next_url)

    assert "Gruppe 049" in shown(first)
    assert "Gruppe 050" not in shown(first)
    assert "Gruppe 052" in shown(last)
    assert "51–53" in shown(last)


def test_htmx_gets_the_list_alone_with_its_sum(coordination, arabic):
    make.a_space(arabic)

    page = shown(coordination.get(LIST, headers={"HX-Request": "true", "HX-Target": "list"}))

    assert page.startswith('<div id="list">')
    assert 'id="sum" hx-swap-oob="true"' in page
    assert "<html" not in page


def test_empty_list_teaches(coordination):
    page = shown(coordination.get(LIST))

    assert "No group yet" in page
    assert reverse("web:network:add_space") in page


def test_board_sorts_spaces_by_state(coordination, arabic):
    found = make.a_space(arabic, name="Gefunden")
    joined = make.a_space(arabic, name="Beigetreten")
    move_space(by=SYSTEM, space=joined, state="joined")

    response = coordination.get("/network/spaces/board/")

    columns = {column["state"]: [row["text"] for row in column["rows"]] for column in response.context["columns"]}
    assert columns["found"] == [found.name]
    assert columns["joined"] == [joined.name]
    assert columns["lost"] == []


def test_export_is_what_is_shown_and_no_formula(counselling, arabic, french):
    make.a_space(arabic, name="=HYPERLINK(evil)", members=5)
    make.a_space(arabic, name="Nicht dabei", women_only=True)
    make.a_space(french, name="Fremde Gruppe")

    response = counselling.get("/network/spaces/export/", {"q": "", "sort": "name"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    lines = text.splitlines()
    assert lines[0].startswith("Name,German short name,Address")
    assert any(line.startswith("'=HYPERLINK(evil),") for line in lines)
    assert "Fremde Gruppe" not in text
    assert len(lines) == 3


def test_several_are_marked_as_checked_at_once(counselling, arabic):
    spaces = [make.a_space(arabic) for _ in range(2)]
    other = make.a_space(arabic)

    page = shown(counselling.get(LIST, {"choose": "yes"}))
    assert page.count('name="space"') == 3
    counselling.post("/network/spaces/chosen/", {"space": [one.pk for one in spaces], "checked": "yes"})

    for one in spaces:
        one.refresh_from_db()
        assert one.checked_at is not None
    other.refresh_from_db()
    assert other.checked_at is None


def test_several_are_put_into_a_community(coordination, arabic, french):
    space = make.a_space(arabic)

    coordination.post("/network/spaces/chosen/", {"space": [space.pk], "community": french.pk, "next": LIST})

    assert set(space.communities.all()) == {arabic, french}


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_chosen_never_leads_elsewhere(coordination, arabic, address):
    space = make.a_space(arabic)

    response = coordination.post("/network/spaces/chosen/", {"space": [space.pk], "checked": "1", "next": address})

    assert response["Location"] == LIST


def test_others_spaces_cannot_be_chosen(counselling, french):
    space = make.a_space(french)

    counselling.post("/network/spaces/chosen/", {"space": [space.pk], "checked": "yes"})

    space.refresh_from_db()
    assert space.checked_at is None
