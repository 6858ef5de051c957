"""What waits for somebody, as sentences with one action each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.agreements.queries import with_whom_it_runs
from treffpunkt.core import prepared
from treffpunkt.core.agent import Agent, has_role
from treffpunkt.core.clock import now, today
from treffpunkt.meetings.models import Meeting
from treffpunkt.network import queries as network
from treffpunkt.people.models import Role as StaffRole
from treffpunkt.people.models import Staff
from treffpunkt.post import rules as post_rules
from treffpunkt.post.models import Message
from treffpunkt.tasks.queries import due_today
from treffpunkt.ui.templatetags.ui import day, num
from treffpunkt.web.network.views.telling import CAP
from treffpunkt.web.network.views.telling import SOON as SOON_LEAVING
from treffpunkt.web.today.access import pressing
from treffpunkt.web.today.row import Row
from treffpunkt.web.today.silent import silent_groups

MOST = 5


def waiting(by: Staff, meetings: Iterable[Meeting], *, team: bool) -> list[Row]:
    """List what waits for `by`, or for the whole team; what is being lost comes first. Four queries.

    `meetings` run, or were held and wait for their minutes.
    """
    urgent, touches, promises, others = pressing(by, team=team)
    return [
        *urgent, *_messages(by), *map(_meeting, meetings), *_records(by), *promises, *touches,
        *_tasks(by, team=team), *others, *silent_groups(by),
    ]  # fmt: skip


def _messages(by: Agent) -> Iterator[Row]:
    """Texts that wait in the send-list, and mails that did not arrive: one query for both."""
    states = prepared.rows(_states, by)
    texts = states.count(Message.State.BY_HAND)
    broken = len(states) - texts
    if texts:
        yield Row(
            icon="send",
            kind="step",
            title=ngettext("%(count)s text to send by chat", "%(count)s texts to send by chat", texts)
            % {"count": texts},
            line=_("Written and ready: copy, open the chat, sent."),
            step=_("Send"),
            url=reverse("web:post:by_hand"),
        )
    if broken and has_role(by, StaffRole.COORDINATOR, StaffRole.SYSTEM_ADMINISTRATOR):
        yield Row(
            icon="mail-warning",
            kind="attention",
            title=ngettext("%(count)s mail did not arrive", "%(count)s mails did not arrive", broken)
            % {"count": broken},
            line=_("Or nobody can know whether it did."),
            step=_("Look"),
            url=reverse("web:post:outbox"),
        )


def _states(by: Agent) -> QuerySet[Message, str]:
    by_hand = post_rules.send_list(by).filter(state=Message.State.BY_HAND)
    lost = post_rules.viewable(by).filter(state__in=[Message.State.FAILED, Message.State.UNCLEAR])
    return (by_hand | lost).values_list("state", flat=True)[:200]


def _records(by: Staff) -> Iterator[Row]:
    """People who are to be told that they are stored, names that go soon, what may be there twice: a number each."""
    untold, leaving, twice, days = network.numbers_for_today(by, now() + SOON_LEAVING, CAP, with_whom_it_runs)
    if untold:
        yield Row(
            icon="shield",
            kind="attention",
            title=ngettext(
                "%(count)s person does not know yet that they are stored here",
                "%(count)s people do not know yet that they are stored here",
                untold,
            )
            % {"count": num(untold)},
            line=_("Entered more than %(days)s days ago. The law gives a month to tell them.") % {"days": days},
            step=_("Tell them"),
            url=reverse("web:network:untold"),
        )
    if leaving:
        yield Row(
            icon="eraser",
            kind="step",
            title=ngettext("%(count)s name goes within two weeks", "%(count)s names go within two weeks", leaving)
            % {"count": num(leaving)},
            line=_("After the periods you have set. The groups stay."),
            step=_("Look who"),
            url=reverse("web:network:leaving"),
        )
    if twice:
        yield Row(
            icon="copy",
            kind="step",
            title=ngettext("%(count)s pair may be the same", "%(count)s pairs may be the same", twice)
            % {"count": num(twice)},
            line=_("People, groups or organisations that were perhaps entered twice."),
            step=_("Compare"),
            url=reverse("web:network:duplicates"),
        )


def _meeting(meeting: Meeting) -> Row:
    runs = meeting.state == Meeting.State.RUNNING
    out = meeting.state == Meeting.State.REVIEWING and bool(meeting.corrections_until)
    title = (
        _("The meeting is running:") if runs else _("Corrections of the minutes:") if out else _("Send the minutes:")
    )
    return Row(
        icon="users-round" if runs else "pen-line",
        kind="step",
        title=title,
        name=meeting.name,
        line=_("Statements can be noted.") if runs else _on(_("Held on %(day)s."), meeting.starts),
        step=_("Take notes") if runs else _("Look through"),
        url=reverse(
            "web:meetings:live" if runs else "web:meetings:corrections" if out else "web:meetings:close",
            args=[meeting.pk],
        ),
        strong=runs,
    )


def _tasks(by: Staff, *, team: bool) -> Iterator[Row]:
    """Tasks that are due."""
    for task in due_today(by, team=team, most=MOST):
        late = task.due is not None and task.due < today()
        yield Row(
            icon="clock" if late else "list-checks",
            kind="attention" if late else "step",
            title="",
            name=task.title,
            language=task.language,
            whose=task.owner.name if not team and task.owner and task.owner_id != by.pk else "",
            line=_on(_("Was due on %(day)s."), task.due) if late else _("Due today."),
            step=_("Done"),
            url=reverse("web:tasks:close", args=[task.pk]),
            posts=True,
        )


def _on(sentence: str, moment: date | datetime | None) -> SafeString:
    """Put a day into a sentence, as pages write it."""
    return format_html(sentence.replace("%(day)s", "{}"), day(moment))
