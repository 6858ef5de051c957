"""Spaces as a list, by state, as a file, and several at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError
from treffpunkt.network import rules
from treffpunkt.network.models import Community, Space
from treffpunkt.network.services.spaces import change_space, check_space
from treffpunkt.ui.exports import csv_response
from treffpunkt.ui.lists import chosen_rows, listing
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.lists import (
    SPACE_COLUMNS,
    SPACE_FIELDS,
    SPACE_SORTS,
    SpaceFilters,
    by_state,
    members_of,
    space_rows,
    state_numbers,
    totals,
)
from treffpunkt.web.rows import address_of, written

_CARDS = 8


def spaces(request: StaffRequest) -> HttpResponse:
    """List spaces; whoever wants may choose several and treat them at once."""
    by = request.user
    filters = SpaceFilters(request.GET, by=by)
    found = listing(request, rules.viewable_spaces(by).only(*SPACE_COLUMNS), filters=filters, sorts=SPACE_SORTS)
    choosing = "choose" in request.GET and rules.may_create(by)
    whole = totals(by)
    if not found.filtered:
        members: int | None = whole.members
    elif found.count.capped:
        members = None  # a sum of thousands of rows would cost more than it tells
    elif found.count.number == len(found.rows):
        members = sum(space.members or 0 for space in found.rows)
    else:
        members = members_of(filters.apply(rules.viewable_spaces(by)))
    return page(
        request,
        "web/network/spaces.html",
        {
            "list": found,
            "rows": written(
                request, "web/network/_space_row.html", SPACE_FIELDS, space_rows(found.rows), choosing=choosing
            ),
            "whole": whole,
            "members": members,
            "choosing": choosing,
            "communities": choices.communities(by) if choosing else (),
            "may_add": rules.may_create(by),
        },
    )


def board(request: StaffRequest) -> HttpResponse:
    """Show spaces by their state, the largest first."""
    by = request.user
    filters = SpaceFilters(request.GET, by=by)
    found = listing(request, Space.objects.none(), filters=filters, sorts=SPACE_SORTS)
    rows = filters.apply(rules.viewable_spaces(by))
    numbers = by_state(by) if not filters.chosen else state_numbers(rows)
    cards = _largest(rows, [state for state in Space.State.values if numbers.get(state)])
    columns = [
        {
            "state": state,
            "label": label,
            "kind": words.STATE_KINDS[state],
            "number": numbers.get(state, 0),
            "rows": [row for row in cards if row["state_key"] == state],
        }
        for state, label in words.state_labels().items()
    ]
    return page(request, "web/network/board.html", {"list": found, "columns": columns, "may_add": rules.may_create(by)})


def _largest(rows: QuerySet[Space], states: list[str]) -> list[Any]:
    parts = [
        rows.filter(state=state).order_by(F("members").desc(nulls_last=True), "-pk").only(*SPACE_COLUMNS)[:_CARDS]
        for state in states
    ]
    if not parts:
        return []
    return space_rows(parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])


def export(request: StaffRequest) -> StreamingHttpResponse:
    """Hand out exactly the list that is shown."""
    by = request.user
    filters = SpaceFilters(request.GET, by=by)
    rows = chosen_rows(request, rules.viewable_spaces(by), filters=filters, sorts=SPACE_SORTS)
    heads = (
        _("Name"),
        _("German short name"),
        _("Address"),
        _("Platform"),
        _("Kind"),
        _("Language"),
        _("For women only"),
        _("State"),
        _("Members"),
        _("Admins"),
        _("Last checked"),
    )
    return csv_response("treffpunkt-spaces", heads, _exported(rows))


def _exported(rows: QuerySet[Space]) -> Iterator[tuple[Any, ...]]:
    platforms, states = choices.platforms(), words.state_labels()
    kinds = {key: str(label) for key, label in Space.Kind.choices}
    languages = choices.language_names()
    answers = {True: _("yes"), False: _("no")}
    columns = rows.values_list(
        "name",
        "short_name",
        "address",
        "platform_id",
        "space_kind",
        "language_id",
        "women_only",
        "state",
        "members",
        "administrator_count",
        "checked_at",
    )

    def written() -> Iterator[tuple[Any, ...]]:
        for name, short, address, platform, kind, language, women, state, members, admins, checked in columns.iterator(
            chunk_size=2000
        ):
            yield (
                name,
                short,
                address,
                platforms.get(platform, platform),
                kinds.get(kind, kind),
                languages.get(language, language),
                answers[women],
                states[state],
                members,
                admins,
                checked,
            )

    return written()


@require_POST
def chosen(request: StaffRequest) -> HttpResponse:
    """Mark the chosen spaces as checked, or put them into a community; all of them or none."""
    by = request.user
    picked = _picked(request)
    if not picked:
        messages.error(request, _("Nothing is chosen. Tick the groups first."))
        return redirect(_back(request))
    try:
        if "checked" in request.POST:
            for space in picked:
                check_space(by=by, space=space)
            said = ngettext(
                "%(number)s group is marked as checked.", "%(number)s groups are marked as checked.", len(picked)
            )
        else:
            community = rules.communities_of(by).filter(pk__in=_uuids([request.POST.get("community", "")])).first()
            if community is None:
                messages.error(request, _("Please choose a community."))
                return redirect(_back(request))
            _put_into(request, picked, community)
            said = ngettext(
                "%(number)s group is in the community now.", "%(number)s groups are in the community now.", len(picked)
            )
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, said % {"number": len(picked)})
    return redirect(_back(request))


def _put_into(request: StaffRequest, picked: list[Space], community: Community) -> None:
    for space in picked:
        present = [one.pk for one in space.communities.all()]
        change_space(by=request.user, space=space, communities=[*present, community.pk])


def _picked(request: StaffRequest) -> list[Space]:
    ids = _uuids(request.POST.getlist("space")[:50])
    return list(rules.viewable_spaces(request.user).filter(pk__in=ids).prefetch_related("communities"))


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def _back(request: StaffRequest) -> str:
    return own_address(request.POST.get("next", "")) or address_of("web:network:space").split("%s")[0]
