"""Two records made one, and one made two again."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import meetings
from tests.factories.network import (
    a_community,
    a_contact,
    a_coordinator,
    a_counsellor,
    a_space,
    an_actor,
    an_organisation,
    role_of,
)
from tests.support.dumps import differences, dump
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.intake.memory import aliases_of, keep_aliases, keep_stamps
from treffpunkt.intake.models import Import, Result, Row
from treffpunkt.journal.models import Entry
from treffpunkt.journal.queries import thread
from treffpunkt.journal.services import grow
from treffpunkt.links import services as links
from treffpunkt.meetings.models import Invitation
from treffpunkt.network.models import Actor, Contact, Organisation, Role, Space, Suspect, Tie
from treffpunkt.network.services.actors import add_channel, change_actor
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.network.services.going_back import ChangedSince
from treffpunkt.network.services.merging import merge_records, touched_by, undo_merge
from treffpunkt.network.services.roles import add_role, end_role
from treffpunkt.network.services.ties import tie
from treffpunkt.post.models import Message
from treffpunkt.search.queries import find_ids
from treffpunkt.tasks.services import create_task

pytestmark = pytest.mark.django_db


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def test_one_person_entered_twice_becomes_one(coordinator, arabic):
    one_group, other_group = a_space(arabic, members=1000), a_space(arabic, members=500)
    kept = an_actor(one_group, name="Amina Haddad", channels=[("mail", "amina@example.org")])
    gone = an_actor(other_group, name="Amina Hadad", handle="amina_h", note="Trifft man samstags.")
    contact = log_contact(by=coordinator, actor=gone, note="Hat Interesse.")
    task = create_task(by=coordinator, title="Zurückrufen", about=gone)
    promise = create_task(by=coordinator, title="Regeln schicken", promised_by=gone)

    merge = merge_records(by=coordinator, kept=kept, gone=gone)

    kept = fresh(kept)
    assert not Actor.objects.filter(pk=gone.pk).exists()
    assert (kept.name, kept.handle, kept.note) == ("Amina Haddad", "amina_h", "Trifft man samstags.")
    assert (kept.potential_reach, kept.last_contact_at) == (1500, contact.at)
    assert {role.space for role in kept.roles.all()} == {one_group, other_group}
    assert fresh(contact).actor == kept
    assert (fresh(task).about_id, fresh(promise).promised_by_id) == (kept.pk, kept.pk)
    assert thread(kept.pk)[0].verb == "actor.merged"
    assert "contact.logged" in [entry.verb for entry in thread(kept.pk)]
    assert find_ids("amina_h", "network.actor", Actor.objects.values("pk")) == [kept.pk]
    assert (merge.record_id, merge.gone_id) == (kept.pk, gone.pk)


def test_the_same_role_twice_is_one_and_the_older_stays(coordinator, arabic):
    group = a_space(arabic)
    kept, gone = an_actor(group), an_actor(group)
    older, newer = role_of(kept, group), role_of(gone, group)
    merge = merge_records(by=coordinator, kept=gone, gone=kept)

    assert list(Role.objects.values_list("pk", "actor")) == [(older.pk, gone.pk)]
    assert fresh(group).administrator_count == 1
    assert newer.pk in merge.also_gone

    undo_merge(by=coordinator, merge=merge)
    assert {role_of(kept, group).pk, role_of(gone, group).pk} == {older.pk, newer.pk}
    assert fresh(group).administrator_count == 2


def test_two_invitations_to_one_meeting_become_the_one_that_was_answered(coordinator):
    kept, gone = meetings.an_actor(), meetings.an_actor()
    meeting = meetings.a_meeting(coordinator)
    first, second = meetings.invited(coordinator, meeting, kept, gone)
    Invitation.objects.filter(pk=second.pk).update(state="accepted", answered_at=now())
    link = links.issue("invitation", subject_kind="meetings.invitation", subject_id=first.pk, holder_id=kept.pk)

    merge = merge_records(by=coordinator, kept=kept, gone=gone)

    assert list(Invitation.objects.values_list("pk", "actor", "state")) == [(second.pk, kept.pk, "accepted")]
    found = links.find(link.rstrip("/").rpartition("/")[2], "invitation")
    assert (found.subject_id, found.holder_id) == (second.pk, kept.pk)
    assert set(Message.objects.values_list("to_id", flat=True)) <= {kept.pk}

    undo_merge(by=coordinator, merge=merge)
    assert fresh(first).actor == kept
    assert links.find(link.rstrip("/").rpartition("/")[2], "invitation").subject_id == first.pk


def test_what_nobody_chose_is_what_says_more(coordinator, arabic):
    kept = an_actor(name="Amal", languages=["ar"], note="Eins.")
    gone = an_actor(name="Amal B.", languages=["ar", "de"], note="Zwei.", standing="declined", consent_for="Name")
    merge_records(by=coordinator, kept=kept, gone=gone)

    kept = fresh(kept)
    assert (kept.name, kept.languages, kept.note) == ("Amal", ["ar", "de"], "Eins.\n\nZwei.")
    assert (kept.standing, kept.consent_for, kept.created_at) == ("declined", "Name", kept.created_at)


def test_each_field_can_be_chosen(coordinator, arabic):
    kept = a_space(arabic, name="Frauen Berlin", members=100)
    gone = a_space(arabic, name="نساء برلين", short_name="Frauen", members=5)
    address = gone.address
    choices = {"name": "gone", "address": "gone", "members": "kept", "short_name": "kept"}
    merge = merge_records(by=coordinator, kept=kept, gone=gone, choices=choices)

    kept = fresh(kept)
    assert (kept.name, kept.short_name, kept.address, kept.members) == ("نساء برلين", "", address, 100)
    assert find_ids("نساء", "network.space", Space.objects.values("pk")) == [kept.pk]
    assert Entry.objects.get(verb="space.merged").fields == ["name", "address"]

    undo_merge(by=coordinator, merge=merge)
    assert (fresh(kept).name, fresh(gone).address) == ("Frauen Berlin", address)


def test_an_unsafe_way_stays_unsafe_and_one_way_is_preferred(coordinator):
    kept = an_actor(channels=[("mail", "amal@example.org")])
    gone = an_actor(channels=[("telegram", "amal_b")])
    add_channel(by=coordinator, actor=gone, channel_kind="mail", value="amal@example.org", safe=False)
    merge_records(by=coordinator, kept=kept, gone=gone)

    found = set(kept.channels.values_list("channel_kind", "preferred", "safe"))
    assert found == {("mail", True, False), ("telegram", False, True)}


def test_an_import_knows_the_record_again_by_either_key(coordinator):
    kept = an_actor(handle="amal", source_key="reddit:1")
    gone = an_actor(handle="amal_b", source_key="reddit:2")
    merge = merge_records(by=coordinator, kept=kept, gone=gone)
    assert aliases_of("network.actor", ["s:reddit:2", "h:amal_b"]) == {"s:reddit:2": kept.pk, "h:amal_b": kept.pk}

    undo_merge(by=coordinator, merge=merge)
    assert aliases_of("network.actor", ["s:reddit:2", "h:amal_b"]) == {}


def test_what_is_noted_in_confidence_moves_along(arabic):
    counsellor, coordinator = a_counsellor(arabic), a_coordinator()
    group = a_space(arabic)
    kept, gone = an_actor(group), an_actor(group)
    secret = a_contact(counsellor, actor=gone, confidential=True)
    merge_records(by=coordinator, kept=kept, gone=gone)

    assert Contact.objects.get(pk=secret.pk).actor == kept


def test_ties_are_renewed_and_none_is_with_itself(coordinator):
    kept, gone, friend = an_actor(), an_actor(), an_actor()
    tie(by=coordinator, one=kept, other=gone)
    tie(by=coordinator, one=gone, other=friend, what="Schwestern")
    merge = merge_records(by=coordinator, kept=kept, gone=gone)

    assert [set(pair) for pair in Tie.objects.values_list("one_id", "other_id")] == [{kept.pk, friend.pk}]
    assert tie(by=coordinator, one=friend, other=kept, what="Freundinnen") == Tie.objects.get()
    undo_merge(by=coordinator, merge=merge)
    pairs = [set(pair) for pair in Tie.objects.order_by("created_at").values_list("one_id", "other_id")]
    assert pairs == [{kept.pk, gone.pk}, {gone.pk, friend.pk}]


def test_undo_refuses_where_somebody_has_changed_it_since(coordinator, arabic):
    kept, gone = an_actor(name="Amal"), an_actor(a_space(arabic), name="Amal B.", handle="amal")
    merge = merge_records(by=coordinator, kept=kept, gone=gone, choices={"name": "gone"})
    change_actor(by=coordinator, actor=kept, name="Amal Bakr", note="Neu.")
    before = dump()

    with pytest.raises(ChangedSince) as refused:
        undo_merge(by=coordinator, merge=merge)

    (obstacle,) = refused.value.obstacles
    assert (obstacle.kind, obstacle.pk, obstacle.columns) == ("network.actor", str(kept.pk), ("name", "sorting"))
    assert differences(before, dump()) == {}


def test_undo_refuses_where_a_role_was_given_to_another(coordinator, arabic):
    group, kept, gone, other = a_space(arabic), an_actor(), an_actor(), an_actor()
    role = add_role(by=coordinator, actor=gone, space=group)
    merge = merge_records(by=coordinator, kept=kept, gone=gone)
    Role.objects.filter(pk=role.pk).update(actor=other)

    with pytest.raises(ChangedSince) as refused:
        undo_merge(by=coordinator, merge=merge)
    assert [(one.kind, one.pk) for one in refused.value.obstacles] == [("network.role", str(role.pk))]


def test_what_came_since_stays_and_other_changes_too(coordinator, arabic):
    group, kept, gone = a_space(arabic), an_actor(), an_actor(note="Von früher.")
    role = add_role(by=coordinator, actor=gone, space=group)
    merge = merge_records(by=coordinator, kept=kept, gone=gone)
    later = log_contact(by=coordinator, actor=kept, note="Danach.")
    end_role(by=coordinator, role=fresh(role), until=today() + timedelta(days=3))
    change_actor(by=coordinator, actor=fresh(kept), handle="neu")

    back = undo_merge(by=coordinator, merge=merge)

    assert back.note == "Von früher."
    assert (fresh(kept).note, fresh(kept).handle) == ("", "neu")
    assert fresh(later).actor == kept
    assert (fresh(role).actor, fresh(role).until) == (back, today() + timedelta(days=3))
    assert thread(back.pk)[0].verb == "actor.unmerged"


def test_a_merge_is_taken_back_once_and_after_what_followed(coordinator):
    first, second, third = an_actor(), an_actor(), an_actor()
    one = merge_records(by=coordinator, kept=second, gone=first)
    two = merge_records(by=coordinator, kept=third, gone=second)
    with pytest.raises(DomainError):
        undo_merge(by=coordinator, merge=one)

    undo_merge(by=coordinator, merge=two)
    undo_merge(by=coordinator, merge=one)
    assert Actor.objects.count() == 3
    with pytest.raises(DomainError):
        undo_merge(by=coordinator, merge=one)


def test_a_stale_preview_is_refused(coordinator):
    kept, gone = an_actor(), an_actor()
    versions = (kept.version, gone.version)
    change_actor(by=coordinator, actor=gone, note="Neu.")

    with pytest.raises(Stale):
        merge_records(by=coordinator, kept=kept, gone=gone, versions=versions)


def test_only_whoever_keeps_both_makes_them_one(arabic):
    counsellor, coordinator = a_counsellor(arabic), a_coordinator()
    own, other = an_actor(a_space(arabic)), an_actor(a_space(a_community("sr")))
    with pytest.raises(Forbidden):
        merge_records(by=counsellor, kept=own, gone=other)
    second = an_actor(a_space(arabic))
    merge = merge_records(by=counsellor, kept=own, gone=second)

    with pytest.raises(Forbidden):
        undo_merge(by=a_counsellor(arabic), merge=merge)
    undo_merge(by=counsellor, merge=merge)
    undo_merge(by=coordinator, merge=merge_records(by=counsellor, kept=own, gone=second))


def test_only_two_of_a_kind_become_one(coordinator, arabic):
    actor, group = an_actor(), a_space(arabic)
    for kept, gone in ((actor, actor), (actor, group)):
        with pytest.raises(DomainError):
            merge_records(by=coordinator, kept=kept, gone=gone)


def test_what_moves_is_counted_at_once(coordinator, arabic, django_assert_max_num_queries):
    gone = an_actor(a_space(arabic), a_space(arabic), channels=[("mail", "amal@example.org")])
    a_contact(coordinator, actor=gone)
    create_task(by=coordinator, title="Anrufen", about=gone)
    kept = an_actor()
    with django_assert_max_num_queries(3):
        counts = touched_by(kept, gone)

    assert {name: counts[name] for name in ("network.role", "network.channel", "network.contact", "tasks.task")} == {
        "network.role": 2, "network.channel": 1, "network.contact": 1, "tasks.task": 1,
    }  # fmt: skip


# --- whatever the two hold, merging them and taking it back changes nothing ------------------------------------------

flags = st.booleans()
texts = st.sampled_from(["", "Eins.", "Zwei.", "نص"])
HOLDINGS = st.fixed_dictionaries(
    {
        "roles": st.lists(
            st.tuples(st.integers(0, 2), st.sampled_from(["administrator", "moderator"]), flags), max_size=4
        ),
        "channels": st.lists(
            st.tuples(st.sampled_from(["mail", "telegram"]), st.integers(0, 1), flags, flags), max_size=3
        ),
        "languages": st.lists(st.sampled_from(["ar", "de", "fr"]), unique=True),
        "note": texts,
        "handle": st.sampled_from(["", "a", "b"]),
        "standing": st.sampled_from(["unknown", "asked", "won", "declined"]),
        "invited": flags,
        "answered": flags,
        "tied": flags,
        "contacts": st.integers(0, 2),
        "tasks": st.integers(0, 2),
        "linked": flags,
        "written": flags,
        "imported": flags,
        "stamped": flags,
        "aliased": flags,
        "suspected": flags,
        "grown": flags,
        "by_link": flags,
    }
)
CHOICES = st.dictionaries(
    st.sampled_from(["name", "handle", "note", "languages", "standing", "owner", "actor_kind"]),
    st.sampled_from(["kept", "gone", "both"]),
)


class Surroundings:
    """What people in these examples share."""

    def __init__(self, coordinator) -> None:
        self.by = coordinator
        self.community = a_community("ar")
        self.spaces = [a_space(self.community, members=100 * number) for number in range(1, 4)]
        self.friend = an_actor()
        self.meeting = meetings.a_meeting(coordinator)
        self.file = Import.objects.create(target="people", file_name="liste.csv", state="applied")
        self.organisation = an_organisation(self.community)

    def person(self, name: str, held: dict) -> Actor:
        fields = {key: held[key] for key in ("languages", "note", "handle", "standing")}
        actor = an_actor(name=name, **fields)
        for place, role, ended in held["roles"]:
            made = add_role(by=SYSTEM, actor=actor, space=self.spaces[place], role=role)
            if ended and made.until is None:
                end_role(by=SYSTEM, role=made)
        for kind, number, safe, preferred in held["channels"]:
            value = f"adresse{number}@example.org" if kind == "mail" else f"adresse_{number}"
            add_channel(by=SYSTEM, actor=actor, channel_kind=kind, value=value, safe=safe, preferred=preferred)
        self.hang_on(actor, held)
        return fresh(actor)

    def hang_on(self, actor: Actor, held: dict) -> None:
        for _ in range(held["contacts"]):
            log_contact(by=self.by, actor=actor, note="Gesprochen.", confidential=True)
        for _ in range(held["tasks"]):
            create_task(by=self.by, title="Etwas", about=actor, promised_by=actor)
        if held["invited"]:
            uid = uuid4().hex
            invitation = Invitation.objects.create(meeting=self.meeting, actor=actor, language="ar", uid=uid)
            links.issue("invitation", subject_kind=invitation.kind, subject_id=invitation.pk, holder_id=actor.pk)
            if held["answered"]:
                Invitation.objects.filter(pk=invitation.pk).update(state="accepted", answered_at=now())
        if held["tied"]:
            tie(by=self.by, one=actor, other=self.friend)
        if held["linked"]:
            links.issue("stored", subject_kind=actor.kind, subject_id=actor.pk, holder_id=actor.pk)
        if held["written"]:
            Message.objects.create(
                template="x", language="ar", channel="mail", to_kind=actor.kind, to_id=actor.pk, about_kind=actor.kind,
                about_id=actor.pk, occasion=f"test:{uuid4()}", state="queued",
            )  # fmt: skip
        if held["imported"]:
            number = Row.objects.count() + 1
            Row.objects.create(file=self.file, number=number, verdict="new", record_kind=actor.kind, record_id=actor.pk)
            Result.objects.create(file=self.file, number=number, record_kind=actor.kind, record_id=actor.pk)
        if held["stamped"]:
            keep_stamps({actor.pk: {"name": actor.name}})
        if held["aliased"]:
            keep_aliases(actor.kind, {f"h:{actor.pk}": actor.pk})
        if held["suspected"]:
            one, other = sorted([actor.pk, self.friend.pk])
            Suspect.objects.create(record_kind=actor.kind, one_id=one, other_id=other, score=0.9, reasons=["alike"])
        if held["grown"]:
            grow(self.meeting, actor)
        if held["by_link"]:
            Entry.objects.create(
                verb="invitation.accepted", agent_kind="link", agent_id=actor.pk, subject_kind=self.meeting.kind,
                subject_id=self.meeting.pk,
            )  # fmt: skip


def without_counting(held: dict, pk) -> dict:
    """Leave out what counts edits, and what told of the merge."""
    told = {"actor.merged", "actor.unmerged"}
    entries = {key: row for key, row in held["journal.entry"].items() if row["verb"] not in told}
    gone = held["journal.entry"].keys() - entries.keys()
    touched = {key: row for key, row in held["journal.touched"].items() if row["entry_id"] not in gone}
    people = {key: dict(row) for key, row in held["network.actor"].items()}
    for name in ("version", "changed_at"):
        people[str(pk)].pop(name)
    return held | {"journal.entry": entries, "journal.touched": touched, "network.actor": people}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=HOLDINGS, other=HOLDINGS, choices=CHOICES, turned=flags)
def test_merging_and_taking_it_back_is_as_if_nothing_had_been(one, other, choices, turned):
    with transaction.atomic():
        around = Surroundings(a_coordinator())
        people = [around.person("Amina Haddad", one), around.person("Amina Hadad", other)]
        kept, gone = reversed(people) if turned else people
        before = without_counting(dump(), kept.pk)

        merge = merge_records(by=around.by, kept=kept, gone=gone, choices=choices)

        assert nothing_points_to(gone.pk) == {}
        undo_merge(by=around.by, merge=merge)
        assert differences(before, without_counting(dump(), kept.pk)) == {}
        transaction.set_rollback(True)


def nothing_points_to(pk) -> dict:
    """Name the tables in which an id still stands, but for those that are to keep it."""
    kept = {"intake.result", "network.merge", "upkeep.erasure"}
    return {
        table: number
        for table, rows in dump().items()
        if table not in kept and (number := sum(str(pk) in str(row) for row in rows.values()))
    }


def test_organisations_and_their_communities_come_back_as_they_were(coordinator):
    arabic, serbian = a_community("ar"), a_community("sr")
    kept = an_organisation(arabic, name="Haus der Frauen", phone="030 123456", purpose={"de": "Berät."})
    gone = an_organisation(arabic, serbian, name="Haus d. Frauen", website="haus.example.org", purpose={"ar": "تستشير"})
    an_actor_there = an_actor()
    add_role(by=coordinator, actor=an_actor_there, organisation=gone, role="contact")
    a_contact(coordinator, organisation=gone)
    before = dump()
    merge = merge_records(by=coordinator, kept=kept, gone=gone)

    kept = fresh(kept)
    assert set(kept.communities.all()) == {arabic, serbian}
    assert (kept.website, kept.purpose) == ("https://haus.example.org", {"ar": "تستشير", "de": "Berät."})
    assert Organisation.objects.get() == kept

    undo_merge(by=coordinator, merge=merge)
    told = {"journal.entry", "journal.touched"}
    assert set(differences(before, dump())) <= told | {"network.organisation"}
    assert fresh(kept).purpose == {"de": "Berät."}
