"""A postponed meeting that takes place on its old day after all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import now
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.services.meetings import WHEN


class AfterAllForm(forms.Form):
    """Asked beside the day of a postponed meeting: the form of a meeting hands in its old day with whatever is changed."""

    after_all = forms.BooleanField(
        label=_("It takes place on this day after all"), required=False,
        help_text=_("Without the tick the meeting stays postponed as long as day and time are the old ones."),
    )  # fmt: skip

    def wanted(self, changes: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
        """Leave the old day out where nobody has said that it holds."""
        holds = self.is_valid() and self.cleaned_data["after_all"]
        same = all(changes[name] == stored[name] for name in WHEN)
        return {name: value for name, value in changes.items() if holds or not same or name not in WHEN}


def asked_of(meeting: Meeting, data: Any) -> AfterAllForm | None:
    """Give the question where there is one: of a postponed meeting whose old day still lies ahead."""
    postponed = meeting.state == Meeting.State.POSTPONED and meeting.starts > now()
    return AfterAllForm(data) if postponed else None
