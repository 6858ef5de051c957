"""Forms of the search for a date: the moments proposed, and what somebody told us."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core.errors import DomainError
from treffpunkt.meetings.models import DatePoll, PollMoment
from treffpunkt.meetings.services.polls import MOST_MOMENTS
from treffpunkt.meetings.times import moment as moment_of

# Empty rows shown besides those that are filled.
FREE_ROWS = 4
FEWEST_ROWS = 8


class MomentsForm(forms.Form):
    """Days and hours to propose, and until when one may answer."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    stand = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    until = forms.DateField(label=_("Answer until"), help_text=_("The whole day still counts."), widget=forms.DateInput)

    def __init__(self, *args: Any, zone: str, filled: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.shown = min(MOST_MOMENTS, max(FEWEST_ROWS, filled + FREE_ROWS))
        self.fields["id"].initial = uuid7()
        for number in range(MOST_MOMENTS):
            day = _("Day of moment %(number)s") % {"number": number + 1}
            hour = _("Hour of moment %(number)s") % {"number": number + 1}
            self.fields[f"day_{number}"] = forms.DateField(label=day, required=False, widget=forms.DateInput)
            self.fields[f"time_{number}"] = forms.TimeField(label=hour, required=False, widget=forms.TimeInput)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """List the fields of the rows shown."""
        typed = [number for number in range(MOST_MOMENTS) if self[f"day_{number}"].value()]
        shown = max([self.shown, *(number + 1 for number in typed)])
        return [(self[f"day_{number}"], self[f"time_{number}"]) for number in range(shown)]

    def clean(self) -> dict[str, Any]:
        """A day needs its hour, and one that exists on that day."""
        data = super().clean() or self.cleaned_data
        data["moments"] = []
        for number in range(MOST_MOMENTS):
            day, at = data.get(f"day_{number}"), data.get(f"time_{number}")
            if day is None:
                continue
            if at is None:
                self.add_error(f"time_{number}", _("Which hour?"))
                continue
            if 1970 < day.year < 2200:
                try:
                    moment_of(day, at, self.zone)
                except DomainError as error:
                    self.add_error(f"time_{number}", str(error.message))
            data["moments"].append((day, at))
        return data


def first_rows(moments: list[PollMoment], usual: time) -> dict[str, Any]:
    """Give the initial values of the rows: what is proposed, and in free ones the usual hour."""
    given: dict[str, Any] = {}
    for number in range(MOST_MOMENTS):
        if number < len(moments):
            given |= {f"day_{number}": moments[number].day, f"time_{number}": moments[number].time}
        else:
            given[f"time_{number}"] = usual
    return given


class SuitsForm(forms.Form):
    """What somebody told us by phone or in a chat: which moments suit."""

    def __init__(self, *args: Any, moments: list[tuple[PollMoment, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments = [moment for moment, _answer in moments]
        for moment, answer in moments:
            self.fields[f"m_{moment.pk}"] = forms.ChoiceField(
                choices=DatePoll.Answer.choices, required=False, initial=answer
            )

    @property
    def rows(self) -> list[tuple[PollMoment, Any]]:
        """List the moments with their fields."""
        return [(moment, self[f"m_{moment.pk}"]) for moment in self.moments]

    def given(self) -> dict[Any, str]:
        """Give the answers by moment, of those that were answered."""
        found = {moment.pk: self.cleaned_data.get(f"m_{moment.pk}", "") for moment in self.moments}
        return {pk: state for pk, state in found.items() if state}


def usual_until(today: date) -> date:
    """Give the last day to answer that a new search begins with: a week from now."""
    return date.fromordinal(today.toordinal() + 7)
