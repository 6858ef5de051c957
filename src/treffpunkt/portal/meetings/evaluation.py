"""Three questions about a meeting, answered by nobody in particular."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from treffpunkt.core.dates import digits
from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import PersonalDataFound, mask
from treffpunkt.core.text import tidy
from treffpunkt.meetings import evaluation, rules
from treffpunkt.meetings.models import Ballot
from treffpunkt.meetings.services.evaluating import LONGEST, PARTS, answer_questions
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak
from treffpunkt.portal.meetings.phones import marked


class QuestionsForm(forms.Form):
    """How useful it was, what helped most, what was missing; each may be left out."""

    useful = forms.TypedChoiceField(
        label=gettext_lazy("How useful was the meeting for you?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    helpful = forms.CharField(
        label=gettext_lazy("What was most helpful?"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip
    missing = forms.CharField(
        label=gettext_lazy("What was missing?"), required=False, max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, style: str) -> None:
        super().__init__(data)
        ends = {1: _("not at all"), 5: _("very")}
        language = translation.get_language() or "en"
        told = ((number, digits(number, language, style)) for number in range(1, 6))
        self.fields["useful"].choices = [  # type: ignore[attr-defined]
            (number, f"{text} – {ends[number]}" if number in ends else text) for number, text in told
        ]


def shown(guest: Guest) -> HttpResponse:
    """Show the questions, or that they are answered."""
    ballot = evaluation.ballot_of(guest.by)
    if ballot is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or guest.link.language):
        return _page(guest, ballot, QuestionsForm(style=guest.digits))


@require_http_methods(["POST"])
@behind_link(rules.EVALUATION)
def answer(guest: Guest) -> HttpResponse:
    """Take the answers, once."""
    ballot = evaluation.ballot_of(guest.by)
    if ballot is None:
        return closed(guest.request)
    with speak(guest.chosen["lang"] or guest.link.language):
        form, findings = QuestionsForm(guest.request.POST, style=guest.digits), []
        if form.is_valid():
            try:
                _store(guest, ballot, dict(form.cleaned_data))
            except PersonalDataFound as error:
                findings = [marked(tidy(form.cleaned_data[error.field], lines=True), error.findings)]
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                ballot.used = True
        return _page(guest, ballot, form, findings)


def _store(guest: Guest, ballot: Ballot, given: dict[str, Any]) -> None:
    """Store it as it stands, or, where its writer said so, without what was found or with it kept."""
    decided, language = guest.request.POST.get("personal", ""), translation.get_language() or ""
    if decided == "take_out":
        for _part in PARTS:  # each text is asked about on its own
            try:
                answer_questions(by=guest.by, ballot=ballot, language=language, **given)
            except PersonalDataFound as error:
                given[error.field] = mask(tidy(given[error.field], lines=True), error.findings)
            else:
                return
    keep = decided in ("keep", "take_out")
    answer_questions(by=guest.by, ballot=ballot, language=language, keep_findings=keep, **given)


def _page(guest: Guest, ballot: Ballot, form: QuestionsForm, findings: Any = ()) -> HttpResponse:
    context = {
        "title": _("Three questions"),
        "form": form,
        "findings": findings,
        "answered": ballot.used,
        "language_links": guest.language_links(),
    }
    return render(guest, "portal/meetings/evaluation.html", context)
