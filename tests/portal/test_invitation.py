"""An invitation behind a link: own language, no account, nothing told to others."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.meetings import a_coordinator, a_meeting, a_statement, an_actor, holder_of, invited
from tests.portal.conftest import path_of
from treffpunkt.core.clock import as_of, now
from treffpunkt.journal.models import Entry
from treffpunkt.links.models import Link
from treffpunkt.meetings.models import Invitation, Meeting, Minutes, Needs
from treffpunkt.meetings.services.invitations import answer
from treffpunkt.meetings.services.meetings import (
    cancel_meeting,
    change_meeting,
    end_meeting,
    postpone_meeting,
    start_meeting,
)
from treffpunkt.meetings.services.minutes import close_meeting, send_minutes
from treffpunkt.meetings.services.offers import let_due_offers_lapse
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task


def words(response) -> str:
    return response.content.decode()


def test_guest_reads_the_invitation_in_her_language(phone, link):
    response = phone.get(link)

    assert response.status_code == 200
    page = words(response)
    assert '<html lang="ar" dir="rtl"' in page
    assert "لقاء" in page
    assert "بتوقيت ألمانيا" in page
    assert response["Content-Language"] == "ar"


def test_preview_of_the_link_tells_nothing(phone, link):
    title = words(phone.get(link, {"lang": "de"})).split("<title>")[1].split("</title>")[0]

    assert title == "Eine Einladung · Treffpunkt"


def test_reading_changes_nothing(phone, link, invitation):
    before = (Entry.objects.count(), invitation.version)

    for path in (link, link + "about-us/", link + "about-you/", link + "calendar.ics"):
        assert phone.get(path).status_code == 200

    invitation.refresh_from_db()
    assert (Entry.objects.count(), invitation.version) == before
    assert not Link.objects.exclude(browser_hash="").exists()
    assert phone.get(link + "answer/").status_code == 405


def test_guest_answers_and_changes_her_mind(phone, link, invitation):
    for state in ("accepted", "declined", "tentative"):
        response = phone.post(link + "answer/", {"answer": state, "remark": "Kurdisch, bitte"})
        assert response.status_code == 302
        invitation.refresh_from_db()
        assert (invitation.state, invitation.answered_via, invitation.remark) == (
            state,
            "link",
            "Kurdisch, bitte",
        )


def test_forms_carry_a_token_without_an_account(link):
    strict = Client(enforce_csrf_checks=True)
    page = words(strict.get(link))
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    assert strict.post(link + "answer/", {"answer": "accepted"}).status_code == 403
    assert strict.post(link + "answer/", {"answer": "accepted", "csrfmiddlewaretoken": token}).status_code == 302


def test_another_browser_sees_the_date_but_no_answer_and_no_name(phone, link):
    phone.post(link + "answer/", {"answer": "accepted", "remark": "geheim"})
    own, other = phone.get(link), Client().get(link)

    assert 'id="answered"' in words(own)
    assert "geheim" in words(own)
    assert "بتوقيت ألمانيا" in words(other)
    assert 'id="answered"' not in words(other)
    assert "geheim" not in words(other)
    assert "Samira" in words(phone.get(link + "about-you/"))
    assert "Samira" not in words(Client().get(link + "about-you/"))


def test_answer_from_another_browser_keeps_the_remark_it_cannot_see(phone, link, invitation):
    phone.post(link + "answer/", {"answer": "accepted", "remark": "geheim"})
    Client().post(link + "answer/", {"answer": "declined", "remark": ""})

    invitation.refresh_from_db()
    assert (invitation.state, invitation.remark) == ("declined", "geheim")


def test_room_opens_near_the_meeting_in_the_own_browser_only(phone, link, meeting, coordinator):
    phone.post(link + "answer/", {"answer": "accepted"})
    assert "meet.example.org" not in words(phone.get(link))

    start_meeting(by=coordinator, meeting=meeting)

    assert "meet.example.org" in words(phone.get(link))
    assert "meet.example.org" not in words(Client().get(link))


@pytest.mark.parametrize(
    ("language", "direction"),
    [("de", "ltr"), ("fr", "ltr"), ("sr", "ltr"), ("sr-latn", "ltr"), ("es", "ltr"), ("ar", "rtl")],
)
def test_guest_chooses_another_language(phone, link, language, direction):
    page = words(phone.get(link, {"lang": language}))

    assert f'dir="{direction}"' in page.split("<head>")[0]
    assert f"?lang={language}" in page


def test_arabic_is_written_with_the_readers_digits(phone, link):
    assert "٩٠" in words(phone.get(link))
    assert "٩٠" not in words(phone.get(link, headers={"Accept-Language": "ar-MA"}))
    assert "٩٠" not in words(phone.get(link, {"lang": "ar", "digits": "latn"}))


def test_page_stays_out_of_caches_and_search_engines(phone, link):
    response = phone.get(link)

    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("closing", ["unknown", "expired", "revoked", "other purpose"])
def test_closed_link_tells_nothing(phone, invitation, closing):
    path = path_of(invitation, **({"expires": now() - timedelta(days=1)} if closing == "expired" else {}))
    if closing == "revoked":
        Link.objects.update(revoked_at=now())
    path = (
        "/l/nonsense/"
        if closing == "unknown"
        else path_of(invitation, "something")
        if closing == "other purpose"
        else path
    )

    response = phone.get(path, {"lang": "ar"})

    assert response.status_code == 410
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Samira" not in words(response)
    assert 'lang="ar"' in words(response)


def test_cancelled_and_postponed_meetings_take_no_answer(phone, link, meeting, coordinator, invitation):
    Message.objects.update(state=Message.State.SENT)
    postpone_meeting(by=coordinator, meeting=meeting)
    assert 'value="accepted"' not in words(phone.get(link))
    cancel_meeting(by=coordinator, meeting=meeting)
    assert 'value="accepted"' not in words(phone.get(link))

    assert phone.post(link + "answer/", {"answer": "accepted"}).status_code == 422
    invitation.refresh_from_db()
    assert invitation.state == "sent"


def test_moved_meeting_asks_again(phone, link, meeting, coordinator):
    phone.post(link + "answer/", {"answer": "accepted"})
    found = Meeting.objects.get(pk=meeting.pk)
    change_meeting(by=coordinator, meeting=found, version=found.version, day=found.day + timedelta(days=7))

    page = words(phone.get(link))

    assert 'id="answered"' not in page
    assert 'value="accepted"' in page


def test_calendar_file_has_a_neutral_title(phone, link):
    response = phone.get(link + "calendar.ics")

    assert response["Content-Type"].startswith("text/calendar")
    assert "لقاء عبر الإنترنت" in words(response)
    assert "Samira" not in words(response)


def test_wish_to_be_erased_becomes_a_task(phone, link, invitation):
    assert phone.post(link + "about-you/").status_code == 302

    task = Task.objects.get()
    assert task.about_id == invitation.actor_id
    assert "Samira" not in task.title


def test_erased_guest_finds_a_closed_link(phone, link, invitation):
    invitation.actor.erased_at = now()
    invitation.actor.save()

    assert phone.get(link).status_code == 410


def test_page_costs_few_queries(phone, link):
    with CaptureQueriesContext(connection) as caught:
        phone.get(link)

    assert len([query for query in caught if query["sql"].startswith("SELECT")]) < 10


def test_guest_reads_minutes_and_takes_the_pdf(phone, invitation, meeting, coordinator):
    start_meeting(by=coordinator, meeting=meeting)
    a_statement(coordinator, meeting, "تسأل نساء كثيرات عن حق الإقامة.", gist="Viele Frauen fragen danach.")
    end_meeting(by=coordinator, meeting=meeting)
    close_meeting(by=coordinator, meeting=meeting, summary="Gut war es.")
    send_minutes(by=coordinator, meeting=meeting)
    path = path_of(Minutes.objects.get(meeting=meeting, language="ar"), "minutes")

    page = words(phone.get(path))
    assert "تسأل نساء" in page
    assert "Viele Frauen fragen danach." in page
    assert "Samira" not in page
    assert 'lang="de"' in words(phone.get(path, {"lang": "de"})).split("<head>")[0]
    assert phone.get(path + "minutes.pdf").content.startswith(b"%PDF")
    assert phone.get(path + "answer/").status_code == 405


def test_invitation_link_opens_no_minutes(phone, link):
    assert phone.get(link + "minutes.pdf").status_code == 410


def test_staff_session_gives_a_link_no_more_rights(link):
    browser = Client()
    browser.force_login(a_coordinator(), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert "Samira" not in words(browser.get(link))


def test_guest_says_whom_she_brings_and_what_she_needs(phone, coordinator):
    meeting = a_meeting(coordinator, form="on_site", venue="Rathaus", companions_welcome=True)
    (invitation,) = invited(coordinator, meeting, an_actor())
    link = path_of(invitation)
    needs = {"companions": "on", "interpreting": "fa", "children": "2", "step_free": "on", "other": "مكان هادئ"}

    assert 'name="companions"' in words(phone.get(link))
    assert phone.post(link + "answer/", {"answer": "accepted", **needs}).status_code == 302

    invitation.refresh_from_db()
    assert (invitation.state, invitation.companions, invitation.needs.children) == ("accepted", 1, 2)
    own, other = words(phone.get(link)), words(Client().get(link))
    assert "مكان هادئ" in own
    assert "مكان هادئ" not in other
    assert "مكان هادئ" in words(phone.get(link, {"change": "1"})).split('name="other"')[1]

    # Another browser sees none of it and takes none of it away; the own one does.
    Client().post(link + "answer/", {"answer": "tentative"})
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.companions, invitation.needs.interpreting) == ("tentative", 1, "fa")
    phone.post(link + "answer/", {"answer": "accepted"})
    assert Invitation.objects.get().companions == 0
    assert not Needs.objects.exists()


def test_words_that_tell_somebody_are_asked_about(phone, link, invitation):
    given = {"answer": "accepted", "other": "Frau Sabine Keller kommt mit, 0170 1234567"}

    page = phone.post(link + "answer/", given)
    assert page.status_code == 422
    assert "Sabine Keller" in words(page)
    assert not Needs.objects.exists()

    assert phone.post(link + "answer/", given | {"keep": "on"}).status_code == 302
    assert Needs.objects.get().invitation_id == invitation.pk


def test_meeting_online_asks_neither_for_children_nor_for_steps(phone, link):
    page = words(phone.get(link))

    assert 'name="interpreting"' in page
    assert 'name="children"' not in page
    assert 'name="companions"' not in page


def test_link_that_tells_of_a_seat_shows_until_when_it_is_kept(phone, coordinator):
    meeting = a_meeting(coordinator, seats=1)
    first, second = invited(coordinator, meeting, an_actor(), an_actor())
    old = path_of(second)
    for row in (first, second):
        answer(by=holder_of(row), invitation=row, state="accepted")
    assert "مكان محجوز لك" not in words(phone.get(old))
    answer(by=holder_of(first), invitation=first, state="declined")
    link = path_of(second)

    page = words(phone.get(link))
    assert "مكان محجوز لك" in page
    assert "نعم، أريد المكان" in page
    # An older link may lie with somebody else.
    assert "محجوز لك" not in words(Client().get(old))

    assert phone.post(link + "answer/", {"answer": "accepted"}).status_code == 302
    second.refresh_from_db()
    assert (second.state, second.offered_until) == ("accepted", None)
    assert "محجوز لك" not in words(phone.get(link))


def test_link_says_that_the_time_is_over(phone, coordinator):
    meeting = a_meeting(coordinator, seats=1)
    first, second, third = invited(coordinator, meeting, an_actor(), an_actor(), an_actor())
    link = path_of(second)
    answer(by=holder_of(first), invitation=first, state="accepted")
    phone.post(link + "answer/", {"answer": "accepted"})
    answer(by=holder_of(third), invitation=third, state="accepted")
    answer(by=holder_of(first), invitation=first, state="declined")
    Message.objects.update(state="sent")

    with as_of(now() + timedelta(days=3)):
        let_due_offers_lapse()
    page = words(phone.get(link))
    assert "انتقل إلى الشخص التالي" in page

    phone.post(link + "answer/", {"answer": "accepted"})
    assert words(phone.get(link)).count("انتقل إلى الشخص التالي") == 1
    second.refresh_from_db()
    assert second.state == "waiting"
