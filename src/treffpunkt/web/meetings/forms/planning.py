"""Forms that plan a series or a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid7

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.text import LANGUAGES
from treffpunkt.meetings.models import Meeting, Series
from treffpunkt.meetings.rules import viewable_series
from treffpunkt.meetings.services.meetings import MOST_OFFER_HOURS
from treffpunkt.meetings.wording import TITLES
from treffpunkt.network.rules import communities_of
from treffpunkt.people.queries import active_staff
from treffpunkt.ui.context import language_name
from treffpunkt.vocabulary.models import Language

LANGUAGES_OFFERED = 40


class Named(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People or communities to tick."""

    def __init__(self, queryset: Any, **options: Any) -> None:
        super().__init__(queryset, widget=forms.CheckboxSelectMultiple, **options)


class PerLanguage(forms.Form):
    """A form with a text in each language that guests read."""

    def add_texts(self, name: str, label: Any, *, long: bool = False, hints: Mapping[str, str] | None = None) -> None:
        """Add one field a language, named `<name>_<language>`."""
        widget = forms.Textarea if long else forms.TextInput
        for tag in LANGUAGES:
            attrs = {"lang": tag, "dir": "auto", "placeholder": (hints or {}).get(tag, "")}
            self.fields[f"{name}_{tag}"] = forms.CharField(
                label=_("%(what)s in %(language)s") % {"what": label, "language": language_name(tag)},
                required=False,
                max_length=2000 if long else 200,
                widget=widget(attrs=attrs | ({"rows": 3} if long else {})),
            )

    def texts(self, name: str) -> dict[str, str]:
        """Collect the texts that were written, by language."""
        given = {tag: self.cleaned_data.get(f"{name}_{tag}", "") for tag in LANGUAGES}
        return {tag: text for tag, text in given.items() if text}

    def text_fields(self, name: str) -> list[Any]:
        """List the fields of one text, for the page."""
        return [self[f"{name}_{tag}"] for tag in LANGUAGES]


def _offered(seen: QuerySet[Any], standing: Any) -> QuerySet[Any]:
    """Offer what somebody sees, and what the record names already: whoever changes another part keeps it."""
    if standing is None:
        return seen
    every: QuerySet[Any] = seen.model._default_manager.all()
    return every.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=standing.values("pk")))


