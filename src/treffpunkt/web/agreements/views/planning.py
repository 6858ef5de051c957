"""Preparing an agreement: finding with whom, what it is about, changing that."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import rules
from treffpunkt.agreements.services import drafting, growing, rights
from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.core.text import as_uuid
from treffpunkt.meetings.models import Statement
from treffpunkt.meetings.rules import viewable_statements
from treffpunkt.network.models import Actor, Space
from treffpunkt.network.rules import viewable_actors, viewable_spaces
from treffpunkt.network.services.reaching import language_of
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.agreements.forms.planning import (
    AgreementForm,
    EditForm,
    PartyForm,
    RightForm,
    leaders,
    led_by,
    organisations_around,
)
from treffpunkt.web.agreements.views.common import done, edited
from treffpunkt.web.network.answering import sent
from treffpunkt.web.network.finding import key, meant, told
from treffpunkt.web.stale import conflicting, take_version


def add(request: StaffRequest) -> HttpResponse:
    """Prepare an agreement: first about which group or with whom, then the rest."""
    by = request.user
    require(rules.may_create(by))
    statement = _statement(request)
    space = _named(request, "space", viewable_spaces(by))
    actor = _named(request, "actor", viewable_actors(by).filter(erased_at=None))
    if space is None and actor is None:
        return page(request, "web/agreements/find.html", _offered(request) | {"statement": statement})
    spaces, actors = _around(request, space, actor)
    organisations = organisations_around(by, actors)
    form = AgreementForm(
        sent(request), by=by, spaces=spaces, actors=actors, organisations=organisations,
        initial=_expected(request, space, actor, spaces, actors),
    )  # fmt: skip
    if form.is_valid():
        try:
            if statement is not None:
                made = growing.turn_into_agreement(by=by, statement=statement, **form.cleaned_data)
            else:
                made = drafting.create_agreement(by=by, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("The agreement is prepared. Read the sentences, then offer it."))
            return redirect("web:agreements:detail", pk=made.pk)
    context = {"form": form, "statement": statement, "space": space, "actor": actor}
    return page(request, "web/agreements/form.html", context)


@require_safe
def from_statement(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Lead from a statement to where an agreement is prepared; whoever said it with their name is meant first."""
    statement = get_object_or_404(viewable_statements(request.user), pk=pk)
    require(rules.may_create(request.user))
    chosen = {"actor": str(statement.said_by_id)} if statement.said_by_id else {}
    return redirect(f"{reverse('web:agreements:add')}?{urlencode({'statement': str(statement.pk), **chosen})}")


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change what an agreement is about, who looks after it, when it is looked at again."""
    found = edited(request, pk)
    names = ("version", "name", "answer_days", "needs", "review_every", "ends_on", "note")
    stored = {name: getattr(found, name) for name in names} | {
        "owner": found.owner_id,
        "spaces": list(found.spaces.values_list("pk", flat=True)),
        "topics": list(found.topics.values_list("pk", flat=True)),
    }
    form = EditForm(sent(request), by=request.user, agreement=found, initial=stored)
    conflict: list[tuple[str, str]] = []
    if form.is_valid():
        changes = dict(form.cleaned_data)
        try:
            drafting.change_agreement(by=request.user, agreement=found, version=changes.pop("version"), **changes)
        except Stale as error:
            conflict = conflicting(form, stored)
            form.add_error(None, str(error.message))
            take_version(form, getattr(error.current, "version", ""))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Saved."))
            return redirect("web:agreements:detail", pk=pk)
    return page(request, "web/agreements/edit.html", {"form": form, "agreement": found, "conflict": conflict})


def add_party(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Add somebody with whom the agreement is."""
    found = edited(request, pk)
    form = PartyForm(sent(request), by=request.user, agreement=found)
    if form.is_valid():
        try:
            drafting.add_party(by=request.user, agreement=found, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Added. They are asked once you offer the text to them."))
            return redirect("web:agreements:detail", pk=pk)
    return page(request, "web/agreements/add_party.html", {"form": form, "agreement": found})


@require_POST
def remove_party(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Take somebody off who was never asked."""
    party = get_object_or_404(rules.viewable_parties(request.user).select_related("agreement"), pk=pk)
    agreement = edited(request, party.agreement_id)
    return done(request, agreement.pk, lambda: drafting.remove_party(by=request.user, party=party), _("Taken off."))


def add_right(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note a right that the agreement grants."""
    found = edited(request, pk)
    form = RightForm(sent(request), agreement=found)
    if form.is_valid():
        try:
            rights.grant_right(by=request.user, agreement=found, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Noted. The text being written says it from now on."))
            return redirect("web:agreements:detail", pk=pk)
    return page(request, "web/agreements/add_right.html", {"form": form, "agreement": found})


@require_POST
def end_right(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that a right is no longer granted."""
    right = get_object_or_404(rules.viewable_rights(request.user).select_related("agreement"), pk=pk)
    agreement = edited(request, right.agreement_id)
    return done(request, agreement.pk, lambda: rights.end_right(by=request.user, right=right), _("Noted."))


def _statement(request: StaffRequest) -> Statement | None:
    pk = as_uuid(request.GET.get("statement", ""))
    rows = viewable_statements(request.user).select_related("meeting", "said_by")
    return rows.filter(pk=pk).first() if pk else None


def _named(request: StaffRequest, name: str, rows: QuerySet[Any]) -> Any:
    pk = as_uuid(request.GET.get(name, ""))
    return rows.filter(pk=pk).first() if pk else None


def _offered(request: StaffRequest) -> dict[str, Any]:
    """Offer the groups and people somebody may mean by a typed name."""
    text = request.GET.get("q", "").strip()[:100]
    exact, close = meant(request.user, text, "network.space", "network.actor") if text else (None, [])
    rows = [exact] if exact is not None else close
    found = [(key(one).partition(":")[0].rpartition(".")[2], one.pk, told(one)) for one in rows]
    return {"q": text, "found": found}


def _around(request: StaffRequest, space: Space | None, actor: Actor | None) -> tuple[QuerySet[Space], QuerySet[Actor]]:
    """List the groups and people an agreement may be about: who leads the group, and what else they lead."""
    by = request.user
    if space is not None:
        people = leaders(by, viewable_spaces(by).filter(pk=space.pk))
        more = led_by(by, people)
        return viewable_spaces(by).filter(pk__in=[space.pk, *more.values_list("pk", flat=True)]), people
    assert actor is not None
    themselves = viewable_actors(by).filter(pk=actor.pk)
    spaces = led_by(by, themselves)
    together = [actor.pk, *leaders(by, spaces).values_list("pk", flat=True)]
    return spaces, viewable_actors(by).filter(pk__in=together, erased_at=None, not_a_person=False)


def _expected(
    request: StaffRequest, space: Space | None, actor: Actor | None, spaces: QuerySet[Space], actors: QuerySet[Actor]
) -> dict[str, Any]:
    """Fill in what is most likely: the group asked for, its only leader, their language."""
    people = list(actors[:2])
    chosen = actor or (people[0] if len(people) == 1 else None)
    first = space or (spaces.first() if spaces.count() == 1 else None)
    language = language_of(chosen) if chosen else (first.language_id if first and first.language_id else "de")
    return {
        "spaces": [first.pk] if first else [],
        "actors": [chosen.pk] if chosen else [],
        "language": language,
        "owner": request.user.pk if rules.may_look_after(request.user) else None,
    }
