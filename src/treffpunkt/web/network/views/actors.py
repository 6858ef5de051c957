"""People: the list, one person, entering and changing them, where we stand with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.agreements.queries import with_actor
from treffpunkt.core import clock, prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import require
from treffpunkt.core.text import read_as
from treffpunkt.network import rules
from treffpunkt.network.keyholders import cost_of
from treffpunkt.network.models import Actor, Role
from treffpunkt.network.queries import roles_of
from treffpunkt.network.services.actors import change_actor, create_actor, set_standing
from treffpunkt.tasks.models import Task
from treffpunkt.tasks.queries import tasks
from treffpunkt.ui.lists import listing
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import day, num
from treffpunkt.web.agreements.panels import agreed
from treffpunkt.web.journal import thread
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.actors import ActorForm, StandingForm
from treffpunkt.web.network.lists import ACTOR_SORTS, ActorFilters, logged
from treffpunkt.web.network.plans import rounded
from treffpunkt.web.network.similar import asked_about, similar
from treffpunkt.web.network.views.merging import moved
from treffpunkt.web.rows import address_of, ago_of, isolated, written

_COLUMNS = (
    "id",
    "name",
    "reading",
    "handle",
    "sorting",
    "actor_kind",
    "languages",
    "standing",
    "not_a_person",
    "potential_reach",
    "last_contact_at",
    "next_touch",
    "owner__name",
)


_FIELDS = (
    "pk", "url", "text", "name", "line", "standing", "standing_kind", "groups", "reach", "contact", "touch", "touch_kind",
    "owner",
)  # fmt: skip


def actors(request: StaffRequest) -> HttpResponse:
    """List people."""
    by = request.user
    filters = ActorFilters(request.GET, by=by)
    rows = rules.viewable_actors(by).filter(erased_at=None).select_related("owner").only(*_COLUMNS)
    found = listing(request, rows, filters=filters, sorts=ACTOR_SORTS)
    return page(
        request,
        "web/network/actors.html",
        {
            "list": found,
            "rows": written(
                request, "web/network/_actor_row.html", _FIELDS, _rows(by, found.rows), may_add=rules.may_create(by)
            ),
            "may_add": rules.may_create(by),
        },
    )


def actor(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a person: how to reach them, what they lead, what touched them, what is to be done."""
    by = request.user
    found = prepared.first(_seen, by, pk)
    if found is None:
        return moved("network.actor", pk)
    if found.erased_at is not None:
        return page(request, "web/network/erased.html", {"actor": found})
    may_edit = rules.may_edit_actor(by, found)
    roles = prepared.rows(roles_of, by, pk)
    names = choices.language_names()
    owed = prepared.rows(_owed, by, pk)
    cost = cost_of(found, roles)
    safe = [channel for channel in found.channels.all() if channel.safe and channel.fails_since is None]
    return page(
        request,
        "web/network/actor.html",
        {
            "actor": found,
            "languages": [names.get(tag, tag) for tag in found.languages],
            "standing_kind": words.STANDING_KINDS[found.standing],
            "channels": found.channels.all(),
            "reachable": bool(safe),
            "failing": next((channel for channel in found.channels.all() if channel.fails_since), None),
            "roles": [role for role in roles if role.is_present],
            "past_roles": [role for role in roles if not role.is_present],
            "cost": cost,
            "cost_members": num(rounded(cost.members)),
            "natures": {
                role.space_id: words.platform_kind(
                    role.space.platform_id, role.space.platform.name, role.space.space_kind
                )
                for role in roles
                if role.space
            },
            "tasks": [task for task in owed if task.about_id == pk and task.promised_by_id != pk],
            "promises": [task for task in owed if task.promised_by_id == pk],
            "contacts": logged(by, found),
            "kinds": words.OUTCOME_KINDS,
            "agreements": agreed(with_actor(by, pk)),
            "thread": thread(request, found.pk),
            "due": bool(found.next_touch and found.next_touch <= clock.today()),
            "may_edit": may_edit,
            "may_erase": rules.may_erase_actor(by, found),
        },
    )


