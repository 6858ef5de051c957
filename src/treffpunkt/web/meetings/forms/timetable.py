"""The rule of a season's timetable, and what of a past meeting goes into the next."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.meetings.models import Meeting, Series
from treffpunkt.meetings.rules import viewable
from treffpunkt.network.rules import communities_of
from treffpunkt.web.meetings.forms.planning import Named

EVERY = ((1, _("every week")), (2, _("every 2 weeks")), (3, _("every 3 weeks")), (4, _("every 4 weeks")),
         (6, _("every 6 weeks")), (8, _("every 8 weeks")))  # fmt: skip
LIKE_OFFERED = 30


class Dated(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A meeting to choose, told by its name and day."""

    def label_from_instance(self, obj: Any) -> str:
        """Name it with its day: many meetings have one name."""
        return f"{obj.name}, {date_format(obj.day, 'SHORT_DATE_FORMAT')}"


class TimetableForm(forms.Form):
    """On which weekday, how often, from when until when, with a pause, for whom, like which meeting."""

    weekday = forms.TypedChoiceField(label=_("Weekday"), choices=list(WEEKDAYS.items()), coerce=int)
    every = forms.TypedChoiceField(label=_("How often"), choices=EVERY, coerce=int)
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    minutes_long = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=720)
    first = forms.DateField(label=_("From"), widget=forms.DateInput)
    last = forms.DateField(label=_("Until"), widget=forms.DateInput)
    pause_from = forms.DateField(label=_("Pause from"), required=False, widget=forms.DateInput)
    pause_until = forms.DateField(label=_("Pause until"), required=False, widget=forms.DateInput)
    communities = Named(queryset=None, label=_("Communities"))
    in_turn = forms.BooleanField(label=_("Each meeting for one of them in turn"), required=False)
    like = Dated(
        Meeting.objects.none(), label=_("Like"), required=False,
        help_text=_("Takes its agenda and place. Hosts, languages and greeting come from the last meeting of the same communities."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Agent, series: Series, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series
        groups = list(series.communities.values_list("pk", flat=True))
        offered = viewable(by).filter(communities__in=groups) | viewable(by).filter(series=series)
        newest = list(offered.order_by("-starts").values_list("pk", flat=True).distinct()[:LIKE_OFFERED])
        self.fields["communities"].queryset = communities_of(by).filter(pk__in=groups)  # type: ignore[attr-defined]
        self.fields["like"].queryset = Meeting.objects.filter(pk__in=newest).order_by("-starts")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The days lie within the season, and a pause has two ends."""
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and last < first:
            self.add_error("last", _("This day is before the first one."))
        if first and first < self.series.begins:
            self.add_error("first", _("The season begins later."))
        if last and last > self.series.ends:
            self.add_error("last", _("The season ends earlier."))
        pause = data.get("pause_from"), data.get("pause_until")
        if any(pause) and not all(pause):
            self.add_error("pause_until", _("A pause has a first and a last day."))
        data["pause"] = pause if all(pause) else None
        return data


class CarryForm(forms.Form):
    """What of a past meeting goes into the next one."""

    take_guests = forms.BooleanField(required=False, initial=True)
    take_promises = forms.BooleanField(required=False, initial=True)
