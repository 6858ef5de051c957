"""People outside: entered, reached, leading spaces, erased."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.factories.network import (
    a_community,
    a_contact,
    a_coordinator,
    a_platform,
    a_space,
    an_actor,
    role_of,
)
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.intake.memory import aliases_of
from treffpunkt.journal.models import Entry
from treffpunkt.journal.queries import thread
from treffpunkt.links import services as links
from treffpunkt.network.models import Actor, Contact
from treffpunkt.network.services.actors import (
    add_channel,
    change_actor,
    change_channel,
    create_actor,
    erase_actor,
    export_actor,
    remove_channel,
    set_standing,
)
from treffpunkt.network.services.bulk import create_actors
from treffpunkt.network.services.reaching import language_of, receiver_of, with_ways
from treffpunkt.network.services.roles import add_role, end_role, recount_ended, remove_role
from treffpunkt.network.services.ties import tie
from treffpunkt.post.models import Message
from treffpunkt.post.services import send
from treffpunkt.search.queries import find_ids

pytestmark = pytest.mark.django_db


def verbs(record):
    return [entry.verb for entry in thread(record.pk)]


def test_whoever_enters_somebody_knows_them(counsellor):
    actor = create_actor(
        by=counsellor, handle="@amal_b", languages=["AR", "de", "ar"], channels=[("telegram", "@amal_b")]
    )

    assert (actor.owner, actor.handle, actor.languages) == (counsellor, "amal_b", ["ar", "de"])
    assert [(one.value, one.preferred) for one in actor.channels.all()] == [("amal_b", True)]
    assert find_ids("amal_b", "network.actor", Actor.objects.values("pk")) == [actor.pk]
    with pytest.raises(DomainError):
        create_actor(by=counsellor, name=" ")


def test_a_stale_form_is_refused(counsellor, arabic):
    actor = an_actor(a_space(arabic))
    version = actor.version
    change_actor(by=counsellor, actor=actor, version=version, name="Amal")

    with pytest.raises(Stale):
        change_actor(by=counsellor, actor=actor, version=version, name="Amina")


def test_a_no_is_noted_and_asks_for_a_new_plan(counsellor, arabic, deferred):
    actor = an_actor(a_space(arabic))
    deferred.forget_waiting()
    set_standing(by=counsellor, actor=actor, standing="declined")

    assert verbs(actor)[0] == "actor.standing_changed"
    assert "network.renew_plan" in deferred.names


@pytest.mark.parametrize(
    ("kind", "given", "written", "link"),
    [
        ("mail", " Amal@Example.ORG ", "Amal@example.org", None),
        ("whatsapp", "0170 1234567", "+491701234567", "https://wa.me/491701234567"),
        ("whatsapp", "https://wa.me/491701234567", "+491701234567", "https://wa.me/491701234567"),
        ("telegram", "https://t.me/amal_b", "amal_b", "https://t.me/amal_b"),
        ("telegram", "+49 170 1234567", "+491701234567", "https://t.me/+491701234567"),
        ("messenger", "https://www.facebook.com/profile.php?id=1000123", "1000123", "https://m.me/1000123"),
        ("messenger", "m.me/amal.b", "amal.b", "https://m.me/amal.b"),
        ("instagram", "@amal.b", "amal.b", "https://ig.me/m/amal.b"),
        ("signal", "+381 64 1234567", "+381641234567", "https://signal.me/#p/+381641234567"),
        ("phone", "030 23125 012", "+493023125012", "sms:+493023125012"),
        ("other", "im Café am Eck", "im Café am Eck", ""),
    ],
)
def test_a_channel_has_one_form_and_opens_the_chat(counsellor, kind, given, written, link):
    actor = an_actor(by=counsellor)
    channel = add_channel(by=counsellor, actor=actor, channel_kind=kind, value=given)
    receiver = receiver_of(Actor.objects.get(pk=actor.pk))

    assert channel.value == written
    assert add_channel(by=counsellor, actor=actor, channel_kind=kind, value=written) == channel
    assert receiver.owner_id == counsellor.pk
    if link is None:
        assert receiver.mail == written
    else:
        assert (receiver.mail, receiver.chat_url) == ("", link)
        assert written in receiver.chat_name


@pytest.mark.parametrize(("kind", "value"), [("mail", "amal"), ("phone", "12"), ("telegram", "a b"), ("whatsapp", "x")])
def test_a_channel_that_cannot_be_is_refused(counsellor, kind, value):
    with pytest.raises(DomainError):
        add_channel(by=counsellor, actor=an_actor(by=counsellor), channel_kind=kind, value=value)


def test_the_preferred_safe_way_is_taken(counsellor):
    actor = an_actor(by=counsellor, channels=[("mail", "amal@example.org"), ("telegram", "amal_b")])
    telegram = actor.channels.get(channel_kind="telegram")
    assert receiver_of(actor).mail == "amal@example.org"

    change_channel(by=counsellor, channel=telegram, preferred=True)
    assert receiver_of(Actor.objects.get(pk=actor.pk)).chat_url == "https://t.me/amal_b"
    assert actor.channels.filter(preferred=True).count() == 1

    change_channel(by=counsellor, channel=telegram, safe=False)
    assert receiver_of(Actor.objects.get(pk=actor.pk)).mail == "amal@example.org"

    change_channel(by=counsellor, channel=actor.channels.get(channel_kind="mail"), safe=False)
    assert receiver_of(Actor.objects.get(pk=actor.pk)) is None


def test_somebody_known_by_a_handle_is_written_to_where_their_group_is(arabic, django_assert_num_queries):
    a_platform("telegram")
    people = [
        an_actor(a_space(arabic, address=f"t.me/gruppe_{number}"), name="", handle=f"amal_{number}")
        for number in range(3)
    ]

    assert receiver_of(people[0]).chat_url == "https://t.me/amal_0"
    with django_assert_num_queries(2):
        assert all(receiver_of(actor).chat_name for actor in with_ways(Actor.objects.all()))
    assert receiver_of(an_actor()) is None


@pytest.mark.parametrize(
    ("languages", "written"),
    [
        (["ar"], "ar"),
        (["ar-SY", "de"], "ar"),
        (["ti", "fr"], "fr"),
        (["sr-Latn"], "sr-latn"),
        (["ti"], "en"),
        ([], "en"),
    ],
)
def test_the_language_to_write_in(languages, written):
    assert language_of(Actor(languages=languages)) == written


def test_a_removed_channel_is_no_longer_found(counsellor):
    actor = an_actor(by=counsellor, channels=[("telegram", "sonnenblume_7")])
    remove_channel(by=counsellor, channel=actor.channels.get())

    assert find_ids("sonnenblume_7", "network.actor", Actor.objects.values("pk")) == []


def test_roles_keep_the_count_of_administrators_and_the_reach(counsellor, arabic, deferred):
    space, other = a_space(arabic, members=1000), a_space(arabic, members=500)
    actor = an_actor(space, other)
    add_role(by=counsellor, actor=actor, space=space, role="moderator")
    second = an_actor(space)
    actor.refresh_from_db()
    space.refresh_from_db()

    assert (space.administrator_count, actor.potential_reach) == (2, 1500)
    assert verbs(space)[0] == "role.added"
    assert add_role(by=counsellor, actor=second, space=space) == role_of(second, space)

    deferred.forget_waiting()
    end_role(by=counsellor, role=role_of(second, space))
    space.refresh_from_db()
    second.refresh_from_db()
    assert (space.administrator_count, second.potential_reach) == (1, 0)
    assert verbs(second)[0] == "role.ended"
    assert "network.renew_plan" in deferred.names


def test_who_leaves_at_the_end_of_the_month_leads_the_group_until_then(counsellor, arabic):
    space = a_space(arabic)
    actor = an_actor(space)
    role = end_role(by=counsellor, role=role_of(actor, space), until=today() + timedelta(days=7))
    space.refresh_from_db()
    assert (role.is_present, space.administrator_count) == (True, 1)

    type(role).objects.filter(pk=role.pk).update(until=today())
    recount_ended()
    space.refresh_from_db()
    assert space.administrator_count == 0


def test_who_announced_a_last_day_may_leave_earlier_or_later(counsellor, arabic):
    space = a_space(arabic)
    role = end_role(by=counsellor, role=role_of(an_actor(space), space), until=today() + timedelta(days=30))

    later = end_role(by=counsellor, role=role, until=today() + timedelta(days=60))
    assert later.until == today() + timedelta(days=60)

    ended = end_role(by=counsellor, role=role)
    space.refresh_from_db()
    assert (ended.until, space.administrator_count) == (today(), 0)
    assert end_role(by=counsellor, role=role, until=today() + timedelta(days=5)).until == today()


def test_who_stays_after_all_leads_the_group_once(counsellor, arabic):
    space = a_space(arabic)
    actor = an_actor(space)
    role = end_role(by=counsellor, role=role_of(actor, space), until=today() + timedelta(days=30))

    stays = add_role(by=counsellor, actor=actor, space=space)

    space.refresh_from_db()
    assert (stays, stays.until, space.administrator_count) == (role, None, 1)
    assert verbs(space)[0] == "role.stays"


def test_one_person_with_two_roles_is_one_administrator(counsellor, arabic):
    space = a_space(arabic)
    actor = an_actor(space)
    add_role(by=counsellor, actor=actor, space=space, until=today() + timedelta(days=30))
    space.refresh_from_db()

    assert space.administrator_count == 1


def test_a_machine_holds_no_key(counsellor, arabic):
    space = a_space(arabic)
    actor = an_actor(space)
    change_actor(by=counsellor, actor=actor, not_a_person=True)
    space.refresh_from_db()

    assert space.administrator_count == 0


def test_a_role_entered_by_mistake_goes(counsellor, arabic):
    space = a_space(arabic)
    actor = an_actor(space)
    remove_role(by=counsellor, role=role_of(actor, space))
    space.refresh_from_db()

    assert (space.administrator_count, actor.roles.count()) == (0, 0)


def test_nobody_is_given_a_role_in_a_space_of_others(counsellor, arabic):
    with pytest.raises(Forbidden):
        add_role(by=counsellor, actor=an_actor(by=counsellor), space=a_space(a_community("fr")))


@pytest.fixture
def erased(arabic, counsellor):
    """Somebody about whom much was stored, before and after the erasure."""
    space = a_space(arabic, members=100)
    actor = an_actor(space, name="Amal Sonnenblume", handle="amal_b", source_key="reddit:77")
    change_actor(by=counsellor, actor=actor, note="Ruft lieber abends an.", consent_for="Einladungen")
    add_channel(by=counsellor, actor=actor, channel_kind="mail", value="amal@example.org")
    a_contact(counsellor, actor=actor, space=space, note="Amal hat zugesagt.", keep_findings=True, outcome="agreed")
    tie(by=counsellor, one=actor, other=arabic)
    actor = Actor.objects.get(pk=actor.pk)
    link = links.issue("invitation", subject_kind="meetings.invitation", subject_id=space.pk, holder_id=actor.pk)
    send("people/messages/code", to=receiver_of(actor), language="ar", occasion="test", context={"name": "Amal"})
    return actor, space, link


def test_an_erased_person_leaves_nothing_behind(erased, deferred):
    actor, space, link = erased
    erase_actor(by=a_coordinator(), actor=actor)
    blank = Actor.objects.get(pk=actor.pk)

    stored = json.dumps(
        [list(Actor.objects.values()), list(Contact.objects.values()), list(Message.objects.values())], default=str
    )
    stored += json.dumps(list(Entry.objects.values()), default=str)
    for told in ("Amal", "amal", "reddit:77", "abends", "Einladungen"):
        assert told not in stored
    assert blank.erased_at is not None
    assert not blank.channels.exists()
    assert not blank.roles.exists()
    assert blank.contacts.get().outcome == "agreed"
    assert find_ids("Amal Sonnenblume", "network.actor", Actor.objects.values("pk")) == []
    with pytest.raises(links.LinkClosed):
        links.find(link.rstrip("/").rsplit("/", 1)[-1])
    space.refresh_from_db()
    assert space.administrator_count == 0
    assert ("network.actor_erased", {"actor_id": str(actor.pk)}) in list(deferred)
    assert verbs(blank)[0] == "actor.erased"


def test_only_coordination_erases_and_only_once(erased, counsellor):
    actor, _space, _link = erased
    with pytest.raises(Forbidden):
        erase_actor(by=counsellor, actor=actor)
    erase_actor(by=a_coordinator(), actor=actor)
    with pytest.raises(Forbidden):
        erase_actor(by=a_coordinator(), actor=actor)
    with pytest.raises(Forbidden):
        change_actor(by=a_coordinator(), actor=actor, name="Amal")


def test_a_file_does_not_bring_an_erased_person_back(erased):
    actor, _space, _link = erased
    erase_actor(by=a_coordinator(), actor=actor)

    with pytest.raises(DomainError):
        create_actors(by=SYSTEM, rows=[{"handle": "amal_b", "source_key": "reddit:77"}])
    keys = ["s:reddit:77", "h:amal_b", "c:mail:amal@example.org", "n:amal sonnenblume"]
    assert aliases_of(actor.kind, keys) == dict.fromkeys(keys[:3])


def test_a_person_gets_what_is_stored_about_them(erased, counsellor):
    actor, space, _link = erased
    a_contact(counsellor, actor=actor, note="Im Vertrauen gesagt.", confidential=True, at=now() - timedelta(days=1))
    told = export_actor(by=a_coordinator(), actor=actor)

    text = json.dumps(told, ensure_ascii=False)
    assert told["name"] == "Amal Sonnenblume"
    assert told["roles"][0]["in"] == space.name
    assert "amal@example.org" in text
    assert "Amal hat zugesagt." in text
    assert "Im Vertrauen" not in text
    assert verbs(actor)[0] == "actor.exported"
    with pytest.raises(Forbidden):
        export_actor(by=counsellor, actor=actor)
