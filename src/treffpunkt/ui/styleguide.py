"""Made-up content for the style guide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from treffpunkt.ui.curves import curve

NEEDS = [("childcare", "Childcare"), ("recognition", "Recognition"), ("residence", "Residence")]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name of the group", help_text="As it stands on the platform.")
    link = forms.URLField(label="Address", required=False, assume_scheme="https")
    kind = forms.ChoiceField(label="Platform", choices=[("fb", "Facebook"), ("tg", "Telegram")])
    day = forms.DateField(label="Day")
    at = forms.DateTimeField(label="Begins", required=False)
    needs = forms.MultipleChoiceField(
        label="What it is about", choices=NEEDS, widget=forms.CheckboxSelectMultiple, required=False
    )
    answer = forms.ChoiceField(
        label="Answer", choices=[("yes", "Comes"), ("no", "Does not come")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False, help_text="In any language.")
    women = forms.BooleanField(label="Concerns women especially", required=False)
    file = forms.FileField(label="File", required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    """Give what the style guide shows."""
    now = timezone.now()
    return {
        "sample": SampleForm(),
        "refused": None,
        "refused_form": _refused(),
        "steps": [
            {"label": "Found", "done": True},
            {"label": "Contacted", "done": True},
            {"label": "Interested", "current": True},
            {"label": "Cooperating"},
        ],
        "curve": curve([120, 190, 240, 280, 310], 1000, second=[200, 330, 420, 470, 500]),
        "now": now,
        "yesterday": now - timedelta(days=1),
        "long_ago": now - timedelta(days=160),
        "soon": now + timedelta(days=3),
        "arabic": ("نساء برلين – أسئلة وأجوبة", "ar"),
        "original": ("تسأل نساء كثيرات عن حق الإقامة بعد الطلاق ولا يجدن جوابًا بالعربية.", "ar"),
        "serbian": ("Жене у Немачкој – питања и одговори", "sr"),
    }


def _refused() -> tuple[SampleForm]:
    """A refused form, wrapped so that the page itself still answers 200."""
    return (SampleForm({"link": "not an address"}),)
