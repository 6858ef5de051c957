"""Spaces that have fallen silent: a suggestion, never more."""

from __future__ import annotations

from django.http import HttpResponse

from treffpunkt.network import over_time, rules
from treffpunkt.network.models import Space
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.lists import SPACE_COLUMNS, space_rows

_SHOWN = 100


def quiet(request: StaffRequest) -> HttpResponse:
    """List the spaces in which nobody has posted for weeks, the longest silent first."""
    by = request.user
    found = over_time.silence(rules.viewable_spaces(by))[:_SHOWN]
    spaces = {one.pk: one for one in Space.objects.filter(pk__in=[one.space for one in found]).only(*SPACE_COLUMNS)}
    known = [one for one in found if one.space in spaces]
    rows = space_rows(spaces[one.space] for one in known)
    context = {
        "rows": list(zip(rows, known, strict=True)),
        "least": over_time.QUIET_WEEKS,
        "may_edit": rules.may_create(by),
    }
    return page(request, "web/network/quiet.html", context)
