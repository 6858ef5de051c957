"""Invitations in waves: put together, sent by hand or by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import as_uuid
from treffpunkt.meetings import queries, rules
from treffpunkt.meetings.models import Invitation, Meeting, Wave
from treffpunkt.meetings.services.waves import change_wave, dissolve_wave, has_free_seats, make_wave, send_wave
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.meetings.forms.waves import WaveForm
from treffpunkt.web.meetings.poll_letters import tell
from treffpunkt.web.meetings.views.common import may_edit_or_403, seen


def waves(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the waves and who is in none, and make another."""
    meeting = seen(request, pk)
    may_edit_or_403(request, meeting)
    form = WaveForm(request.POST if request.method == "POST" else None)
    ticked = [found for text in request.POST.getlist("invitation") if (found := as_uuid(text))]
    if form.is_valid():
        try:
            make_wave(by=request.user, meeting=meeting, invitation_ids=ticked, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The wave is put together."))
            return redirect("web:meetings:waves", pk=pk)
    planned = list(queries.invitations(meeting, Invitation.State.PLANNED))
    rows = list(waves_of(meeting))
    for wave in rows:
        shown: Any = wave
        shown.guests = [row for row in planned if row.wave_id == wave.pk]
        if not wave.sent_at:
            first = {"goes_on": wave.goes_on, "only_if_free": wave.only_if_free}
            shown.form = WaveForm(initial=first, auto_id=f"id_{wave.number}_%s")
    context = {
        "meeting": meeting,
        "waves": rows,
        "free": [row for row in planned if row.wave_id is None],
        "ticked": ticked,
        "has_free_seats": has_free_seats(meeting),
        "form": form,
    }
    return page(request, "web/meetings/waves.html", context)


@require_POST
def send(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Send a wave now."""
    wave = _wave(request, pk)
    try:
        tell(request, send_wave(by=request.user, wave=wave))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("web:meetings:waves", pk=wave.meeting_id)


@require_POST
def change(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let a wave go out on another day."""
    wave = _wave(request, pk)
    form = WaveForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("web:meetings:waves", pk=wave.meeting_id)
    said = {name: form.cleaned_data[name] for name in ("goes_on", "only_if_free")}
    try:
        change_wave(by=request.user, wave=wave, **said)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The day of the wave is changed."))
    return redirect("web:meetings:waves", pk=wave.meeting_id)


@require_POST
def dissolve(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take a wave apart."""
    wave = _wave(request, pk)
    try:
        dissolve_wave(by=request.user, wave=wave)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("web:meetings:waves", pk=wave.meeting_id)


def waves_of(meeting: Meeting) -> QuerySet[Wave]:
    """List the waves of a meeting with how many guests they have, and how many of them said yes."""
    coming = Q(invitations__state=Invitation.State.ACCEPTED)
    return meeting.waves.annotate(
        number_of_guests=Count("invitations"), coming=Count("invitations", filter=coming)
    ).order_by("number")


@dataclass(frozen=True)
class Short:
    """A wave as the meeting's page tells of it."""

    number: int
    number_of_guests: int
    goes_on: date | None
    only_if_free: bool
    sent_at: datetime | None


def in_short() -> ArraySubquery:
    """Read the waves along with a meeting, within its own query; `waves_in_short` gives them."""
    rows = Wave.objects.filter(meeting=OuterRef("pk")).annotate(guests=Count("invitations")).order_by("number")
    told = JSONObject(
        number=F("number"), number_of_guests=F("guests"), goes_on=F("goes_on"), only_if_free=F("only_if_free"),
        sent_at=F("sent_at"),
    )  # fmt: skip
    return ArraySubquery(rows.values(told=told))


def waves_in_short(meeting: Meeting) -> list[Short]:
    """Give the waves that were read along with a meeting."""
    rows: list[dict[str, Any]] = meeting.wave_rows  # type: ignore[attr-defined]
    return [
        Short(
            row["number"],
            row["number_of_guests"],
            date.fromisoformat(row["goes_on"]) if row["goes_on"] else None,
            row["only_if_free"],
            datetime.fromisoformat(row["sent_at"]) if row["sent_at"] else None,
        )
        for row in rows
    ]


def going_by_themselves(meeting: Meeting) -> int:
    """Count the waves that will go out on a day."""
    return meeting.waves.filter(sent_at=None, goes_on__isnull=False).count()


def tell_of_lost_days(request: StaffRequest, meeting: Meeting, before: int) -> None:
    """Say how many waves have no day any more since the meeting was moved; `before` so many had one."""
    lost = before - going_by_themselves(meeting)
    if lost > 0:
        text = ngettext(
            "%(count)s wave of invitations should have gone out on the new day or later. Send it yourself, or give it another day.",
            "%(count)s waves of invitations should have gone out on the new day or later. Send them yourself, or give them another day.",
            lost,
        )  # fmt: skip
        messages.warning(request, text % {"count": lost})


def _wave(request: StaffRequest, pk: UUID) -> Wave:
    rows = Wave.objects.filter(meeting__in=rules.viewable(request.user).values("pk")).select_related("meeting")
    wave = get_object_or_404(rows, pk=pk)
    may_edit_or_403(request, wave.meeting)
    return wave
