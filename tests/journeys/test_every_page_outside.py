"""Every page that guests and everybody see: accessible and within the screen, at both widths, in both lights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import COORDINATION
from tests.journeys.pages import faults
from tests.journeys.screen import Screen
from treffpunkt.agreements.models import Party
from treffpunkt.agreements.services.successions import follow_up
from treffpunkt.core.clock import now
from treffpunkt.links.services import Wanted, address, issue_many
from treffpunkt.meetings.models import (
    Ballot,
    Invitation,
    Meeting,
    Minutes,
    PollGuest,
)
from treffpunkt.network.models import Role
from treffpunkt.people.models import Staff


def invitation(state: str, community: str, **more: Any) -> str:
    """Make a link to an invitation of the story."""
    found = Invitation.objects.filter(
        state=state, meeting__state__in=("inviting", "running"), meeting__communities__language=community
    ).order_by("pk")[0]
    return link("invitation", found, found.actor_id, **more)


def phones() -> str:
    """Give the link by which phones write along in the meeting that is going on."""
    return urlsplit(address(Meeting.objects.get(state="running").phones)).path


def expired(language: str) -> str:
    """Make a link whose time is over."""
    return invitation("sent", language, expires=now() - timedelta(days=1), language=language)


def minutes(language: str) -> str:
    """Make a link to minutes of the story."""
    found = Minutes.objects.filter(language=language).order_by("-pk")[0]
    guest = found.meeting.invitations.filter(attendance="attended", language=language).order_by("pk")[0]
    return link("minutes", found, guest.actor_id)


def questions() -> str:
    """Make a link to the three questions about a meeting."""
    ballot = Ballot.objects.filter(used=False).order_by("pk")[0]
    return link("evaluation", ballot, None, language="ar")


def question() -> str:
    """Make a link by which somebody who leaves says whom we may speak to."""
    leaver = Role.objects.filter(until__isnull=False).order_by("pk")[0].actor
    begun = follow_up(by=Staff.objects.get(email=COORDINATION), actor=leaver)
    return link("succession", begun, leaver.pk)


def what_we_did() -> str:
    """Make a link that shows what we did for a group."""
    party = Party.objects.filter(agreement__state="in_force", left="", language="ar").order_by("pk")[0]
    return link("did", party, party.actor_id)


def link(purpose: str, subject: Any, holder: Any, **more: Any) -> str:
    key = token_urlsafe(18)
    issue_many([Wanted(key, purpose, subject.kind, subject.pk, holder, **more)])
    return urlsplit(address(key)).path


def suits(answered: bool, **more: Any) -> str:
    """Make a link to the question for a date."""
    found = PollGuest.objects.filter(answered_at__isnull=not answered, actor__isnull=False).order_by("pk")[0]
    return link("poll", found, found.actor_id, **more)


def agreed(state: str, language: str) -> str:
    """Make a link to an agreement of the story."""
    found = Party.objects.filter(agreement__state=state, agreement__language=language, left="").order_by("pk")[0]
    return link("agreement", found, found.actor_id)


# What guests and everybody see: address, language, status.
OUTSIDE: dict[str, tuple[Callable[[], str], str, int]] = {
    "invitation in Arabic": (lambda: invitation("sent", "ar"), "ar", 200),
    "invitation in English": (lambda: invitation("sent", "en"), "en", 200),
    "Arabic invitation read in German": (lambda: invitation("accepted", "ar") + "?lang=de", "de", 200),
    "change of an answer": (lambda: invitation("accepted", "ar") + "?change=1", "ar", 200),
    **{f"phone {tag}": (lambda tag=tag: f"{phones()}?lang={tag}", tag, 200) for tag in ("ar", "de", "sr", "sr-latn")},
    **{f"question for a date {tag}": (lambda tag=tag: f"{suits(False)}?lang={tag}", tag, 200) for tag in ("ar", "fr")},
    "question for a date elsewhere": (lambda: suits(True) + "?zone=Africa/Cairo", "fr", 200),
    "about us": (lambda: invitation("sent", "ar") + "about-us/", "ar", 200),
    "about you": (lambda: invitation("sent", "ar") + "about-you/", "ar", 200),
    "minutes in Arabic": (lambda: minutes("ar"), "ar", 200),
    "minutes in Arabic read in German": (lambda: minutes("ar") + "?lang=de", "de", 200),
    "correction of a sentence": (lambda: minutes("ar") + "correct/?n=2", "ar", 200),
    "something missing in the minutes": (lambda: minutes("ar") + "correct/", "ar", 200),
    "certificate": (lambda: minutes("ar") + "certificate/", "ar", 200),
    "three questions": (lambda: questions(), "ar", 200),
    "three questions in Serbian": (lambda: questions() + "?lang=sr", "sr", 200),
    "minutes in Spanish": (lambda: minutes("es"), "es", 200),
    "minutes in French": (lambda: minutes("fr"), "fr", 200),
    "text on offer in Arabic": (lambda: agreed("offered", "ar"), "ar", 200),
    "agreement in Arabic": (lambda: agreed("in_force", "ar"), "ar", 200),
    "agreement paused, in Serbian": (lambda: agreed("suspended", "sr"), "sr", 200),
    "new text of an agreement in English": (lambda: agreed("in_force", "en"), "en", 200),
    "end of an agreement": (lambda: agreed("in_force", "ar") + "end/", "ar", 200),
    "link whose time is over": (lambda: expired("ar"), "ar", 410),
    "invitation by a fresh link": (lambda: invitation("accepted", "ar", fresh=True), "ar", 200),
    "question to whoever leaves": (lambda: question(), "ar", 200),
    "what we did for a group": (lambda: what_we_did(), "ar", 200),
    "closed link": (lambda: "/l/nothing/?lang=ar", "ar", 410),
    **{f"front page {tag}": (lambda tag=tag: f"/{tag}/", tag, 200) for tag in ("de", "ar", "sr", "sr-latn")},
    **{f"privacy {tag}": (lambda tag=tag: f"/{tag}/privacy/", tag, 200) for tag in ("de", "ar")},
    **{f"profile check {tag}": (lambda tag=tag: f"/{tag}/profile/", tag, 200) for tag in ("de", "ar")},
    "sign-in": (lambda: "/sign-in/", "de", 200),
    "no such page": (lambda: "/de/nothing/", "de", 404),
}


@pytest.fixture(scope="module")
def guest(browser, told) -> Iterator[Screen]:
    """A guest's screen, for all pages outside."""
    screen = Screen(browser, told.url, locale="de-DE")
    yield screen
    screen.close()


