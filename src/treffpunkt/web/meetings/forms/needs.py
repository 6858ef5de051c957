"""What a guest told one of us: whom she brings, what she needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.text import tidy
from treffpunkt.meetings.models import Invitation, Needs
from treffpunkt.meetings.services.needs import LONGEST, MOST_CHILDREN
from treffpunkt.vocabulary.models import Language

NEEDS = ("interpreting", "children", "sign_language", "step_free", "other")


class GuestNeedsForm(forms.Form):
    """Whom a guest brings and what she needs, as she told it by phone or in a chat."""

    welcome = forms.BooleanField(label=_("She may bring somebody"), required=False)
    companions = forms.BooleanField(label=_("She brings one person"), required=False)
    interpreting = forms.ChoiceField(label=_("Interpreting into"), required=False)
    children = forms.IntegerField(
        label=_("Child care, number of children"), min_value=0, max_value=MOST_CHILDREN, required=False
    )
    sign_language = forms.BooleanField(label=_("Sign language"), required=False)
    step_free = forms.BooleanField(label=_("Step-free access"), required=False)
    other = forms.CharField(
        label=_("Something else"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In her words, without names and illnesses."),
    )

    def __init__(self, *args: Any, may_allow: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_allow:
            del self.fields["welcome"]
        rows = Language.objects.order_by("position", "tag")
        self.fields["interpreting"].choices = [("", "–"), *((row.tag, str(row)) for row in rows)]  # type: ignore[attr-defined]

    def clean_other(self) -> str:
        """Take out what nobody can see."""
        return tidy(self.cleaned_data["other"])

    def needs(self) -> dict[str, Any]:
        """Give what the service takes."""
        return {name: self.cleaned_data[name] for name in NEEDS} | {"children": self.cleaned_data["children"] or 0}


def told(invitation: Invitation, needs: Needs | None) -> dict[str, Any]:
    """Give what is noted as the initial values of the form."""
    first: dict[str, Any] = {"welcome": invitation.may_bring, "companions": bool(invitation.companions)}
    return first | ({name: getattr(needs, name) for name in NEEDS} if needs else {})
