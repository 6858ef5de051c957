"""Numbered revisions of the minutes: the same number in every language, with what is new marked."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max

from treffpunkt.core import files
from treffpunkt.core.clock import now
from treffpunkt.core.dates import digits, spoken_day
from treffpunkt.meetings import pdf, reviewing, revisions, telling
from treffpunkt.meetings.models import Meeting, Minutes


def next_revision(meeting: Meeting) -> list[Minutes]:
    """Write the next revision where something has changed since the last, or a language is missing; else nothing."""
    before = reviewing.newest(meeting)
    languages = telling.languages_of_minutes(meeting)
    contents = {language: telling.content(meeting, language) for language in languages}
    if all(
        language in before and revisions.is_same(content, before[language].content)
        for language, content in contents.items()
    ):
        return []
    number = 1 + max((row.revision for row in before.values()), default=0)
    return _stored(_written(meeting, contents[one], one, number, before.get(one)) for one in languages)


def final_revision(meeting: Meeting) -> tuple[dict[str, Minutes], bool]:
    """Give the last revision by language, with what is missing of it written now; and whether any was."""
    rows = {row.language: row for row in meeting.minutes.filter(final=True)}
    languages = telling.languages_of_minutes(meeting)
    missing = [language for language in languages if language not in rows]
    if missing:
        before = {one: row for one, row in reviewing.newest(meeting).items() if not row.final}
        last = meeting.minutes.filter(final=False).aggregate(last=Max("revision"))["last"] or 0
        contents = ((one, telling.content(meeting, one)) for one in missing)
        fresh = _stored(
            _written(meeting, content, one, last + 1, before.get(one), final=True) for one, content in contents
        )
        rows |= {row.language: row for row in fresh}
    return {language: rows[language] for language in languages}, bool(missing)


def _written(
    meeting: Meeting,
    content: dict[str, object],
    language: str,
    number: int,
    before: Minutes | None,
    *,
    final: bool = False,
) -> Minutes:
    until = meeting.corrections_until
    content = revisions.marked(content, before.content if before else None) | {
        "revision": number,
        "seq": meeting.seq,
        "final": final,
        "until": spoken_day(until, language) if until and not final else "",
        # Minutes nobody was asked to correct are what they are, without a number.
        "revision_told": digits(number, language) if until else "",
    }
    return Minutes(
        meeting=meeting,
        language=language,
        revision=number,
        final=final,
        content=content,
        pdf=files.store(pdf.minutes(content, day=meeting.day)),
        sent_at=now(),
    )


def _stored(rows: Iterable[Minutes]) -> list[Minutes]:
    return Minutes.objects.bulk_create(list(rows))
