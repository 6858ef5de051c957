"""Filters and orders of what many meetings together tell."""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.core.cache import cache
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.text import LANGUAGES, localized
from treffpunkt.meetings import finding, rules
from treffpunkt.meetings.models import AgendaTopic, Kind, Meeting, Statement
from treffpunkt.meetings.overviews import OURS, THEIRS
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import viewable_actors
from treffpunkt.search.queries import find_ids
from treffpunkt.tasks.models import Task
from treffpunkt.ui.context import language_name
from treffpunkt.ui.lists import Filters, Sort
from treffpunkt.web.network import choices
from treffpunkt.web.network.widgets import QuickSelect

SAID_SORTS = (Sort("new", _("newest first"), ("-noted_at",)),)
GUEST_SORTS = (Sort("came", _("was there"), ("-came",)), Sort("name", _("Name"), ("sorting",)))
MISSING_SORTS = (Sort("missed", _("missed last"), ("-missed_at",)), Sort("name", _("Name"), ("sorting",)))
PROMISE_SORTS = (Sort("due", _("due"), ("due",)), Sort("new", _("newest first"), ("-pk",)))
# The most people whom a name in a search can mean.
_MEANT = 5
_SECONDS = 300


def _topics() -> list[tuple[str, str]]:
    """List the topics from which agendas are made, in the reader's language; they hardly ever change."""
    language = get_language() or "de"

    def read() -> list[tuple[str, str]]:
        return [(one.key, localized(one.titles, language)[0]) for one in AgendaTopic.objects.all()]

    return cache.get_or_set(f"meetings.topics.{language}", read, _SECONDS)  # type: ignore[return-value]


class SaidFilters(Filters):
    """What was said: by words, series, topic, language and kind."""

    series = forms.ChoiceField(label=_("Series"), widget=QuickSelect)
    topic = forms.ChoiceField(label=_("Topic"), widget=QuickSelect)
    language = forms.ChoiceField(label=_("Language"), widget=QuickSelect)
    statement_kind = forms.ChoiceField(
        label=_("Kind"), widget=QuickSelect, choices=[("", _("Kind")), *Kind.choices]
    )  # fmt: skip

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        self.by = by
        self.fields["q"].label = _("Words or a name")
        series = [(str(one.pk), one.name) for one in rules.viewable_series(by)[:60]]
        self._offer("series", series)
        self._offer("topic", _topics())
        self._offer("language", [(tag, language_name(tag)) for tag in LANGUAGES])

    @cached_property
    def words(self) -> list[finding.Word]:
        """Give the words that are looked for."""
        return finding.asked(self.chosen.get("q", ""))

    def filter_q(self, rows: QuerySet[Statement], value: str) -> QuerySet[Statement]:
        """Keep what holds these words, or was said by somebody of that name who wanted it to stand there."""
        said_by = find_ids(value, "network.actor", viewable_actors(self.by), most=_MEANT)
        return finding.find(rows, self.words, said_by) if self.words or said_by else rows.none()

    def filter_series(self, rows: QuerySet[Statement], value: str) -> QuerySet[Statement]:
        """Keep what was said at the meetings of a series."""
        return rows.filter(meeting__series=UUID(value))

    def filter_topic(self, rows: QuerySet[Statement], value: str) -> QuerySet[Statement]:
        """Keep what was said of a topic."""
        return rows.filter(item__topic__key=value)

    def filter_language(self, rows: QuerySet[Statement], value: str) -> QuerySet[Statement]:
        """Keep what was said in a language, whatever its script or country."""
        return rows.filter(language__istartswith=value)

    def _offer(self, name: str, offered: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", field.label), *offered]


class AttendanceFilters(Filters):
    """Of which meetings one wants to know who came: a series, a community, a year; and of whom."""

    series = forms.ChoiceField(label=_("Series"), widget=QuickSelect)
    community = forms.ChoiceField(label=_("Community"), widget=QuickSelect)
    year = forms.ChoiceField(label=_("Year"), widget=QuickSelect)

    def __init__(self, data: Any, *, by: Agent) -> None:
        super().__init__(data)
        series = [(str(one.pk), one.name) for one in rules.viewable_series(by)[:60]]
        years = [(str(year), str(year)) for year in range(today().year, today().year - 8, -1)]
        for name, offered in (("series", series), ("community", choices.communities(by)), ("year", years)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", field.label), *offered]

    def narrowed(self, meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Keep the meetings of the series, the community and the year."""
        chosen = self.chosen
        if series := chosen.get("series"):
            meetings = meetings.filter(series=series)
        if community := chosen.get("community"):
            of = Meeting.communities.through.objects.filter(meeting=OuterRef("pk"), community=community)
            meetings = meetings.filter(Exists(of))
        return meetings.filter(day__year=int(chosen["year"])) if "year" in chosen else meetings

    def filter_q(self, rows: QuerySet[Actor], value: str) -> QuerySet[Actor]:
        """Keep who is called like this."""
        return rows.filter(pk__in=find_ids(value, "network.actor", rows, most=50))

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the people by name; the rest narrows the meetings."""
        return self.filter_q(rows, self.chosen["q"]) if "q" in self.chosen else rows


class PromisedFilters(Filters):
    """Whose promises, how they stand, and of which series; by default those that are open."""

    side = forms.ChoiceField(
        label=_("Whose"), widget=QuickSelect, choices=[("", _("Whose")), (OURS, _("ours")), (THEIRS, _("theirs"))]
    )
    state = forms.ChoiceField(
        label=_("State"), widget=QuickSelect,
        choices=[("", _("open")), ("late", _("late")), ("kept", _("kept")), ("all", _("all"))],
    )  # fmt: skip
    series = forms.ChoiceField(label=_("Series"), widget=QuickSelect)

    def __init__(self, data: Any, *, series: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["series"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", field.label), *series]

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Leave out what is settled, unless it is asked for."""
        rows = super().apply(rows)
        return rows if self.chosen.get("state") in ("kept", "all") else rows.filter(state=Task.State.OPEN)

    def filter_side(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep what one side promised."""
        return rows.filter(side=value)

    def filter_state(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep what is late, or what was kept."""
        if value == "late":
            return rows.filter(due__lt=today())
        return rows.filter(state__in=(Task.State.DONE, Task.State.CHECKED)) if value == "kept" else rows

    def filter_series(self, rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep what was promised at the meetings of a series."""
        return rows.filter(series_id=value)
