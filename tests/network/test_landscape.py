"""The part of the landscape that is shown: what it holds, who sees it, what it costs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.network import (
    a_community,
    a_counsellor,
    a_member_of_staff,
    a_platform,
    a_space,
    an_actor,
    an_organisation,
    role_of,
)
from treffpunkt.core.agent import SYSTEM
from treffpunkt.network import rules
from treffpunkt.network.landscape import (
    ACTOR,
    COMMUNITY,
    KINDS,
    ORDERS,
    ORGANISATION,
    SPACE,
    Ask,
    choose,
    how_many,
    nodes,
    rows,
)
from treffpunkt.network.models import Space
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.network.services.ties import tie

pytestmark = pytest.mark.django_db


@pytest.fixture
def arabic():
    return a_community("ar", name="Arabischsprachige")


@pytest.fixture
def french():
    return a_community("fr", name="Frankophone")


def ask(by, spaces=None, **given):
    seen = rules.viewable_spaces(by)
    return Ask(by, seen if spaces is None else seen & spaces, **given)


def shown(by, **given):
    """Name what is shown."""
    return {node.name for node in nodes(by, choose(ask(by, **given)).ids)}


def tied(excerpt, one, other):
    """Tell how two records are tied; None where they are not."""
    return excerpt.edges.get((one.pk, other.pk), excerpt.edges.get((other.pk, one.pk)))


class TestWhole:
    def test_holds_everything_and_what_ties_it(self, coordinator, arabic):
        space = a_space(arabic, name="Frauen in Köln")
        admin = an_actor(space, name="Amal")
        club = an_organisation(arabic, name="Verein")
        contact = an_actor(name="Kontakt")
        add_role(by=SYSTEM, actor=contact, organisation=club, role="contact")
        alone = an_actor(name="Ohne Gruppe")
        tie(by=coordinator, one=club, other=admin, what="kennen sich")

        excerpt = choose(ask(coordinator))

        assert excerpt.ids[COMMUNITY] == [arabic.pk]
        assert set(excerpt.ids[ACTOR]) == {admin.pk, contact.pk, alone.pk}
        assert tied(excerpt, admin, space) == "administrator"
        assert tied(excerpt, contact, club) == "contact"
        assert tied(excerpt, space, arabic) == ""
        assert tied(excerpt, club, arabic) == ""
        assert tied(excerpt, club, admin) == ""
        assert len(excerpt.edges) == 5
        assert len(excerpt) == 6
        assert not excerpt.cut

    def test_two_roles_of_one_person_are_one_tie_by_the_stronger(self, coordinator, arabic):
        space = a_space(arabic)
        actor = an_actor(space, role="author")
        add_role(by=SYSTEM, actor=actor, space=space, role="moderator")

        assert tied(choose(ask(coordinator)), actor, space) == "moderator"

    def test_what_is_over_ties_nobody(self, coordinator, arabic):
        space = a_space(arabic)
        actor = an_actor(space)
        end_role(by=SYSTEM, role=role_of(actor, space))

        assert tied(choose(ask(coordinator)), actor, space) is None

    def test_who_was_erased_is_nowhere(self, coordinator, arabic):
        space = a_space(arabic)
        actor = an_actor(space)
        before = choose(ask(coordinator))
        erase_actor(by=coordinator, actor=actor)

        assert actor.pk not in choose(ask(coordinator)).kinds
        assert actor.pk not in choose(ask(coordinator, around=((SPACE, space.pk),))).kinds
        assert actor.pk not in {node.pk for node in nodes(coordinator, before.ids)}

    def test_kinds_and_machines_can_be_left_out(self, coordinator, arabic):
        space = a_space(arabic, name="Gruppe")
        an_actor(space, name="Mensch")
        an_actor(space, name="Roboter", not_a_person=True)
        an_organisation(arabic, name="Verein")

        assert shown(coordinator) == {"Arabischsprachige", "Gruppe", "Mensch", "Roboter", "Verein"}
        assert "Roboter" not in shown(coordinator, without=frozenset({"machines"}))
        assert shown(coordinator, without=frozenset({ACTOR, ORGANISATION, COMMUNITY})) == {"Gruppe"}

    def test_an_empty_house_shows_nothing(self, coordinator):
        excerpt = choose(ask(coordinator))

        assert len(excerpt) == 0
        assert nodes(coordinator, excerpt.ids) == []
        assert rows(coordinator, excerpt, order="name", size=50).rows == []


class TestTop:
    def test_takes_the_largest_with_who_leads_them(self, coordinator, arabic):
        for members in range(1, 11):
            an_actor(a_space(arabic, name=f"Gruppe {members}", members=members * 100))

        excerpt = choose(ask(coordinator, most=9))
        names = [node.name for node in nodes(coordinator, excerpt.ids) if node.kind == SPACE]

        assert names == ["Gruppe 10", "Gruppe 9", "Gruppe 8", "Gruppe 7"]
        assert len(excerpt.ids[ACTOR]) == 4
        assert len(excerpt) == 9
        assert excerpt.cut
        assert how_many(ask(coordinator, most=9)) == 21

    def test_one_crowded_group_leaves_room_for_others(self, coordinator, arabic):
        crowded = a_space(arabic, members=1000)
        for _ in range(12):
            an_actor(crowded)
        an_actor(a_space(arabic, members=10))

        excerpt = choose(ask(coordinator, most=12))

        assert len(excerpt.ids[SPACE]) == 2
        assert len(excerpt.ids[ACTOR]) == 9

    def test_many_small_groups_leave_nobody_out(self, coordinator):
        platform = a_platform()
        Space.objects.bulk_create(Space(name=f"Gruppe {n}", platform=platform, members=n) for n in range(520))
        crowded = Space.objects.get(members=519)
        people = [an_actor(crowded) for _ in range(8)]
        last = an_actor(Space.objects.get(members=0))

        excerpt = choose(ask(coordinator))

        assert len(excerpt.ids[SPACE]) == 520
        assert set(excerpt.ids[ACTOR]) == {one.pk for one in (*people, last)}
        assert not excerpt.cut

    def test_filters_narrow_spaces_and_what_hangs_on_them(self, coordinator, arabic, french):
        a_platform("telegram")
        asked = a_space(arabic, name="Auf Telegram", address="https://t.me/frauen", platform="telegram")
        an_actor(asked, name="Amal")
        an_actor(a_space(french, name="Anders"), name="Nadia")
        tied_by_a_person = an_organisation(name="Trägerin")
        add_role(by=SYSTEM, actor=an_actor(asked, name="Beide"), organisation=tied_by_a_person, role="contact")
        an_organisation(arabic, name="Verein")
        on_telegram = rules.viewable_spaces(coordinator).filter(platform="telegram")

        given = {"spaces": on_telegram, "filtered": frozenset({"platform"})}
        assert shown(coordinator, **given) == {"Arabischsprachige", "Auf Telegram", "Amal", "Beide", "Trägerin"}
        assert how_many(ask(coordinator, **given)) == 5

    def test_a_community_holds_its_spaces_people_and_organisations(self, coordinator, arabic, french):
        an_actor(a_space(arabic, french, name="Beide Sprachen"), name="Amal")
        an_actor(a_space(french, name="Anders"), name="Nadia")
        an_organisation(arabic, name="Verein")
        an_organisation(french, name="Association")
        of_it = rules.viewable_spaces(coordinator).filter(communities=arabic)

        given = {"spaces": of_it, "filtered": frozenset({"community"}), "community": arabic.pk}
        assert shown(coordinator, **given) == {"Arabischsprachige", "Beide Sprachen", "Amal", "Verein"}


class TestNeighbourhood:
    def test_goes_so_many_steps(self, coordinator, arabic):
        middle = a_space(arabic, name="Mitte")
        admin = an_actor(middle, name="Admin")
        other = a_space(arabic, name="Ihre andere")
        add_role(by=SYSTEM, actor=admin, space=other, role="administrator")
        an_actor(other, name="Zu weit")
        a_space(arabic, name="Nur dieselbe Community")

        one = shown(coordinator, around=((SPACE, middle.pk),))
        two = shown(coordinator, around=((SPACE, middle.pk),), depth=2)

        assert one == {"Mitte", "Admin", "Arabischsprachige"}
        assert two == {"Mitte", "Admin", "Arabischsprachige", "Ihre andere"}

    def test_follows_organisations_and_ties(self, coordinator, arabic):
        club = an_organisation(arabic, name="Verein")
        add_role(by=SYSTEM, actor=an_actor(name="Kontakt"), organisation=club, role="contact")
        tie(by=coordinator, one=an_organisation(name="Schwester"), other=club)

        around = ((ORGANISATION, club.pk),)
        assert shown(coordinator, around=around) == {"Verein", "Kontakt", "Schwester", "Arabischsprachige"}

    def test_is_cut_where_it_is_too_wide(self, coordinator, arabic):
        space = a_space(arabic)
        for _ in range(9):
            an_actor(space)

        excerpt = choose(ask(coordinator, around=((SPACE, space.pk),), most=5))

        assert len(excerpt) == 5
        assert excerpt.cut
        assert space.pk in excerpt.kinds


class TestWhoSees:
    def test_counsellors_see_their_communities_only(self, arabic, french, coordinator):
        counsellor = a_counsellor(arabic)
        hers, foreign = a_space(arabic, name="Ihre"), a_space(french, name="Fremde")
        bridge = an_actor(hers, foreign, name="In beiden")
        an_actor(foreign, name="Fremde Admin")
        an_organisation(french, name="Association")
        tie(by=coordinator, one=bridge, other=an_organisation(name="Ohne Community"))

        assert shown(counsellor) == {"Arabischsprachige", "Ihre", "In beiden"}
        for depth in (1, 2):
            around = ((ACTOR, bridge.pk),)
            assert shown(counsellor, around=around, depth=depth) == {"Arabischsprachige", "Ihre", "In beiden"}
        assert how_many(ask(counsellor)) == 3

    def test_nobody_walks_through_what_they_may_not_see(self, arabic, french):
        counsellor = a_counsellor(arabic)
        hidden = a_space(french)
        here = an_actor(a_space(arabic, name="Ihre"), hidden, name="Hier")
        an_actor(a_space(arabic, name="Auch ihre"), hidden, name="Dort")

        around = ((ACTOR, here.pk),)
        assert shown(counsellor, around=around, depth=2) == {"Arabischsprachige", "Ihre", "Hier"}

    def test_others_see_nothing(self, arabic):
        an_actor(a_space(arabic))

        assert shown(a_member_of_staff("legal_reviewer")) == set()

    def test_what_was_chosen_for_one_is_not_read_by_another(self, arabic, french, coordinator):
        an_actor(a_space(french))

        assert [node.name for node in nodes(a_counsellor(arabic), choose(ask(coordinator)).ids)] == [arabic.name]


class TestTable:
    def fill(self, arabic, number):
        for place in range(number):
            space = a_space(arabic, name=f"Gruppe {place:02}", members=place * 10 if place % 3 else None)
            an_actor(space, name=f"Amal {place:02}")
        an_organisation(arabic, name="Ein Verein")

    @pytest.mark.parametrize("turned", [False, True])
    @pytest.mark.parametrize("order", ORDERS)
    def test_pages_forth_and_back_give_every_row_once(self, coordinator, arabic, order, turned):
        self.fill(arabic, 8)
        excerpt = choose(ask(coordinator))
        pages, after = [], None
        while True:
            page = rows(coordinator, excerpt, order=order, turned=turned, after=after, size=5)
            pages.append(page.rows)
            after = page.rows[-1].pk
            if not page.more:
                break
        back = rows(coordinator, excerpt, order=order, turned=turned, after=pages[2][0].pk, back=True, size=5)
        every = [node.pk for page in pages for node in page]

        assert sorted(every) == sorted(excerpt.kinds)
        assert back.rows == pages[1]
        assert back.more

    def test_orders_by_reach_name_and_kind(self, coordinator, arabic):
        self.fill(arabic, 5)
        excerpt = choose(ask(coordinator))

        def read(order):
            return rows(coordinator, excerpt, order=order, size=50).rows

        reach = [-1 if node.reach is None else node.reach for node in read("reach")]
        assert reach == sorted(reach, reverse=True)
        assert [node.name for node in read("name")][:2] == ["Amal 00", "Amal 01"]
        assert list(dict.fromkeys(node.kind for node in read("kind"))) == list(KINDS)

    def test_a_row_that_is_gone_leads_to_the_first_page(self, coordinator, arabic):
        self.fill(arabic, 5)
        excerpt = choose(ask(coordinator))

        page = rows(coordinator, excerpt, order="name", after=a_space().pk, size=5)

        assert page == rows(coordinator, excerpt, order="name", size=5)


def test_a_hundred_records_cost_what_a_few_cost(coordinator, arabic):
    counsellor = a_counsellor(arabic)
    space = a_space(arabic)

    def fill(number):
        for _ in range(number):
            an_actor(space, a_space(arabic))
            an_organisation(arabic)

    def queries(by):
        def count(read):
            with CaptureQueriesContext(connection) as context:
                read()
            return len(context)

        excerpt = choose(ask(by))
        return [
            count(lambda: choose(ask(by))),
            count(lambda: choose(ask(by, around=((SPACE, space.pk),), depth=2))),
            count(lambda: nodes(by, excerpt.ids)),
            count(lambda: rows(by, excerpt, order="state", size=5)),
            count(lambda: how_many(ask(by))),
        ]

    fill(1)
    few = [queries(by) for by in (coordinator, counsellor)]
    fill(30)

    assert [queries(by) for by in (coordinator, counsellor)] == few
    assert max(number for numbers in few for number in numbers) <= 5
