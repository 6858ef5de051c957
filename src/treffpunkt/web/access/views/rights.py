"""What is granted to us, group by group, with what the group wants beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from uuid_utils.compat import uuid7

from treffpunkt.agreements import rules
from treffpunkt.agreements.in_use import rights_in, spaces_with_rights
from treffpunkt.core.errors import require
from treffpunkt.network.models import Space
from treffpunkt.ui.exports import csv_response
from treffpunkt.ui.lists import chosen_rows, listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.access.lists import RIGHT_SORTS, RightFilters
from treffpunkt.web.access.words import RIGHT_KINDS
from treffpunkt.web.network import choices
from treffpunkt.web.network.words import nature

_PIECE = 200


@require_safe
def shown(request: StaffRequest) -> HttpResponse:
    """List the groups in which something is granted, with every right and the rules of the group."""
    by = request.user
    require(rules.may_watch(by))
    filters = RightFilters(request.GET, by=by)
    found = listing(request, spaces_with_rights(by), filters=filters, sorts=RIGHT_SORTS)
    rights, platforms = rights_in(found.rows), choices.platforms()
    rows = [{"space": one, "nature": nature(one, platforms), "rights": rights.get(one.pk, [])} for one in found.rows]
    return page(request, "web/access/rights.html", {"list": found, "rows": rows, "kinds": RIGHT_KINDS, "mark": uuid7()})


@require_safe
def export(request: StaffRequest) -> StreamingHttpResponse:
    """Hand out exactly the rights of the groups the list shows, as CSV."""
    by = request.user
    require(rules.may_watch(by))
    rows = chosen_rows(request, spaces_with_rights(by), filters=RightFilters(request.GET, by=by), sorts=RIGHT_SORTS)
    heads = [_("group"), _("right"), _("how it is done"), _("profile"), _("state"), _("last seen to work")]
    return csv_response("rights", heads, _cells(rows))


def _cells(rows: Any) -> Iterator[tuple[Any, ...]]:
    piece: list[Space] = []
    for space in rows.iterator(chunk_size=_PIECE):
        piece.append(space)
        if len(piece) == _PIECE:
            yield from _of(piece)
            piece = []
    yield from _of(piece)


def _of(spaces: list[Space]) -> Iterator[tuple[Any, ...]]:
    rights = rights_in(spaces)
    for space in spaces:
        for right in rights.get(space.pk, []):
            profile = right.profile.name if right.profile else ""
            kind, state = right.get_right_kind_display(), right.get_state_display()
            yield space.name, kind, right.how, profile, state, right.seen_at
