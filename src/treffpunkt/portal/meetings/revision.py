"""Which revision of the minutes a guest reads, and what she proposed to it."""

from __future__ import annotations

from typing import Any

from treffpunkt.core.dates import digits, spoken_day
from treffpunkt.meetings import reviewing, rules, telling
from treffpunkt.meetings.models import Minutes
from treffpunkt.portal.door import Guest


def in_chosen_language(guest: Guest, asked: Minutes) -> tuple[Minutes, list[Minutes]]:
    """Choose among the languages these minutes were sent in; in each only the newest revision counts."""
    newest = {item.language: item for item in reversed(list(telling.minutes_of(asked.meeting))) if item.sent_at}
    newest.setdefault(asked.language, asked)
    shown = newest.get(guest.chosen["lang"], newest[asked.language])
    shown.meeting = asked.meeting
    return shown, list(newest.values())


def numbered(content: dict[str, Any], language: str, style: str) -> dict[str, Any]:
    """Count the statements of minutes, as the links beside them name them and as the reader writes numbers."""
    number, topics = 0, []
    for topic in content["topics"]:
        rows = []
        for one in topic["statements"]:
            number += 1
            rows.append(one | {"number": number, "number_told": digits(number, language, style)})
        topics.append(topic | {"statements": rows})
    return content | {"topics": topics}


def corrections(guest: Guest, shown: Minutes) -> dict[str, Any]:
    """Say until when these minutes may be corrected, and what their reader proposed; that only where she did."""
    meeting = shown.meeting
    until = meeting.corrections_until
    may_correct = rules.is_open_to_corrections(meeting) and guest.by.agent_id is not None
    return {
        "may_correct": may_correct,
        "until": spoken_day(until, shown.language, guest.digits) if until else "",
        "proposals": reviewing.own(guest.by, shown) if guest.is_known and until else [],
        "proposed": bool(guest.request.GET.get("proposed")),
        "is_final": shown.final and until is not None,
    }
