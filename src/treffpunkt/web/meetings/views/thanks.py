"""After a meeting: the letter of thanks, and what participants think of it."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.errors import DomainError
from treffpunkt.meetings import evaluation, rules
from treffpunkt.meetings.services.evaluating import thank_guests
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen


class ThanksForm(forms.Form):
    """Whether the letter asks the three questions."""

    ask = forms.BooleanField(
        label=gettext_lazy("with the link to three questions"),
        help_text=gettext_lazy("How useful was it, what helped most, what was missing. Answered without a name."),
        required=False,
    )


def thanks(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Thank whoever was there, and show what they think."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    form = ThanksForm(request.POST or None, initial={"ask": True})
    if request.method == "POST" and form.is_valid():
        try:
            number = thank_guests(by=request.user, meeting=meeting, ask=form.cleaned_data["ask"])
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            told = ngettext("%(count)s letter is on its way.", "%(count)s letters are on their way.", number)
            messages.success(
                request,
                told % {"count": number} if number else _("Nobody else can be reached, or everybody has been thanked."),
            )
            return redirect("web:meetings:thanks", pk=pk)
    there = meeting.invitations.filter(attendance="attended").count()
    thanked = evaluation.thanked(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "is_over": meeting.state in rules.AFTERWARDS,
        "there": there,
        "thanked": thanked,
        "left": max(0, there - thanked),
        "opinions": evaluation.opinions(meeting),
    }
    return page(request, "web/meetings/thanks.html", context)
