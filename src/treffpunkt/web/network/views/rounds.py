"""The daily round: the groups that are due, each settled with one tap, made for a phone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from uuid_utils.compat import uuid7

from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import as_uuid
from treffpunkt.network import rules
from treffpunkt.network.models import Community, Look, Space
from treffpunkt.network.rounds import asks_members, due, last_look, own_communities, progress, spaces_of_round
from treffpunkt.network.services.looking import look_into, say_more, undo_look
from treffpunkt.ui.context import Shell
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.access.proving import looked_in
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.forms.rounds import LookForm, WordForm

_ROWS = 30
_COLUMNS = (
    "name", "short_name", "name_language", "language_id", "address", "platform_id", "space_kind", "women_only",
    "state", "members", "members_counted_on", "checked_at", "check_due",
)  # fmt: skip


@dataclass(frozen=True)
class Tap:
    """What can be said of a group with one tap: its word, with an icon and a colour of meaning beside it."""

    value: Look.Outcome
    icon: str
    kind: str
    label: str


def taps() -> list[Tap]:
    """Give the three things a look can find."""
    return [
        Tap(Look.Outcome.NOTHING, icon="check", kind="good", label=_("Nothing new")),
        Tap(Look.Outcome.QUESTION, icon="message-circle-question-mark", kind="step", label=_("Question")),
        Tap(Look.Outcome.PROBLEM, icon="triangle-alert", kind="urgent", label=_("Problem")),
    ]


def rounds(request: StaffRequest) -> HttpResponse:
    """Show one's groups that are due, the longest overdue first."""
    by = request.user
    require(rules.may_create(by))
    mine = list(own_communities(by).only("name").order_by("sorting", "id"))
    community = _chosen(mine, request.GET.get("community", ""))
    rows = spaces_of_round(by, community)
    found = list(due(rows).only(*_COLUMNS)[: _ROWS + 1])
    last = last_look(by)
    return page(
        request,
        "web/network/round.html",
        {
            "rows": _rows(found[:_ROWS]),
            "more": len(found) > _ROWS,
            "progress": progress(rows),
            "communities": mine,
            "community": community,
            "taps": taps(),
            "last": last,
            "last_said": _said(last) if last else None,
        },
    )


@require_POST
def look(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what a look into a group found; answers HTMX with the row as it stands now."""
    by = request.user
    space = get_object_or_404(rules.viewable_spaces(by).only(*_COLUMNS), pk=pk)
    form = LookForm(request.POST)
    if not form.is_valid():
        return _refused(request, space, form)
    values = {name: form.cleaned_data[name] for name in ("id", "outcome", "members")}
    made = look_into(by=by, space=space, **values)
    looked_in(by, space, made)
    if _by_htmx(request):
        return _row(request, "web/network/_round_done.html", {"look": made, **_after(request, made)})
    undo = reverse("web:network:undo_look", args=[made.pk])
    messages.success(request, f"{_said(made).label}: {space.short_name or space.name}", extra_tags=f"undo:{undo}")
    return redirect(_here(request))


@require_POST
def word(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Add a word to a problem."""
    found = get_object_or_404(Look.objects.filter(staff=request.user).select_related("space"), pk=pk)
    form = WordForm(request.POST)
    if form.is_valid():
        say_more(by=request.user, look=found, word=form.cleaned_data["word"])
    if _by_htmx(request):
        return _row(request, "web/network/_round_done.html", {"look": found, "told": True, **_after(request, found)})
    messages.success(request, _("Coordination reads it with the task."))
    return redirect(_here(request))


@require_POST
def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take one's last look back."""
    found = Look.objects.filter(staff=request.user, pk=pk).select_related("space").first()
    if found is None:
        return redirect(_here(request))
    try:
        space = undo_look(by=request.user, look=found)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect(_here(request))
    if _by_htmx(request):
        return _row(request, "web/network/_round_row.html", {"row": _rows([space])[0], "taps": taps()})
    messages.success(request, _("Taken back."))
    return redirect(_here(request))


def _rows(spaces: Iterable[Space]) -> list[dict[str, Any]]:
    platforms = choices.platforms()
    return [
        {
            "space": space,
            "id": uuid7(),
            "nature": words.platform_kind(
                space.platform_id, platforms.get(space.platform_id, space.platform_id), space.space_kind
            ),
            "asks_members": asks_members(space),
        }
        for space in spaces
    ]


def _after(request: StaffRequest, made: Look) -> dict[str, Any]:
    shell = Shell(request)
    # Where questions have a place of their own, they are logged there at once.
    log = shell.address("web:questions:add") if made.outcome == Look.Outcome.QUESTION else None
    return {"said": _said(made), "space": made.space, "log_url": f"{log}?space={made.space_id}" if log else ""}


def _said(made: Look) -> Tap:
    return next(tap for tap in taps() if tap.value == made.outcome)


def _row(request: StaffRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Answer with one row, and beside it with how far one has come, in the community that is chosen."""
    community = _posted(request)
    counted = {"progress": progress(spaces_of_round(request.user, community)), "out_of_band": True}
    html = render_to_string(template, context | {"community": community}, request) + render_to_string(
        "web/network/_round_progress.html", counted, request
    )
    return HttpResponse(SafeString(html))


def _refused(request: StaffRequest, space: Space, form: LookForm) -> HttpResponse:
    said = _("This is no number of members.") if "members" in form.errors else _("Please tap one of the three.")
    if _by_htmx(request):
        row = _rows([space])[0] | {"error": said, "asks_members": True}
        context = {"row": row, "taps": taps(), "community": _posted(request)}
        html = render_to_string("web/network/_round_row.html", context, request)
        return HttpResponse(html, status=422)
    messages.error(request, said)
    return redirect(_here(request))


def _chosen(mine: list[Community], text: str) -> Community | None:
    wanted = as_uuid(text)
    return next((one for one in mine if one.pk == wanted), None)


def _posted(request: StaffRequest) -> Community | None:
    return _chosen(list(own_communities(request.user)), request.POST.get("community", ""))


def _here(request: StaffRequest) -> str:
    """Give the round one came from: over everything, or of the community that was chosen."""
    asked = own_address(request.POST.get("next", ""))
    if asked:
        return asked
    chosen = as_uuid(request.POST.get("community", ""))
    return reverse("web:network:round") + (f"?community={chosen}" if chosen else "")


def _by_htmx(request: StaffRequest) -> bool:
    return request.headers.get("HX-Request") == "true"
