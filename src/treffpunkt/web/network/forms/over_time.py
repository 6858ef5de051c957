"""The forms of figures over time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import today
from treffpunkt.network.counting.counted import Order


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


class ExportForm(forms.Form):
    """A file that a platform exported, and when it did."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A chat of WhatsApp or Signal (TXT or ZIP, without media), of Telegram or Instagram (JSON), a feed, or the "
            "export of a WordPress blog."
        ),
    )
    day = forms.DateField(
        label=_("Exported on"),
        widget=forms.DateInput,
        help_text=_("Up to the week before, weeks without a post count as silent."),
    )

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(
                _("The file is larger than %(most)s MB. Please export it without media.")
                % {"most": settings.IMPORT_MAX_BYTES // 2**20}
            )
        return file

    def clean_day(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["day"]
        if day > today():
            raise ValidationError(_("This day is still to come."))
        return day


class CountedForm(forms.Form):
    """What was counted, sealed, and in which order its dates are to be read where the file does not tell."""

    counted = forms.CharField(widget=forms.HiddenInput, max_length=200_000)
    order = forms.ChoiceField(
        label=_("How are the dates written?"), widget=forms.RadioSelect, required=False, choices=[]
    )

    def __init__(self, *args: Any, orders: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = orders is not None and len(orders) > 1
        choices = list(orders.items()) if orders else [(str(one), str(one)) for one in Order]
        self.fields["order"].choices = choices  # type: ignore[attr-defined]
        if several:
            self.fields["order"].required = True
        elif orders is not None:
            self.fields["order"].widget = forms.HiddenInput()


class FeedForm(forms.Form):
    """The address of a feed, or of the page that names it."""

    address = forms.CharField(
        label=_("Address of the feed or the blog"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("The address of the blog will do: we look for its feed there."),
    )
