"""Who we are, and what we keep about a guest: both are asked before anything else is answered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import today
from treffpunkt.journal.services import record
from treffpunkt.meetings import queries
from treffpunkt.meetings.models import Invitation, Minutes
from treffpunkt.network.models import Actor
from treffpunkt.portal.door import Guest, behind_link, render, speak
from treffpunkt.tasks.services import create_task
from treffpunkt.vocabulary.models import Language


@require_safe
@behind_link("invitation", "minutes")
def about_us(guest: Guest) -> HttpResponse:
    """Say who writes and how to make sure of it."""
    subject, language = _occasion(guest)
    meeting = subject.meeting if subject else None
    with speak(language):
        context = {
            "title": _("Are we real?"),
            "meeting": meeting,
            "hosts": meeting.hosts.all() if meeting else [],
            "language_links": guest.language_links("about_us"),
        }
        return render(guest, "portal/about/about_us.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link("invitation", "minutes")
def about_you(guest: Guest) -> HttpResponse:
    """Say what is kept about the guest, and take the wish to have it erased."""
    subject, language = _occasion(guest)
    person = _person(guest, subject)
    with speak(language):
        if guest.request.method == "POST" and person:
            _ask_to_erase(guest, person)
            return redirect(guest.url("about_you", done="1"))
        context = {
            "title": _("What we keep about you"),
            # Names and addresses only where the guest answered before: a phone may be shared.
            "person": person if guest.is_known else None,
            "languages": _language_names(person) if guest.is_known else "",
            "can_ask": person is not None,
            "done": bool(guest.request.GET.get("done")),
            "language_links": guest.language_links("about_you"),
        }
        return render(guest, "portal/about/about_you.html", context)


def _occasion(guest: Guest) -> tuple[Invitation | Minutes | None, str]:
    subject = (
        queries.guest_invitation(guest.by) if guest.link.purpose == "invitation" else queries.guest_minutes(guest.by)
    )
    if subject is None:
        return None, guest.chosen["lang"] or translation.get_language() or "en"
    return subject, guest.chosen["lang"] or subject.language


def _person(guest: Guest, subject: Invitation | Minutes | None) -> Actor | None:
    """Find the person a link belongs to; minutes are the same for everyone who reads a language."""
    pk = guest.link.holder_id or (subject.actor_id if isinstance(subject, Invitation) else None)
    people = Actor.objects.prefetch_related("channels", "roles__space", "roles__organisation")
    return people.filter(pk=pk, erased_at=None).first() if pk else None


def _language_names(person: Actor | None) -> str:
    spoken = Language.objects.filter(tag__in=person.languages) if person else []
    return ", ".join(str(language) for language in spoken)


def _ask_to_erase(guest: Guest, person: Actor) -> None:
    """Give the coordination a task: a person decides, since their groups may need another contact first."""
    with translation.override("de"):
        title = _("Erase what we keep about this person, as they asked by their link")
    create_task(by=SYSTEM, title=title, owner=person.owner, due=today(), about=person)
    record(guest.by, "actor.erasure_asked", person)
