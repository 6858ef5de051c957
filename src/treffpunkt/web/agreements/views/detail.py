"""An agreement's page: its sentences in both languages, with whom, what it opens, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from treffpunkt.agreements import composing, pdf, queries, rules
from treffpunkt.agreements.models import Agreement, AgreementVersion
from treffpunkt.core.agent import Agent
from treffpunkt.journal.models import Origin
from treffpunkt.network.models import Community, Space
from treffpunkt.ui.pages import StaffRequest, one_or_404, page, wanted_part
from treffpunkt.web.agreements import words
from treffpunkt.web.agreements.steps import ended, next_step, steps
from treffpunkt.web.agreements.views.common import seen
from treffpunkt.web.journal import thread
from treffpunkt.web.records import labels

V = AgreementVersion.State


def agreement(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show an agreement: where it stands, what it says, with whom it is, what happened."""
    if wanted_part(request) == "thread":
        return page(request, "web/agreements/detail.html", {"thread": thread(request, seen(request, pk).pk)})
    by = request.user
    found: Any = one_or_404(_seen_whole, by, pk)
    versions, sides, remarks = queries.versions(pk), queries.sides(pk), queries.remarks_of(pk)
    current = next((one for one in versions if one.pk == found.current_id), None)
    open_ = next((one for one in versions if one.state in (V.DRAFT, V.OFFERED)), None)
    shown = open_ or current or next(iter(versions), None)
    may_edit = rules.may_edit(by, found)
    context = {
        "agreement": found,
        "may_edit": may_edit,
        "state": words.state_of(found, words.state_labels()),
        "state_kind": words.STATE_KINDS[Agreement.State(found.state)],
        "steps": steps(found),
        "step": next_step(found, versions, sides, remarks) if may_edit else None,
        "ended": ended(found),
        "shown": shown,
        "current": current,
        "is_amendment": bool(current and open_ and current.pk != open_.pk),
        "sentences": sentences(shown, current) if shown else [],
        "old": sentences(current, None) if current and open_ and current.pk != open_.pk else [],
        "left_out": _left_out(shown),
        "older": [one for one in versions if one is not shown and one is not current and one.sealed_at],
        "sides": [_side(one, shown, current if found.is_running else None) for one in sides],
        "rights": queries.rights_of(pk),
        "right_kinds": words.RIGHT_KINDS,
        "remarks": remarks,
        "origin": _origin(by, found.origin),
        "thread": thread(request, pk) if "thread" in request.GET else None,
    }
    return page(request, "web/agreements/detail.html", context)


def version(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    """Show one text of an agreement as it was put before them, and what was new in it."""
    found = seen(request, pk)
    rows = found.versions.order_by("-number")
    one = get_object_or_404(rows, number=number)
    before = rows.filter(number__lt=number, state=V.ACCEPTED).first()
    context = {"agreement": found, "version": one, "sentences": sentences(one, before)}
    return page(request, "web/agreements/version.html", context)


def as_pdf(request: StaffRequest, pk: UUID, number: int) -> HttpResponse:
    """Give a text as PDF in both languages; `?sign=1` leaves lines for signing on paper."""
    found = seen(request, pk)
    one = get_object_or_404(found.versions.all(), number=number)
    before = found.versions.filter(number__lt=number, state=V.ACCEPTED).order_by("-number").first()
    content = pdf.agreement(one, before=before, to_sign="sign" in request.GET)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="treffpunkt-{number}.pdf"'
    return response


def sentences(version: AgreementVersion, before: AgreementVersion | None) -> list[dict[str, Any]]:
    """Give the sentences of a text, each with whether it is new against an earlier one."""
    earlier = before if before and before.pk != version.pk else None
    marks = composing.new_since(version, earlier)
    return [row | {"new": new} for row, new in zip(version.sentences, marks, strict=True)]


def _seen_whole(by: Agent, pk: UUID) -> QuerySet[Agreement]:
    about = Agreement.spaces.through.objects.filter(agreement=OuterRef("pk")).order_by("space__sorting", "space")
    space = JSONObject(id="space_id", name="space__name", language="space__language", short="space__short_name")
    topics = Agreement.topics.through.objects.filter(agreement=OuterRef("pk")).order_by("topic__position")
    through = Space.communities.through.objects.filter(
        space__in=Agreement.spaces.through.objects.filter(agreement=OuterRef(OuterRef("pk"))).values("space")
    )
    communities = Community.objects.filter(pk__in=through.values("community")).order_by("sorting")
    files = rules.viewable_evidence(by).filter(agreement=OuterRef("pk")).order_by("id")
    file = JSONObject(id="pk", type="media_type", signature="signature_id", size="size")
    origin = Origin.objects.filter(result_id=OuterRef("pk"), source_kind="meetings.statement")
    rows = rules.viewable(by).filter(pk=pk).select_related("owner", "replaced_by")
    return rows.annotate(
        about=ArraySubquery(about.values(said=space)),
        topic_texts=ArraySubquery(topics.values("topic__names")),
        belongs_to=ArraySubquery(communities.values(said=JSONObject(pk="pk", name="name"))),
        files=ArraySubquery(files.values(said=file)),
        origin=Subquery(origin.values("source_id")[:1]),
    )


def _side(side: queries.Side, shown: AgreementVersion | None, holding: AgreementVersion | None) -> dict[str, Any]:
    answer = side.answer(shown)
    return {
        "party": side.party,
        "signature": side.signature(shown),
        "earlier": side.signatures[-1] if side.signatures and not side.signature(shown) else None,
        "answer": answer,
        "asked": answer is not None,
        "open": answer == "" and not side.party.left and shown is not None and shown.state in (V.OFFERED, V.ACCEPTED),
        # Whoever agreed to what holds can end it; whoever would rather not is out of it.
        "may_end": side.signature(shown) or side.signature(holding) or (holding and side.answer(holding) == "declined"),
    }


def _left_out(version: AgreementVersion | None) -> Sequence[tuple[str, str]]:
    return list(version.left_out.items()) if version else []


def _origin(by: Agent, statement: UUID | None) -> Any:
    return labels(by, [("meetings.statement", statement)]).get(statement) if statement else None
