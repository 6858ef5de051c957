"""A calendar file, and which of its dates become meetings."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.meetings.calendar_files.files import LARGEST
from treffpunkt.meetings.calendar_files.reading import Event
from treffpunkt.meetings.models import Series
from treffpunkt.meetings.rules import viewable_series
from treffpunkt.meetings.services.calendar_files import Planned
from treffpunkt.network.models import Community
from treffpunkt.network.rules import communities_of

_SALT = "meetings.calendar_file"
_A_DAY = 24 * 60 * 60
# So many events that cannot be planned are named on the page.
MOST_NAMED = 50


class CalendarFileForm(forms.Form):
    """A file from a calendar."""

    file = forms.FileField(
        label=_("Calendar file"), help_text=_("An .ics file, as calendars and invitations by mail hold it. Up to 2 MB.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".ics,.ical,.ifb,text/calendar"

    def clean_file(self) -> bytes:
        """Refuse what is too large, and read the rest."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(
                _("The file is larger than %(most)s MB. Please export only the meetings you want to plan."),
                params={"most": LARGEST // 2**20},
            )
        content: bytes = file.read()
        return content


class ChooseForm(forms.Form):
    """Which dates become meetings, with whom; what the file said is carried along, signed."""

    found = forms.CharField(widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(label=_("Dates"), required=False)
    community = forms.ModelChoiceField(Community.objects.none(), label=_("Community"))
    series = forms.ModelChoiceField(Series.objects.none(), label=_("Series"), required=False)

    def __init__(self, data: Any = None, *, by: Agent, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        given = data.get("found", "") if data is not None else (initial or {}).get("found", "")
        self.rows, self.left_out, self.more_left_out = _unpacked(given)
        self.fields["community"].queryset = communities_of(by)  # type: ignore[attr-defined]
        self.fields["series"].queryset = viewable_series(by)  # type: ignore[attr-defined]
        self.fields["take"].choices = [(str(number), row["name"]) for number, row in enumerate(self.rows)]  # type: ignore[attr-defined]
        for number, row in enumerate(self.rows):
            if not row["at"]:
                self.fields[f"at_{number}"] = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput)

    def clean_found(self) -> str:
        """Refuse what did not come from us, or long ago."""
        if not self.rows:
            raise ValidationError(_("Too much time has passed. Please choose the file again."))
        return str(self.cleaned_data["found"])

    def clean(self) -> dict[str, Any]:
        """Ask for a date at least, and for the time where the file names only a day."""
        data = super().clean() or self.cleaned_data
        for name in [name for name in self.errors if name.startswith("at_")]:
            if name.removeprefix("at_") not in (data.get("take") or ()):
                del self.errors[name]  # whose date is left out
        if not self.errors and not data.get("take"):
            self.add_error("take", _("Choose at least one date."))
        return data

    def chosen(self) -> list[Planned]:
        """Give what the service takes."""
        return [self._planned(taken) for taken in self.cleaned_data["take"]]

    def _planned(self, taken: str) -> Planned:
        row = self.rows[int(taken)]
        at = time.fromisoformat(row["at"]) if row["at"] else self.cleaned_data[f"at_{taken}"]
        said = {name: row[name] for name in ("key", "name", "day", "zone", "minutes_long", "venue", "room")}
        return Planned(at=at, **said)


def packed(events: list[Event]) -> str:
    """Carry what a file said through the page, so that neither the file nor what it says is stored."""
    rows = [
        {
            "key": one.key, "day": str(one.day), "at": f"{one.at:%H:%M}" if one.at else "", "name": event.name,
            "zone": event.zone, "minutes_long": event.minutes_long, "venue": event.venue, "room": event.room,
            "event": number,
        }
        for number, event in enumerate(events)
        for one in event.dates
    ]  # fmt: skip
    left_out = [{"name": event.name, "why": event.why} for event in events if event.why]
    carried = {
        "rows": rows, "notes": [event.notes for event in events], "left_out": left_out[:MOST_NAMED],
        "more_left_out": max(0, len(left_out) - MOST_NAMED),
    }  # fmt: skip
    return signing.dumps(carried, salt=_SALT, compress=True)


def _unpacked(given: str) -> tuple[list[dict[str, Any]], list[dict[str, str]], int]:
    """Give the dates of a file, the events that were left out of it, and how many more these are."""
    try:
        carried = signing.loads(given, salt=_SALT, max_age=_A_DAY)
    except (signing.BadSignature, ValueError, UnicodeError):
        return [], [], 0
    rows = [
        row | {"notes": carried["notes"][row["event"]], "day": date.fromisoformat(row["day"])}
        for row in carried["rows"]
    ]
    return rows, carried["left_out"], carried["more_left_out"]
