"""The map of the network: drawn in the browser, as a table for everybody, as files."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import as_uuid
from treffpunkt.network import rules
from treffpunkt.network.landscape import KINDS, ORDERS, Excerpt, Key, choose, rows
from treffpunkt.network.landscape.files import FILES
from treffpunkt.network.models import Handout
from treffpunkt.network.services.map import hand_out_names, keep_spots
from treffpunkt.ui.lists import ROWS, Listing, Sort, assembled, order_of
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network import words
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.map import ExportForm
from treffpunkt.web.network.map.asking import MapFilters
from treffpunkt.web.network.map.drawing import for_browser, for_file
from treffpunkt.web.network.map.saying import PAGES, ROW_FIELDS, summary, table_rows
from treffpunkt.web.rows import address_of, written

_LABELS = {
    "reach": gettext_lazy("Potential reach"),
    "name": gettext_lazy("Name"),
    "kind": gettext_lazy("Kind"),
    "state": gettext_lazy("State"),
}
SORTS = tuple(
    Sort(key, _LABELS[key], tuple(f"-{name}" if falling else name for name in columns))
    for key, (columns, falling) in ORDERS.items()
)
_HANDOUTS = 20


def show(request: StaffRequest) -> HttpResponse:
    """Show the map with its legend, and below it the same as a table."""
    by = request.user
    filters = MapFilters(request.GET, by=by)
    ask = filters.ask()
    excerpt = choose(ask)
    found = _listing(request, filters, excerpt)
    return page(
        request,
        "web/network/map.html",
        {
            "list": found,
            "rows": written(request, "web/network/_map_row.html", ROW_FIELDS, table_rows(by, excerpt, found.rows)),
            "summary": summary(by, filters, ask, excerpt),
            "around": request.GET.get("around", "") if "around" in filters.chosen else "",
            "steps": filters.steps,
            "pages": [address_of(PAGES[kind]).replace("%s", "") for kind in KINDS],
            "may_lay_out": rules.may_lay_out(by),
            "may_lay_out_anew": rules.may_lay_out_anew(by),
            "legend_states": [(word, words.STATE_KINDS[key]) for key, word in words.state_labels().items()],
            "legend_standings": [(word, words.STANDING_KINDS[key]) for key, word in words.standing_labels().items()],
            "export_form": ExportForm(prefix="export"),
        },
    )


def _listing(request: StaffRequest, filters: MapFilters, excerpt: Excerpt) -> Listing[Any]:
    sort, turned = order_of(request.GET, SORTS)
    back = "before" in request.GET
    after = as_uuid(request.GET.get("before" if back else "after", ""))
    read = rows(request.user, excerpt, order=sort.key, turned=turned, after=after, back=back, size=ROWS)
    return assembled(
        request, read.rows, sorts=SORTS, filters=filters, number=len(excerpt), more=read.more, back=back,
        placed=read.placed,
    )  # fmt: skip


def data(request: StaffRequest) -> JsonResponse:
    """Give the browser what it draws: two thousand records at most, with where they lie."""
    filters = MapFilters(request.GET, by=request.user)
    ask = filters.ask()
    return JsonResponse(for_browser(request.user, ask, choose(ask)))


@require_POST
def spots(request: StaffRequest) -> HttpResponse:
    """Keep where the browser has laid records out."""
    require(rules.may_lay_out(request.user))
    try:
        given = json.loads(request.body)
        places = [_spot(*one) for one in given["spots"]]
        anew = bool(given.get("anew"))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError, RecursionError):
        return HttpResponseBadRequest()
    try:
        keep_spots(by=request.user, spots=places, anew=anew)
    except DomainError as error:
        return HttpResponseBadRequest(str(error.message))
    return HttpResponse(status=204)


def _spot(kind: int, pk: str, x: float, y: float) -> tuple[Key, float, float]:
    found = as_uuid(pk)
    if found is None or kind not in range(len(KINDS)):
        raise ValueError
    return (KINDS[kind], found), float(x), float(y)


def export(request: StaffRequest) -> HttpResponse:
    """Hand out what is shown as a file, people as codes; with names only for a reason, which is kept."""
    by = request.user
    filters = MapFilters(request.GET, by=by)
    form = ExportForm(sent(request), prefix="export")
    if form.is_valid() and (answer := tried(form, lambda: _file(request, filters, form))) is not None:
        return answer
    ask = filters.ask()
    excerpt = choose(ask)
    return page(
        request,
        "web/network/export_map.html",
        {
            "form": form,
            "summary": summary(by, filters, ask, excerpt),
            "back": request.GET.urlencode(),
            "handouts": Handout.objects.select_related("staff")[:_HANDOUTS] if rules.may_see_handouts(by) else None,
        },
    )


def _file(request: StaffRequest, filters: MapFilters, form: ExportForm) -> HttpResponse:
    chosen, named = form.cleaned_data["file_format"], form.named
    # The picture is drawn in the browser, which asks here only for leave to show names.
    drawn = chosen not in FILES
    if drawn and request.headers.get("Accept") != "application/json":
        raise DomainError(_("The picture is drawn on the map itself: take it from there, with JavaScript switched on."))
    drawing, people = for_file(request.user, choose(filters.ask()), named=named)
    if named:
        reason = form.cleaned_data["reason"]
        hand_out_names(by=request.user, file_format=chosen, reason=reason, people=people)
    if drawn:
        return HttpResponse(status=204)
    write, ending, content_type = FILES[chosen]
    text = write(drawing, ";") if chosen == "csv" and get_language() == "de" else write(drawing)
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="treffpunkt-map-{today().isoformat()}.{ending}"'
    return response
