"""The forms of the daily round."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.network.models import Look


class LookForm(forms.Form):
    """What a look into a group found: one tap, and now and then a number."""

    id = forms.UUIDField(required=False)
    outcome = forms.ChoiceField(choices=Look.Outcome.choices)
    members = forms.IntegerField(label=_("Members"), min_value=0, max_value=2_000_000_000, required=False)
    community = forms.UUIDField(required=False)


class WordForm(forms.Form):
    """A word about a problem, for coordination."""

    word = forms.CharField(label=_("What is the matter?"), max_length=300, required=False)
