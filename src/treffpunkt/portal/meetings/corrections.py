"""What a participant proposes to change in the minutes, in her language, until the day the host chose."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from treffpunkt.core.dates import spoken_day
from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import PersonalDataFound, mask
from treffpunkt.core.text import localized, tidy
from treffpunkt.meetings import outside, reviewing, revisions, rules
from treffpunkt.meetings.models import Minutes
from treffpunkt.meetings.services.corrections import LONGEST, propose_correction
from treffpunkt.people.limits import Limit
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak
from treffpunkt.portal.meetings.phones import marked
from treffpunkt.portal.meetings.revision import in_chosen_language

PER_LINK = Limit("corrections.link", 40, 3600)


class CorrectionForm(forms.Form):
    """How a statement should read, or what is missing."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Nothing has been written yet.")},
    )

    topic = forms.TypedChoiceField(
        label=gettext_lazy("Under which topic?"), coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, topics: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid4
        self.fields["text"].label = _("How should it read?") if topics is None else _("What is missing?")
        if topics is None:
            del self.fields["topic"]
        else:
            choices: Any = [("", _("I do not know")), *topics]
            self.fields["topic"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link("minutes")
def correct(guest: Guest) -> HttpResponse:
    """Show the statement and the field, or take what is proposed."""
    asked = outside.guest_minutes(guest.by)
    if asked is None or reviewing.invitation_of(guest.by, asked) is None:
        return closed(guest.request)
    shown, _others = in_chosen_language(guest, asked)
    with speak(guest.chosen["lang"] or shown.language):
        number = _asked(guest)
        statement = _statement(shown, number)
        if not rules.is_open_to_corrections(shown.meeting) or (number is not None and statement is None):
            return redirect(guest.url())
        topics = None if statement else _topics(shown)
        form = CorrectionForm(guest.request.POST or None, topics=topics, initial={"text": _own_words(statement)})
        findings: Any = ""
        if guest.request.method == "POST" and form.is_valid():
            try:
                _propose(guest, shown, form, number)
            except PersonalDataFound as error:
                findings = marked(tidy(form.cleaned_data["text"], lines=True), error.findings)
            except DomainError as error:
                form.add_error(None, str(error.message))
            else:
                response = redirect(guest.url(proposed="1") + "#proposals")
                guest.remember_answer(response)
                return response
        return render(guest, "portal/meetings/correct.html", _context(guest, shown, form, statement, findings))


def _propose(guest: Guest, shown: Minutes, form: CorrectionForm, number: int | None) -> None:
    """Store it as it stands, or, where its writer said so, without what was found or with it kept."""
    if PER_LINK.count(guest.link.pk):
        raise DomainError(_("That was very fast. Please wait a moment before you write again."))
    values = {
        "by": guest.by, "minutes": shown, "id": form.cleaned_data["id"], "number": number,
        "topic": form.cleaned_data.get("topic"), "language": translation.get_language() or "",
    }  # fmt: skip
    decided, text = guest.request.POST.get("personal", ""), form.cleaned_data["text"]
    if decided == "take_out":
        try:
            propose_correction(text=text, **values)
        except PersonalDataFound as error:
            text = mask(tidy(text, lines=True), error.findings)
        else:
            return
    propose_correction(text=text, keep_findings=decided in ("keep", "take_out"), **values)


def _context(
    guest: Guest, shown: Minutes, form: CorrectionForm, statement: dict[str, Any] | None, findings: Any
) -> dict[str, Any]:
    until = shown.meeting.corrections_until
    language = translation.get_language() or "en"
    return {
        "title": _("Correct the minutes"),
        "form": form,
        "statement": statement,
        "until": spoken_day(until, language, guest.digits) if until else "",
        "findings": findings,
        "language_links": [],
    }


def _statement(shown: Minutes, number: int | None) -> dict[str, Any] | None:
    rows = revisions.statements(shown.content)
    return rows[number - 1] if number is not None and 1 <= number <= len(rows) else None


def _own_words(statement: dict[str, Any] | None) -> str:
    """Begin with the statement itself where it is in the reader's language."""
    return str(statement["text"]) if statement and not statement["foreign"] else ""


def _topics(shown: Minutes) -> list[tuple[str, str]]:
    language = translation.get_language() or "en"
    agenda = shown.meeting.agenda.order_by("position")
    return [(str(place), localized(item.titles, language)[0]) for place, item in enumerate(agenda, 1)]


def _asked(guest: Guest) -> int | None:
    """Read which statement is meant, counted as it stands in the minutes."""
    given = guest.request.GET.get("n", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 7 else None
