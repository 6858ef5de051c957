"""How a meeting is split into small groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.text import localized
from treffpunkt.meetings.models import AgendaItem
from treffpunkt.meetings.services import groups

WAYS = [
    (groups.MIXED, _("mixed: languages spread over the groups")),
    (groups.BY_LANGUAGE, _("by language: who reads the same one sits together")),
    (groups.NUMBERED, _("only numbers: people find a group themselves")),
]


class SplitForm(forms.Form):
    """How many groups, how people are put into them, and what they talk about."""

    after = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=30_000)
    count = forms.IntegerField(label=_("How many groups"), min_value=2, max_value=groups.MOST)
    way = forms.ChoiceField(label=_("Who sits where"), choices=WAYS, initial=groups.MIXED, widget=forms.RadioSelect)
    item = forms.TypedChoiceField(label=_("What about"), required=False)

    def __init__(self, *args: Any, items: list[AgendaItem], here: int, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_id = {str(item.pk): item for item in items}
        field = self.fields["item"]
        field.choices = [  # type: ignore[attr-defined]
            ("", _("each group decides")),
            *((pk, f"{item.position}. {localized(item.titles, language)[0]}") for pk, item in by_id.items()),
        ]
        field.coerce, field.empty_value = by_id.get, None  # type: ignore[attr-defined]
        # Four or five people talk well.
        self.fields["count"].initial = min(max(2, round(here / 4.5)), groups.MOST)
