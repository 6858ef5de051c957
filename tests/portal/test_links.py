"""What a link gives away, to whom, and for how long."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from tests.factories.meetings import a_coordinator, an_actor, invited
from tests.portal.conftest import path_of
from treffpunkt.core.clock import now
from treffpunkt.links.models import Link
from treffpunkt.meetings.models import Invitation, Minutes
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.minutes import close_meeting, send_minutes
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.phone import note_lost_phone
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render

# Counts how often an address was tried that opens nothing.
HARMLESS = {"people_tally"}
FRESH = "meetings/messages/fresh_link"
PREVIEWS = (
    "WhatsApp/2.23.20.0", "TelegramBot (like TwitterBot)", "facebookexternalhit/1.1", "Twitterbot/1.0",
    "Mozilla/5.0 (compatible; SkypeUriPreview Preview/0.5)", "Slackbot-LinkExpanding 1.0", "Microsoft Office",
)  # fmt: skip


def words(response) -> str:
    return response.content.decode()


def say(text: str, language: str = "ar") -> str:
    with translation.override(language):
        return translation.gettext(text)


def link_in(message: Message) -> str:
    """Give the path of the link a message carries, as its receiver gets it."""
    return re.search(r"https?://[^/]+(/l/\S+)", render(message).body)[1]


def everything() -> dict[str, str]:
    """Give a fingerprint of every table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for name in set(tables) - HARMLESS:
            cursor.execute(f'select count(*), md5(string_agg(t::text, chr(10) order by t::text)) from "{name}" t')
            found[name] = cursor.fetchone()
    return found


@pytest.fixture
def minutes_link(invitation, meeting, coordinator) -> str:
    """Give the path of the guest's link to the minutes."""
    start_meeting(by=coordinator, meeting=meeting)
    end_meeting(by=coordinator, meeting=meeting)
    close_meeting(by=coordinator, meeting=meeting, summary="Gut war es.")
    send_minutes(by=coordinator, meeting=meeting)
    found = Minutes.objects.get(meeting=meeting, language="ar")
    return path_of(found, "minutes", holder_id=invitation.actor_id)


# --- opening changes nothing ----------------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["invitation", "minutes"])
def test_opening_changes_no_table(link, minutes_link, which):
    """Chats open every link for a preview, mail filters and browsers open them ahead."""
    path = {"invitation": link, "minutes": minutes_link}[which]
    pages = [path + rest for rest in ("", "about-us/", "about-you/", "calendar.ics", "minutes.pdf")]
    pages += [path + "?lang=de&done=1&change=1&fresh=sent", path + "answer/", path + "fresh/", path + "show/"]
    before = everything()
    for address in pages:
        for agent in PREVIEWS:
            Client().get(address, headers={"user-agent": agent})
        Client().head(address)
        Client().options(address)
        Client().get(address, headers={"sec-purpose": "prefetch;prerender", "purpose": "prefetch"})

    assert everything() == before


@pytest.mark.parametrize("rest", ["", "about-us/", "about-you/", "calendar.ics", "?lang=de", "answer/", "minutes.pdf"])
def test_no_page_is_kept_or_tells_where_one_came_from(phone, link, rest):
    for response in (phone.get(link + rest), phone.post(link + rest)):
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_page_leads_nowhere_else_with_its_address(phone, link):
    page = words(phone.get(link))

    assert " hx-" not in page
    assert not re.search(r'(?:href|src)="https?://', page)
    assert "/l/" not in page.split("<title>")[1].split("</title>")[0]


# --- forms without a referrer ---------------------------------------------------------------------------------


def sent(link: str, *, secure: bool = False, **headers: str):
    """Send the form as a browser does that hides where it comes from, with the token the page gave it."""
    strict = Client(enforce_csrf_checks=True)
    token = words(strict.get(link, secure=secure)).split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    values = {"answer": "accepted", "csrfmiddlewaretoken": token}
    return strict.post(link + "answer/", values, secure=secure, headers=headers)


@pytest.mark.parametrize("secure", [False, True])
@pytest.mark.parametrize("headers", [{}, {"origin": "null"}])
def test_form_is_taken_from_a_page_that_hides_its_address(link, headers, secure):
    assert sent(link, secure=secure, **headers).status_code == 302


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"referer": "https://evil.example/"}, {"origin": "http://x:1"}]
)
def test_form_of_a_foreign_page_is_refused(link, headers):
    assert sent(link, secure=True, **headers).status_code == 403


