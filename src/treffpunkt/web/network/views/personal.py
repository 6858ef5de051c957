"""What is stored about a person: shown, handed out, erased."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import require
from treffpunkt.core.mentions import Mention
from treffpunkt.network import rules
from treffpunkt.network.models import Actor
from treffpunkt.network.services.erasing import erase_actor, export_actor, export_document, mentions_of, words_of
from treffpunkt.network.services.reaching import language_of
from treffpunkt.network.stored import stored_about
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.actors import EraseForm
from treffpunkt.web.records import Label, labels

# How much of a text is shown around a name.
AROUND = 90


@dataclass(frozen=True)
class Place:
    """A text that mentions somebody, as it is asked about before erasing."""

    key: str
    label: Label
    sure: bool
    # Pieces of the text, each with whether it is the name.
    pieces: list[tuple[str, bool]]


def stored(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what is stored about a person, and why."""
    by = request.user
    actor = get_object_or_404(rules.viewable_actors(by).select_related("owner"), pk=pk, erased_at=None)
    return page(
        request,
        "web/network/stored.html",
        {
            "actor": actor,
            "categories": stored_about(actor, by=by),
            "may_edit": rules.may_edit_actor(by, actor),
            "may_export": rules.may_export_actor(by, actor),
            "may_erase": rules.may_erase_actor(by, actor),
        },
    )


@require_POST
def export(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Hand out what is stored about a person, as JSON or as a document, in their language; that it was is noted."""
    actor = get_object_or_404(rules.viewable_actors(request.user), pk=pk)
    with translation.override(language_of(actor)):
        if request.POST.get("as") == "document":
            return download(export_document(by=request.user, actor=actor), "html")
        values = export_actor(by=request.user, actor=actor)
    return download(json.dumps(values, ensure_ascii=False, indent=2), "json")


def download(text: str, kind: str) -> HttpResponse:
    """Give a text as a file to keep, under a name that names nobody."""
    types = {"json": "application/json", "html": "text/html; charset=utf-8"}
    response = HttpResponse(text, content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="treffpunkt.{kind}"'
    return response


def erase(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say what will be gone, in numbers, and where others mention the person; erase it once that is confirmed."""
    by = request.user
    actor = _counted(request, pk)
    require(rules.may_erase_actor(by, actor))
    form = EraseForm(sent(request))
    places, hidden = _places(request, actor)
    if form.is_valid():
        ticked = set(request.POST.getlist("mention"))
        spare = [place.key for place in places if place.key not in ticked]
        done = tried(form, lambda: erase_actor(by=by, actor=actor, spare=spare, also=ticked))
        if done is not None:
            messages.success(request, _("The person is erased."))
            return redirect("web:network:actors")
    context = {"form": form, "actor": actor, "places": places, "hidden": hidden}
    return page(request, "web/network/erase_actor.html", context)


def _places(request: StaffRequest, actor: Actor) -> tuple[list[Place], int]:
    """Give the mentions one may read, and count the sure ones one may not: there the name goes without a look."""
    found = [one for one in mentions_of(actor) if not one.kind.startswith("intake.")]
    readable = labels(request.user, [(one.kind, UUID(one.pk)) for one in found])
    words = words_of(actor)
    places = [
        Place(one.key, readable[UUID(one.pk)], one.sure, _pieces(one, words.places(one.text)))
        for one in found
        if UUID(one.pk) in readable
    ]
    hidden = sum(one.sure and UUID(one.pk) not in readable for one in found)
    return places, hidden


def _pieces(mention: Mention, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut a text into what stands around the first name and the names themselves."""
    text, (first, _end) = mention.text, spans[0]
    start, end = max(0, first - AROUND), min(len(mention.text), first + 2 * AROUND)
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    place = start
    for begins, ends in spans:
        if begins >= end:
            break
        pieces += [(text[place:begins], False), (text[begins:ends], True)]
        place = ends
    return [*pieces, (text[place:end] + ("…" if end < len(text) else ""), False)]


def _counted(request: StaffRequest, pk: UUID) -> Actor:
    rows = rules.viewable_actors(request.user).select_related("owner").prefetch_related("channels")
    return get_object_or_404(
        rows.annotate(
            channel_number=Count("channels", distinct=True),
            role_number=Count("roles", distinct=True),
            contact_number=Count("contacts", distinct=True),
            note_number=Count("contacts", filter=~Q(contacts__note=""), distinct=True),
        ),
        pk=pk,
        erased_at=None,
    )
