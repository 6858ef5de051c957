"""Records that may be the same: the list, and the word that two are two."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import require
from treffpunkt.network import rules
from treffpunkt.network.models import Suspect
from treffpunkt.network.services.suspecting import decide_different
from treffpunkt.ui.lists import Listing, Sort, listing
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.network.views.merging import PAGES
from treffpunkt.web.search.kinds import BY_RECORD_KIND

_SORTS = (Sort("score", gettext_lazy("The likeliest first"), ("-score",)),)
_PAIRS = 20


def duplicates(request: StaffRequest) -> HttpResponse:
    """List pairs of records that may be the same, with the reason; a kind at a time."""
    by = request.user
    require(rules.may_create(by))
    open_ones = rules.viewable_suspects(by).filter(decided_at=None)
    counts = open_ones.aggregate(**{page_: Count("pk", filter=Q(record_kind=kind)) for kind, page_ in PAGES.items()})
    by_page = {page_: kind for kind, page_ in PAGES.items()}
    chosen = by_page.get(request.GET.get("kind", "")) or next(
        (kind for kind in PAGES if counts[PAGES[kind]]), "network.actor"
    )
    found = listing(request, open_ones.filter(record_kind=chosen), sorts=_SORTS, size=_PAIRS)
    context = {
        "list": found,
        "rows": _rows(request, chosen, found),
        "tabs": [(BY_RECORD_KIND[kind].title, PAGES[kind], counts[PAGES[kind]], kind == chosen) for kind in PAGES],
        "icon": BY_RECORD_KIND[chosen].icon,
    }
    return page(request, "web/network/duplicates.html", context)


@require_POST
def different(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that two records are two; they are not suspected again."""
    suspect = get_object_or_404(rules.viewable_suspects(request.user), pk=pk)
    decide_different(by=request.user, suspect=suspect)
    messages.success(request, _("Noted: they are two. They will not be suspected again."))
    kind = PAGES[suspect.record_kind]
    return redirect(own_address(request.POST.get("next", "")) or f"{reverse('web:network:duplicates')}?kind={kind}")


def _rows(request: StaffRequest, kind: str, found: Listing[Suspect]) -> list[dict[str, Any]]:
    """Show both of each pair; one that is no longer there leaves the list by itself."""
    words = {key: str(label) for key, label in Suspect.Reason.choices}
    source = BY_RECORD_KIND[kind]
    said = source.say(request.user, [pk for one in found.rows for pk in (one.one_id, one.other_id)])
    rows = []
    for one in found.rows:
        if one.one_id not in said or one.other_id not in said:
            continue
        pair = [(source.url(pk), said[pk]) for pk in (one.one_id, one.other_id)]
        merge = reverse(f"web:network:merge_{PAGES[kind]}", args=[one.one_id])
        rows.append(
            {
                "pk": one.pk,
                "pair": pair,
                "reasons": [words.get(reason, reason) for reason in one.reasons],
                "compare": f"{merge}?with={one.other_id}",
            }
        )
    return rows
