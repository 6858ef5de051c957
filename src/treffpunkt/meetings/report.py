"""What a funder reads about one meeting, on one page: numbers, topics and results, and nobody's name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.core.clock import today
from treffpunkt.core.dates import spoken_day, spoken_languages
from treffpunkt.core.personal import find_personal_data, mask
from treffpunkt.core.text import localized
from treffpunkt.meetings import evaluation, telling, wording
from treffpunkt.meetings.models import AgendaItem, Invitation, Kind, Meeting
from treffpunkt.tasks.models import Task

LANGUAGES = ("de", "en")
# Smaller numbers than this might tell who somebody is.
SMALLEST = 5


@dataclass(frozen=True)
class Facts:
    """What is counted about a meeting, once and for every language."""

    invited: int
    came: int
    languages: list[str]
    organisations: int
    topics: list[dict[str, str]]
    statements: int
    needs: int
    needs_of_women: int
    tasks: int
    tasks_done: int
    promises: int
    agreements: int
    useful: float | None
    answered: int
    # Not to be told: they are looked for in what is.
    names: list[str]


@dataclass(frozen=True)
class Section:
    """A part of the report: numbers with their labels, or lines of text."""

    title: str
    rows: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """The report as it is read, in one language."""

    language: str
    title: str
    network: str
    about: list[str]
    summary: str
    summary_title: str
    sections: list[Section]
    notes: list[str]
    day: date


def facts(meeting: Meeting, *, agreements: int = 0) -> Facts:
    """Count what the report tells; agreements are known further up. Confidential statements are not counted."""
    rows = list(meeting.invitations.select_related("actor"))
    came = [row for row in rows if row.attendance == Invitation.Attendance.ATTENDED]
    tasks = telling.told_tasks(meeting)
    ours = [task for task in tasks if not task.promised_by_id]
    agenda = _agenda(meeting)
    told = evaluation.summed(evaluation.answers(meeting))
    return Facts(
        invited=sum(row.state != Invitation.State.PLANNED for row in rows),
        came=len(came) + meeting.others_here,
        languages=[tag for tag, _number in Counter(row.language.split("-")[0] for row in came).most_common()],
        organisations=len({row.organisation_id for row in came if row.organisation_id}),
        topics=[item.titles for item in agenda if item.said] or [item.titles for item in agenda],  # type: ignore[attr-defined]
        statements=sum(item.said for item in agenda),  # type: ignore[attr-defined]
        needs=sum(item.needs for item in agenda),  # type: ignore[attr-defined]
        needs_of_women=sum(item.of_women for item in agenda),  # type: ignore[attr-defined]
        tasks=len(ours),
        tasks_done=sum(task.state != Task.State.OPEN for task in ours),
        promises=len(tasks) - len(ours),
        agreements=agreements,
        useful=told.mean,
        answered=told.answered,
        names=[name for row in rows if row.actor for name in (row.actor.name, row.actor.handle) if name],
    )


def _agenda(meeting: Meeting) -> list[AgendaItem]:
    said = Q(statements__removed_at=None, statements__confidential=False)
    need = said & Q(statements__statement_kind=Kind.NEED)
    rows = meeting.agenda.annotate(
        said=Count("statements", filter=said),
        needs=Count("statements", filter=need),
        of_women=Count("statements", filter=need & Q(statements__women_specific=True)),
    )
    return list(rows.order_by("position"))


def report(meeting: Meeting, found: Facts, language: str) -> Report:
    """Write the report in one language."""
    with translation.override(language):
        sections = [_people(found, language), _topics(found, language), _results(found)]
        return Report(
            language=language,
            title=_("Report on an event"),
            network=settings.NETWORK_NAME,
            about=_about(meeting, language),
            summary=_summary(meeting, found, language),
            summary_title=_("In short"),
            sections=sections,
            notes=_notes(language),
            day=meeting.day,
        )


def number(count: int) -> str:
    """Write a number; a small one is not told."""
    return _("under %(limit)s") % {"limit": SMALLEST} if 0 < count < SMALLEST else str(count)


def _about(meeting: Meeting, language: str) -> list[str]:
    day = spoken_day(meeting.day, language, in_full=True)
    names = ", ".join(community.name for community in meeting.communities.all())
    return [
        wording.title(meeting, language),
        f"{day}, {wording.where(meeting, language)}",
        _("Languages: %(languages)s") % {"languages": spoken_languages(list(meeting.languages), language)},
        *([_("Communities: %(names)s") % {"names": names}] if names else []),
    ]


def _people(found: Facts, language: str) -> Section:
    rows = [
        (_("invited"), number(found.invited)),
        (_("took part"), number(found.came)),
        (_("organisations represented"), number(found.organisations)),
    ]
    if found.languages:
        rows.append((_("languages of those who took part"), spoken_languages(found.languages, language)))
    if found.useful is not None:
        told = f"{found.useful:.1f}".replace(".", "," if language == "de" else ".")
        rows.append(
            (_("how useful, from 1 to 5"), _("%(mean)s (%(count)s answers)") % {"mean": told, "count": found.answered})
        )
    return Section(_("Who took part"), rows)


def _topics(found: Facts, language: str) -> Section:
    return Section(_("Topics"), lines=[localized(titles, language)[0] for titles in found.topics])


def _results(found: Facts) -> Section:
    return Section(
        _("Results"),
        [
            (_("statements noted"), number(found.statements)),
            (_("needs that arose"), number(found.needs)),
            (_("of these, concerning women especially"), number(found.needs_of_women)),
            (_("tasks agreed on"), number(found.tasks)),
            (_("of these, done"), number(found.tasks_done)),
            (_("promises of participants"), number(found.promises)),
            (_("agreements on cooperation"), number(found.agreements)),
        ],
    )


def _notes(language: str) -> list[str]:
    return [
        _(
            "How this is counted: invited is who was told; took part is whom the hosts noted as present, also without a "
            "name; results are those noted in the meeting and not confidential. Numbers from 1 to 4 are written as "
            "“under 5”, so that nobody can be told from them."
        ),
        _("As of %(day)s. This report names nobody.") % {"day": spoken_day(today(), language, in_full=True)},
    ]


def _summary(meeting: Meeting, found: Facts, language: str) -> str:
    """Take the summary in that language, where there is one, without what may tell who somebody is."""
    text = meeting.summary if language == "de" else meeting.summaries.get(language, "")
    if not text:
        return ""
    names = [*found.names, *(host.name for host in meeting.hosts.all())]
    return mask(text, find_personal_data(text, names=names))
