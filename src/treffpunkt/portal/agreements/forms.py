"""What somebody may answer to a text put before them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.text import tidy


class AgreeForm(forms.Form):
    """Agreeing under a name of one's own choice; `text` names what was read by its hash."""

    text = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Your name or a handle"),
        help_text=_("As you like. It need not stand in any document."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_name(self) -> str:
        """Take out what nobody can see."""
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Please choose a name or a handle."))
        return name


class AskForm(forms.Form):
    """A question about the text, or a wish to change it; its own id makes one of a form sent twice."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("What would you like to know or change?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    proposal = forms.BooleanField(label=_("I would like a sentence to be different"), required=False)

    def clean_remark(self) -> str:
        """Take out what nobody can see."""
        text = tidy(self.cleaned_data["remark"], lines=True)
        if not text:
            raise forms.ValidationError(_("Nothing has been written yet."))
        return text
