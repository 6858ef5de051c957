"""Thousands at once, by the same rules as one."""

from __future__ import annotations

import pytest

from tests.factories.network import a_community, a_counsellor, a_platform, a_space, an_actor
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.journal.queries import thread
from treffpunkt.network.models import Actor, Organisation, Role, Space
from treffpunkt.network.services import bulk
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.network.services.organisations import change_organisation, create_organisation
from treffpunkt.network.services.spaces import KnownSpace
from treffpunkt.search.queries import find_ids

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def platforms():
    a_platform("facebook")
    a_platform("reddit")


def rows(number):
    return [
        {
            "name": f"Gruppe {position}",
            "address": f"r/gruppe_{position}",
            "members": 10 * position,
            "source_key": f"x:{position}",
        }
        for position in range(1, number + 1)
    ]


def test_many_cost_as_many_statements_as_few(arabic, django_assert_max_num_queries):
    counsellor = a_counsellor(arabic)
    with django_assert_max_num_queries(60):
        spaces = bulk.create_spaces(by=counsellor, rows=rows(300))
        actors = bulk.create_actors(
            by=counsellor,
            rows=[
                {"handle": f"person_{position}", "channels": [("telegram", f"@person_{position}")]}
                for position in range(200)
            ],
        )
        bulk.create_roles(
            by=counsellor,
            rows=[{"actor": actors[position % 200], "space": space} for position, space in enumerate(spaces)],
        )
    space, actor = Space.objects.get(source_key="x:1"), Actor.objects.get(handle="person_0")

    assert (space.name, space.address, space.administrator_count) == (
        "Gruppe 1",
        "https://www.reddit.com/r/gruppe_1",
        1,
    )
    assert list(space.communities.all()) == [arabic]
    assert (actor.owner, actor.potential_reach, actor.channels.get().value) == (counsellor, 10 + 2010, "person_0")
    assert [entry.verb for entry in thread(space.pk)] == ["role.added", "space.imported"]
    assert [entry.verb for entry in thread(actor.pk)][-1] == "actor.imported"
    assert (
        find_ids("gruppe 17", "network.space", Space.objects.values("pk"))[0] == Space.objects.get(source_key="x:17").pk
    )
    assert list(Space.objects.values_list("sorting", flat=True)[:2]) == ["gruppe 1", "gruppe 10"]


def test_no_address_comes_in_twice():
    known = a_space(address="https://www.reddit.com/r/gruppe_2/")

    with pytest.raises(KnownSpace) as refused:
        bulk.create_spaces(by=SYSTEM, rows=rows(3))
    assert refused.value.space_id == known.pk
    with pytest.raises(KnownSpace):
        bulk.create_spaces(by=SYSTEM, rows=[*rows(1), *rows(1)])
    assert Space.objects.count() == 1


def test_known_roles_are_left_out(arabic):
    space = a_space(arabic)
    actor = an_actor(space)
    given = {"actor": actor.pk, "space": space.pk}

    assert bulk.create_roles(by=SYSTEM, rows=[given, given]) == []
    added = bulk.create_roles(by=SYSTEM, rows=[given, given | {"role": "moderator"}])
    assert [role.role for role in added] == ["moderator"]
    with pytest.raises(DomainError):
        bulk.create_roles(by=SYSTEM, rows=[{"actor": actor}])


def test_a_counsellor_gives_roles_only_where_she_works(arabic):
    with pytest.raises(Forbidden):
        bulk.create_roles(by=a_counsellor(arabic), rows=[{"actor": an_actor(), "space": a_space(a_community("fr"))}])


def test_changes_count_and_show_only_where_something_changed(arabic):
    spaces = bulk.create_spaces(by=SYSTEM, rows=rows(3))
    actor = an_actor(spaces[0])
    changed = bulk.change_spaces(
        by=SYSTEM,
        changes={
            spaces[0].pk: {"members": 77, "name": "Eltern am Rhein", "communities": [arabic]},
            spaces[1].pk: {"members": 20, "name": "Gruppe 2"},
        },
    )
    actor.refresh_from_db()
    first, second = Space.objects.get(pk=spaces[0].pk), Space.objects.get(pk=spaces[1].pk)

    assert changed == 1
    assert (first.name, first.sorting, first.version, actor.potential_reach) == (
        "Eltern am Rhein",
        "eltern am rhein",
        2,
        77,
    )
    assert list(first.communities.all()) == [arabic]
    assert [entry.verb for entry in thread(first.pk)][0] == "space.changed"
    assert (second.version, [entry.verb for entry in thread(second.pk)]) == (1, ["space.imported"])
    assert find_ids("eltern am rhein", "network.space", Space.objects.values("pk")) == [first.pk]


def test_what_others_depend_on_stays(arabic):
    counsellor = a_counsellor(arabic)
    free, led = bulk.create_spaces(by=counsellor, rows=rows(2))
    leading, spoken_to, alone = bulk.create_actors(by=counsellor, rows=[{"handle": handle} for handle in "abc"])
    (role,) = bulk.create_roles(by=counsellor, rows=[{"actor": leading, "space": led}])
    log_contact(by=counsellor, actor=spoken_to, note="Gesprochen.")

    assert bulk.remove_spaces(by=counsellor, ids=[free.pk, led.pk]) == [led.pk]
    assert set(bulk.remove_actors(by=counsellor, ids=[leading.pk, spoken_to.pk, alone.pk])) == {
        leading.pk,
        spoken_to.pk,
    }
    assert bulk.remove_roles(by=counsellor, ids=[role.pk]) == []
    assert bulk.remove_spaces(by=counsellor, ids=[led.pk]) == []
    assert bulk.remove_actors(by=counsellor, ids=[leading.pk]) == []
    assert (Space.objects.count(), Role.objects.count(), list(Actor.objects.all())) == (0, 0, [spoken_to])


def test_organisations_say_what_they_do_in_each_language(arabic):
    (organisation,) = bulk.create_organisations(
        by=SYSTEM,
        rows=[
            {
                "name": "Frauenladen",
                "purpose": {"de": " Beratung ", "ar": ""},
                "website": "www.frauenladen.example.org/",
            }
        ],
    )
    again = change_organisation(
        by=SYSTEM, organisation=organisation, version=1, communities=[arabic], purpose={"de": "Rat"}
    )

    assert (organisation.purpose, organisation.website) == ({"de": "Beratung"}, "https://frauenladen.example.org")
    assert (again.version, again.purpose) == (2, {"de": "Rat"})
    assert bulk.change_organisations(by=SYSTEM, changes={organisation.pk: {"purpose": {"de": "Rat"}}}) == 0
    assert create_organisation(by=a_counsellor(arabic), name="Neu").communities.get() == arabic
    assert len(bulk.remove_organisations(by=SYSTEM, ids=[organisation.pk])) == 0
    assert Organisation.objects.count() == 1
