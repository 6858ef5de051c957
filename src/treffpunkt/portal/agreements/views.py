"""An agreement as somebody reads it on a phone: a few sentences, three answers, no account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from uuid_utils.compat import uuid4

from treffpunkt.agreements import composing, pdf, queries
from treffpunkt.agreements.models import AgreementVersion, Party
from treffpunkt.agreements.services import concluding, ending, remarks
from treffpunkt.core.dates import spoken_day
from treffpunkt.core.errors import DomainError
from treffpunkt.portal.agreements.forms import AgreeForm, AskForm
from treffpunkt.portal.door import Guest, View, behind_link, closed, render, speak

PURPOSE = "agreement"


def _shown(view: Callable[Concatenate[Guest, Party, AgreementVersion, ...], HttpResponse]) -> View:
    """Hand a page the party whose link it is and the text they are shown; closed where there is none."""

    @wraps(view)
    def show(guest: Guest, **more: Any) -> HttpResponse:
        party = queries.guest_party(guest.by)
        version = queries.shown_version(party) if party else None
        if party is None or version is None or not version.sealed_at:
            return closed(guest.request)
        return view(guest, party, version, **more)

    return show


@_shown
def agreement(guest: Guest, party: Party, version: AgreementVersion, **forms: Any) -> HttpResponse:
    """Show the sentences and ask for an answer; what was answered only where it was given."""
    with speak(guest.chosen["lang"] or party.language):
        status = 422 if "problem" in forms else None
        return render(guest, "portal/agreements/agreement.html", _context(guest, party, version) | forms, status=status)


@require_POST
@behind_link(PURPOSE)
@_shown
def agree(guest: Guest, party: Party, _version: AgreementVersion) -> HttpResponse:
    """Agree to the text that was read."""
    form = AgreeForm(guest.request.POST)
    with speak(guest.chosen["lang"] or party.language):
        if form.is_valid():
            read = queries.version_read(guest.by, form.cleaned_data["text"])
            try:
                if read is None:
                    raise DomainError(_("This text has changed in the meantime. Please read the new one."))
                concluding.agree(by=guest.by, party=party, version=read, name=form.cleaned_data["name"])
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                return _done(guest)
    return agreement(guest, form=form)


@require_POST
@behind_link(PURPOSE)
@_shown
def ask(guest: Guest, party: Party, _version: AgreementVersion) -> HttpResponse:
    """Take a question or a proposal; somebody of us answers."""
    form = AskForm(guest.request.POST)
    with speak(guest.chosen["lang"] or party.language):
        if form.is_valid():
            parts = {"proposal": form.cleaned_data["proposal"], "language": get_language() or ""}
            try:
                remarks.ask(
                    by=guest.by, party=party, text=form.cleaned_data["remark"], id=form.cleaned_data["id"], **parts
                )
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                return _done(guest, done="asked")
    return agreement(guest, ask=form)


@require_POST
@behind_link(PURPOSE)
@_shown
def decline(guest: Guest, party: Party, version: AgreementVersion) -> HttpResponse:
    """Take a “rather not”, without a reason."""
    with speak(guest.chosen["lang"] or party.language):
        read = queries.version_read(guest.by, guest.request.POST.get("text", "")[:64]) or version
        form = AgreeForm(initial={"text": read.sha256})
        try:
            concluding.decline(by=guest.by, party=party, version=read)
        except DomainError as error:
            return agreement(guest, form=form, problem=str(error.message))
    return _done(guest, done="declined")


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(PURPOSE)
@_shown
def withdraw(guest: Guest, party: Party, version: AgreementVersion) -> HttpResponse:
    """Ask once more, then end it at once: without a reason, and nobody is written to."""
    if party.left or not party.agreement.is_running:
        return redirect(guest.url())
    with speak(guest.chosen["lang"] or party.language):
        if guest.request.method == "POST":
            ending.withdraw(by=guest.by, party=party)
            return _done(guest, done="ended")
        context = {"title": _("End it?"), "version": version, "language_links": guest.language_links("withdraw")}
        return render(guest, "portal/agreements/withdraw.html", context)


@require_safe
@behind_link(PURPOSE)
@_shown
def agreement_pdf(guest: Guest, party: Party, version: AgreementVersion) -> HttpResponse:
    """Give the text as PDF, in both languages, with its hash in the foot."""
    before = _before(party, version)
    response = HttpResponse(pdf.agreement(version, before=before), content_type="application/pdf")
    day = version.accepted_at or version.sealed_at
    response["Content-Disposition"] = f'attachment; filename="treffpunkt-{day:%Y-%m-%d}.pdf"'
    return response


def _done(guest: Guest, **told: str) -> HttpResponse:
    response = redirect(guest.url(**{"done": "agreed", **told}))
    guest.remember_answer(response)
    return response


def _before(party: Party, version: AgreementVersion) -> AgreementVersion | None:
    """Give the text that holds, where another is on offer: against it is marked what is new."""
    current = party.agreement.current
    return current if current and current.pk != version.pk else None


def _context(guest: Guest, party: Party, version: AgreementVersion) -> dict[str, Any]:
    held = party.agreement
    head, between, *_sentences = version.text.split("\n")
    marks = composing.new_since(version, _before(party, version))
    answers = queries.answers_of(party, version)
    done = guest.request.GET.get("done", "")
    language = get_language() or settings.LANGUAGE_CODE
    zone = ZoneInfo(settings.TIME_ZONE)

    def day(moment: Any) -> str:
        return spoken_day(moment.astimezone(zone).date(), language, guest.digits) if moment else ""

    on_offer = version.state == AgreementVersion.State.OFFERED
    may_answer = not party.left and (on_offer or held.is_running) and held.state != held.State.ENDED
    known = guest.is_known
    return {
        "title": head,
        "between": between,
        "between_de": version.text_de.split("\n")[1],
        "version": version,
        "is_german": version.language == "de",
        "sentences": [row | {"new": new} for row, new in zip(version.sentences, marks, strict=True)],
        "state": held.state,
        "ending": held.ending,
        "left": party.left,
        "on_offer": on_offer,
        "amends": on_offer and held.is_running,
        "may_answer": may_answer,
        # Names, answers and questions only where the guest answered before: a phone may be shared.
        "signature": answers.signature if known else None,
        "declined": known and answers.declined,
        "remarks": answers.remarks if known else [],
        # What holds already was agreed to, whoever looks at it now.
        "choosing": may_answer and not ((known or not on_offer) and (answers.signature or answers.declined)),
        "may_withdraw": held.is_running and not party.left and queries.has_agreed(party),
        "since": day(held.in_force_since),
        "signed_on": day(answers.signature.at) if known and answers.signature else "",
        "ended_on": day(party.left_at or held.state_since),
        "form": AgreeForm(initial={"text": version.sha256}),
        "ask": AskForm(initial={"id": uuid4()}),
        "done": done if done in ("agreed", "asked", "declined", "ended") else "",
    }
