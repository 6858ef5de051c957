"""A meeting's notes as the page shows them: statements with what came of them, the agenda with its clocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from treffpunkt.core.agent import Agent
from treffpunkt.core.personal import Finding
from treffpunkt.core.text import localized
from treffpunkt.journal.models import Origin
from treffpunkt.meetings.models import AgendaItem, Kind, Meeting, Statement
from treffpunkt.meetings.suggesting import concerns_women
from treffpunkt.ui.pages import StaffRequest
from treffpunkt.web.meetings.becoming import Result, Step, results, steps

# Colours of the thread's dots.
TONES = {
    Kind.NEED: "people",
    Kind.TASK: "attention",
    Kind.PROMISE: "attention",
    Kind.TREND: "info",
    Kind.LESSON: "info",
    Kind.INCIDENT: "urgent",
    Kind.SPACE: "step",
    Kind.COOPERATION: "good",
}


@dataclass(frozen=True)
class Said:
    """A statement with its colour, what came of it, and what it may become."""

    statement: Statement
    tone: str
    results: list[Result]
    steps: list[tuple[Step, str]]
    # Whether its words or its topic suggest that it concerns women especially, and nobody has decided yet.
    suggests_women: bool = False

    @property
    def needs_gist(self) -> bool:
        """Say whether German readers cannot read it yet."""
        return not self.statement.gist and not self.statement.language.startswith("de")


@dataclass(frozen=True)
class Topic:
    """A line of the agenda: its title for the reader, the time spent, and whether it is open, done or to come."""

    item: AgendaItem
    title: tuple[str, str]
    state: str
    spent: int
    shown: bool
    is_next: bool

    @property
    def minutes(self) -> int:
        """Give the minutes spent, rounded up."""
        return -(-self.spent // 60)

    @property
    def planned(self) -> int:
        """Give the seconds planned."""
        return self.item.minutes * 60

    @property
    def over(self) -> int:
        """Give the seconds spent beyond what was planned."""
        return max(self.spent - self.planned, 0)

    @property
    def minutes_over(self) -> int:
        """Give the whole minutes spent beyond what was planned."""
        return self.over // 60

    @property
    def clock(self) -> str:
        """Give the time spent as minutes and seconds."""
        return _clock(self.spent)

    @property
    def clock_over(self) -> str:
        """Give the time beyond what was planned as minutes and seconds."""
        return _clock(self.over)


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _suggests_women(row: Statement) -> bool:
    if row.women_specific or row.women_decided:
        return False
    return concerns_women(row.text, [row.gist])


def grown(statement: Statement) -> list[Origin]:
    """List what became of a statement, as the query has put beside it."""
    return getattr(statement, "results", [])


def said(by: Agent, statements: Iterable[Statement]) -> list[Said]:
    """Join statements with what grew from them; one query at most for each kind of record."""
    rows = list(statements)
    named = results(by, [origin for row in rows for origin in grown(row)])
    return [
        Said(
            statement=row,
            tone=TONES.get(Kind(row.statement_kind), ""),
            results=[named[origin.result_id] for origin in grown(row) if origin.result_id in named],
            steps=steps(by, row),
            suggests_women=_suggests_women(row),
        )
        for row in rows
    ]


def topics(
    meeting: Meeting, items: Iterable[AgendaItem], shown: AgendaItem | None, language: str, at: datetime
) -> list[Topic]:
    """Tell of each topic how much time it took and where the meeting is."""
    lines: list[Topic] = []
    for item in items:
        running = item.opened_at is not None and meeting.state == Meeting.State.RUNNING
        spent = item.seconds_spent + (int((at - item.opened_at).total_seconds()) if running and item.opened_at else 0)
        current = meeting.current_item_id == item.pk and meeting.state == Meeting.State.RUNNING
        state = "open" if current else "done" if spent else "ahead"
        is_next = state == "ahead" and not any(line.is_next for line in lines)
        lines.append(Topic(item, localized(item.titles, language), state, max(spent, 0), item == shown, is_next))
    return lines


def next_topic(lines: list[Topic]) -> Topic | None:
    """Name the topic that comes next: the first after the open one that nobody has talked about yet."""
    here = next((number for number, line in enumerate(lines) if line.state == "open"), -1)
    ahead = [line for line in lines[here + 1 :] + lines[: here + 1] if line.state == "ahead"]
    return ahead[0] if ahead else None


def agenda_key(meeting: Meeting) -> str:
    """Name the state of the agenda, so that a page notices when it changed."""
    return f"{meeting.state}-{meeting.current_item_id or ''}"


def card(request: StaffRequest, one: Said, **more: object) -> str:
    """Write one statement as the page shows it."""
    return render_to_string("web/meetings/_statement.html", {"said": one, **more}, request)


def marked(text: str, findings: Iterable[Finding]) -> SafeString:
    """Write a text with the stretches marked that may tell who somebody is."""
    parts, end = [], 0
    for finding in findings:
        parts.append(escape(text[end : finding.start]))
        parts.append(format_html("<mark>{}</mark>", text[finding.start : finding.end]))
        end = finding.end
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))
