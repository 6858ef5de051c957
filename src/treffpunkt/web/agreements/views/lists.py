"""The register of agreements: as a list, by state, on a line of time, as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

from treffpunkt.agreements import queries, rules
from treffpunkt.agreements.models import Agreement
from treffpunkt.ui.exports import csv_response
from treffpunkt.ui.lists import chosen_rows, listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.agreements import words
from treffpunkt.web.agreements.lists import SORTS, TIMELINE_SORTS, AgreementFilters
from treffpunkt.web.agreements.timeline import bars
from treffpunkt.web.network import choices
from treffpunkt.web.rows import written

_CARDS = 8


def register(request: StaffRequest) -> HttpResponse:
    """List agreements."""
    by = request.user
    filters = AgreementFilters(request.GET, by=by)
    found = listing(request, queries.register(by), filters=filters, sorts=SORTS)
    rows = written(request, "web/agreements/_row.html", words.ROW_FIELDS, words.rows_of(found.rows))
    context = {"list": found, "rows": rows, "may_create": rules.may_create(by)}
    return page(request, "web/agreements/list.html", context)


def board(request: StaffRequest) -> HttpResponse:
    """Show agreements by their state, the latest first."""
    by = request.user
    filters = AgreementFilters(request.GET, by=by)
    found = listing(request, Agreement.objects.none(), filters=filters, sorts=SORTS)
    rows = filters.apply(rules.viewable(by))
    numbers = queries.state_numbers(rows)
    cards = words.rows_of(_latest(rows, [state for state in Agreement.State.values if numbers.get(state)]))
    columns = [
        {
            "state": state,
            "label": label,
            "kind": words.STATE_KINDS[Agreement.State(state)],
            "number": numbers.get(state, 0),
            "rows": [row for row in cards if row["state_key"] == state],
        }
        for state, label in words.state_labels().items()
    ]
    context = {"list": found, "columns": columns, "may_create": rules.may_create(by)}
    return page(request, "web/agreements/board.html", context)


def timeline(request: StaffRequest) -> HttpResponse:
    """Show since when agreements hold, when they are looked at again, and when they ended."""
    by = request.user
    filters = AgreementFilters(request.GET, by=by)
    held = queries.register(by).filter(in_force_since__isnull=False)
    found = listing(request, held, filters=filters, sorts=TIMELINE_SORTS)
    years, drawn = bars(found.rows)
    context = {"list": found, "years": years, "bars": drawn, "may_create": rules.may_create(by)}
    return page(request, "web/agreements/timeline.html", context)


def export(request: StaffRequest) -> StreamingHttpResponse:
    """Hand out exactly the list that is shown."""
    by = request.user
    filters = AgreementFilters(request.GET, by=by)
    rows = chosen_rows(request, queries.register(by), filters=filters, sorts=SORTS)
    heads = (
        _("Name"), _("State"), _("State since"), _("Language"), _("Groups and channels"), _("With whom"),
        _("In force since"), _("Looked at again"), _("Runs until"), _("Rights"), _("Topics that concern women"),
        _("Looked after by"),
    )  # fmt: skip
    return csv_response("treffpunkt-agreements", heads, _exported(queries.with_contents(rows)))


def _exported(rows: QuerySet[Agreement]) -> Iterator[tuple[Any, ...]]:
    labels, languages = words.state_labels(), choices.language_names()

    def lines() -> Iterator[tuple[Any, ...]]:
        for one in rows.iterator(chunk_size=500):
            more: Any = one
            yield (
                one.name,
                words.state_of(one, labels),
                one.state_since or one.created_at,
                languages.get(one.language.partition("-")[0], one.language),
                ", ".join(more.space_names),
                ", ".join(name for name in more.party_names if name),
                one.in_force_since,
                one.review_on,
                one.ends_on,
                ", ".join(sorted({words.right_words(kind) for kind in more.right_kinds})),
                ", ".join(queries.topic_names(more.topic_texts)),
                one.owner.name if one.owner else "",
            )

    return lines()


def _latest(rows: QuerySet[Agreement], states: list[str]) -> list[Agreement]:
    parts = [
        queries.with_names(rows.filter(state=state)).order_by("-state_since", "-pk").values("pk")[:_CARDS]
        for state in states
    ]
    if not parts:
        return []
    ids = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return list(queries.with_names(rows.filter(pk__in=[row["pk"] for row in ids])).order_by("-state_since", "-pk"))
