"""Who we are, and what we keep about a guest: shown to them, handed out, erased at their word."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from treffpunkt.agreements.models import Party
from treffpunkt.agreements.queries import guest_party
from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.clock import today
from treffpunkt.journal.services import record
from treffpunkt.meetings import outside, polls
from treffpunkt.meetings.models import Invitation, Minutes, PollGuest
from treffpunkt.network.models import Actor
from treffpunkt.network.services.erasing import erase_actor, export_actor, export_document
from treffpunkt.network.services.reaching import language_of
from treffpunkt.network.stored import stored_about
from treffpunkt.people.models import Staff
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak
from treffpunkt.tasks.services import create_task

PURPOSES = ("invitation", "minutes", "agreement", "poll", "about")


Subject = Invitation | Minutes | Party | PollGuest | None
_SUBJECTS: dict[str, Callable[[LinkHolder], Subject]] = {
    "invitation": outside.guest_invitation,
    "minutes": outside.guest_minutes,
    "agreement": guest_party,
    "poll": polls.guest_of,
}


@require_safe
@behind_link(*PURPOSES)
def about_us(guest: Guest) -> HttpResponse:
    """Say who writes and how to make sure of it."""
    subject, language = _occasion(guest)
    if subject is None and guest.link.purpose != "about":
        return closed(guest.request)
    with speak(language):
        context = {
            "title": _("Are we real?"),
            "hosts": _hosts(subject),
            "language_links": guest.language_links("about_us"),
        }
        return render(guest, "portal/about/about_us.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(*PURPOSES)
def about_you(guest: Guest) -> HttpResponse:
    """Show what is kept about the guest, or do what they want with it."""
    return shown(guest)


def shown(guest: Guest) -> HttpResponse:
    """Say what is kept about the guest; in their own browser all of it, with the ways to take it and to erase it."""
    subject, language = _occasion(guest)
    person = _person(guest, subject)
    if person is None if guest.link.purpose == "about" else subject is None:
        return closed(guest.request)
    if guest.request.method == "POST" and person:
        return _act(guest, person)
    with speak(language):
        context = {
            "title": _("What we keep about you"),
            # Names and addresses only where the guest answered before: a phone may be shared.
            "person": person if guest.is_known else None,
            "categories": stored_about(person, by=_themselves(guest, person)) if person and guest.is_known else [],
            "is_free": guest.is_first or guest.may_show,
            "can_ask": person is not None,
            "has_back": guest.link.purpose != "about",
            "done": bool(guest.request.GET.get("done")),
            "language_links": guest.language_links("about_you"),
        }
        return render(guest, "portal/about/about_you.html", context)


@require_POST
@behind_link(*PURPOSES)
def take(guest: Guest) -> HttpResponse:
    """Hand out what is kept, to read or as data; only in the browser that acted first."""
    subject, language = _occasion(guest)
    person = _person(guest, subject)
    if person is None or not guest.is_known:
        return redirect(guest.url("about_you"))
    by = _themselves(guest, person)
    with speak(language):
        if guest.request.POST.get("as") == "data":
            text = json.dumps(export_actor(by=by, actor=person), ensure_ascii=False, indent=2)
            return _file(text, "application/json", "json")
        return _file(export_document(by=by, actor=person), "text/html; charset=utf-8", "html")


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(*PURPOSES)
def erase(guest: Guest) -> HttpResponse:
    """Ask once more, then erase at once: nobody is told, and the link opens nothing any more."""
    subject, language = _occasion(guest)
    person = _person(guest, subject)
    if person is None or not (guest.is_known or guest.is_first or guest.may_show):
        return redirect(guest.url("about_you"))
    with speak(language):
        if guest.request.method == "POST":
            erase_actor(by=_themselves(guest, person), actor=person)
            # The links to other languages would lead to a closed page.
            left = {"title": _("Everything is erased"), "language_links": []}
            return render(guest, "portal/about/erased.html", left)
        context = {
            "title": _("Erase what we keep about you?"),
            "language_links": guest.language_links("erase"),
        }
        return render(guest, "portal/about/erase.html", context)


def _act(guest: Guest, person: Actor) -> HttpResponse:
    """Show all of it in this browser from now on, where no other was first; else pass the wish to erase on."""
    if guest.request.POST.get("show"):
        response = redirect(guest.url("about_you"))
        if guest.is_first or guest.may_show:
            guest.remember(response)
        return response
    _ask_to_erase(guest, person)
    return redirect(guest.url("about_you", done="1"))


def _themselves(guest: Guest, person: Actor) -> LinkHolder:
    return replace(guest.by, agent_id=person.pk)


def _file(text: str, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="treffpunkt.{ending}"'
    return response


def _hosts(subject: Subject) -> list[Staff]:
    """List who of us is behind it."""
    if isinstance(subject, Party):
        return [subject.agreement.owner] if subject.agreement.owner else []
    if isinstance(subject, PollGuest):
        return list(subject.poll.meeting.hosts.all())
    return list(subject.meeting.hosts.all()) if subject else []


def _occasion(guest: Guest) -> tuple[Subject, str]:
    if guest.link.purpose == "about":
        person = _person(guest, None)
        return None, guest.chosen["lang"] or (language_of(person) if person else "en")
    subject: Subject = _SUBJECTS[guest.link.purpose](guest.by)
    if subject is None:
        return None, guest.chosen["lang"] or translation.get_language() or "en"
    return subject, guest.chosen["lang"] or subject.language


def _person(guest: Guest, subject: Subject) -> Actor | None:
    """Find the person a link belongs to; minutes are the same for everyone who reads a language."""
    pk = guest.link.holder_id or (subject.actor_id if isinstance(subject, (Invitation, Party, PollGuest)) else None)
    if pk is None and guest.link.purpose == "about":
        pk = guest.link.subject_id
    people = Actor.objects.select_related("owner").prefetch_related("channels")
    return people.filter(pk=pk, erased_at=None).first() if pk else None


def _ask_to_erase(guest: Guest, person: Actor) -> None:
    """Give the coordination a task: in another browser than the first it may not be the person who asks."""
    with translation.override("de"):
        title = _("Erase what we keep about this person, as they asked by their link")
    create_task(by=SYSTEM, title=title, owner=person.owner, due=today(), about=person)
    record(guest.by, "actor.erasure_asked", person)
