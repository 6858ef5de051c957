"""People by where we stand with them: whom to ask, who has been asked, who works with us."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.http import HttpResponse

from treffpunkt.core import clock
from treffpunkt.core.text import read_as
from treffpunkt.network import rules
from treffpunkt.network.models import Actor
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.lists import ACTOR_SORTS, ActorFilters, by_standing, standing_numbers
from treffpunkt.web.rows import address_of

_CARDS = 8
_S = Actor.Standing
# Of those not asked yet the widest reach first; of the others whom to get in touch with again.
_ORDERS: dict[str, tuple[Any, ...]] = {
    _S.UNKNOWN: ("-potential_reach", "-pk"),
    _S.ASKED: (F("next_touch").asc(nulls_last=True), "-potential_reach", "-pk"),
    _S.WON: (F("next_touch").asc(nulls_last=True), "-potential_reach", "-pk"),
    _S.DECLINED: (F("last_contact_at").desc(nulls_last=True), "-pk"),
}


def board(request: StaffRequest) -> HttpResponse:
    """Show people by their standing, with who of us knows them and when to get in touch again."""
    by = request.user
    filters = ActorFilters(request.GET, by=by)
    found = listing(request, Actor.objects.none(), filters=filters, sorts=ACTOR_SORTS)
    rows = filters.apply(rules.viewable_actors(by).filter(erased_at=None))
    numbers = by_standing(by) if not filters.chosen else standing_numbers(rows)
    cards = _cards(rows, [standing for standing in _ORDERS if numbers.get(standing)])
    labels = words.standing_labels()
    columns = [
        {
            "standing": standing,
            "label": labels[standing],
            "kind": words.STANDING_KINDS[standing],
            "number": numbers.get(standing, 0),
            "rows": [card for card in cards if card["standing"] == standing],
            "asks": standing != _S.DECLINED,
        }
        for standing in _ORDERS
    ]
    context = {"list": found, "columns": columns, "may_add": rules.may_create(by), "view": "board"}
    return page(request, "web/network/actor_board.html", context)


def _cards(rows: QuerySet[Actor], standings: list[str]) -> list[dict[str, Any]]:
    parts = [
        rows.filter(standing=standing)
        .annotate(known_by=F("owner__name"))
        .order_by(*_ORDERS[standing])
        .only("name", "reading", "handle", "languages", "standing", "next_touch", "last_contact_at", "potential_reach")[
            :_CARDS
        ]
        for standing in standings
    ]
    if not parts:
        return []
    found = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    names, url, today = choices.language_names(), address_of("web:network:actor"), clock.today()
    return [
        {
            "pk": one.pk,
            "url": url % one.pk,
            "name": str(one),
            "beside": read_as(one.name, one.reading),
            "standing": one.standing,
            "languages": [names.get(tag, tag) for tag in one.languages[:2]],
            "reach": one.potential_reach,
            "touch": one.next_touch,
            "due": bool(one.next_touch and one.next_touch <= today),
            "contact": one.last_contact_at,
            "owner": one.known_by or "",  # type: ignore[attr-defined]
        }
        for one in found
    ]
