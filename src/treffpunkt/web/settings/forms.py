"""Forms of the settings."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.people.models import Role, Staff, Theme, Weekday
from treffpunkt.people.queries import active_staff
from treffpunkt.people.rules import may_give


def _languages() -> list[tuple[str, Any]]:
    names = dict(settings.LANGUAGES)
    return [(tag, names[tag]) for tag in settings.STAFF_LANGUAGES]


class SettingsForm(forms.Form):
    """How somebody likes to read."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the pages"), choices=_languages)
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=64, help_text=_("As the tz database names it, such as Europe/Berlin.")
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices, required=False)

    def clean_time_zone(self) -> str:
        """Accept a zone the system knows."""
        zone: str = self.cleaned_data["time_zone"]
        if zone not in available_timezones():
            raise forms.ValidationError(_("This time zone is not known. An example: Europe/Berlin."))
        return zone

    @classmethod
    def of(cls, staff: Staff, data: object = None) -> SettingsForm:
        """Fill the form from an account."""
        initial = {"name": staff.name, "language": staff.language, "time_zone": staff.time_zone, "theme": staff.theme}
        return cls(data, initial=initial)  # type: ignore[arg-type]


class DaysForm(forms.Form):
    """On which days somebody works."""

    working_days = forms.TypedMultipleChoiceField(
        label=_("I work on"), choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text=_("What falls on another day is due on your next one."),
    )  # fmt: skip
    wants_reminders = forms.BooleanField(
        label=_("Send me a mail in the morning when something is newly due"), required=False
    )

    @classmethod
    def of(cls, staff: Staff, data: object = None) -> DaysForm:
        """Fill the form from an account."""
        initial = {"working_days": staff.working_days, "wants_reminders": staff.wants_reminders}
        return cls(data, initial=initial)  # type: ignore[arg-type]


class AbsenceForm(forms.Form):
    """When somebody is away, and who stands in."""

    starts = forms.DateField(label=_("First day"))
    ends = forms.DateField(label=_("Last day"))
    stand_in = forms.ModelChoiceField(active_staff(), label=_("Who stands in"), required=False, empty_label=_("nobody"))

    def __init__(self, *args: Any, by: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stand_in"].queryset = active_staff().exclude(pk=by.pk)  # type: ignore[attr-defined]


class RolesForm(forms.Form):
    """What somebody does here."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, by: Agent, staff: Staff | None = None, **kwargs: Any) -> None:
        held = set(staff.roles) if staff else set()
        super().__init__(*args, **kwargs)
        self.initial["roles"] = sorted(held)
        # Shown to whoever may give it; whoever has it keeps it in the form of those who may not take it.
        choices = [(role.value, role.label) for role in Role if role in held or may_give(by, {role})]
        self.fields["roles"].choices = choices  # type: ignore[attr-defined]


class InviteForm(RolesForm):
    """Somebody new."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Mail address"), help_text=_("The link and later the sign-in codes go there."))
    language = forms.ChoiceField(label=_("Language of the pages"), choices=_languages)
    field_order = ("name", "email", "language", "roles")


class HandOverForm(forms.Form):
    """To whom goes what somebody looks after."""

    to = forms.ModelChoiceField(active_staff(), label=_("To whom"), empty_label=_("Choose a colleague"))
    parts = forms.MultipleChoiceField(
        label=_("What"),
        choices=[
            ("people", _("People")),
            ("tasks", _("Tasks, and texts to send by chat")),
            ("communities", _("Communities")),
            ("meetings", _("Meetings and series")),
        ],
        initial=["people", "tasks", "communities", "meetings"],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, leaver: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = active_staff().exclude(pk=leaver.pk)  # type: ignore[attr-defined]
