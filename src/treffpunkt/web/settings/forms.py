"""Forms of the settings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.text import as_uuid
from treffpunkt.people.models import Role, Staff, Theme, Weekday
from treffpunkt.people.queries import active_staff
from treffpunkt.people.rules import may_give
from treffpunkt.ui.templatetags.ui import language_name
from treffpunkt.web.settings.leaving import PARTS


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


class ColleagueField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague, with the languages they speak: that is what decides who can take over."""

    def label_from_instance(self, obj: Staff) -> str:
        """Name somebody and what they speak."""
        spoken = ", ".join(language_name(tag) for tag in obj.spoken)
        return f"{obj.name} ({spoken})" if spoken else obj.name


class HandOverForm(forms.Form):
    """To whom goes what somebody looks after: everything, whole parts, or single things."""

    to = ColleagueField(active_staff(), label=_("To whom"), empty_label=_("Choose a colleague"), required=False)
    what = forms.ChoiceField(choices=[("chosen", ""), ("all", ""), ("retire", "")], required=False)
    parts = forms.MultipleChoiceField(choices=[(part.key, part.title) for part in PARTS], required=False)

    def __init__(self, *args: Any, leaver: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = active_staff().exclude(pk=leaver.pk)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask to whom, unless profiles are only to be retired."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not values.get("to") and values.get("what") != "retire" and "to" not in self.errors:
            self.add_error("to", _("Please choose a colleague."))
        return values

    def chosen(self) -> dict[str, Collection[UUID] | None]:
        """Give the ids that are ticked, by part; None for a part that goes as a whole."""
        whole = {part.key for part in PARTS} if self.cleaned_data["what"] == "all" else set(self.cleaned_data["parts"])
        ids = {part.key: self._ids(part.key) for part in PARTS}
        return {key: None if key in whole else some for key, some in ids.items() if key in whole or some}

    def _ids(self, key: str) -> list[UUID]:
        texts = self.data.getlist(key)[:500] if hasattr(self.data, "getlist") else []
        return [found for text in texts if (found := as_uuid(text))]