class SeriesForm(PerLanguage):
    """A season of meetings."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For us, for example “Arabic, autumn 2026”."))
    begins = forms.DateField(label=_("From"), widget=forms.DateInput)
    ends = forms.DateField(label=_("Until"), widget=forms.DateInput)
    communities = Named(queryset=None, label=_("Communities"))
    contact = forms.ModelChoiceField(
        active_staff(), label=_("Contact person"), required=False, help_text=_("Named on the public page.")
    )
    shows_planned = forms.BooleanField(
        label=_("Show planned meetings on the public page as well"), required=False,
        help_text=_("Without it only those to which somebody is invited stand there."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Agent, of: Series | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["communities"].queryset = _offered(communities_of(by), of and of.communities)  # type: ignore[attr-defined]
        self.add_texts("title", _("Public title"))

    def clean(self) -> dict[str, Any]:
        """A series ends after it begins."""
        data = super().clean() or self.cleaned_data
        if data.get("begins") and data.get("ends") and data["ends"] < data["begins"]:
            self.add_error("ends", _("This day is before the first one."))
        return data

    def changes(self) -> dict[str, Any]:
        """Give what the service takes."""
        wanted = ("name", "begins", "ends", "contact", "shows_planned")
        given = {name: self.cleaned_data[name] for name in wanted}
        return given | {"communities": list(self.cleaned_data["communities"]), "title": self.texts("title")}


class MeetingForm(PerLanguage):
    """When, with whom, in which languages and where."""

    id = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    calendar_key = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("For us. Guests read the title below."))
    series = forms.ModelChoiceField(Series.objects.none(), label=_("Series"), required=False)
    communities = Named(queryset=None, label=_("Communities"))
    languages = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: those of the communities, and German."),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput)
    past = forms.BooleanField(label=_("It has been held; I enter it afterwards"), required=False)
    minutes_long = forms.IntegerField(label=_("Length in minutes"), min_value=10, max_value=720, initial=90)
    zone = forms.ChoiceField(
        label=_("Time zone"), initial="Europe/Berlin", help_text=_("Guests elsewhere read whose time it is.")
    )
    form = forms.ChoiceField(
        label=_("Where"), choices=Meeting.Form.choices, initial=Meeting.Form.ONLINE, widget=forms.RadioSelect
    )
    room = forms.URLField(
        label=_("Address of the video room"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Jitsi, BigBlueButton or any other. Guests see it an hour before the beginning."),
    )
    room_kind = forms.ChoiceField(
        label=_("Video room"), required=False, widget=forms.RadioSelect, choices=Meeting.Room.choices
    )
    dial_in = forms.CharField(
        label=_("By phone"), max_length=200, required=False, help_text=_("Number and PIN, for whoever has no video.")
    )
    venue = forms.CharField(label=_("Place"), max_length=300, required=False)
    offer_hours = forms.IntegerField(
        label=_("Hours to accept a free seat"),
        min_value=1,
        max_value=MOST_OFFER_HOURS,
        initial=48,
        help_text=_("So long the first on the waiting list has; near the meeting half of the time that is left."),
    )
    companions_welcome = forms.BooleanField(
        label=_("Guests may bring one person"),
        required=False,
        help_text=_("Nobody needs to name them. Each takes a seat."),
    )
    seats = forms.IntegerField(
        label=_("Seats"),
        min_value=1,
        required=False,
        help_text=_("Empty for as many as come. The rest wait in line."),
    )
    hosts = Named(queryset=None, label=_("Hosts"), required=False)

    def __init__(self, *args: Any, by: Agent, of: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = of and Series.objects.filter(meetings=of)
        self.fields["communities"].queryset = _offered(communities_of(by), of and of.communities)  # type: ignore[attr-defined]
        self.fields["hosts"].queryset = active_staff()  # type: ignore[attr-defined]
        self.fields["series"].queryset = _offered(viewable_series(by), standing)  # type: ignore[attr-defined]
        self.fields["zone"].choices = [(zone, zone.replace("_", " ")) for zone in _zones()]  # type: ignore[attr-defined]
        self.fields["languages"].choices = _languages(self.initial.get("languages") or ())  # type: ignore[attr-defined]
        self.fields["room_kind"].choices = _rooms(self.initial.get("room_kind", ""))  # type: ignore[attr-defined]
        self.fields["id"].initial = uuid7()
        self.add_texts("title", _("Title"), hints=TITLES)
        self.add_texts("greeting", _("Greeting"), long=True)

    def clean(self) -> dict[str, Any]:
        """Whoever meets somewhere needs a place; a day that is past is asked about, for it is mostly a slip."""
        data = super().clean() or self.cleaned_data
        if self._is_past(data.get("day")) and not data.get("past"):
            self.add_error("day", _("This day is past. Choose another, or tick that the meeting has been held."))
        if data.get("form") in (Meeting.Form.ON_SITE, Meeting.Form.HYBRID) and not data.get("venue"):
            self.add_error("venue", _("Guests need to know where to go."))
        return data

    @property
    def asks_about_past(self) -> bool:
        """Say whether the day typed is past, so that the page asks about it."""
        return self.is_bound and self._is_past(getattr(self, "cleaned_data", {}).get("day", self["day"].value()))

    def _is_past(self, day: Any) -> bool:
        return str(day or "9999") < str(today()) and str(day) != str(self.initial.get("day", ""))

    def changes(self) -> dict[str, Any]:
        """Give what the service takes."""
        wanted = (
            "name",
            "series",
            "languages",
            "day",
            "time",
            "minutes_long",
            "zone",
            "form",
            "room",
            "room_kind",
            "dial_in",
            "venue",
            "seats",
            "companions_welcome",
            "offer_hours",
        )
        given = {name: self.cleaned_data[name] for name in wanted}
        lists = {name: list(self.cleaned_data[name]) for name in ("communities", "hosts")}
        return given | lists | {"title": self.texts("title"), "greeting": self.texts("greeting")}


def texts_of(name: str, stored: Mapping[str, str]) -> dict[str, str]:
    """Give a stored text by language as the initial values of its fields."""
    return {f"{name}_{tag}": text for tag, text in stored.items()}


@lru_cache(maxsize=1)
def _zones() -> list[str]:
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))


def _languages(chosen: Any) -> list[tuple[str, str]]:
    rows = list(Language.objects.order_by("position", "tag")[:LANGUAGES_OFFERED])
    known = {row.tag for row in rows}
    rows += list(Language.objects.filter(tag__in=set(chosen) - known)) if set(chosen) - known else []
    return [(row.tag, str(row)) for row in rows]


def _rooms(chosen: str) -> list[tuple[str, Any]]:
    """List the kinds of rooms there is a server for, and the one chosen before."""
    there = {Meeting.Room.LINK: True, Meeting.Room.JITSI: settings.JITSI_URL, Meeting.Room.BBB: settings.BBB}
    return [(kind, label) for kind, label in Meeting.Room.choices if there[Meeting.Room(kind)] or kind == chosen]
