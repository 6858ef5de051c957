"""Is this profile real? Whoever was written to pastes the link and hears yes or no."""

from __future__ import annotations

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
_SIGNS = {
    Verdict.OURS: ("good", "shield-check"),
    Verdict.SUSPENDED: ("attention", "shield-alert"),
    Verdict.RETIRED: ("attention", "shield-alert"),
    Verdict.NOT_OURS: ("urgent", "shield-x"),
    Verdict.HIDDEN: ("attention", "shield-question-mark"),
    Verdict.UNREADABLE: ("attention", "shield-question-mark"),
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
    kind, icon = _SIGNS[answer.verdict]
    return {
        "answer": answer,
        "said": _SAID[answer.verdict],
        "sign": {"kind": kind, "icon": icon},
        "calm": answer.verdict == Verdict.OURS,
        "unclear": answer.verdict in (Verdict.HIDDEN, Verdict.UNREADABLE),
    }