def test_hidden_origin_alone_is_not_enough(link):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link + "answer/", {"answer": "accepted"}, headers={"origin": "null"}).status_code == 403


def test_staff_pages_take_no_form_with_a_hidden_origin(coordinator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = words(strict.get("/settings/")).split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    response = strict.post("/settings/", {"csrfmiddlewaretoken": token}, headers={"origin": "null"})

    assert response.status_code == 403


# --- a fresh link ---------------------------------------------------------------------------------------------


@pytest.fixture
def used(phone, invitation):
    """Give a link through which the guest has answered in her own browser."""
    link = path_of(invitation, holder_id=invitation.actor_id)
    phone.post(link + "answer/", {"answer": "accepted", "remark": "geheim"})
    return link


def test_other_browser_is_told_why_it_sees_nothing(phone, used):
    other = words(Client().get(used))

    assert say("This link was first used on another device") in other
    assert say("Send me a fresh link") in other
    assert "geheim" not in other
    assert say("This link was first used on another device") not in words(phone.get(used))


def test_fresh_link_goes_to_her_channel_and_is_never_shown(used, invitation):
    stranger = Client()
    response = stranger.post(used + "fresh/")
    message = Message.objects.get(template=FRESH)
    page = words(stranger.get(response["Location"]))

    assert (message.to_id, message.address, message.language) == (
        invitation.actor_id, invitation.actor.channels.get().value, "ar",
    )  # fmt: skip
    assert link_in(message).split("/")[2] not in page
    assert message.address not in page
    assert (
        say("If we know a safe way to you, a fresh link comes by it soon. For your safety it is not shown here.")
        in page
    )
    assert "geheim" not in page


def test_fresh_link_shows_what_is_hers_where_she_says_so(used, invitation):
    Client().post(used + "fresh/")
    fresh, second = link_in(Message.objects.get(template=FRESH)), Client()
    first_sight = words(second.get(fresh))

    assert "geheim" not in first_sight
    assert say("Is this your own device?") in first_sight
    second.post(fresh + "show/")
    assert "geheim" in words(second.get(fresh))
    assert "Samira" in words(second.get(fresh + "about-you/"))
    # The old link stays as it was, and the fresh one shows nothing to a third browser either.
    assert "geheim" not in words(second.get(used))
    third = Client()
    third.post(fresh + "show/")
    assert "geheim" not in words(third.get(fresh))
    assert "Samira" not in words(third.get(fresh + "about-you/"))


def test_a_link_that_was_not_asked_for_shows_nothing_by_a_tap(link, invitation):
    browser = Client()
    browser.post(link + "show/")

    assert "Samira" not in words(browser.get(link + "about-you/"))
    assert not Link.objects.exclude(browser_hash="").exists()


def test_fresh_links_are_few_a_day(used):
    stranger = Client()
    for _ in range(6):
        last = stranger.post(used + "fresh/")
        for message in Message.objects.filter(template=FRESH):  # as a minute later
            Message.objects.filter(pk=message.pk).update(occasion=str(message.pk))

    assert Message.objects.filter(template=FRESH).count() <= 3
    assert say("Enough links were sent for today. Please look at our messages, or try again tomorrow.") in words(
        stranger.get(last["Location"])
    )


def test_two_taps_are_one_message(used):
    Client().post(used + "fresh/")
    Client().post(used + "fresh/")

    assert Message.objects.filter(template=FRESH).count() == 1


def test_where_only_a_chat_leads_it_waits_in_the_send_list(coordinator, meeting):
    guest = an_actor(name="Nour", mail=False, chat=True, owner=coordinator)
    link = path_of(invited(coordinator, meeting, guest)[0], holder_id=guest.pk)
    Client().post(link + "fresh/")

    message = Message.objects.get(template=FRESH)
    assert (message.state, message.owner_id) == ("by_hand", coordinator.pk)


def test_where_no_way_is_known_the_page_says_the_same(used, invitation):
    invitation.actor.channels.update(safe=False)
    stranger = Client()
    page = words(stranger.get(stranger.post(used + "fresh/")["Location"]))

    assert not Message.objects.filter(template=FRESH).exists()
    assert (
        say("If we know a safe way to you, a fresh link comes by it soon. For your safety it is not shown here.")
        in page
    )


@pytest.mark.parametrize("language", ["de", "en", "ar", "fr", "sr", "es"])
def test_fresh_links_letter_is_neutral_in_every_language(used, language):
    Invitation.objects.update(language=language)
    Client().post(used + "fresh/")
    text = render(Message.objects.get(template=FRESH))

    assert text.subject == say("Your fresh link", language)
    assert "Samira" not in text.body
    assert not re.search("frau|women|femme|mujer|жене|женск|نساء", f"{text.subject} {text.body}", re.IGNORECASE)


def test_guest_asks_for_the_minutes_anew(minutes_link, invitation):
    assert Client().post(minutes_link + "fresh/").status_code == 302
    fresh = link_in(Message.objects.get(template=FRESH))

    assert Client().get(fresh).status_code == 200
    assert "Gut war es." in words(Client().get(fresh))


# --- links that do not open any more --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["de", "en", "ar", "fr", "sr", "es"])
def test_expired_link_says_in_her_language_what_to_do(link, language):
    Link.objects.update(expires_at=now() - timedelta(days=1), language=language)
    response = Client().get(link, headers={"accept-language": "de"})
    page = words(response)

    assert (response.status_code, response["Content-Language"]) == (410, language)
    assert say("Links like this one open for a limited time only. That is nothing you did.", language) in page
    assert say("Send me a fresh link", language) in page
    assert "Samira" not in page


def test_messages_tell_their_links_which_language_is_read(invitation):
    assert Link.objects.get(subject_id=invitation.pk).language == "ar"


def test_expired_link_sends_a_fresh_one_and_opens_nothing_else(invitation):
    link = path_of(invitation, holder_id=invitation.actor_id, expires=now() - timedelta(days=1))
    stranger = Client()

    assert stranger.post(link + "answer/", {"answer": "accepted"}).status_code == 410
    assert stranger.post(link + "show/").status_code == 410
    response = stranger.post(link + "fresh/")
    assert words(stranger.get(response["Location"])).count("notice") > 0
    assert Client().get(link_in(Message.objects.get(template=FRESH))).status_code == 200


@pytest.mark.parametrize("closed", ["revoked", "unknown"])
def test_closed_link_sends_nothing(link, closed):
    Link.objects.update(revoked_at=now()) if closed == "revoked" else None
    path = link if closed == "revoked" else "/l/nonsense/"

    assert Client().post(path + "fresh/").status_code == 410
    assert not Message.objects.filter(template=FRESH).exists()


# --- a lost phone ---------------------------------------------------------------------------------------------


def test_lost_phone_closes_all_her_links_and_the_next_message_carries_a_new_one(coordinator, meeting, invitation):
    waiting = Message.objects.get(to_id=invitation.actor_id)
    old = link_in(waiting)
    assert Client().get(old).status_code == 200

    assert note_lost_phone(by=coordinator, actor=invitation.actor) == 1

    waiting.refresh_from_db()
    assert Client().get(old).status_code == 410
    assert link_in(waiting) != old
    assert Client().get(link_in(waiting)).status_code == 200


def test_lost_phone_leaves_others_alone(coordinator, meeting, invitation):
    other = invited(coordinator, meeting, an_actor(name="Dana"))[0]
    note_lost_phone(by=coordinator, actor=invitation.actor)

    assert Client().get(link_in(Message.objects.get(to_id=other.actor_id))).status_code == 200


def test_staff_note_a_lost_phone_on_the_persons_page(coordinator, invitation):
    invitation.actor.channels.create(channel_kind="telegram", value="samira_h", preferred=True)
    desk = Client()
    desk.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/network/people/{invitation.actor_id}/phone-lost/"
    page = words(desk.get(address))
    chat = invitation.actor.channels.get(channel_kind="telegram")

    assert re.search(rf'value="{chat.pk}"[^>]*checked', page)
    assert desk.post(address, {"unsafe": [str(chat.pk)]}).status_code == 302
    chat.refresh_from_db()
    assert (chat.safe, invitation.actor.channels.get(channel_kind="mail").safe) == (False, True)
    assert Link.objects.filter(holder_id=invitation.actor_id, revoked_at=None).count() == 1  # of the waiting message


def test_channel_of_somebody_else_is_not_taken(coordinator, invitation):
    foreign = an_actor(name="Fremd").channels.get()
    note_lost_phone(by=coordinator, actor=invitation.actor, unsafe=[foreign.pk])

    foreign.refresh_from_db()
    assert foreign.safe


def test_erased_guest_gets_no_fresh_link(used, invitation):
    erase_actor(by=a_coordinator(), actor=invitation.actor)

    assert Client().post(used + "fresh/").status_code == 410
    assert not Message.objects.filter(template=FRESH).exists()
