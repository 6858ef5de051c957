"""Our sentences: the list, the editor with its versions, a preview in every language."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.agreements import composing, rules
from treffpunkt.agreements.models import Clause, ClauseVersion, GrantedRight, Section
from treffpunkt.agreements.services import clauses as services
from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.core.text import LANGUAGES
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.agreements.forms.clauses import ClauseForm
from treffpunkt.web.network.answering import sent
from treffpunkt.web.stale import conflicting, take_version


def clauses(request: StaffRequest) -> HttpResponse:
    """List our sentences by what they speak of, in German and in the reader's language."""
    rows = rules.viewable_clauses(request.user).prefetch_related("versions").order_by("position", "id")
    used: list[tuple[Clause, ClauseVersion]] = []
    retired: list[tuple[Clause, ClauseVersion]] = []
    for clause in rows:
        (retired if clause.retired_at else used).append((clause, clause.versions.all()[0]))
    sections = [(section.label, [pair for pair in used if pair[0].section == section]) for section in Section]
    context = {
        "sections": [(label, pairs) for label, pairs in sections if pairs],
        "retired": retired,
        "may_edit": rules.may_edit_clauses(request.user),
        "reader": get_language() if get_language() in LANGUAGES else "de",
    }
    return page(request, "web/agreements/clauses.html", context)


def add(request: StaffRequest) -> HttpResponse:
    """Add a sentence."""
    require(rules.may_edit_clauses(request.user))
    form = ClauseForm(sent(request))
    if form.is_valid():
        values = form.cleaned_data
        try:
            made = services.create_clause(
                by=request.user, name=values["name"], section=values["section"], texts=form.texts(),
                standard=values["standard"], expected=values["expected"], id=values["id"],
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Added."))
            return redirect("web:agreements:clause", pk=made.pk)
    return page(request, "web/agreements/clause_form.html", {"form": form, "gaps": composing.GAPS})


def clause(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show a sentence as it reads in every language, and what it said before."""
    found = _seen(request, pk)
    versions = list(found.versions.all())
    context = {
        "clause": found,
        "latest": versions[0],
        "previews": previews(versions[0], found),
        "older": versions[1:],
        "may_edit": rules.may_edit_clauses(request.user),
    }
    return page(request, "web/agreements/clause.html", context)


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change a sentence: what it says becomes a version of its own."""
    require(rules.may_edit_clauses(request.user))
    found = _seen(request, pk)
    form = ClauseForm(sent(request), clause=found)
    conflict: list[tuple[str, str]] = []
    if form.is_valid():
        values = form.cleaned_data
        try:
            services.change_clause(
                by=request.user, clause=found, version=values["version"] or found.version, texts=form.texts(),
                name=values["name"], note=values["note"], standard=values.get("standard"),
                expected=values.get("expected"),
            )  # fmt: skip
        except Stale as error:
            form.add_error(None, str(error.message))
            take_version(form, getattr(error.current, "version", ""))
            conflict = conflicting(form, form.stands(_seen(request, pk)))
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Saved. What was agreed before stays as it was."))
            return redirect("web:agreements:clause", pk=pk)
    context = {"form": form, "clause": found, "gaps": composing.GAPS, "conflict": conflict}
    return page(request, "web/agreements/clause_form.html", context)


@require_POST
def retire(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Offer a sentence no longer for new texts, or again."""
    found = _seen(request, pk)
    try:
        services.retire_clause(by=request.user, clause=found, retired="back" not in request.POST)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Saved."))
    return redirect("web:agreements:clause", pk=pk)


def previews(version: ClauseVersion, clause: Clause) -> list[tuple[str, str, bool]]:
    """Give the sentence in every language as it reads with sample words in its gaps: language, text, is it whole."""
    found = []
    for tag in LANGUAGES:
        filling = _sample(tag)
        text = composing.filled(version.texts.get(tag, ""), filling)
        found.append((tag, text or version.texts.get(tag, ""), bool(text)))
    return found


def _sample(language: str) -> dict[str, str]:
    """Fill every gap with words a text may have."""
    terms = composing.Terms(rights=[GrantedRight.Kind.LINKS, GrantedRight.Kind.PIN])
    return terms.filling(language) | {"topics": "…", "organisation": "…"}


def _seen(request: StaffRequest, pk: UUID) -> Clause:
    return get_object_or_404(rules.viewable_clauses(request.user).prefetch_related("versions__written_by"), pk=pk)