@pytest.mark.parametrize("name", OUTSIDE)
def test_page_outside_is_accessible(guest, name):
    address, language, status = OUTSIDE[name]
    guest.troubles.clear()
    guest.show(scheme="light", phone=False)
    answer = guest.page.goto(address())
    guest.troubles[:] = [text for text in guest.troubles if f"status of {status}" not in text]

    assert answer.status == status
    page = guest.page.locator("html")
    assert page.get_attribute("lang") == language
    assert page.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert faults(guest) == {}


def test_what_is_stored_about_a_guest_is_accessible(browser, told):
    """One guest in one browser, in two languages: another browser would be shown nothing any more."""
    screen = Screen(browser, told.url, locale="de-DE")
    about = invitation("accepted", "ar") + "about-you/"
    screen.page.goto(about)
    screen.page.locator("button[name=show]").click()
    for language, direction in (("ar", "rtl"), ("de", "ltr")):
        screen.page.goto(f"{about}?lang={language}")
        assert screen.page.locator("dl").count() > 3
        assert faults(screen) == {}

        screen.page.goto(f"{about}erase/?lang={language}")
        assert screen.page.locator("html").get_attribute("dir") == direction
        assert screen.page.locator("form button").count() >= 1
        assert faults(screen) == {}
    screen.close()
