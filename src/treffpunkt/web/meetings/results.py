"""What came of a meeting, on its page: agreements, tasks and promises, each with whose it is and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from treffpunkt.agreements.models import Agreement
from treffpunkt.tasks.models import Task
from treffpunkt.ui.pages import StaffRequest
from treffpunkt.ui.templatetags.ui import bdi, day, display, icon
from treffpunkt.web.agreements.words import STATE_KINDS, state_labels, state_of
from treffpunkt.web.rows import address_of, isolated, written

_FIELDS = ("kind", "icon", "url", "title", "line", "state_kind", "state")
_STATE_KINDS = {Task.State.OPEN: "attention", Task.State.DROPPED: "quiet"}


def results(request: StaffRequest, tasks: Iterable[Task], agreements: Iterable[Agreement] = ()) -> SafeString:
    """Write the agreements, tasks and promises that grew from a meeting."""
    url, agreed_url, labels = address_of("web:tasks:task"), address_of("web:agreements:detail"), state_labels()
    rows = [_agreed(one, agreed_url, labels) for one in agreements] + [_row(task, url) for task in tasks]
    return written(request, "web/meetings/_result_row.html", _FIELDS, rows)


def _agreed(agreement: Agreement, url: str, labels: dict[str, str]) -> dict[str, object]:
    kind = STATE_KINDS[Agreement.State(agreement.state)]
    return {
        "kind": kind,
        "icon": icon("handshake"),
        "url": url % agreement.pk,
        "title": isolated(agreement.name),
        "line": _("Agreement"),
        "state_kind": kind,
        "state": state_of(agreement, labels),
    }


def _row(task: Task, url: str) -> dict[str, object]:
    promised = bool(task.promised_by_id)
    return {
        "kind": "attention" if task.state == Task.State.OPEN else "good",
        "icon": icon("handshake" if promised else "list-checks"),
        "url": url % task.pk,
        "title": isolated(task.title, task.language),
        "line": _line(task, promised=promised),
        "state_kind": _STATE_KINDS.get(Task.State(task.state), "good"),
        "state": display(task, "state"),
    }


def _line(task: Task, *, promised: bool) -> SafeString:
    parts = [escape(_("Promise") if promised else _("Task"))]
    if task.owner:
        parts.append(bdi(task.owner.name))
    if task.due:
        parts.append(escape(_("by %(due)s")) % {"due": day(task.due)})
    return SafeString(" · ".join(parts))
