"""A clock that moves: what goes after its period, what stays, and what is said before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories.meetings import a_coordinator, a_meeting, a_statement, an_actor, invited
from tests.factories.network import a_contact, a_counsellor, a_space
from tests.factories.network import an_actor as a_leader
from tests.factories.post import a_mail
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.jobs import retention
from treffpunkt.journal.models import Entry, Touched
from treffpunkt.links.models import Link
from treffpunkt.links.services import issue
from treffpunkt.meetings.models import Invitation, Statement
from treffpunkt.meetings.services.invitations import note_attendance
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.network.merged import now_at
from treffpunkt.network.models import Actor, Contact, Role
from treffpunkt.network.services import telling
from treffpunkt.network.services.merging import merge_records
from treffpunkt.network.stored import stored_about
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message
from treffpunkt.retention.periods import PERIODS
from treffpunkt.retention.queries import periods
from treffpunkt.retention.services import set_periods
from treffpunkt.search.models import Name

pytestmark = pytest.mark.django_db


def later(days: float):
    """Move the clock on."""
    return as_of(now() + timedelta(days=days))


def the_name_of(actor: Actor) -> str:
    """Read somebody's name anew."""
    return Actor.objects.values_list("name", flat=True).get(pk=actor.pk)


def test_every_period_that_goes_has_its_work():
    assert set(retention.WORK) == {period.key for period in PERIODS if not period.warns}


def test_month_ends_are_met():
    from datetime import UTC, datetime

    from treffpunkt.retention.periods import months_after, months_before

    assert months_before(datetime(2026, 3, 31, tzinfo=UTC), 1).date().isoformat() == "2026-02-28"
    assert months_after(datetime(2026, 11, 30, tzinfo=UTC), 3).date().isoformat() == "2027-02-28"


class TestUntold:
    def test_stands_on_today_after_three_weeks_as_one_row(self, client):
        client.force_login(a_coordinator())
        for _ in range(3):
            an_actor()
        assert "wissen noch nicht" not in client.get("/").content.decode()

        with later(22):
            page = client.get("/").content.decode()

        assert "3 Personen wissen noch nicht" in page
        assert page.count("/network/people/untold/") == 1

    def test_name_goes_and_the_group_stays(self, client):
        space = a_space()
        actor = a_leader(space, name="Samira Haddad", handle="samira.h", channels=[("mail", "samira@example.net")])
        space.refresh_from_db()
        assert space.administrator_count == 1
        coordinator = a_coordinator()

        with later(80):
            retention.run()
            client.force_login(coordinator)
            assert the_name_of(actor) == "Samira Haddad"
            page = client.get("/").content.decode()
            assert "1 Name geht in den nächsten zwei Wochen" in page
            assert "Samira Haddad" in client.get("/network/people/leaving/").content.decode()
        with later(100):
            gone = retention.run()
            client.force_login(coordinator)

        actor.refresh_from_db()
        space.refresh_from_db()
        assert gone["untold"] == 1
        assert (actor.name, actor.handle, actor.channels.count()) == ("", "", 0)
        assert space.administrator_count == 1
        assert Role.objects.filter(actor=actor, space=space).exists()
        assert not Name.objects.filter(record_id=actor.pk).exists()
        assert "without a name" not in client.get(f"/network/spaces/{space.pk}/").content.decode()

    def test_who_is_told_stays_and_who_was_met_stays(self, smtp, client):
        told, noted, met, agreed = (an_actor(language="de") for _ in range(4))
        telling.tell(by=SYSTEM, ids=[told.pk])
        deliver_due()
        telling.settle_told()
        telling.note_told(by=SYSTEM, ids=[noted.pk], how="talk")
        Actor.objects.filter(pk=agreed.pk).update(consent_at=now().date())
        with later(60):
            a_contact(a_coordinator(), actor=met)

        with later(120):
            assert retention.run()["untold"] == 0

        assert all(the_name_of(one) for one in (told, noted, met, agreed))
        told.refresh_from_db()
        assert told.told_how == "message"
        assert len(smtp.mails) == 1
        assert "/l/" in smtp.mails[0].get_content()

    def test_invitation_that_went_out_tells(self, smtp):
        coordinator = a_coordinator()
        actor = an_actor()
        invited(coordinator, a_meeting(coordinator), actor)
        actor.refresh_from_db()
        assert (actor.told_at, actor.telling_at is None) == (None, False)

        deliver_due()
        telling.settle_told()

        actor.refresh_from_db()
        assert (actor.told_how, actor.telling_at) == ("message", None)

    def test_text_that_is_not_sent_does_not_count(self):
        actor = an_actor(mail=False, chat=True)
        assert telling.tell(by=a_coordinator(), ids=[actor.pk]) == {"mail": 0, "chat": 1, "no_way": 0}
        Message.objects.update(state=Message.State.CANCELLED)

        telling.settle_told()

        actor.refresh_from_db()
        assert actor.telling_at is None

    def test_counsellor_tells_those_she_knows(self, client):
        counsellor = a_counsellor()
        mine = an_actor(owner=counsellor)
        other = an_actor()
        client.force_login(counsellor)

        page = client.get("/network/people/untold/").content.decode()
        assert (mine.name in page, other.name in page) == (True, False)
        client.post("/network/people/untold/tell/", {"person": str(other.pk)})
        assert not Message.objects.exists()
        client.post("/network/people/untold/tell/", {"person": str(mine.pk)})
        assert Message.objects.get().to_id == mine.pk
        assert client.post("/network/people/untold/told/", {"all": "yes", "how": "public"}).status_code == 403

    def test_thousands_are_one_number_and_go_in_pieces(self, client, django_assert_max_num_queries):
        Actor.objects.bulk_create(
            [Actor(name=f"Person {n}", source_key=f"reddit:{n}", created_at=now()) for n in range(2500)]
        )
        client.force_login(a_coordinator())
        with later(22):
            assert "2\u202f500 Personen" in client.get("/").content.decode()
        with later(22), django_assert_max_num_queries(18):
            page = client.get("/network/people/untold/").content.decode()
        assert page.count('class="row"') == 50

        with later(100), django_assert_max_num_queries(200):
            assert retention.run()["untold"] == 2500

        assert not Actor.objects.exclude(name="").exists()
        assert Actor.objects.filter(source_key__startswith="erased:").count() == 2500


