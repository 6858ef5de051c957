"""What is noted by hand: an agreement on paper or in a chat, evidence, answers to questions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import AgreementVersion, Party, Remark
from treffpunkt.agreements.services import concluding, ending, remarks
from treffpunkt.core import files
from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import PersonalDataFound
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.agreements.forms.hands import AgreedForm, AnswerForm, EvidenceForm
from treffpunkt.web.agreements.views.common import done, edited
from treffpunkt.web.network.answering import sent


def agreed(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that a party agreed on paper or in a chat."""
    party = _party(request, pk)
    agreement = edited(request, party.agreement_id)
    form = AgreedForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            concluding.note_agreed(
                by=request.user, party=party, keep_findings="keep" in request.POST, **form.cleaned_data
            )
        except PersonalDataFound as error:
            form.add_error(None, str(error.message))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Noted."))
            return redirect("web:agreements:detail", pk=agreement.pk)
    open_ = agreement.versions.filter(state__in=("draft", "offered")).first()
    context = {"form": form, "party": party, "agreement": agreement, "version": open_ or agreement.current}
    return page(request, "web/agreements/agreed.html", context)


@require_POST
def declined(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that a party would rather not."""
    party = _party(request, pk)
    agreement = edited(request, party.agreement_id)
    version = agreement.versions.filter(state=AgreementVersion.State.OFFERED).first() or agreement.current
    if version is None:
        messages.error(request, _("No text is on offer."))
        return redirect("web:agreements:detail", pk=agreement.pk)
    return done(
        request, agreement.pk, lambda: concluding.decline(by=request.user, party=party, version=version), _("Noted.")
    )


def withdrew(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask, and note that a party told us that they end it."""
    party = _party(request, pk)
    agreement = edited(request, party.agreement_id)
    if request.method == "POST":
        said = _("Noted. Please write no longer as before.")
        return done(request, agreement.pk, lambda: ending.withdraw(by=request.user, party=party), said)
    return page(request, "web/agreements/withdrew.html", {"party": party, "agreement": agreement})


def add_evidence(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep one more file."""
    found = edited(request, pk)
    form = EvidenceForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            concluding.add_evidence(by=request.user, agreement=found, content=form.cleaned_data["evidence"])
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Kept."))
            return redirect("web:agreements:detail", pk=pk)
    return page(request, "web/agreements/add_evidence.html", {"form": form, "agreement": found})


@require_safe
def evidence(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Hand out a file to those who work on its agreement: to be kept, never run in the page."""
    found = get_object_or_404(rules.viewable_evidence(request.user), pk=pk)
    try:
        content = files.load(found.file)
    except FileNotFoundError as error:
        raise Http404 from error
    ending_ = found.media_type.rpartition("/")[2].replace("jpeg", "jpg")
    response = HttpResponse(content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="treffpunkt-{found.file[:12]}.{ending_}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Answer a question or a proposal."""
    remark = _remark(request, pk)
    agreement = edited(request, remark.agreement_id)
    form = AnswerForm(sent(request))
    if form.is_valid():
        try:
            remarks.answer(by=request.user, remark=remark, text=form.cleaned_data["text"], id=form.cleaned_data["id"])
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Answered. They are told that there is an answer."))
            return redirect("web:agreements:detail", pk=agreement.pk)
    return page(request, "web/agreements/answer.html", {"form": form, "remark": remark, "agreement": agreement})


@require_POST
def settle(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that a question has been dealt with."""
    remark = _remark(request, pk)
    agreement = edited(request, remark.agreement_id)
    return done(request, agreement.pk, lambda: remarks.settle(by=request.user, remark=remark), _("Noted."))


def _party(request: StaffRequest, pk: UUID) -> Party:
    rows = rules.viewable_parties(request.user).select_related("agreement", "actor", "organisation")
    return get_object_or_404(rows, pk=pk)


def _remark(request: StaffRequest, pk: UUID) -> Remark:
    rows = rules.viewable_remarks(request.user).select_related("party__actor", "party__organisation")
    return get_object_or_404(rows.filter(staff=None), pk=pk)
