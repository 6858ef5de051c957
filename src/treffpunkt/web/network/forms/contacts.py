"""The form of the contact log: made for a phone, between two talks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core import clock
from treffpunkt.network.models import Channel, Contact
from treffpunkt.web.network.finding import OfferingForm


@dataclass(frozen=True)
class Outcome:
    """An outcome as a button that saves: its word, with an icon and a colour of meaning beside it."""

    value: Contact.Outcome
    icon: str
    kind: str

    @property
    def label(self) -> str:
        """Name the outcome in the reader's language."""
        return str(self.value.label)


OUTCOMES = (
    Outcome(Contact.Outcome.ASKED, icon="send", kind="info"),
    Outcome(Contact.Outcome.NO_ANSWER, icon="phone-missed", kind="quiet"),
    Outcome(Contact.Outcome.TALKED, icon="message-circle", kind="step"),
    Outcome(Contact.Outcome.INTERESTED, icon="sprout", kind="info"),
    Outcome(Contact.Outcome.AGREED, icon="handshake", kind="good"),
    Outcome(Contact.Outcome.LATER, icon="clock", kind="attention"),
    Outcome(Contact.Outcome.DECLINED, icon="ban", kind="urgent"),
)


class ContactForm(OfferingForm):
    """When, by which channel, what came of it, what is next; a tap on the outcome is enough."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    who = forms.CharField(
        label=_("With whom"),
        max_length=300,
        required=False,
        help_text=_("A person, a group or an organisation, as we have it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=_("What was said"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": "3", "dir": "auto"}),
        help_text=_("No names of those who ask for advice."),
    )
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=[("", _("not said")), *Contact.Outcome.choices], required=False
    )
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_touch = forms.DateField(
        label=_("Next contact on"),
        required=False,
        help_text=_("Left empty, it follows from what came of it."),
    )
    channel_kind = forms.ChoiceField(
        label=_("Channel"), choices=[("", _("not said")), *Channel.Kind.choices], required=False
    )
    direction = forms.ChoiceField(
        label=_("Who began"),
        choices=Contact.Direction.choices,
        initial=Contact.Direction.OUT,
        required=False,
        widget=forms.RadioSelect,
    )
    at = forms.DateTimeField(label=_("When"), initial=clock.now, required=False, widget=forms.DateTimeInput)
    confidential = forms.BooleanField(
        label=_("Confidential: only I can read this"),
        required=False,
        help_text=_("It is in no search of others, no export and no minutes."),
    )

    def __init__(self, *args: Any, done: forms.Field | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if done is not None:
            self.fields["done_there"] = done

    def values(self) -> dict[str, Any]:
        """Give what the log keeps."""
        names = ("channel_kind", "note", "next_step", "confidential", "outcome")
        return {name: self.cleaned_data[name] for name in names} | {
            "at": self.cleaned_data["at"] or clock.now(),
            "direction": self.cleaned_data["direction"] or Contact.Direction.OUT,
        }

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing worth keeping, in the past."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("outcome") and not values.get("note"):
            self.add_error(None, _("Please say what came of it, or write a line."))
        if values.get("at") and values["at"] > clock.now() + timedelta(hours=1):
            self.add_error("at", _("This lies in the future."))
        return values
