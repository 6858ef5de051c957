"""A wave of invitations: who, and when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7


class WaveForm(forms.Form):
    """When a wave goes out; its guests are ticked beside it."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    goes_on = forms.DateField(
        label=_("Goes out by itself on"), required=False, widget=forms.DateInput,
        help_text=_("In the morning of this day. Without a day you send it yourself."),
    )  # fmt: skip
    only_if_free = forms.BooleanField(label=_("Only while seats are free"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id"].initial = uuid7()
