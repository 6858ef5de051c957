"""Writing a text, putting it before the parties, taking it back, reminding."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import AgreementVersion
from treffpunkt.agreements.services import drafting, news, offering
from treffpunkt.core.errors import DomainError, Stale
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.agreements.forms.texts import ComposeForm
from treffpunkt.web.agreements.views.common import done, edited
from treffpunkt.web.agreements.views.detail import sentences
from treffpunkt.web.meetings.notes import marked
from treffpunkt.web.network.answering import sent
from treffpunkt.web.stale import take_version

V = AgreementVersion.State


def compose(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Choose the sentences, each as it reads in this agreement, with German beside it."""
    found = edited(request, pk)
    draft = found.versions.filter(state=V.DRAFT).first()
    if draft is None:
        messages.info(request, _("There is no text being written. Begin a new version first."))
        return redirect("web:agreements:detail", pk=pk)
    draft.agreement = found
    form = ComposeForm(sent(request), draft=draft, initial={"version": draft.version})
    context: dict[str, Any] = {"form": form, "agreement": found, "draft": draft}
    if form.is_valid():
        try:
            drafting.compose(
                by=request.user, agreement=found, version=form.cleaned_data["version"],
                clauses=form.cleaned_data["clauses"], own=form.own(), left_out=form.reasons(),
            )  # fmt: skip
        except Stale as error:
            form.add_error(None, str(error.message))
            take_version(form, getattr(error.current, "version", ""))
            context["theirs"] = getattr(error.current, "sentences", [])
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Saved. This is how it reads now."))
            return redirect("web:agreements:detail", pk=pk)
    return page(request, "web/agreements/compose.html", context | {"sections": form.sections()})


@require_POST
def begin(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Begin a new text from the one that holds."""
    found = edited(request, pk)
    try:
        drafting.begin_version(by=request.user, agreement=found)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("web:agreements:detail", pk=pk)
    return redirect("web:agreements:compose", pk=pk)


def drop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask, and give up the text that is being written."""
    found = edited(request, pk)
    if request.method == "POST":
        return done(request, pk, lambda: drafting.drop_draft(by=request.user, agreement=found), _("It is not pursued."))
    return page(request, "web/agreements/drop.html", {"agreement": found})


def offer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the text once more with whom it goes to, and put it before them."""
    found = edited(request, pk)
    draft = found.versions.filter(state=V.DRAFT).first()
    if draft is None:
        messages.info(request, _("There is no text to be offered. Begin a new version first."))
        return redirect("web:agreements:detail", pk=pk)
    context: dict[str, Any] = {"agreement": found, "draft": draft, "sentences": sentences(draft, found.current)}
    context["receivers"] = [(party, news.receiver(party)) for party in news.parties(found)]
    if request.method != "POST":
        return page(request, "web/agreements/offer.html", context)
    try:
        told = offering.offer(by=request.user, agreement=found, keep_findings="keep" in request.POST)
    except PersonalDataFound as error:
        texts = [row["text" if error.field == "text" else "de"] for row in draft.sentences if not row["clause"]]
        context["findings"] = [marked(text, _inside(text, error)) for text in texts if _inside(text, error)]
        return page(request, "web/agreements/offer.html", context, status=422)
    except DomainError as error:
        context["problem"] = str(error.message)
        return page(request, "web/agreements/offer.html", context, status=422)
    messages.success(request, _told(told))
    return redirect("web:agreements:detail", pk=pk)


@require_POST
def offer_to(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put the text before somebody who came later."""
    party = get_object_or_404(rules.viewable_parties(request.user).select_related("agreement"), pk=pk)
    agreement = edited(request, party.agreement_id)
    return done(request, agreement.pk, lambda: offering.offer_to(by=request.user, party=party), _("It is on its way."))


@require_POST
def take_back(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a text back to change it."""
    found = edited(request, pk)
    said = _("Taken back. Whoever opens the link finds no text to agree to.")
    return done(request, pk, lambda: offering.take_back_offer(by=request.user, agreement=found), said)


@require_POST
def remind(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Remind those who have not answered."""
    found = edited(request, pk)
    try:
        told = offering.remind(by=request.user, agreement=found)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        sent_now = told.mails + told.chats
        messages.success(request, _told(told) if sent_now else _("Nobody is to be reminded today."))
    return redirect("web:agreements:detail", pk=pk)


def _inside(text: str, error: PersonalDataFound) -> Any:
    """Keep the findings that lie in this text."""
    return [one for one in error.findings if one.end <= len(text)]


def _told(told: offering.Sent) -> str:
    parts = []
    if told.mails:
        said = ngettext("%(count)s mail is on its way.", "%(count)s mails are on their way.", told.mails)
        parts.append(said % {"count": told.mails})
    if told.chats:
        said = ngettext("%(count)s text waits in the send-list.", "%(count)s texts wait in the send-list.", told.chats)
        parts.append(said % {"count": told.chats})
    if told.unreachable:
        parts.append(_("Whom no channel reaches, you ask on paper or in a chat."))
    return " ".join(parts) or _("It is offered. Whom no channel reaches, you ask on paper or in a chat.")
