"""One space: its page, entering and changing it, its state, the look into it, its succession."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from uuid_utils.compat import uuid7

from treffpunkt.agreements.queries import about_space
from treffpunkt.core import clock, prepared
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError, require
from treffpunkt.network import over_time, rules
from treffpunkt.network.addresses import Recognised, recognise
from treffpunkt.network.models import Relocation, Role, Space
from treffpunkt.network.services.spaces import change_space, check_space, create_space, move_space
from treffpunkt.tasks.queries import open_about
from treffpunkt.tasks.services import create_task
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.access.proving import looked_in
from treffpunkt.web.agreements.panels import agreed
from treffpunkt.web.journal import thread
from treffpunkt.web.network import choices, words
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.charting import LOOKED_BACK, parts_of, pictures
from treffpunkt.web.network.forms.spaces import MoveForm, SpaceForm, SuccessionForm
from treffpunkt.web.network.lists import communities_in, logged
from treffpunkt.web.network.similar import asked_about, similar
from treffpunkt.web.network.views.merging import moved

_ROLE_COLUMNS = (
    "space_id", "role", "since", "until", "actor__name", "actor__reading", "actor__handle", "actor__not_a_person",
)  # fmt: skip
_SUCCESSION_DAYS = 14


def space(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a space: what it is, who leads it, what touched it, what is to be done."""
    by = request.user
    found = prepared.first(_seen, by, pk)
    if found is None:
        return moved("network.space", pk)
    moves = over_time.earlier(by, pk) if found.moved_here else []  # type: ignore[attr-defined]
    since = clock.today() - LOOKED_BACK
    figures = prepared.rows(over_time.figures, [pk, *(one.old_id for one in moves)], since)
    roles = prepared.rows(_leading, pk, clock.today())
    administrators = [one for one in roles if one.role == Role.Kind.ADMINISTRATOR and not one.actor.not_a_person]
    return page(
        request,
        "web/network/space.html",
        {
            "space": found,
            "nature": words.nature(found, choices.platforms()),
            "language": choices.language_names().get(found.language_id or "", ""),
            "since": words.since(found),
            "state_kind": words.STATE_KINDS[found.state],
            "shown_address": words.shown_address(found.address),
            "roles": roles,
            "single": _single(administrators),
            "nobody": not administrators,
            "tasks": open_about(found.pk),
            "contacts": logged(by, found),
            "kinds": words.OUTCOME_KINDS,
            "pictures": pictures(parts_of(str(found), figures, pk, moves)),
            "moves": moves,
            "moved": over_time.moved(by, pk) if found.moved_away else None,  # type: ignore[attr-defined]
            "agreements": agreed(about_space(by, pk)),
            "thread": thread(request, found.pk),
            "overdue": bool(found.check_due and found.check_due <= clock.today()),
            "may_edit": rules.may_edit_space(by, found),
        },
    )


def _seen(by: Agent, pk: UUID) -> QuerySet[Space]:
    found = rules.viewable_spaces(by).filter(pk=pk).select_related("place")
    return found.annotate(
        belongs_to=communities_in(Space),
        moved_here=Exists(Relocation.objects.filter(new=OuterRef("pk"))),
        moved_away=Exists(Relocation.objects.filter(old=OuterRef("pk"))),
    )


def _leading(space: UUID, day: date) -> QuerySet[Role]:
    led = Role.objects.present(day).filter(space=space).select_related("actor").only(*_ROLE_COLUMNS)
    return led.order_by("role", "since", "id")