class TestQuiet:
    def test_name_goes_after_years_of_silence_and_may_be_kept(self, client):
        silent, kept = an_actor(language="de"), an_actor(language="de")
        telling.note_told(by=SYSTEM, ids=[silent.pk, kept.pk], how="talk")
        client.force_login(a_coordinator())

        with later(36 * 30.5 - 7):
            page = client.get("/network/people/leaving/").content.decode()
            assert (silent.name in page, kept.name in page) == (True, True)
            client.post("/network/people/leaving/stay/", {"person": str(kept.pk)})
        with later(36 * 30.5 + 20):
            assert retention.run()["quiet"] == 1

        assert (the_name_of(silent), bool(the_name_of(kept))) == ("", True)


class TestEverythingElse:
    def test_former_values_of_a_merge_go_and_the_old_address_leads_on(self):
        kept, gone = an_actor(name="Amal"), an_actor(name="Amal B.")
        merge = merge_records(by=SYSTEM, kept=kept, gone=gone)
        assert "Amal B." in {
            value for one in stored_about(kept, by=SYSTEM) if one.key == "merges" for _name, value in one.lines
        }

        with later(200):
            retention.run()

        merge.refresh_from_db()
        assert (merge.before, merge.can_go_back) == ({}, False)
        assert now_at("network.actor", gone.pk) == kept.pk
        assert [one for one in stored_about(kept, by=SYSTEM) if one.key == "merges"] == []

    def test_messages_lose_text_and_address(self, smtp):
        message = a_mail(context={"host": "Katrin"})
        deliver_due()
        with later(181):
            retention.run()

        message.refresh_from_db()
        assert (message.state, message.address, message.context, message.reference) == ("sent", "", {}, "")

    def test_links_go(self):
        actor = an_actor()
        issue("about", subject_kind=actor.kind, subject_id=actor.pk, expires=now() + timedelta(days=10))
        with later(39):
            retention.run()
            assert Link.objects.count() == 1
        with later(41):
            retention.run()
        assert Link.objects.count() == 0

    def test_contact_notes_go_and_the_contact_stays(self):
        contact = a_contact(a_coordinator(), space=a_space(), outcome="talked", next_step="Anrufen")
        with later(36 * 31):
            retention.run()

        contact = Contact.objects.get(pk=contact.pk)
        assert (contact.note, contact.next_step, contact.outcome) == ("", "", "talked")

    def test_who_came_goes_and_how_many_stays(self, client):
        coordinator = a_coordinator()
        meeting = a_meeting(coordinator)
        guest = an_actor()
        (invitation,) = invited(coordinator, meeting, guest)
        start_meeting(by=coordinator, meeting=meeting)
        note_attendance(by=coordinator, meeting=meeting, attendance={invitation.pk: "attended"})
        statement = a_statement(coordinator, meeting)
        Statement.objects.filter(pk=statement.pk).update(said_by=guest)
        end_meeting(by=coordinator, meeting=meeting)
        telling.note_told(by=SYSTEM, ids=[guest.pk], how="talk")
        Actor.objects.update(told_at=now() + timedelta(days=1000))

        with later(38 * 31):
            assert retention.run()["attendance"] == 1

        invitation = Invitation.objects.get()
        assert (invitation.actor, invitation.attendance) == (None, "attended")
        assert Statement.objects.get(pk=statement.pk).said_by is None
        assert not Touched.objects.filter(record_id=guest.pk, entry__verb__startswith="invitation.").exists()
        client.force_login(coordinator)
        assert "Name nicht mehr gespeichert" in client.get(f"/meetings/{meeting.pk}/").content.decode()

    def test_finished_jobs_go(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into procrastinate_jobs (queue_name, task_name, args, status) "
                "values ('default', 'network.renew_plan', '{}', 'todo') returning id"
            )
            job = cursor.fetchone()[0]
            for status in ("doing", "succeeded"):
                cursor.execute("update procrastinate_jobs set status = %s where id = %s", [status, job])
        with later(15):
            assert retention.run()["jobs"] == 1

        with connection.cursor() as cursor:
            cursor.execute("select count(*) from procrastinate_jobs where id = %s", [job])
            assert cursor.fetchone()[0] == 0

    def test_what_fails_holds_up_nothing_else(self, monkeypatch, caplog):
        def broken(before):
            raise ValueError("samira@example.net")

        monkeypatch.setattr(retention, "WORK", {**retention.WORK, "untold": broken})
        actor = an_actor()
        issue("about", subject_kind=actor.kind, subject_id=actor.pk, expires=now())
        with later(60):
            gone = retention.run()

        assert gone["links"] == 1
        assert "samira" not in caplog.text


class TestPeriods:
    def test_coordination_sets_them_in_one_place(self, client):
        client.force_login(a_coordinator())
        page = client.get("/settings/retention/")
        assert page.status_code == 200
        numbers = {**periods().numbers, "untold": 1}

        assert client.post("/settings/retention/", numbers).status_code == 302

        assert periods().numbers["untold"] == 1
        assert Entry.objects.get(verb="retention.changed").fields == ["untold"]
        actor = an_actor()
        with later(32):
            retention.run()
        assert the_name_of(actor) == ""

    def test_nobody_sets_a_period_beyond_reason(self, client):
        client.force_login(a_coordinator())
        response = client.post("/settings/retention/", {**periods().numbers, "messages": 9999})
        assert response.status_code == 422
        with pytest.raises(DomainError):
            set_periods(by=SYSTEM, numbers={"messages": 9999})

    def test_counsellor_sees_but_does_not_set_them(self, client):
        counsellor = a_counsellor()
        client.force_login(counsellor)
        assert client.get("/settings/retention/").status_code == 200
        assert client.post("/settings/retention/", periods().numbers).status_code == 403
        with pytest.raises(Forbidden):
            set_periods(by=counsellor, numbers={"links": 2})
