"""The form of a text to guests."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.meetings.services.texts import LONGEST, LONGEST_SUBJECT
from treffpunkt.meetings.texts import Present


class GuestTextForm(forms.Form):
    """Subject and words; the subject tells nothing to whoever sees it by chance."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=LONGEST_SUBJECT,
        help_text=_("Neutral: without a group, a topic, or whom it is for. In a chat it is left out."),
    )
    body = forms.CharField(label=_("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 18}))

    def __init__(self, *args: Any, language: str, preview: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        looks = {
            "lang": language,
            "hx-post": preview,
            "hx-trigger": "input changed delay:500ms",
            "hx-target": "#preview",
            "hx-swap": "outerHTML",
            "hx-include": "closest form",
        }
        for name in ("subject", "body"):
            self.fields[name].widget.attrs.update(looks)


def stands(text: Present) -> dict[str, Any]:
    """Give a text that holds as the initial values of the form."""
    return {"subject": text.subject, "body": text.body, "revision": text.revision}
