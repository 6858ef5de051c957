"""What Today says of access, promises, questions about agreements, and people to get in touch with; one query."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from treffpunkt.agreements.health import moments, sorted_findings
from treffpunkt.agreements.health.asking import Dates, columns, foremost, parts, united
from treffpunkt.agreements.health.findings import OF_PROFILE, PROMISE, Finding
from treffpunkt.agreements.models import Remark
from treffpunkt.agreements.queries import open_remarks
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.network.rules import viewable_actors
from treffpunkt.people.models import Staff
from treffpunkt.people.queries import covered_ids
from treffpunkt.ui.templatetags.ui import ago, day
from treffpunkt.web.access.finding import Row as Found
from treffpunkt.web.access.finding import limits, put, rows
from treffpunkt.web.today.row import Row

# Of what is urgent, of promises, of people, and of all the rest.
MOST, OTHERS = 5, 3
# A few more are read, for some kinds are shown together.
READ = 8
TOUCH, ASKED = "touch", "asked"


def pressing(by: Staff, *, team: bool) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """List what is urgent about access, whom to get in touch with, promises that are due, and a little of the rest."""
    found = sorted_findings(prepared.rows(_asked, by, *moments(limits()), READ, team))
    every = list(rows(one for one in found if one.kind not in (PROMISE, TOUCH, ASKED)))
    urgent = [_row(row) for row in every if row.kind == "urgent"]
    others = [_row(row) for row in every if row.kind != "urgent"]
    asked = [_question(one) for one in found if one.kind == ASKED]
    touches = sorted((one for one in found if one.kind == TOUCH), key=lambda one: one.since or today())
    promises = [_promise(one) for one in found if one.kind == PROMISE]
    return (
        [*urgent[:MOST], *asked[:MOST]],
        [_touch(one, by) for one in touches[:MOST]],
        promises[:MOST],
        others[:OTHERS],
    )


def _asked(
    by: Agent, day: date, leaving: date, review: date, ending: date, overdue: date, unproven: datetime,
    untried: datetime, most: int, team: bool,
) -> QuerySet[Any]:  # fmt: skip
    when = Dates(day, leaving, review, ending, overdue, unproven, untried)
    whose = "team" if team else "mine"
    others = (_people(by, day, team), _questions(by, team))  # about these nobody makes a task
    return united([*parts(by, when, most, open_only=True, promises=whose), *(foremost(one, most) for one in others)])


def _people(by: Agent, day: date, team: bool) -> QuerySet[Any]:
    """Give the people to get in touch with whom one knows, or whom anybody does."""
    people = viewable_actors(by).filter(erased_at=None, next_touch__lte=day)
    if not team:
        people = people.filter(Q(owner=by.agent_id) | Q(owner__in=covered_ids(by)))
    called = Coalesce(NullIf(F("name"), Value("")), F("handle"))
    told = columns(TOUCH, thing="pk", name=called, short="owner__name", since="next_touch")
    return people.annotate(**told).order_by("next_touch", "id")


def _questions(by: Agent, team: bool) -> QuerySet[Any]:
    """Give the questions and proposals about agreements that nobody has dealt with."""
    told = columns(ASKED, thing="pk", name="agreement__name", right="remark_kind", since="created_at")
    return open_remarks(by, mine=not team).select_related(None).annotate(**told).order_by("id")


def _question(one: Finding) -> Row:
    """A question or a proposal about an agreement."""
    proposal = one.right_kind == Remark.Kind.PROPOSAL
    return Row(
        icon="message-circle-question-mark", kind="attention", name=one.name, step=pgettext("do it", "Answer"),
        title=_("A proposal about") if proposal else _("A question about"),
        line=put(_("Came in on %(day)s."), day(one.since)), url=reverse("web:agreements:answer", args=[one.thing]),
    )  # fmt: skip


def _row(found: Found) -> Row:
    one = found.finding
    if found.ask_url:
        step, url = _("Ask first"), found.ask_url
    else:
        step, url = _("Make it a task"), f"{reverse('web:access:remedy')}?{urlencode({'finding': one.key})}"
    return Row(
        icon=found.icon, kind=found.kind, title=f"{found.title} ·", name=one.name, language=one.language,
        line=_beside(one, found.line), step=step, url=url, posts=not found.ask_url, strong=bool(found.ask_url),
    )  # fmt: skip


def _beside(one: Finding, line: str) -> str:
    """Put the group's German short name before the line; a profile's platform stands there already."""
    short = "" if one.kind in OF_PROFILE else one.short
    return format_html("{} · {}", short, line) if short and line else line or short


def _promise(one: Finding) -> Row:
    given = {"due": one.since.isoformat() if one.since else "", "kept": "yes"}
    return Row(
        icon="handshake", kind="attention", name=one.name, language=one.language, step=_("Kept"), posts=True,
        title=_("We promised:") if one.right_kind == "ours" else _("Promised to us:"),
        line=format_html("{} · {}", put(_("due %(day)s"), ago(one.since)), one.short),
        url=f"{reverse('web:access:kept', args=[one.thing])}?{urlencode(given)}",
    )  # fmt: skip


def _touch(one: Finding, by: Staff) -> Row:
    """Somebody to get in touch with again."""
    late = one.since is not None and one.since < today()
    return Row(
        icon="phone", kind="attention" if late else "step", title=_("Get in touch again:"),
        name=one.name or _("without a name"), whose="" if one.short == by.name else one.short,
        line=put(_("Was due on %(day)s."), day(one.since)) if late else _("Due today."),
        step=_("Contact"), url=reverse("web:network:actor", args=[one.thing]), contact=one.thing,
    )  # fmt: skip