def _seen(by: Agent, pk: UUID) -> QuerySet[Actor]:
    return rules.viewable_actors(by).filter(pk=pk).select_related("owner").prefetch_related("channels")


def _owed(by: Agent, pk: UUID) -> QuerySet[Task]:
    ours, theirs = Q(about_id=pk, state=Task.State.OPEN), Q(promised_by_id=pk)
    return tasks(by).select_related(None).select_related("owner").filter(ours | theirs).order_by("due", "id")


def add(request: StaffRequest) -> HttpResponse:
    """Enter a person."""
    require(rules.may_create(request.user))
    form = ActorForm(sent(request), initial={"owner": request.user.pk})
    asked = asked_about(request, "network.actor", form) if form.is_valid() else []
    if form.is_valid() and not asked:
        made = tried(form, lambda: create_actor(by=request.user, **form.values()))
        if made is not None:
            messages.success(request, _("The person is entered. How can we reach them?"))
            return redirect("web:network:add_channel", pk=made.pk)
    status = 422 if asked else None
    return page(request, "web/network/actor_form.html", {"form": form, "asked": asked}, status=status)


@require_POST
def alike(request: StaffRequest) -> HttpResponse:
    """Show who is called like the person being entered, while one types."""
    require(rules.may_create(request.user))
    return page(request, "web/network/_similar.html", {"similar": similar(request.user, "network.actor", request.POST)})


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what is known about a person."""
    found = get_object_or_404(rules.viewable_actors(request.user), pk=pk)
    require(rules.may_edit_actor(request.user, found))
    form = ActorForm(sent(request), instance=found)
    if form.is_valid():
        version = form.typed_version()
        done = tried(form, lambda: change_actor(by=request.user, actor=found, version=version, **form.values()))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("web:network:actor", pk=pk)
    return page(request, "web/network/actor_form.html", {"form": form, "actor": found})


def standing(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Say where we stand with a person."""
    found = get_object_or_404(rules.viewable_actors(request.user), pk=pk)
    require(rules.may_edit_actor(request.user, found))
    form = StandingForm(sent(request), initial={"standing": found.standing})
    if form.is_valid():
        chosen = form.cleaned_data["standing"]
        done = tried(form, lambda: set_standing(by=request.user, actor=found, standing=chosen))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("web:network:actor", pk=pk)
    return page(request, "web/network/standing.html", {"form": form, "actor": found})


def _rows(by: Agent, found: Iterable[Actor]) -> list[dict[str, Any]]:
    people, today = list(found), clock.today()
    url, standings = address_of("web:network:actor"), words.standing_labels()
    kinds = {key: str(label) for key, label in Actor.Kind.choices}
    names, machine = choices.language_names(), _("not a person")
    present = Role.objects.present().filter(space__isnull=False, actor__in=[one.pk for one in people])
    if not rules.sees_all(by):
        present = present.filter(space__in=rules.viewable_spaces(by))
    groups = dict(present.values_list("actor").annotate(number=Count("space", distinct=True)).order_by())
    return [
        {
            "pk": one.pk,
            "url": url % one.pk,
            "text": str(one),
            "name": isolated(str(one)),
            "line": words.enumeration(
                [
                    read_as(one.name, one.reading),
                    one.handle if one.name else "",
                    machine if one.not_a_person else kinds[one.actor_kind],
                    *(names.get(tag, tag) for tag in one.languages),
                ]
            ),
            "standing": standings[one.standing],
            "standing_kind": words.STANDING_KINDS[one.standing],
            "groups": num(groups.get(one.pk, 0)),
            "reach": num(one.potential_reach),
            "contact": ago_of(one.last_contact_at),
            "touch": day(one.next_touch) if one.next_touch else "–",
            "touch_kind": "state kind-attention" if one.next_touch and one.next_touch <= today else "quiet",
            "owner": isolated(one.owner.name) if one.owner else "–",
        }
        for one in people
    ]
