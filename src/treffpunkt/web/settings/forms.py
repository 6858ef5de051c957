"""Forms of the settings."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from treffpunkt.people.models import Role, Staff, Theme


class SettingsForm(forms.Form):
    """How somebody likes to read."""

    name = forms.CharField(label=_("Your name"), max_length=120)
    language = forms.ChoiceField(label=_("Language of the pages"))
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=64, help_text=_("As the tz database names it, such as Europe/Berlin.")
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=Theme.choices, required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        names = dict(settings.LANGUAGES)
        self.fields["language"].choices = [(tag, names[tag]) for tag in settings.STAFF_LANGUAGES]  # type: ignore[attr-defined]

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
        return cls(data, initial=initial)


class StaffForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Mail address"), help_text=_("The sign-in code is sent there."))
    roles = forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)
