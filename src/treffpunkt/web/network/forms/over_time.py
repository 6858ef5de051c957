"""The forms of figures over time."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FiguresForm(forms.Form):
    """What one sees on looking in."""

    members = forms.IntegerField(
        label=_("Members"), required=False, min_value=0, max_value=2**31 - 1,
        help_text=_("As the platform shows it. It is potential reach, not people."),
    )  # fmt: skip
    posts = forms.IntegerField(
        label=_("Posts during the last seven days"), required=False, min_value=0, max_value=2**31 - 1,
        help_text=_("Without comments. An estimate will do."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for one number at least."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and values.get("members") is None and values.get("posts") is None:
            self.add_error(None, _("Please enter at least one number."))
        return values
