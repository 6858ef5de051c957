"""The forms of the pages about access."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements.health.limits import LIMITS


class ThresholdsForm(forms.Form):
    """From how many days on the radar speaks of something."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for limit in LIMITS:
            self.fields[limit.key] = forms.IntegerField(
                label=_("%(what)s … days") % {"what": limit.title}, min_value=limit.least, max_value=limit.most,
                help_text=_("Proposed: %(number)s") % {"number": limit.proposed},
            )  # fmt: skip


class NamedForm(forms.Form):
    """Whom somebody who leaves named."""

    words = forms.CharField(
        label=gettext_lazy("Whom they named, and how"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "2", "dir": "auto"}),
        help_text=gettext_lazy("Only what they said themselves. It goes when this is settled."),
    )
