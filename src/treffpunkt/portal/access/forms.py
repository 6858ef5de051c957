"""What somebody who leaves may answer."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OthersForm(forms.Form):
    """With whom we may speak; a yes without a name is a yes as well."""

    words = forms.CharField(
        label=_("With whom? A name, or how we find them"),
        help_text=_("Only somebody who is fine with it. You can also leave this empty."),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "3", "dir": "auto"}),
    )
