"""Making one of two in the browser: the list of suspects, the comparison, the old address, taking it back."""

from __future__ import annotations

import re

import pytest

from tests.factories import network as make
from treffpunkt.network.models import Actor, Merge, Space, Suspect
from treffpunkt.network.services.actors import change_actor
from treffpunkt.network.services.merging import merge_records
from treffpunkt.network.services.suspecting import renew_suspects

LIST = "/network/duplicates/"


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def twins(space, **values):
    """Enter somebody twice, under the same handle."""
    return [make.an_actor(space, name=name, handle="amal_b", **values) for name in ("Amal Bakr", "Amal Bakir")]


def test_list_names_both_and_the_reason(coordination, arabic):
    one, other = twins(make.a_space(arabic))
    renew_suspects()
    page = text_of(coordination.get(LIST))

    assert "Amal Bakr" in page
    assert "Amal Bakir" in page
    assert "the same handle" in page
    first, second = sorted([one.pk, other.pk])
    assert f"/network/people/{first}/merge/?with={second}" in coordination.get(LIST).content.decode()


def test_list_shows_a_counsellor_only_pairs_of_her_own(counselling, arabic, french):
    own, foreign = make.a_space(arabic), make.a_space(french)
    twins(own)
    make.an_actor(foreign, name="Aïcha Ndiaye", handle="amal_b")
    renew_suspects()
    page = text_of(counselling.get(LIST))

    assert "Amal Bakir" in page
    assert "Aïcha" not in page
    assert counselling.get(LIST, {"kind": "space"}).status_code == 200


def test_two_who_are_two_leave_the_list_for_good(coordination, arabic):
    twins(make.a_space(arabic))
    renew_suspects()
    answer = coordination.post(f"{LIST}{Suspect.objects.get().pk}/different/", follow=True)
    renew_suspects()

    assert "they are two" in text_of(answer)
    assert "Nothing suspicious" in text_of(coordination.get(LIST))


def test_thirty_pairs_cost_as_many_queries_as_one(coordination, arabic, django_assert_max_num_queries):
    twins(make.a_space(arabic))
    renew_suspects()
    coordination.get(LIST)
    with django_assert_max_num_queries(10) as one:
        coordination.get(LIST)
    for number in range(29):
        for _ in range(2):
            make.an_actor(name=f"Person {number}", handle=f"handle_{number}")
    renew_suspects()
    with django_assert_max_num_queries(len(one) + 1):  # the count beyond the page
        page = coordination.get(LIST).content.decode()
    assert page.count('class="row items-start"') == 20


def test_comparison_shows_both_sides_and_what_moves(coordination, coordinator, arabic):
    space = make.a_space(arabic)
    one, other = twins(space, languages=["ar"])
    change_actor(by=coordinator, actor=other, note="Abends am besten.", languages=["de"])
    make.a_contact(coordinator, actor=other)
    page = text_of(coordination.get(f"/network/people/{one.pk}/merge/", {"with": other.pk}))

    for said in ("Amal Bakr", "Amal Bakir", "Abends am besten.", "Arabic, German", "1 role", "1 contact"):
        assert said in page, said


@pytest.mark.parametrize("who", ["coordination", "counselling"])
def test_choosing_and_merging_leads_to_the_one_that_stays(request, who, arabic, django_assert_max_num_queries):
    client = request.getfixturevalue(who)
    one, other = twins(make.a_space(arabic))
    address = f"/network/people/{one.pk}/merge/?with={other.pk}"
    with django_assert_max_num_queries(14):
        page = client.get(address).content.decode()
    versions = dict(re.findall(r'name="(kept_version|gone_version)" value="(\d+)"', page))
    answer = client.post(address, {"name": "gone", **versions}, follow=True)

    assert answer.redirect_chain == [(f"/network/people/{one.pk}/", 302)]
    assert Actor.objects.get(pk=one.pk).name == "Amal Bakir"
    assert "one record now" in text_of(answer)
    # The old address leads on, and the toast offers to take it back.
    assert client.get(f"/network/people/{other.pk}/").headers["Location"] == f"/network/people/{one.pk}/"
    undo = f"/network/duplicates/merged/{Merge.objects.get().pk}/undo/"
    assert undo in answer.content.decode()

    assert "Merged so far" in text_of(client.get("/network/duplicates/merged/"))
    back = client.post(undo, follow=True)
    assert back.redirect_chain == [(f"/network/people/{other.pk}/", 302)]
    assert Actor.objects.get(pk=one.pk).name == "Amal Bakr"
    assert client.get(f"/network/people/{other.pk}/").status_code == 200


def test_a_chain_of_old_addresses_leads_to_the_last(coordination, coordinator, arabic):
    one, other, third = (make.a_space(arabic) for _ in range(3))
    merge_records(by=coordinator, kept=other, gone=one)
    merge_records(by=coordinator, kept=third, gone=Space.objects.get(pk=other.pk))

    assert coordination.get(f"/network/spaces/{one.pk}/").headers["Location"] == f"/network/spaces/{third.pk}/"


def test_an_old_address_tells_nothing_to_whoever_may_not_see_the_record(counselling, coordinator, french):
    one, other = make.an_organisation(french), make.an_organisation(french)
    merge_records(by=coordinator, kept=one, gone=other)
    answer = counselling.get(f"/network/organisations/{other.pk}/", follow=True)

    assert answer.status_code == 404
    assert one.name not in text_of(answer)


def test_what_somebody_changed_meanwhile_is_looked_at_again(coordination, coordinator, arabic):
    one, other = twins(make.a_space(arabic))
    change_actor(by=coordinator, actor=other, note="Neu.")
    answer = coordination.post(
        f"/network/people/{one.pk}/merge/?with={other.pk}", {"kept_version": 1, "gone_version": 1, "name": "gone"}
    )

    assert answer.status_code == 422
    assert "look once more" in text_of(answer)
    assert re.search(r'name="name" value="gone" checked', answer.content.decode())
    assert Actor.objects.count() == 2


def test_undo_names_what_is_in_the_way(coordination, coordinator, arabic):
    one, other = twins(make.a_space(arabic))
    merge = merge_records(by=coordinator, kept=one, gone=other, choices={"name": "gone"})
    change_actor(by=coordinator, actor=Actor.objects.get(pk=one.pk), name="Amal B.")
    answer = coordination.post(f"/network/duplicates/merged/{merge.pk}/undo/")

    assert answer.status_code == 422
    assert re.search(r"In the way are: \u2068Amal B\.\u2069: Name", text_of(answer))


def test_a_second_record_can_be_looked_for(coordination, arabic):
    one, other = twins(make.a_space(arabic))
    renew_suspects()
    page = coordination.get(f"/network/people/{one.pk}/merge/", {"q": "bakir"}).content.decode()

    assert page.count(f'href="?with={other.pk}"') == 2
    assert f"?with={one.pk}" not in page


def test_today_gives_coordination_one_number(coordination, counselling, arabic):
    twins(make.a_space(arabic))
    renew_suspects()

    assert "1 pair may be the same" in text_of(coordination.get("/"))
    assert "may be the same" not in text_of(counselling.get("/"))
