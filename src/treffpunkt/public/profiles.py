"""Is this profile real? Whoever was written to pastes the link and hears yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from treffpunkt.network.checking import Answer, Verdict, check
from treffpunkt.public.views import in_language, language_links
from treffpunkt.ui.pages import page

_SAID = {
    Verdict.OURS: gettext_lazy("Yes, this profile is ours."),
    Verdict.SUSPENDED: gettext_lazy("Careful: this profile was ours, but the platform has blocked it."),
    Verdict.RETIRED: gettext_lazy("Careful: this profile was ours, but we no longer use it."),
    Verdict.NOT_OURS: gettext_lazy("No, this profile is not ours."),
    Verdict.HIDDEN: gettext_lazy("This short link does not say where it leads."),
    Verdict.UNREADABLE: gettext_lazy("We cannot tell from this which profile is meant."),
}


@dataclass(frozen=True)
class Sign:
    """How an answer looks beside its words."""

    kind: str
    icon: str


_CAREFUL = Sign("attention", icon="shield-alert")
_UNCLEAR = Sign("attention", icon="shield-question-mark")
_SIGNS = {
    Verdict.OURS: Sign("good", icon="shield-check"),
    Verdict.SUSPENDED: _CAREFUL,
    Verdict.RETIRED: _CAREFUL,
    Verdict.NOT_OURS: Sign("urgent", icon="shield-x"),
    Verdict.HIDDEN: _UNCLEAR,
    Verdict.UNREADABLE: _UNCLEAR,
}


class LinkForm(forms.Form):
    """What somebody copied from an app or a browser; it is read and forgotten."""

    link = forms.CharField(
        label=gettext_lazy("Link to the profile, name or number"),
        max_length=2000,
        widget=forms.TextInput(
            attrs={
                "dir": "auto", "inputmode": "url", "autocomplete": "off", "autocapitalize": "none",
                "spellcheck": "false", "enterkeyhint": "go",
            }
        ),
        help_text=gettext_lazy("Open the profile, copy its link and paste it here. We do not store it."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def profile(request: HttpRequest, language: str) -> HttpResponse:
    """Ask for a link, and say whether it is a profile of ours; the link goes into no address, log or cache."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    answer = check(form.cleaned_data["link"]) if form.is_valid() else None
    context = {
        "title": _("Is this profile real?"),
        # After an answer the field is empty: whoever is handed the phone next reads nobody's link.
        "form": LinkForm() if answer else form,
        "mail": parseaddr(settings.MAIL_FROM)[1],
        "language": language,
        **(_told(answer) if answer else {}),
    }
    response = page(request, "public/profile.html", context | language_links("public:profile"))
    response["Cache-Control"] = "no-store"
    if answer:
        response["X-Robots-Tag"] = "noindex"
    return response


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "answer": answer,
        "said": _SAID[answer.verdict],
        "sign": _SIGNS[answer.verdict],
        "calm": answer.verdict == Verdict.OURS,
        "unclear": answer.verdict in (Verdict.HIDDEN, Verdict.UNREADABLE),
        "found": [(one, one.address.removeprefix("https://").removeprefix("www.")) for one in answer.profiles],
    }
