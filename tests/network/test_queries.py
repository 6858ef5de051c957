"""Lists and record pages: narrowed as asked, with as many queries for thirty rows as for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.network import (
    a_community,
    a_contact,
    a_coordinator,
    a_counsellor,
    a_platform,
    a_space,
    an_actor,
    an_organisation,
)
from treffpunkt.core.clock import now, today
from treffpunkt.network import queries
from treffpunkt.network.models import Space
from treffpunkt.network.queries import ActorFilter, ContactFilter, OrganisationFilter, SpaceFilter
from treffpunkt.network.services.actors import change_actor
from treffpunkt.network.services.spaces import check_space, move_space

pytestmark = pytest.mark.django_db


def test_spaces_are_narrowed_as_asked(coordinator, arabic):
    a_platform("telegram")
    plain = a_space(a_community("fr"), name="Femmes à Berlin", language="fr")
    asked = a_space(arabic, name="Frauen in Köln", address="t.me/frauen", women_only=True, language="ar")
    an_actor(asked)
    move_space(by=coordinator, space=asked, state="joined")
    check_space(by=coordinator, space=plain)

    for given in (
        SpaceFilter(platform="telegram"),
        SpaceFilter(language="ar"),
        SpaceFilter(state="joined"),
        SpaceFilter(community=arabic),
        SpaceFilter(women_only=True),
        SpaceFilter(single_administrator=True),
        SpaceFilter(unchecked_days=30),
        SpaceFilter(text="frauen in koln"),
        SpaceFilter(text="https://t.me/s/frauen"),
    ):
        assert list(queries.spaces(coordinator, given)) == [asked], given
    assert set(queries.spaces(coordinator, SpaceFilter())) == {asked, plain}


def test_people_organisations_and_contacts_are_narrowed_as_asked(coordinator, arabic):
    asked = an_actor(
        a_space(arabic), name="Amal", languages=["ar"], actor_kind="blogger", standing="asked", owner=coordinator
    )
    machine = an_actor(not_a_person=True)
    club = an_organisation(arabic, organisation_kind="Verein")
    an_organisation()
    contact = a_contact(coordinator, actor=asked, outcome="talked", channel_kind="telegram")
    a_contact(coordinator, actor=machine)

    for given in (
        ActorFilter(actor_kind="blogger"),
        ActorFilter(standing="asked", language="ar"),
        ActorFilter(language="ar"),
        ActorFilter(community=arabic),
        ActorFilter(owner=coordinator),
        ActorFilter(persons_only=True),
        ActorFilter(text="amal"),
    ):
        assert list(queries.actors(coordinator, given)) == [asked], given
    for chosen in (OrganisationFilter(community=arabic), OrganisationFilter(organisation_kind="Verein")):
        assert list(queries.organisations(coordinator, chosen)) == [club]
    for wanted in (ContactFilter(outcome="talked"), ContactFilter(channel_kind="telegram")):
        assert list(queries.contacts(coordinator, wanted)) == [contact]
    assert list(queries.contacts(coordinator).filter(actor=asked)) == [contact]


def queries_for(read):
    with CaptureQueriesContext(
        connection,
    ) as context:
        read()
    return len(context)


def test_thirty_rows_cost_what_one_costs(coordinator, arabic):
    counsellor = a_counsellor(arabic)

    def fill(number):
        for _ in range(number):
            actor = an_actor(a_space(arabic, language="ar"), channels=[("telegram", "amal_b")])
            a_contact(counsellor, actor=actor)
            an_organisation(arabic)

    def pages(by):
        return [
            lambda: [(str(row.platform), str(row.language), list(row.communities.all())) for row in queries.spaces(by)],
            lambda: [(str(row.owner), list(row.channels.all())) for row in queries.actors(by)],
            lambda: [(row.place, list(row.communities.all())) for row in queries.organisations(by)],
            lambda: [(str(row.actor), str(row.space), str(row.staff)) for row in queries.contacts(by)],
            lambda: [(row.space_count, list(row.counsellors.all())) for row in queries.communities(by)],
            lambda: [[role.actor.owner for role in row.roles.all()] for row in queries.space_detail(by)],
            lambda: [[role.space.platform for role in row.roles.all()] for row in queries.actor_detail(by)],
        ]

    fill(1)
    few = [[queries_for(read) for read in pages(by)] for by in (coordinator, counsellor)]
    fill(29)
    many = [[queries_for(read) for read in pages(by)] for by in (coordinator, counsellor)]

    assert few == many
    assert all(number <= 5 for numbers in many for number in numbers)


def test_a_page_shows_only_the_roles_one_may_see(arabic):
    counsellor, hers = a_counsellor(arabic), a_space(arabic)
    actor = an_actor(hers, a_space(a_community("fr")))

    assert [role.space for role in queries.actor_detail(counsellor).get(pk=actor.pk).roles.all()] == [hers]
    assert [role.space for role in queries.roles_of(counsellor, actor.pk)] == [hers]
    assert [role.actor for role in queries.roles_in(counsellor, hers)] == [actor]
    assert queries.roles_of(a_coordinator(), actor.pk).count() == 2


def test_today_names_what_is_due(coordinator, arabic):
    overdue, later = a_space(arabic, members=100), a_space(arabic, members=200)
    for space in (overdue, later):
        move_space(by=coordinator, space=space, state="joined")
    check_space(by=coordinator, space=overdue, next_check=today() - timedelta(days=3))
    a_space(arabic)
    actor = an_actor(overdue)
    change_actor(by=coordinator, actor=actor, next_touch=today())

    assert list(queries.unchecked_spaces(coordinator)) == [overdue]
    assert list(queries.single_administrator_spaces(coordinator)) == [overdue]
    assert list(queries.due_actors(coordinator)) == [actor]
    assert not queries.unchecked_spaces(a_counsellor()).exists()


def test_figures_of_a_community(coordinator, arabic):
    a_space(arabic, members=100)
    a_space(arabic, members=50)
    a_space(arabic)
    row = queries.communities(coordinator).get(pk=arabic.pk)

    assert (row.space_count, row.potential_reach) == (3, 150)
    assert queries.subscriptions(queries.spaces(coordinator)) == 150


def test_spaces_never_checked_count_as_unchecked(coordinator):
    space = a_space()
    Space.objects.filter(pk=space.pk).update(checked_at=now() - timedelta(days=100))
    never = a_space()

    assert set(queries.spaces(coordinator, SpaceFilter(unchecked_days=90))) == {space, never}
    assert list(queries.spaces(coordinator, SpaceFilter(unchecked_days=120))) == [never]
