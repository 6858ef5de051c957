"""“May we speak to somebody else?”: asked of whoever leaves, answered by link, changed at any time until it is settled."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.agreements.leaving import guest_succession
from treffpunkt.agreements.models import Succession
from treffpunkt.agreements.rules import SUCCESSION
from treffpunkt.agreements.services.successions import note_no, note_yes
from treffpunkt.core.errors import DomainError
from treffpunkt.network.services.reaching import language_of
from treffpunkt.portal.access.forms import OthersForm
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak

S = Succession.State


def shown(guest: Guest, form: OthersForm | None = None) -> HttpResponse:
    """Ask, or thank for the answer; what was answered shows only where it was given, and nobody is named."""
    found = guest_succession(guest.by)
    if found is None:
        return closed(guest.request)
    with speak(_language(guest, found)):
        known = guest.is_known and found.state in (S.MAY, S.REFUSED)
        context = {
            "title": _("A question"),
            "state": found.state if known else "",
            "settled": found.state == S.CLOSED,
            "change_url": guest.url(change="1"),
            "thanks": bool(guest.request.GET.get("done")),
            "choosing": found.state != S.CLOSED
            and (not known or bool(guest.request.GET.get("change")) or form is not None),
            "form": form or OthersForm(initial={"words": found.words if guest.is_known else ""}),
        }
        return render(guest, "portal/access/succession.html", context)


@require_POST
@behind_link(SUCCESSION)
def yes(guest: Guest) -> HttpResponse:
    """Take the yes, and with whom we may speak."""
    found = guest_succession(guest.by)
    if found is None:
        return closed(guest.request)
    form = OthersForm(guest.request.POST)
    with speak(_language(guest, found)):
        if form.is_valid():
            try:
                note_yes(by=guest.by, succession=found, words=form.cleaned_data["words"], language=get_language() or "")
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                return _done(guest)
    return shown(guest, form)


@require_POST
@behind_link(SUCCESSION)
def no(guest: Guest) -> HttpResponse:
    """Take the no: nobody is asked."""
    found = guest_succession(guest.by)
    if found is None:
        return closed(guest.request)
    with speak(_language(guest, found)):
        try:
            note_no(by=guest.by, succession=found)
        except DomainError:  # settled in the meantime: the page says so
            return redirect(guest.url())
    return _done(guest)


def _done(guest: Guest) -> HttpResponse:
    response = redirect(guest.url(done="1"))
    guest.remember_answer(response)
    return response


def _language(guest: Guest, found: Succession) -> str:
    return guest.chosen["lang"] or language_of(found.actor)
