"""Records that may be the same: found with their reason, decided on, seen by whoever sees both."""

from __future__ import annotations

import pytest

from tests.factories.network import (
    a_community,
    a_coordinator,
    a_counsellor,
    a_platform,
    a_space,
    an_actor,
    an_organisation,
)
from treffpunkt.core.errors import Forbidden
from treffpunkt.network import rules
from treffpunkt.network.models import Space, Suspect
from treffpunkt.network.services.actors import change_actor, erase_actor
from treffpunkt.network.services.merging import merge_records, undo_merge
from treffpunkt.network.services.roles import add_role
from treffpunkt.network.services.suspecting import decide_different, renew_suspects

pytestmark = pytest.mark.django_db


def found(*pair) -> set[str] | None:
    """Give the reasons why two records are suspected, or nothing where they are not."""
    renew_suspects()
    one, other = sorted(record.pk for record in pair)
    suspect = Suspect.objects.filter(one_id=one, other_id=other).first()
    return set(suspect.reasons) if suspect else None


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"handle": "amal_b"}, {"handle": "Amal_B"}, {"handle"}),
        ({"name": "Amal Bakr", "handle": "amal"}, {"name": "", "handle": "@amal"}, {"handle", "alike"}),
        (
            {"channels": [("phone", "0170 1234567")], "name": "Amal Bakr"},
            {"channels": [("whatsapp", "+49 170 1234567")], "name": "Amal Bakir"},
            {"phone", "alike"},
        ),
        ({"channels": [("mail", "a@example.org")]}, {"channels": [("mail", "A@example.org")]}, {"channel"}),
        ({"channels": [("telegram", "amal_b")]}, {"handle": "amal_b"}, {"handle"}),
        ({"name": "Bakr Amal"}, {"name": "amal bakr"}, {"same_name"}),
        ({"name": "إيمان الأحمد"}, {"name": "ايمان الاحمد"}, {"same_name"}),
        ({"name": "Ђорђевић Ана"}, {"name": "Ana Đorđević"}, {"same_name"}),
        # Many are called Amal; two who share a phone may be a couple; two accounts of one source are two.
        ({"name": "Amal"}, {"name": "Amal"}, None),
        (
            {"channels": [("phone", "0170 1234567")], "name": "Amal Bakr"},
            {"channels": [("phone", "0170 1234567")], "name": "Yusuf Öztürk"},
            None,
        ),
        ({"handle": "amal", "source_key": "reddit:1"}, {"handle": "amal", "source_key": "reddit:2"}, None),
    ],
)
def test_people_are_suspected_for_a_reason(one, other, reasons):
    assert found(an_actor(**{"name": "Eine Person"} | one), an_actor(**{"name": "Ganz Anders"} | other)) == reasons


def test_people_with_names_alike_in_one_group_are_suspected(arabic):
    group, other_group = a_space(arabic), a_space(arabic)
    one, other = an_actor(group, name="Amina Haddad"), an_actor(group, name="Amina Hadad")
    elsewhere, unlike = an_actor(other_group, name="Amina Hadat"), an_actor(group, name="Yusuf")

    assert found(one, other) == {"space", "alike"}
    assert found(one, elsewhere) is None
    assert found(one, unlike) is None


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ("https://www.facebook.com/groups/frauen.berlin", "https://www.facebook.com/groups/1234567", {"same_name"}),
        ("https://www.facebook.com/groups/frauen.berlin", "https://www.facebook.com/groups/frauen.bonn", None),
        ("https://www.facebook.com/groups/1234568", "https://www.facebook.com/groups/1234567", None),
        ("", "https://www.facebook.com/groups/1234567", {"same_name"}),
    ],
)
def test_groups_of_one_name_are_suspected_unless_their_addresses_are_two(arabic, one, other, reasons):
    platform = a_platform("facebook")
    spaces = [a_space(arabic, name="Frauen in Berlin", platform=platform, address=address) for address in (one, other)]

    assert found(*spaces) == reasons


def test_the_same_address_written_differently_is_found(arabic):
    one, other = a_space(arabic, name="نساء برلين"), a_space(arabic, name="Women of Berlin")
    address = one.address.replace("https://www.", "http://m.") + "/?ref=share"
    Space.objects.filter(pk=other.pk).update(address=address)

    assert found(one, other) == {"address"}


