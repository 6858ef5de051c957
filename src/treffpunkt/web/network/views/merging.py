"""Making one record of two: looking for the second one, comparing, deciding; and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.core.text import as_uuid, tidy
from treffpunkt.network import rules
from treffpunkt.network.merged import now_at
from treffpunkt.network.models import Actor, Organisation, Space, Suspect
from treffpunkt.network.services.choosing import CHOOSABLE, Mergeable
from treffpunkt.network.services.going_back import ChangedSince, Obstacle
from treffpunkt.network.services.merging import MERGEABLE, merge_records, touched_by, undo_merge
from treffpunkt.ui.lists import Sort, listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network import counting, sides
from treffpunkt.web.network.lists import found_ids
from treffpunkt.web.records import labels
from treffpunkt.web.search.kinds import BY_RECORD_KIND, Said

PAGES = {"network.actor": "actor", "network.space": "space", "network.organisation": "organisation"}
_OFFERED = 8
_NEWEST = (Sort("newest", _("Newest first"), ("-created_at",)),)


def merge_actor(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make one person of two."""
    return _merge(request, Actor, rules.viewable_actors(request.user).filter(erased_at=None), pk)


def merge_space(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make one group of two."""
    return _merge(request, Space, rules.viewable_spaces(request.user), pk)


def merge_organisation(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make one organisation of two."""
    return _merge(request, Organisation, rules.viewable_organisations(request.user), pk)


def merges(request: StaffRequest) -> HttpResponse:
    """List what was merged, the newest first."""
    by = request.user
    require(rules.may_create(by))
    found = listing(request, rules.viewable_merges(by).select_related("staff"), sorts=_NEWEST, size=20)
    shown = labels(by, [(one.record_kind, one.record_id) for one in found.rows])
    rows = [
        {
            "merge": one,
            "names": one.before.get("names", ()),
            "kept": shown.get(one.record_id),
            "icon": BY_RECORD_KIND[one.record_kind].icon,
        }
        for one in found.rows
    ]
    return page(request, "web/network/merges.html", {"list": found, "rows": rows})


def undo(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what would become two again, and make it so once that is confirmed; or say what is in the way."""
    by = request.user
    merge = get_object_or_404(rules.viewable_merges(by).select_related("staff"), pk=pk)
    kept: Any = MERGEABLE[merge.record_kind].objects.filter(pk=merge.record_id).first()
    if kept is not None:
        require(rules.may_undo_merge(by, merge, kept))
    obstacles: list[str] = []
    problem = ""
    if request.method == "POST":
        try:
            back = undo_merge(by=by, merge=merge)
        except ChangedSince as error:
            problem, obstacles = str(error.message), _in_words(by, error.obstacles)
        except DomainError as error:
            problem = str(error.message)
        else:
            messages.success(request, _("They are two again."))
            return redirect(f"web:network:{PAGES[merge.record_kind]}", pk=back.pk)
    context = {"merge": merge, "kept": kept, "names": merge.before.get("names", ()), "problem": problem}
    context["obstacles"] = obstacles
    return page(request, "web/network/undo_merge.html", context, status=422 if problem else None)


def moved(kind: str, pk: UUID) -> HttpResponse:
    """Lead from the old address of a record to the one it went into; 404 where it never was one."""
    here = now_at(kind, pk)
    if here is None:
        raise Http404
    return redirect(f"web:network:{PAGES[kind]}", pk=here)


def _merge(request: StaffRequest, model: type[Mergeable], visible: QuerySet[Any], pk: UUID) -> HttpResponse:
    by = request.user
    other = as_uuid(request.GET.get("with", "")) or pk
    found = _joined(visible).in_bulk([pk, other])
    kept, gone = found.get(pk), found.get(other)
    if kept is None or gone is None:
        raise Http404
    if kept == gone:
        require(rules.may_edit(by, kept))
        return _look_for(request, kept, visible)
    require(rules.may_merge(by, kept, gone))
    chosen = {one.key: request.POST.get(one.key, "") for one in CHOOSABLE[model]} if request.method == "POST" else {}
    problem = ""
    if request.method == "POST":
        try:
            merge = merge_records(by=by, kept=kept, gone=gone, choices=chosen, versions=_versions(request))
        except Stale:
            problem = _("Somebody has changed one of the two in the meantime. Please look once more.")
        except DomainError as error:
            problem = str(error.message)
        else:
            back = reverse("web:network:undo_merge", args=[merge.pk])
            messages.success(request, _("The two are one record now."), extra_tags=f"undo:{back}")
            return redirect(f"web:network:{PAGES[merge.record_kind]}", pk=pk)
    both, single = sides.compared(kept, gone, chosen)
    context = {
        "kept": kept,
        "gone": gone,
        "page": PAGES[kept.kind],
        "shown": _shown(by, kept.kind, [kept.pk, gone.pk]),
        "both": both,
        "single": single,
        "moves": counting.in_words(touched_by(kept, gone)),
        "problem": problem,
        "platforms_differ": isinstance(kept, Space) and kept.platform_id != gone.platform_id,
    }
    return page(request, "web/network/merge.html", context, status=422 if problem else None)


def _look_for(request: StaffRequest, kept: Mergeable, visible: QuerySet[Any]) -> HttpResponse:
    """Offer those that may be the same, and whoever is called as one types."""
    by, text = request.user, tidy(request.GET.get("q", "")[:120])
    ids = [pk for pk in found_ids(text, kept.kind, visible, most=_OFFERED + 1) if pk != kept.pk] if text else []
    suspects = rules.viewable_suspects(by).filter(record_kind=kept.kind, decided_at=None)
    pairs = [*suspects.filter(one_id=kept.pk)[:_OFFERED], *suspects.filter(other_id=kept.pk)[:_OFFERED]]
    reasons = {one.other_id if one.one_id == kept.pk else one.one_id: _reasons(one) for one in pairs}
    shown = _shown(by, kept.kind, [*ids, *reasons])
    context = {
        "kept": kept,
        "page": PAGES[kept.kind],
        "search_text": text,
        "found": [(pk, shown[pk]) for pk in ids[:_OFFERED] if pk in shown],
        "suspected": [(pk, shown[pk], why) for pk, why in reasons.items() if pk in shown],
    }
    return page(request, "web/network/merge_with.html", context)


def _versions(request: StaffRequest) -> tuple[int, int] | None:
    try:
        return int(request.POST.get("kept_version", "")), int(request.POST.get("gone_version", ""))
    except ValueError:
        return None


def _joined(visible: QuerySet[Any]) -> QuerySet[Any]:
    """Read along what both sides show."""
    names = {"actor": ("owner",), "space": ("platform", "language", "place"), "organisation": ("place",)}
    return visible.select_related(*names[str(visible.model._meta.model_name)])


def _shown(by: Agent, kind: str, ids: list[UUID]) -> dict[UUID, Said]:
    return dict(BY_RECORD_KIND[kind].say(by, ids)) if ids else {}


def _reasons(suspect: Suspect) -> str:
    words = {key: str(label) for key, label in Suspect.Reason.choices}
    return ", ".join(words.get(reason, reason) for reason in suspect.reasons)


def _in_words(by: Agent, obstacles: list[Obstacle]) -> list[str]:
    """Say which rows are in the way: which record, and what of it."""
    named = [(one.kind, pk) for one in obstacles if (pk := as_uuid(one.pk)) is not None]
    shown = labels(by, named)
    return [_obstacle(one, shown) for one in obstacles]


def _obstacle(one: Obstacle, shown: dict[UUID, Any]) -> str:
    model = MERGEABLE.get(one.kind)
    pk = as_uuid(one.pk)
    name = (
        shown[pk].text if pk in shown else _("an entry of the kind “%(kind)s”") % {"kind": one.kind.rpartition(".")[2]}
    )
    if model is None:
        return str(name)
    keys = [
        choosable.key for choosable in CHOOSABLE[model] if {choosable.key, f"{choosable.key}_id"} & set(one.columns)
    ]
    return f"\u2068{name}\u2069: {', '.join(sides.label_of(model, key) for key in keys)}" if keys else str(name)
