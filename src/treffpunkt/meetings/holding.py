"""What meetings hold of a person, told where all that is stored about them is shown."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.dates import spoken_languages
from treffpunkt.meetings import rules, wording
from treffpunkt.meetings.models import (
    Contribution,
    Correction,
    DatePoll,
    Invitation,
    Meeting,
    Needs,
    PollGuest,
    Statement,
)
from treffpunkt.network.models import Actor
from treffpunkt.network.stored import CONSENT, INTEREST, THEMSELVES, Category, Rows, day, marked, told
from treffpunkt.retention.queries import Periods


def asks(actor: Actor, by: Agent) -> list[QuerySet[Any, Any]]:
    """Ask for a guest's invitations and answers, and for the statements that carry their name by consent."""
    return [
        marked(Invitation.objects.filter(actor=actor), rules.viewable_invitations(by))
        .order_by("meeting__starts")
        .values(
            "seen",
            "state",
            "attendance",
            "remark",
            "language",
            "companions",
            "opened_on",
            starts=F("meeting__starts"),
            title=F("meeting__title"),
        ),
        marked(Statement.objects.filter(said_by=actor, removed_at=None), rules.viewable_statements(by)).values(
            "seen", "text", "confidential", "shown_name", starts=F("meeting__starts")
        ),
        marked(
            Contribution.objects.filter(invitation__actor=actor).exclude(text=""), rules.viewable_contributions(by)
        ).values("seen", "text", "shown_name", starts=F("meeting__starts")),
        marked(PollGuest.objects.filter(actor=actor), rules.viewable_poll_guests(by))
        .order_by("id")
        .values(
            "seen",
            "answers",
            "answered_at",
            "language",
            starts=F("poll__meeting__starts"),
            title=F("poll__meeting__title"),
        ),
        marked(Needs.objects.filter(invitation__actor=actor), rules.viewable_needs(by))
        .order_by("invitation__meeting__starts")
        .values(
            "seen",
            "interpreting",
            "children",
            "sign_language",
            "step_free",
            "other",
            starts=F("invitation__meeting__starts"),
        ),
        marked(Correction.objects.filter(invitation__actor=actor), rules.viewable_corrections(by)).values(
            "seen", "text", "word", "created_at"
        ),
    ]


def held_of(_actor: Actor, present: Periods, found: list[Rows]) -> list[Category]:
    """Tell of them, with purpose, basis and end."""
    invitations, statements, sent, polled, needs, proposed = found
    last = max((row["starts"] for row in invitations), default=None)
    needed = max((row["starts"] for row in needs), default=None)
    newest = max((row["created_at"] for row in proposed), default=None)
    said = max((row["starts"] for row in statements), default=None)
    return [
        Category(
            "invitations", gettext_lazy("Invitations and answers"), gettext_lazy("to plan our meetings"), INTEREST,
            THEMSELVES, present.after("attendance", last) if last else None,
            told(invitations, lambda row: (day(row["starts"]), _answer(row))),
        ),
        Category(
            "needs", gettext_lazy("What they need at our meetings"), gettext_lazy("so that they can take part"),
            CONSENT, THEMSELVES, present.after("needs", needed) if needed else None,
            told(needs, lambda row: (day(row["starts"]), _needs(row))),
        ),
        Category(
            "statements", gettext_lazy("Said in a meeting, noted with the name"),
            gettext_lazy("because they wanted their name to stand there"), CONSENT, THEMSELVES,
            present.after("attendance", said) if said else None,
            told(statements, lambda row: (day(row["starts"]), _said(row))),
        ),
        Category(
            "contributions", gettext_lazy("Sent by phone in a meeting, with the name"),
            gettext_lazy("because they wanted their name to stand there"), CONSENT, THEMSELVES, None,
            told(sent, lambda row: (day(row["starts"]), _signed(row))),
        ),
        Category(
            "dates", gettext_lazy("Asked for a date, and what suited"), gettext_lazy("to find a day for our meetings"),
            INTEREST, THEMSELVES,
            present.after("attendance", max(row["starts"] for row in polled)) if polled else None,
            told(polled, lambda row: (day(row["answered_at"] or row["starts"]), _suited(row))),
        ),
        Category(
            "corrections", gettext_lazy("Proposed for the minutes"),
            gettext_lazy("so that the minutes are right"), INTEREST, THEMSELVES,
            present.after("corrections", newest) if newest else None,
            told(proposed, lambda row: (day(row["created_at"]), " · ".join(filter(None, (row["text"], row["word"]))))),
        ),
    ]  # fmt: skip


def _said(row: dict[str, Any]) -> str:
    return _("confidential note") if row["confidential"] else _signed(row)


def _signed(row: dict[str, Any]) -> str:
    return f"{row['shown_name']}: {row['text']}" if row["shown_name"] else row["text"]


def _answer(row: dict[str, Any]) -> str:
    of = Invitation(state=row["state"], attendance=row["attendance"])
    parts = (
        wording.title(Meeting(title=row["title"]), row["language"]),
        str(of.get_state_display()),
        str(of.get_attendance_display()) if of.attendance else "",
        _("Opened the link on %(day)s") % {"day": day(row["opened_on"])} if row["opened_on"] else "",
        _("With one person") if row["companions"] else "",
        row["remark"],
    )
    return " · ".join(part for part in parts if part)


def _suited(row: dict[str, Any]) -> str:
    title = wording.title(Meeting(title=row["title"]), row["language"])
    counts = Counter(row["answers"].values())
    said = [f"{counts[answer]} × {answer.label}" for answer in DatePoll.Answer if counts[answer]]
    return " · ".join([title, *said])


def _needs(row: dict[str, Any]) -> str:
    language = spoken_languages([row["interpreting"]], get_language() or "en") if row["interpreting"] else ""
    children = ngettext("Child care: %(count)s child", "Child care: %(count)s children", row["children"])
    parts = (
        _("Interpreting into %(language)s") % {"language": language} if language else "",
        children % {"count": row["children"]} if row["children"] else "",
        _("Sign language") if row["sign_language"] else "",
        _("A way without steps") if row["step_free"] else "",
        row["other"],
    )
    return " · ".join(part for part in parts if part)
