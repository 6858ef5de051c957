"""What a participant writes from her phone: one field, her language, a name or none; it waits until it is released.

There is nothing to read here but the topic at hand: whoever got the link by mistake learns nothing of the meeting.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from uuid_utils.compat import uuid7

from treffpunkt.core.dates import digits
from treffpunkt.core.errors import DomainError
from treffpunkt.core.personal import Finding, PersonalDataFound, mask
from treffpunkt.core.text import as_uuid, localized, tidy
from treffpunkt.meetings import rules, running, wording
from treffpunkt.meetings.models import AgendaItem, Contribution, Meeting
from treffpunkt.meetings.reusing import promise_lines, promised
from treffpunkt.meetings.running import Place
from treffpunkt.meetings.services.phones import LONGEST, LONGEST_NAME, contribute
from treffpunkt.people.limits import Limit
from treffpunkt.portal.door import Guest, behind_link, closed, render, speak

PURPOSES = ("invitation", rules.PHONES)
# Whoever writes faster than that is no person at a meeting; a whole room behind one address has a limit of its own.
PER_BROWSER = Limit("phones.browser", 30, 600)
MOST_ASKED = 40


class SayForm(forms.Form):
    """A statement, and the name its writer wants beside it."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.CharField(widget=forms.HiddenInput, required=False)
    sent_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=gettext_lazy("What would you like to say?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Nothing has been written yet.")},
    )
    shown_name = forms.CharField(
        label=gettext_lazy("A name that may stand beside it"),
        help_text=gettext_lazy("Leave it empty and nobody sees who wrote it, not even us."),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid7


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(*PURPOSES)
def say(guest: Guest) -> HttpResponse:
    """Show the topic and the field, or take what was written."""
    return show(guest)


def show(guest: Guest) -> HttpResponse:
    """Show the page of whoever may write, in her language."""
    place = running.place_of(guest.by)
    if place is None:
        return closed(guest.request)
    with speak(_language(guest, place)):
        if guest.request.method == "POST":
            return _take(guest, place)
        if _by_script(guest):
            return JsonResponse(_news(guest, place))
        return _page(guest, place, SayForm(initial={"item": _item_id(place)}))


def _take(guest: Guest, place: Place) -> HttpResponse:
    form = SayForm(guest.request.POST)
    by_script = _by_script(guest)
    if not form.is_valid():
        words = [str(error) for errors in form.errors.values() for error in errors]
        return _refused(" ".join(words)) if by_script else _page(guest, place, form)
    if wait := PER_BROWSER.count(guest.link.pk, guest.request.META.get("CSRF_COOKIE", "")):
        words = [_("That was very fast. Please wait a moment before you write again.")]
        if by_script:
            return JsonResponse({"state": "later", "message": words[0], "seconds": wait}, status=429)
        form.add_error(None, words[0])
        return _page(guest, place, form)
    try:
        _store(guest, place, form.cleaned_data)
    except PersonalDataFound as error:
        shown = marked(tidy(form.cleaned_data["text"], lines=True), error.findings)
        if by_script:
            return JsonResponse({"state": "findings", "marked": shown}, status=422)
        return _page(guest, place, form, findings=shown)
    except DomainError as error:
        if by_script:
            return _refused(str(error.message))
        form.add_error(None, str(error.message))
        return _page(guest, place, form)
    if by_script:
        return JsonResponse({"state": "stored", "id": str(form.cleaned_data["id"])})
    return redirect(guest.url("say", sent="1"))


def _store(guest: Guest, place: Place, given: dict[str, Any]) -> Contribution:
    """Store it as it stands, or, where its writer said so, without what was found or with it kept."""
    wanted = as_uuid(given["item"])
    item = AgendaItem.objects.filter(meeting=place.meeting, pk=wanted).first() if wanted else None
    values = {
        "by": guest.by, "meeting": place.meeting, "group": place.group if guest.by.purpose == rules.PHONES else None,
        "id": given["id"], "item": item, "language": translation.get_language() or "",
        "shown_name": given["shown_name"], "sent_at": given["sent_at"],
        "as_guest": guest.is_known,
    }  # fmt: skip
    decided = guest.request.POST.get("personal", "")
    text = given["text"]
    if decided == "take_out":
        try:
            return contribute(text=text, **values)
        except PersonalDataFound as error:
            text = mask(tidy(text, lines=True), error.findings)
    return contribute(text=text, keep_findings=decided in ("keep", "take_out"), **values)


def _page(guest: Guest, place: Place, form: SayForm, *, findings: SafeString | str = "") -> HttpResponse:
    context = {
        "title": _("Write along"),
        "form": form,
        "findings": findings,
        "sent": bool(guest.request.GET.get("sent")),
        "longest": LONGEST,
        "language_links": guest.language_links("say" if guest.by.purpose == "invitation" else "link"),
        "own": guest.by.purpose == "invitation",
    }
    return render(guest, "portal/meetings/say.html", context | _topic(guest, place))


def _topic(guest: Guest, place: Place) -> dict[str, Any]:
    """Tell what is talked about, in the reader's language."""
    meeting, language = place.meeting, translation.get_language() or "en"
    item = _item(place)
    questions, spoken = wording.item_questions(item, language) if item else ([], language)
    return {
        "meeting": meeting,
        "group": digits(place.group.number, language, guest.digits) if place.group else "",
        "item": item,
        "topic": localized(item.titles, language) if item else ("", ""),
        "questions": questions,
        "promised": promise_lines(promised(item)),
        "spoken": spoken,
        "is_open": meeting.state == Meeting.State.RUNNING,
        "is_ahead": meeting.state in rules.BEFORE,
    }


def _news(guest: Guest, place: Place) -> dict[str, Any]:
    """Tell the script of the page what is talked about now, and which of its statements were released."""
    context = _topic(guest, place)
    asked = [pk for text in guest.request.GET.get("ids", "").split(",")[:MOST_ASKED] if (pk := as_uuid(text))]
    released = Contribution.objects.filter(pk__in=asked, meeting=place.meeting, state=Contribution.State.RELEASED)
    return {
        "item": str(_item_id(place) or ""),
        "topic": render_to_string("portal/meetings/_topic.html", context, guest.request),
        "released": [str(pk) for pk in released.values_list("pk", flat=True)] if asked else [],
    }


def _item(place: Place) -> AgendaItem | None:
    """Give the topic at hand: the group's, else the meeting's."""
    if place.group and place.group.item:
        return place.group.item
    return place.meeting.current_item if place.meeting.state == Meeting.State.RUNNING else None


def _item_id(place: Place) -> UUID | None:
    item = _item(place)
    return item.pk if item else None


def _language(guest: Guest, place: Place) -> str:
    own = place.invitation.language if place.invitation else ""
    return guest.chosen["lang"] or own or translation.get_language() or "en"


def marked(text: str, findings: list[Finding]) -> SafeString:
    """Write a text with the stretches marked that may tell who somebody is."""
    parts, end = [], 0
    for finding in findings:
        parts += [escape(text[end : finding.start]), format_html("<mark>{}</mark>", text[finding.start : finding.end])]
        end = finding.end
    return mark_safe("".join([*parts, escape(text[end:])]))


def _refused(words: str) -> JsonResponse:
    return JsonResponse({"state": "refused", "message": words}, status=422)


def _by_script(guest: Guest) -> bool:
    return "application/json" in guest.request.headers.get("Accept", "")