def add(request: StaffRequest) -> HttpResponse:
    """Enter a space: its address first."""
    require(rules.may_create(request.user))
    form = SpaceForm(sent(request), by=request.user, initial=_expected(request))
    asked = asked_about(request, "network.space", form) if form.is_valid() else []
    if form.is_valid() and not asked:
        made = tried(form, lambda: create_space(by=request.user, **form.values()))
        if made is not None:
            messages.success(request, _("“%(name)s” is entered.") % {"name": made.name})
            return redirect("web:network:space", pk=made.pk)
    context = {"form": form, "asked": asked} | _recognised(request)
    return page(request, "web/network/space_form.html", context, status=422 if asked else None)


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what is known about a space."""
    found = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, found))
    form = SpaceForm(sent(request), by=request.user, instance=found)
    if form.is_valid():
        version = form.typed_version()
        done = tried(form, lambda: change_space(by=request.user, space=found, version=version, **form.values()))
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("web:network:space", pk=pk)
    context = {"form": form, "space": found} | (_recognised(request, but=found) if request.POST else {})
    return page(request, "web/network/space_form.html", context)


@require_POST
def alike(request: StaffRequest) -> HttpResponse:
    """Show what is called like the space being entered, while one types."""
    by = request.user
    require(rules.may_create(by))
    found = similar(by, "network.space", request.POST)
    return page(request, "web/network/_similar.html", {"similar": found})


@require_POST
def recognised(request: StaffRequest) -> HttpResponse:
    """Say what an address tells and which spaces are called alike, while the form is being filled in."""
    require(rules.may_create(request.user))
    context = _recognised(request)
    known: Recognised | None = context["known"]
    chosen = {name: request.POST.get(name, "") for name in ("platform", "space_kind")}
    if known is not None:
        chosen = {"platform": chosen["platform"] or known.platform, "space_kind": chosen["space_kind"] or known.kind}
    context |= {"form": SpaceForm(initial=chosen, by=request.user), "alone": True}
    return page(request, "web/network/space_form__recognised.html", context)


def move(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Ask for the new state and the reason."""
    found = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, found))
    form = MoveForm(sent(request), space=found, initial=_suggested(request))
    if form.is_valid():
        done = tried(form, lambda: move_space(by=request.user, space=found, **form.cleaned_data))
        if done is not None:
            messages.success(request, _("The state is now “%(state)s”.") % {"state": done.get_state_display()})
            return redirect("web:network:space", pk=pk)
    return page(request, "web/network/move_space.html", {"form": form, "space": found})


def _suggested(request: StaffRequest) -> dict[str, str]:
    """Fill in that a space is dormant, where its silence was noticed."""
    weeks = request.GET.get("silent", "")
    if not (weeks.isascii() and weeks.isdigit() and 0 < len(weeks) < 4):
        return {}
    number = int(weeks)
    reason = ngettext("No post for %(weeks)s week.", "No post for %(weeks)s weeks.", number) % {"weeks": number}
    return {"state": Space.State.DORMANT, "reason": reason}


@require_POST
def checked(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that one has looked in today."""
    found = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    done = check_space(by=request.user, space=found)
    looked_in(request.user, found)
    if done.check_due:
        messages.success(request, _("Noted. The next look is due on %(day)s.") % {"day": _day(done.check_due)})
    else:
        messages.success(request, _("Noted."))
    return redirect("web:network:space", pk=pk)


def succession(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Make a task of finding somebody who leads the group besides its only administrator."""
    found = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, found))
    initial = {
        "id": uuid7(),
        "title": _("Settle the succession: %(name)s") % {"name": found.short_name or found.name},
        "owner": request.user.pk,
        "due": clock.today() + timedelta(days=_SUCCESSION_DAYS),
    }
    form = SuccessionForm(sent(request), initial=initial)
    if form.is_valid():
        made = tried(
            form,
            lambda: create_task(by=request.user, about=found, language=request.user.language, **form.cleaned_data),
        )
        if made is not None:
            messages.success(request, _("The task is made."))
            return redirect("web:network:space", pk=pk)
    return page(request, "web/network/succession.html", {"form": form, "space": found})


def _single(administrators: list[Role]) -> Role | None:
    """Name the one administrator on whom the group hangs, now or once the others have stopped."""
    lasting = [one for one in administrators if one.until is None]
    if len(lasting) == 1:
        return lasting[0]
    return administrators[-1] if administrators and not lasting else None


def _expected(request: StaffRequest) -> dict[str, Any]:
    """Fill in what is most likely: the language and community of whoever has only one."""
    own = list(rules.communities_of(request.user)[:2])
    asked = request.GET.get("community", "")
    chosen = next((one for one in own if str(one.pk) == asked), own[0] if len(own) == 1 else None)
    return {"communities": [chosen.pk], "language": chosen.language_id} if chosen else {}


def _recognised(request: StaffRequest, but: Space | None = None) -> dict[str, Any]:
    """Look up what an address stands for, whether it is entered already, and names that are alike."""
    typed = request.POST.get("address", "").strip()
    problem, known = "", None
    try:
        known = recognise(typed, platform=request.POST.get("platform", "")) if typed else None
    except DomainError as error:
        problem = str(error.message)
    same = None
    if known is not None:
        others = rules.viewable_spaces(request.user).filter(address=known.address)
        same = (others.exclude(pk=but.pk) if but else others).first()
    return {
        "typed_address": typed,
        "problem": problem,
        "known": known,
        "shown_address": words.shown_address(known.address) if known else "",
        "same": same,
        "similar": [] if same else similar(request.user, "network.space", request.POST, but.pk if but else None),
    }


def _day(value: Any) -> str:
    return date_format(value, "MONTH_DAY_FORMAT")
