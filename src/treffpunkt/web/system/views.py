"""How the installation is, for system administration: what runs, what waits, and what the doctor finds."""

from __future__ import annotations

from importlib.metadata import version

from django.http import HttpRequest, HttpResponse

from treffpunkt.core.errors import require
from treffpunkt.post.models import Message
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.upkeep import figures, rules
from treffpunkt.upkeep.checks import examine
from treffpunkt.upkeep.findings import worst
from treffpunkt.upkeep.queries import last_backup


def may_open(request: HttpRequest) -> bool:
    """Show the line in the menu to who looks after the installation."""
    return rules.may_look_after(request.user)  # type: ignore[arg-type]


def home(request: StaffRequest) -> HttpResponse:
    """Show what runs and what waits; the findings, which take a moment, follow."""
    require(rules.may_look_after(request.user))
    messages, jobs = figures.messages(), figures.jobs()
    return page(
        request,
        "web/system/home.html",
        {
            "version": version("treffpunkt"),
            "backup": last_backup(),
            "waiting": messages.number(Message.State.QUEUED),
            "by_hand": messages.number(Message.State.BY_HAND),
            "failed": messages.number(Message.State.FAILED),
            "unclear": messages.number(Message.State.UNCLEAR),
            "jobs": jobs,
            "jobs_waiting": jobs.states.get("due", 0),
            "jobs_failed": sum(jobs.failed.values()),
        },
    )


def findings(request: StaffRequest) -> HttpResponse:
    """Look at everything now."""
    require(rules.may_look_after(request.user))
    found = examine()
    return page(request, "web/system/findings.html", {"findings": found, "worst": worst(found)})
