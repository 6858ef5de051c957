"""Whom to talk to next: the page, the list to print, inviting those who are chosen; who holds which key."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.factories import meetings as meeting
from tests.factories import network as make
from treffpunkt.core.clock import as_of, now
from treffpunkt.meetings.services.invitations import send_invitations
from treffpunkt.network.models import Actor
from treffpunkt.network.services.actors import change_actor, set_standing
from treffpunkt.tasks.services import create_task

PLAN = "/network/people/next/"


def shown(client, address=PLAN, **asked) -> str:
    answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_plan_follows_every_filter_of_the_groups(coordination, arabic, french):
    make.an_actor(make.a_space(arabic, members=10, women_only=True, name="Mütter"), name="Layla")
    make.an_actor(make.a_space(french, members=99, language=make.a_language("fr")), name="Aïcha")

    assert [name for name in ("Aïcha", "Layla") if name in shown(coordination)] == ["Aïcha", "Layla"]
    for asked in ({"only": "women"}, {"community": arabic.pk}, {"q": "Mütter"}):
        page = shown(coordination, **asked)
        assert "Layla" in page
        assert "Aïcha" not in page
    assert "Aïcha" in shown(coordination, language="fr")


def test_plan_has_as_many_talks_as_asked_for(coordination, arabic):
    for size in range(12):
        make.an_actor(make.a_space(arabic, members=100 + size))

    assert shown(coordination).count('class="row-rank"') == 10
    assert shown(coordination, talks=5).count('class="row-rank"') == 5
    assert shown(coordination, talks="nonsense").count('class="row-rank"') == 10


def test_plan_says_why_in_words(coordination, coordinator, arabic, french):
    spaces = [make.a_space(arabic, members=size, name=f"Gruppe {size}") for size in (70_000, 40_000, 9_000, 800)]
    spaces.append(make.a_space(french, members=5))
    with as_of(now() - timedelta(days=70)):
        first = make.an_actor(*spaces, name="Layla", owner=coordinator)
        make.a_contact(coordinator, actor=first, outcome="")
    make.an_actor(spaces[0], make.a_space(arabic, members=5_000), name="Huda")

    page = shown(coordination)

    assert "reaches about 120\u202f000 members in 5 groups where we have no access" in page
    assert "adds about 5\u202f000 members in 1 more group" in page
    assert "Gruppe 70000" in page
    assert "2 more" in page
    assert "bridges " in page
    assert "knows them" in page
    month = (now() - timedelta(days=70)).strftime("%B")
    assert f"last contact in {month}" in page
    assert "2 talks open 100 % of the members whom we do not reach yet" in page


def test_plan_is_made_anew_with_the_next_look(coordination, coordinator, arabic):
    space = make.a_space(arabic, members=100)
    layla, _huda = make.an_actor(space, name="Layla"), make.an_actor(space, make.a_space(arabic), name="Huda")
    assert "Layla" not in shown(coordination)

    set_standing(by=coordinator, actor=Actor.objects.get(name="Huda"), standing="declined")
    assert "Layla" in shown(coordination)

    change_actor(by=coordinator, actor=layla, not_a_person=True)
    assert "Layla" not in shown(coordination)


def test_thirty_people_cost_as_many_queries_as_one(coordination, arabic, french, django_assert_max_num_queries):
    addresses = [
        PLAN,
        f"{PLAN}print/",
        "/network/people/losses/",
        "/network/people/bridges/",
        "/network/spaces/single/",
    ]
    make.an_actor(make.a_space(arabic, members=10), make.a_space(french, members=10))
    counted = []
    for address in addresses:
        shown(coordination, address)
        with django_assert_max_num_queries(13) as one:  # nine, and what opens and closes the transaction
            shown(coordination, address)
        counted.append(len(one))
    for size in range(30):
        make.an_actor(make.a_space(arabic, members=size), make.a_space(french, members=size))
    for address, number in zip(addresses, counted, strict=True):
        with django_assert_max_num_queries(number + 1):  # with a second page its rows are counted
            shown(coordination, address, talks=50)


def test_printed_list_states_the_chance_and_the_rule_of_counting(coordination, arabic):
    make.an_actor(make.a_space(arabic, members=1_000), name="Layla", handle="layla.h")

    page = shown(coordination, f"{PLAN}print/")
    assert "50 % of those asked say yes" in page
    assert "about 500 of 1\u202f000 members (50 %); 1\u202f000 if everybody says yes" in page
    assert "A plan, not a promise." in page
    assert "Counting rule" in page
    assert "layla.h" in page
    assert "about 300 of" in shown(coordination, f"{PLAN}print/", chance=30)
    assert "about 500 of" in shown(coordination, f"{PLAN}print/", chance=31)


@pytest.fixture
def coming(coordinator, arabic):
    """Give a meeting to which nobody is invited yet."""
    return meeting.a_meeting(coordinator, communities=[arabic])


def test_chosen_people_stand_on_the_guest_list(coordination, coordinator, arabic, coming):
    chosen, other = (make.an_actor(make.a_space(arabic, members=9), name=name) for name in ("Layla", "Huda"))
    assert coming.name in shown(coordination)

    answer = coordination.post(f"{PLAN}invite/", {"actor": [chosen.pk], "meeting": coming.pk})

    assert answer.headers["Location"] == f"/meetings/{coming.pk}/invite/send/"
    assert [one.actor for one in coming.invitations.all()] == [chosen]
    page = shown(coordination)
    assert "on the guest list: " in page
    assert "Huda" in page

    make.an_actor(other.roles.get().space)
    send_invitations(by=coordinator, meeting=coming)
    assert "Layla" in shown(coordination)  # no way reaches her: she was not asked


def test_whoever_was_sent_an_invitation_is_asked(coordination, coordinator, arabic, coming):
    guest = meeting.an_actor(name="Layla")
    make.add_role(by=coordinator, actor=guest, space=make.a_space(arabic, members=9))
    assert "Layla" in shown(coordination)

    meeting.invited(coordinator, coming, guest)

    assert "Layla" not in shown(coordination)
    assert Actor.objects.get(pk=guest.pk).standing == "asked"


@pytest.mark.parametrize(
    ("sent", "said"),
    [({}, "Nobody is chosen"), ({"actor": "x"}, "Nobody is chosen"), ({"actor": True}, "Please choose a meeting")],
)
def test_what_is_missing_is_said(coordination, arabic, sent, said):
    if sent.get("actor") is True:
        sent = {"actor": make.an_actor(make.a_space(arabic)).pk, "meeting": "", "next": PLAN}

    assert said in coordination.post(f"{PLAN}invite/", sent, follow=True).content.decode()


def test_a_counsellor_invites_to_meetings_she_hosts_only(counselling, counsellor, arabic, coming):
    actor = make.an_actor(make.a_space(arabic, members=9))
    assert coming.name not in shown(counselling)

    assert counselling.post(f"{PLAN}invite/", {"actor": actor.pk, "meeting": coming.pk}).status_code == 403
    own = meeting.a_meeting(counsellor, name="Meins", communities=[arabic], hosts=[counsellor])
    assert "Meins" in shown(counselling)
    assert counselling.post(f"{PLAN}invite/", {"actor": actor.pk, "meeting": own.pk}).status_code == 302
    assert own.invitations.count() == 1


def test_what_leaving_would_cost_links_to_the_remedy(coordination, arabic):
    space = make.a_space(arabic, members=1_234, name="Frauen Berlin")
    actor = make.an_actor(space, name="Layla")

    page = shown(coordination, "/network/people/losses/")
    assert "1\u202f200" in page
    assert f"/network/spaces/{space.pk}/succession/" in page
    assert "we know nobody who leads 1 group with about 1\u202f200 members" in shown(
        coordination, f"/network/people/{actor.pk}/"
    )


def test_groups_on_one_person_say_whether_something_is_done(coordination, coordinator, arabic):
    space = make.a_space(arabic, members=10, name="Frauen Berlin")
    make.an_actor(space, name="Layla")

    page = shown(coordination, "/network/spaces/single/")
    assert "Layla" in page
    assert f"/network/spaces/{space.pk}/succession/" in page
    create_task(by=coordinator, title="Nachfolge klären", about=space)
    assert "1 open task" in shown(coordination, "/network/spaces/single/")


def test_lists_of_keys_have_pages(coordination, arabic):
    for size in range(53):
        make.an_actor(make.a_space(arabic, members=size), name=f"Person {size:02}")

    for address in ("/network/people/losses/", "/network/spaces/single/"):
        first = coordination.get(address).context["list"]
        second = coordination.get(first.next_url).context["list"]
        assert (len(first.rows), len(second.rows), second.next_url) == (50, 3, "")
        assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
        assert len(coordination.get(second.previous_url).context["list"].rows) == 50


def test_bridges_and_pairs_lead_to_each_other(coordination, counselling, arabic, french):
    make.an_actor(make.a_space(arabic), make.a_space(french), name="Layla")

    pairs = shown(coordination, "/network/communities/pairs/")
    assert "1 person" in pairs
    assert f"/network/people/bridges/?one={arabic.pk}" in pairs or f"/network/people/bridges/?one={french.pk}" in pairs
    assert "Layla" in shown(coordination, "/network/people/bridges/", one=french.pk, other=arabic.pk)
    assert "Layla" not in shown(counselling, "/network/people/bridges/")
    assert "Layla" not in shown(counselling, "/network/people/bridges/", one=french.pk, other=arabic.pk)
