"""The texts to guests: listed, changed with a preview beside them, put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.core.text import LANGUAGES, language_direction, tidy
from treffpunkt.meetings import rules, texts
from treffpunkt.meetings.models import GuestText
from treffpunkt.meetings.neutral import telling_words
from treffpunkt.meetings.services.texts import TellingSubject, change_text, check_text, reset_text, tidied
from treffpunkt.post.rendering import Text
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.texts import GuestTextForm, stands
from treffpunkt.web.stale import conflicting, take_version


@dataclass(frozen=True)
class Shown:
    """A text as the demo guest would read it, or why it cannot be sent so."""

    language: str
    text: Text | None
    problem: str = ""
    # Words of the subject that tell something.
    telling: tuple[str, ...] = ()


def guest_texts(request: StaffRequest) -> HttpResponse:
    """List the texts, each with its languages."""
    require(rules.may_create(request.user))
    rows = texts.every()
    groups = [(label, [row for row in rows if row.purpose == purpose]) for purpose, label in GuestText.Purpose.choices]
    context = {"groups": groups, "may_change": rules.may_edit_texts(request.user)}
    return page(request, "web/meetings/texts.html", context)


def edit(request: StaffRequest, purpose: str, language: str) -> HttpResponse:
    """Change a text; an older version may be taken up again."""
    require(rules.may_edit_texts(request.user))
    _known(purpose, language)
    present = texts.current(purpose, language)
    versions = list(GuestText.objects.filter(purpose=purpose, language=language).select_related("written_by")[:20])
    address = reverse("web:meetings:preview_text", args=[purpose, language])
    form = GuestTextForm(
        request.POST or None, language=language, preview=address, initial=stands(present) | _taken_up(request, versions)
    )
    telling: list[str] = []
    conflict: list[tuple[str, str]] = []
    if form.is_valid() and "look" not in request.POST:
        try:
            change_text(by=request.user, purpose=purpose, language=language, **_given(request, form))
        except TellingSubject as error:
            telling = error.words
            form.add_error("subject", str(error.message))
        except Stale as error:
            form.add_error(None, str(error.message))
            conflict = conflicting(form, stands(present))
            take_version(form, present.revision, field="revision")
        except DomainError as error:
            form.add_error("body", str(error.message))
        else:
            messages.success(request, _saved())
            return redirect("web:meetings:texts")
    subject, body = form["subject"].value() or "", form["body"].value() or ""
    context = {
        "form": form, "present": present, "language": language, "telling": telling, "conflict": conflict, "versions": versions,
        "names": list(texts.NAMES.items()), "required": texts.required(purpose),
        "shown": _shown(request, purpose, language, subject, body), "direction": language_direction(language),
    }  # fmt: skip
    return page(request, "web/meetings/text.html", context)


@require_POST
def preview(request: StaffRequest, purpose: str, language: str) -> HttpResponse:
    """Show what is being typed as a mail and as a chat text."""
    require(rules.may_edit_texts(request.user))
    _known(purpose, language)
    shown = _shown(request, purpose, language, request.POST.get("subject", ""), request.POST.get("body", ""))
    context = {"shown": shown, "direction": language_direction(language)}
    return page(request, "web/meetings/text__preview.html", context)


@require_POST
def reset(request: StaffRequest, purpose: str, language: str) -> HttpResponse:
    """Let the standard text hold again."""
    require(rules.may_edit_texts(request.user))
    _known(purpose, language)
    reset_text(by=request.user, purpose=purpose, language=language)
    messages.success(request, _("The standard text holds again."))
    return redirect("web:meetings:texts")


def _known(purpose: str, language: str) -> None:
    if purpose not in GuestText.Purpose.values or language not in LANGUAGES:
        raise Http404


def _given(request: StaffRequest, form: GuestTextForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {
        "subject": data["subject"], "body": data["body"], "revision": data["revision"],
        "keep_subject": "keep" in request.POST,
    }  # fmt: skip


def _taken_up(request: StaffRequest, versions: list[GuestText]) -> dict[str, Any]:
    """Give the words of an older version that is to be taken up again."""
    wanted = request.GET.get("version", "")
    row = next((one for one in versions if str(one.revision) == wanted and one.body), None)
    return {"subject": row.subject, "body": row.body} if row else {}


def _shown(request: StaffRequest, purpose: str, language: str, subject: str, body: str) -> Shown:
    subject, body = tidy(subject)[:1000], tidied(body)[:10_000]
    try:
        check_text(purpose, subject, body)
    except DomainError as error:
        return Shown(language, None, str(error.message))
    text = texts.shown_to_demo_guest(purpose, language, subject, body, request.user.name)
    return Shown(language, text, telling=tuple(telling_words(subject)))


def _saved() -> str:
    return _("Saved. It holds for what is sent from now on.")
