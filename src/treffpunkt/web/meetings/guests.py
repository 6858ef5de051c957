"""The guest list on a meeting's page: grouped by answer, later by who was there, each guest with the latest known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.meetings.models import Invitation, Meeting, Needs
from treffpunkt.ui.pages import StaffRequest
from treffpunkt.ui.templatetags.ui import ago, bdi, day, display, language_name, moment
from treffpunkt.web.rows import address_of, isolated, written

# Before a meeting, in the order in which they matter.
ANSWERS = (
    Invitation.State.ACCEPTED,
    Invitation.State.TENTATIVE,
    Invitation.State.WAITING,
    Invitation.State.SENT,
    Invitation.State.PLANNED,
    Invitation.State.DECLINED,
)
PRESENCE = (
    Invitation.Attendance.ATTENDED,
    Invitation.Attendance.EXCUSED,
    Invitation.Attendance.ABSENT,
    Invitation.Attendance.UNKNOWN,
)
_TAKES_ANSWERS = (Meeting.State.INVITING, Meeting.State.RUNNING)
_FIELDS = ("pk", "who", "language", "line")


@dataclass(frozen=True)
class Group:
    """Guests who answered alike: what they said, how many they are, and their rows."""

    label: str | Promise
    number: int
    rows: SafeString


def is_noted(invitations: Iterable[Invitation]) -> bool:
    """Say whether it was noted who was there."""
    return any(row.attendance for row in invitations)


def groups(
    request: StaffRequest, meeting: Meeting, invitations: list[Invitation], needs: Mapping[UUID, Needs]
) -> list[Group]:
    """Group the guest list by who was there, once that is noted, and by answer before; with what each needs."""
    noted = is_noted(invitations)
    person = address_of("web:network:actor")
    found = []
    every: tuple[Any, ...] = PRESENCE if noted else ANSWERS
    for one in every:
        rows = [row for row in invitations if (row.attendance if noted else row.state) == one]
        if one == Invitation.State.WAITING:
            rows.sort(key=lambda row: (row.waiting_since or row.answered_at or row.created_at, row.pk))
        if rows:
            answering = meeting.state in _TAKES_ANSWERS and one != Invitation.State.PLANNED
            filled = [_row(row, person, needs.get(row.pk), noted=noted) for row in rows]
            html = written(request, "web/meetings/_guest_row.html", _FIELDS, filled, takes_answers=answering)
            found.append(Group(one.label, len(rows), html))
    return found


def _row(row: Invitation, person: str, needs: Needs | None, *, noted: bool) -> dict[str, object]:
    who: SafeString | str = isolated(row.called or _("without a name"))  # type: ignore[attr-defined]
    if row.actor_id:
        who = SafeString(f'<a class="name" href="{person % row.actor_id}">{who}</a>')
    elif row.staff_id is None:
        who = format_html('<span class="quiet">{}</span>', _("name no longer kept"))
    return {"pk": row.pk, "who": who, "language": language_name(row.language), "line": _line(row, needs, noted=noted)}


def _line(row: Invitation, needs: Needs | None, *, noted: bool) -> SafeString:
    """Say that mail does not reach a guest, the latest that is known of them, and what they added."""
    known: list[str] = []
    if noted:
        known.append(escape(display(row, "state")))
    elif row.answered_at:
        known.append(f"{moment(row.answered_at)}, {escape(display(row, 'answered_via'))}")
    elif row.reminded_at:
        known.append(format_html(_("reminded {when}"), when=ago(row.reminded_at)))
    if row.offered_until:
        known.append(format_html(_("a seat is kept until {when}"), when=moment(row.offered_until)))
    elif row.offer_lapsed_at:
        known.append(escape(_("let a seat pass")))
    if row.companions:
        known.append(escape(_("brings one person")))
    if needs:
        known.append(_needs(needs))
    if row.remark:
        known.append(f"<q>{bdi(row.remark)}</q>")
    line = f'<p class="row-line">{" · ".join(known)}</p>' if known else ""
    return SafeString(_failing(row) + line)


def _needs(needs: Needs) -> SafeString:
    """Say what a guest needs, for the hosts."""
    children = ngettext("child care for %(count)s child", "child care for %(count)s children", needs.children)
    parts = (
        _("interpreting into %(language)s") % {"language": language_name(needs.interpreting)}
        if needs.interpreting
        else "",
        children % {"count": needs.children} if needs.children else "",
        _("sign language") if needs.sign_language else "",
        _("step-free access") if needs.step_free else "",
    )
    said = [escape(part) for part in parts if part] + ([f"<q>{bdi(needs.other)}</q>"] if needs.other else [])
    return format_html('<span class="text-attention">{}</span> {}', _("needs:"), SafeString(", ".join(said)))


def _failing(row: Invitation) -> SafeString:
    since: datetime | None = row.fails_since  # type: ignore[attr-defined]
    if since is None:
        return SafeString()
    return format_html(
        '<p class="row-line"><span class="state kind-urgent">{}</span> <a class="link" href="{}">{}</a></p>',
        format_html(_("Mail does not arrive since {day}."), day=day(since)),
        reverse("web:network:add_channel", args=[row.actor_id]),
        _("Enter another way"),
    )
