"""The forms of figures over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from treffpunkt.core.clock import today
from treffpunkt.network.counting.counted import Order
from treffpunkt.network.models import Role, Space


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


class DatesForm(forms.Form):
    """Two days to compare."""

    use_required_attribute = False
    first = forms.DateField(label=pgettext_lazy("a day", "From"), widget=forms.DateInput)
    last = forms.DateField(label=pgettext_lazy("a day", "To"), widget=forms.DateInput)

    def clean(self) -> dict[str, Any]:
        """Put the earlier day first."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and values["first"] > values["last"]:
            values["first"], values["last"] = values["last"], values["first"]
        return values


class RelocationForm(forms.Form):
    """Where a space has moved to, since when, what becomes of the old one, and who goes along."""

    address = forms.CharField(
        label=_("New address"),
        max_length=500,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Paste the link as you have it. A group we know already is recognised by it."),
    )
    name = forms.CharField(label=_("Name"), max_length=300, help_text=_("As the group calls itself there."))
    day = forms.DateField(label=_("Moved on"), widget=forms.DateInput)
    leaves = forms.ChoiceField(
        label=_("What becomes of the old group?"),
        widget=forms.RadioSelect,
        choices=[
            (Space.State.DORMANT, _("It is still there, but quiet.")),
            (Space.State.LOST, _("It is gone, or closed to us.")),
        ],
    )
    along = forms.MultipleChoiceField(
        label=_("Who leads the new group too?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Their role in the old group ends on that day."),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if roles:
            choices = [(str(one.pk), f"{one.actor} · {one.get_role_display()}") for one in roles]
            self.fields["along"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["along"]

    def clean_day(self) -> date:
        """Refuse a day to come."""
        day: date = self.cleaned_data["day"]
        if day > today():
            raise ValidationError(_("This day is still to come."))
        return day

    def values(self) -> dict[str, Any]:
        """Give what was chosen, as the service takes it."""
        return self.cleaned_data | {"along": [UUID(pk) for pk in self.cleaned_data.get("along", ())]}
