"""Whom to invite: the filters of the list of candidates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from treffpunkt.meetings.models import Meeting
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import viewable_actors
from treffpunkt.search.queries import find_ids
from treffpunkt.ui.lists import Filters
from treffpunkt.vocabulary.models import Language

REACHES = ((1000, "1 000"), (10_000, "10 000"), (100_000, "100 000"))


class CandidateFilters(Filters):
    """Language, standing and reach of the people who may be invited."""

    q = forms.CharField(label=_("Search all people"), required=False, max_length=100, strip=True)
    language = forms.ChoiceField(label=_("Language"), required=False)
    standing = forms.ChoiceField(
        label=_("Standing"), choices=[("", _("Standing")), *Actor.Standing.choices], required=False
    )
    reach = forms.ChoiceField(
        label=_("Reach"),
        choices=[
            ("", _("Reach")),
            *((number, _("more than %(number)s") % {"number": text}) for number, text in REACHES),
        ],
        required=False,
    )

    def __init__(self, *args: Any, by: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.by, self.meeting = by, meeting
        super().__init__(*args, **kwargs)
        rows = Language.objects.filter(tag__in=[*meeting.languages, "de"])
        self.fields["language"].choices = [("", _("Language")), *((row.tag, str(row)) for row in rows)]  # type: ignore[attr-defined]

    def filter_q(self, rows: QuerySet[Actor], text: str) -> QuerySet[Actor]:
        """Find by name or handle."""
        hits = find_ids(text, "network.actor", viewable_actors(self.by).values("pk"), 200)
        return rows.filter(pk__in=hits)

    def filter_language(self, rows: QuerySet[Actor], tag: str) -> QuerySet[Actor]:
        """Keep who speaks a language."""
        return rows.filter(languages__contains=[tag])

    def filter_reach(self, rows: QuerySet[Actor], number: str) -> QuerySet[Actor]:
        """Keep whose groups have at least so many members."""
        return rows.filter(potential_reach__gt=int(number))