def test_groups_led_by_the_same_people_are_suspected(arabic):
    leader = an_actor()
    spaces = [a_space(arabic, name=name) for name in ("Frauen helfen Frauen Köln", "Frauen helfen Frauen Koln")]
    for space in spaces:
        add_role(by=a_coordinator(), actor=leader, space=space)

    assert found(*spaces) == {"leaders", "same_name"}


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({"phone": "030 123456"}, {"phone": "+49 30 123456 / 030 999999"}, {"phone", "alike"}),
        ({"website": "https://haus.example.org/"}, {"website": "http://www.haus.example.org"}, {"website", "alike"}),
        ({"postal_address": "Lindenstr. 5, 10969 Berlin"}, {"postal_address": "Lindenstraße 5, 10969 Berlin"}, {"place", "alike"}),
        ({"phone": "030 123456", "postal_address": "Lindenstr. 5"}, {"phone": "030 123456", "postal_address": "Rathausplatz 17"}, None),
        ({}, {}, None),
    ],
)  # fmt: skip
def test_organisations_are_suspected_where_more_than_the_name_agrees(arabic, one, other, reasons):
    names = ("Beratungshaus Lindenhof", "Beratungshaus Lindenhoff")

    assert (
        found(*(an_organisation(arabic, name=name, **fields) for name, fields in zip(names, (one, other), strict=True)))
        == reasons
    )


def test_what_is_decided_stays_decided(arabic):
    coordinator = a_coordinator()
    one, other = an_actor(handle="amal"), an_actor(handle="amal")
    assert found(one, other)
    decide_different(by=coordinator, suspect=Suspect.objects.get())
    renew_suspects()

    suspect = Suspect.objects.get()
    assert suspect.decided_by == coordinator
    change_actor(by=coordinator, actor=one, handle="nour")
    renew_suspects()
    assert Suspect.objects.get() == suspect


def test_what_is_not_suspected_any_more_goes(arabic):
    one, other = an_actor(handle="amal"), an_actor(handle="amal")
    assert found(one, other)
    change_actor(by=a_coordinator(), actor=one, handle="nour")

    assert found(one, other) is None


def test_merged_and_erased_people_leave_the_list():
    coordinator = a_coordinator()
    one, other, third = (an_actor(handle="amal") for _ in range(3))
    renew_suspects()
    assert Suspect.objects.count() == 3

    merge = merge_records(by=coordinator, kept=one, gone=other)
    assert [{suspect.one_id, suspect.other_id} for suspect in Suspect.objects.all()] == [{one.pk, third.pk}]
    undo_merge(by=coordinator, merge=merge)
    assert Suspect.objects.count() == 3
    erase_actor(by=coordinator, actor=third)
    assert [{suspect.one_id, suspect.other_id} for suspect in Suspect.objects.all()] == [{one.pk, other.pk}]


def test_that_two_are_two_holds_for_the_one_they_are_merged_into():
    coordinator = a_coordinator()
    one, other, twin = an_actor(handle="amal"), an_actor(handle="amal"), an_actor(handle="amal")
    renew_suspects()
    pair = sorted([twin.pk, other.pk])
    decide_different(by=coordinator, suspect=Suspect.objects.get(one_id=pair[0], other_id=pair[1]))
    merge_records(by=coordinator, kept=one, gone=twin)

    suspect = Suspect.objects.get()
    assert {suspect.one_id, suspect.other_id} == {one.pk, other.pk}
    assert suspect.decided_at is not None


def test_a_counsellor_sees_pairs_of_which_she_sees_both(arabic):
    counsellor, group, foreign = a_counsellor(arabic), a_space(arabic), a_space(a_community("sr"))
    one, other, elsewhere = (an_actor(space, handle="amal") for space in (group, group, foreign))
    renew_suspects()

    assert rules.viewable_suspects(a_coordinator()).count() == 3
    (suspect,) = rules.viewable_suspects(counsellor)
    assert {suspect.one_id, suspect.other_id} == {one.pk, other.pk}
    hidden = Suspect.objects.exclude(pk=suspect.pk)[0]
    with pytest.raises(Forbidden):
        decide_different(by=counsellor, suspect=hidden)
    assert elsewhere.pk in {hidden.one_id, hidden.other_id}


def test_what_many_share_tells_nothing():
    for number in range(40):
        an_actor(name=f"Person Nummer {number}", handle="admin")

    assert renew_suspects() == 0
