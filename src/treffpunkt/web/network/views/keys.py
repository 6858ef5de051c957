"""Who holds which key: what leaving would cost, what hangs on one person, who is the bridge between communities."""

from __future__ import annotations

from types import SimpleNamespace
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import urlencode

from treffpunkt.network import keyholders, rules
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network import keys
from treffpunkt.web.network.lists import SPACE_COLUMNS

_ROWS = 50


def losses(request: StaffRequest) -> HttpResponse:
    """List the people whose leaving would cost most."""
    by = request.user
    filters = keys.KeyFilters(request.GET, by=by)
    found = listing(request, keyholders.losses(by, filters.narrow), filters=filters, sorts=keys.LOSS_SORTS)
    spaces = keyholders.spaces_lost(by, filters.narrow, found.rows) if found.rows else {}
    return page(
        request,
        "web/network/losses.html",
        {"list": found, "rows": keys.loss_rows(found.rows, spaces), "may_add": rules.may_create(by)},
    )


def single(request: StaffRequest) -> HttpResponse:
    """List the groups that hang on one administrator, with the remedy."""
    by = request.user
    filters = keys.KeyFilters(request.GET, by=by)
    rows = keyholders.hanging(by).only(*SPACE_COLUMNS)
    found = listing(request, rows, filters=filters, sorts=keys.SINGLE_SORTS)
    return page(
        request,
        "web/network/single.html",
        {
            "list": found,
            "rows": keys.single_rows(by, found.rows) if found.rows else [],
            "may_add": rules.may_create(by),
        },
    )


def bridges(request: StaffRequest) -> HttpResponse:
    """List the people who hold keys in several communities, perhaps in two of them."""
    by = request.user
    filters = keys.BridgeFilters(request.GET, by=by)
    found = listing(request, keyholders.bridges(by, *filters.communities), filters=filters, sorts=keys.BRIDGE_SORTS)
    names = {UUID(key): name for key, name in filters.fields["one"].choices if key}  # type: ignore[attr-defined]
    bridged = keyholders.bridged_by(by, found.rows) if found.rows else {}
    return page(
        request,
        "web/network/bridges.html",
        {"list": found, "rows": keys.bridge_rows(found.rows, bridged, names), "may_add": rules.may_create(by)},
    )


def pairs(request: StaffRequest) -> HttpResponse:
    """List the pairs of communities by how many people bridge them."""
    by = request.user
    given = request.GET.get("at", "")
    skipped = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    found = keyholders.pairs(by, most=_ROWS + 1, skipped=skipped)
    more, found = len(found) > _ROWS, found[:_ROWS]
    places = SimpleNamespace(
        first=skipped + 1,
        last=skipped + len(found),
        next_url=_at(skipped + _ROWS) if more else "",
        previous_url=_at(max(skipped - _ROWS, 0)) if skipped else "",
    )
    return page(request, "web/network/pairs.html", {"rows": keys.pair_rows(found), "places": places})


def _at(place: int) -> str:
    return f"?{urlencode({'at': place})}" if place else "?"
