"""People who still have to hear that they are stored, and people whose names go soon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from treffpunkt.agreements.queries import with_whom_it_runs
from treffpunkt.core.clock import now, today
from treffpunkt.core.errors import require
from treffpunkt.network import queries, rules
from treffpunkt.network.models import Actor
from treffpunkt.network.services import telling
from treffpunkt.network.services.reaching import receiver_of, with_ways
from treffpunkt.network.stored import untold_until
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.retention.queries import Periods, periods
from treffpunkt.ui.lists import capped_count
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import num

PAGE = 50
# How long before they go people whose names go are named.
SOON = timedelta(days=14)
CAP = 100_000


def untold(request: StaffRequest) -> HttpResponse:
    """Show who has not yet heard that they are stored, the longest waiting first, and offer to tell them."""
    by = request.user
    require(rules.may_tell(by))
    present = periods()
    waiting = queries.untold(by)
    found = _cut(waiting.order_by("created_at", "id"), request.GET.get("after", ""), "created_at")
    return page(
        request,
        "web/network/untold.html",
        {
            "count": capped_count(waiting, CAP),
            "by_mail": capped_count(waiting.filter(queries.by_mail()), CAP),
            "rows": _rows(found[:PAGE], lambda actor: _goes(actor, present)),
            "more": found[PAGE - 1].pk if len(found) > PAGE else None,
            "told": Actor.Told.choices[1:],
            "all": rules.sees_all(by),
            "days": present.numbers["untold_warning"],
            "text": _text(request),
        },
    )


@require_POST
def tell(request: StaffRequest) -> HttpResponse:
    """Write to one person, or to everybody whom mail reaches."""
    by = request.user
    if request.POST.get("all"):
        telling.tell_everybody(by=by)
        messages.success(request, _("The mails are being written and go out one by one."))
        return redirect("web:network:untold")
    numbers = telling.tell(by=by, ids=_chosen(request))
    if numbers["chat"]:
        messages.success(request, _("The text waits in your send-list."))
    elif numbers["mail"]:
        messages.success(request, _("The mail is on its way."))
    else:
        messages.error(request, _("There is no safe way to reach them."))
    return redirect("web:network:untold")


@require_POST
def told(request: StaffRequest) -> HttpResponse:
    """Note that somebody, or everybody, heard of it in another way."""
    by, how = request.user, request.POST.get("how", "")
    if how not in Actor.Told.values:
        raise Http404
    noted = telling.note_all_told(by=by, how=how) if request.POST.get("all") else telling.note_told(
        by=by, ids=_chosen(request), how=how
    )  # fmt: skip
    messages.success(
        request,
        ngettext("Noted for %(count)s person.", "Noted for %(count)s people.", noted) % {"count": num(noted)},
    )
    return redirect("web:network:untold")


def leaving(request: StaffRequest) -> HttpResponse:
    """Show whose names go within the next two weeks, and why."""
    by = request.user
    present = periods()
    ids = queries.leaving(by, now() + SOON, today(), with_whom_it_runs)
    found = _cut(Actor.objects.filter(pk__in=ids).order_by("id"), request.GET.get("after", ""), "")
    return page(
        request,
        "web/network/leaving.html",
        {
            "count": capped_count(ids, CAP),
            "rows": _rows(found[:PAGE], lambda actor: _goes(actor, present)),
            "more": found[PAGE - 1].pk if len(found) > PAGE else None,
        },
    )


@require_POST
def stay(request: StaffRequest) -> HttpResponse:
    """Keep somebody on, who said so: the period begins anew."""
    kept = telling.keep_on(by=request.user, ids=_chosen(request))
    if kept:
        messages.success(request, _("Their name stays. The period begins anew today."))
    return redirect("web:network:leaving")


def _goes(actor: Actor, present: Periods) -> datetime:
    last = [moment for moment in (actor.told_at, actor.last_contact_at) if moment]
    goes = present.after("quiet", max(last)) if actor.told_at else untold_until(actor, present)
    return max(goes, now())


def _rows(people: Iterable[Actor], goes: Callable[[Actor], datetime]) -> list[dict[str, Any]]:
    rows = []
    for actor in people:
        to = receiver_of(actor)
        way = "" if to is None else "mail" if to.mail else "chat" if to.chat_url or to.chat_name else ""
        rows.append({"actor": actor, "way": way, "goes": goes(actor)})
    return rows


def _cut(rows: QuerySet[Actor], after: str, field: str) -> list[Actor]:
    """Read one page more than is shown, beyond the row the last one ended with."""
    if after:
        last = get_object_or_404(Actor, pk=_uuid(after))
        beyond = Q(pk__gt=last.pk)
        if field:
            moment = getattr(last, field)
            beyond = Q(**{f"{field}__gt": moment}) | Q(**{field: moment}) & beyond
        rows = rows.filter(beyond)
    return list(with_ways(rows.select_related("owner"))[: PAGE + 1])


def _chosen(request: StaffRequest) -> list[UUID]:
    return [_uuid(text) for text in request.POST.getlist("person")[:1000]]


def _text(request: StaffRequest) -> str:
    """Write the text out as a German reader has it, without a link."""
    example = Message(template=telling.TEMPLATE, language=request.user.language, context={"link_key": "x"})
    return render(example, masked=True).body


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
