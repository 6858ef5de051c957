"""What a guest may send."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.text import tidy


class AnswerForm(forms.Form):
    """An answer to an invitation, and what the guest wants us to know."""

    answer = forms.ChoiceField(
        choices=[
            ("accepted", _("Yes, I am coming")),
            ("tentative", _("Maybe")),
            ("declined", _("I cannot come")),
        ]
    )
    remark = forms.CharField(
        label=_("Is there something we should know?"),
        help_text=_("For example a language you need, or a question you would like to talk about."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_remark(self) -> str:
        """Take out what nobody can see."""
        return tidy(self.cleaned_data["remark"], lines=True)
