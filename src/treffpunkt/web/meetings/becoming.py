"""What a statement can become, and how what came of it is named beside it.

A module above meetings adds a line to each: to `STEPS` the page on which its service takes the statement, to `RESULTS`
how its records are named. Nothing else on the pages of a meeting knows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements import rules as agreement_rules
from treffpunkt.core.agent import Agent
from treffpunkt.journal.models import Origin
from treffpunkt.meetings.models import Kind, Statement
from treffpunkt.tasks import rules as task_rules
from treffpunkt.ui.templatetags.ui import bdi, day
from treffpunkt.web.rows import address_of


@dataclass(frozen=True)
class Step:
    """A step offered beside a statement: its page takes the statement's id.

    It stands in front for statements of its kinds; `may` says who is offered it at all.
    """

    label: str | Promise
    icon: str
    page: str
    kinds: frozenset[str] = frozenset()
    may: Callable[[Agent], bool] = lambda by: True


@dataclass(frozen=True)
class Result:
    """A record that grew from a statement: its icon, how it is named, where it is."""

    icon: str
    words: SafeString
    url: str


def _tasks(by: Agent, ids: Collection[UUID]) -> dict[UUID, Result]:
    """Name tasks and promises: whose they are, and until when."""
    url = address_of("web:tasks:task")
    found = {}
    for task in task_rules.viewable(by).filter(pk__in=ids).select_related("owner"):
        words: list[str] = [escape(_("Promise") if task.promised_by_id else _("Task"))]
        words += [f": {bdi(task.owner.name)}"] if task.owner else []
        words += [", " + escape(_("by %(due)s")) % {"due": day(task.due)}] if task.due else []
        found[task.pk] = Result("corner-down-right", SafeString("".join(words)), url % task.pk)
    return found


def _agreements(by: Agent, ids: Collection[UUID]) -> dict[UUID, Result]:
    """Name agreements: what they are called, and where they stand."""
    url = address_of("web:agreements:detail")
    found = {}
    for agreement in agreement_rules.viewable(by).filter(pk__in=ids).only("name", "state"):
        words = SafeString(f"{bdi(agreement.name)}, {escape(agreement.get_state_display())}")
        found[agreement.pk] = Result("handshake", words, url % agreement.pk)
    return found


STEPS = (
    Step(gettext_lazy("Task"), icon="list-checks", page="web:meetings:statement_task", kinds=frozenset({Kind.TASK})),
    Step(
        gettext_lazy("Promise"), icon="handshake", page="web:meetings:statement_promise",
        kinds=frozenset({Kind.PROMISE}),
    ),
    Step(
        gettext_lazy("Agreement"), icon="scroll-text", page="web:agreements:from_statement",
        kinds=frozenset({Kind.COOPERATION}), may=agreement_rules.may_create,
    ),
)  # fmt: skip
RESULTS: Mapping[str, Callable[[Agent, Collection[UUID]], dict[UUID, Result]]] = {
    "tasks.task": _tasks,
    "agreements.agreement": _agreements,
}


def steps(by: Agent, statement: Statement) -> list[tuple[Step, str]]:
    """List the steps offered with a statement, each with its address; those that fit its kind first."""
    fitting = sorted(STEPS, key=lambda step: statement.statement_kind not in step.kinds)
    return [(step, address_of(step.page) % statement.pk) for step in fitting if step.may(by)]


def results(by: Agent, origins: Iterable[Origin]) -> dict[UUID, Result]:
    """Name what grew from statements, by its id; one query at most for each kind, and nothing one may not see."""
    ids: dict[str, set[UUID]] = {}
    for origin in origins:
        ids.setdefault(origin.result_kind, set()).add(origin.result_id)
    found: dict[UUID, Result] = {}
    for kind, name in RESULTS.items():
        if kind in ids:
            found |= name(by, ids[kind])
    return found
