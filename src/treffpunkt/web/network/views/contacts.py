"""The contact log: two taps after a talk, more words where there is time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import DomainError, Stale, require
from treffpunkt.core.personal import PersonalDataFound, mask
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Contact
from treffpunkt.network.rhythms import rhythm
from treffpunkt.network.services.contacts import change_contact, findings, log_contact
from treffpunkt.network.services.taking_back import take_back_contact
from treffpunkt.ui.pages import StaffRequest, own_address, page
from treffpunkt.web.access.proving import done_field, done_there
from treffpunkt.web.network import finding
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.contacting import last_logged, say_logged, standing_before
from treffpunkt.web.network.forms.contacts import OUTCOMES, ContactForm
from treffpunkt.web.network.marking import Piece, marked
from treffpunkt.web.rows import address_of
from treffpunkt.web.stale import conflicting, take_version

_FIELDS = {"network.actor": "actor", "network.space": "space", "network.organisation": "organisation"}
_TEXTS = ("note", "next_step")
_SHOWN = ("id", "note", "next_step", "channel_kind", "direction", "at", "confidential", "outcome", "version")


def add(request: StaffRequest) -> HttpResponse:
    """Log a contact: with whom, what came of it, what was said."""
    by = request.user
    require(rules.may_create(by))
    record = _asked(request)
    form = ContactForm(sent(request), initial=_expected(request, record), done=done_field(record))
    pieces: list[Piece] = []
    if form.is_valid():
        record = finding.chosen(by, form.cleaned_data["chosen"]) or _meant(request, form)
        if record is not None:
            to = {_FIELDS[record._meta.label_lower]: record}
            more = {"id": form.cleaned_data["id"], "next_touch": form.cleaned_data["next_touch"]}
            was = standing_before(record)
            logged = _saved(request, form, record, pieces, lambda **values: log_contact(by=by, **more, **to, **values))
            if logged is not None:
                done_there(by, record, form.cleaned_data.get("done_there", ()), logged)
                say_logged(request, logged, was)
                return redirect(_back(form, record))
    return page(request, "web/network/log_contact.html", _context(form, record, pieces))


@require_POST
def take_back(request: StaffRequest) -> HttpResponse:
    """Take back what was logged last on this device."""
    last = last_logged(request)
    if last is not None:
        try:
            take_back_contact(by=request.user, contact=last[0], was=last[1])
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Taken back."))
    return redirect(own_address(request.POST.get("next", "")) or "web:network:actors")


def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change an entry of the contact log."""
    by = request.user
    contact = get_object_or_404(rules.viewable_contacts(by).select_related("actor", "space", "organisation"), pk=pk)
    require(rules.may_edit_contact(by, contact))
    record = contact.actor or contact.space or contact.organisation
    initial = {name: getattr(contact, name) for name in _SHOWN}
    form = ContactForm(sent(request), initial=initial)
    del form.fields["next_touch"]
    pieces: list[Piece] = []
    conflict: list[tuple[str, str]] = []
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            done = _saved(
                request,
                form,
                record,
                pieces,
                lambda **values: change_contact(by=by, contact=contact, version=version, **values),
            )
        except Stale as error:
            done, stands = None, {name: getattr(error.current, name) for name in _SHOWN}
            conflict = conflicting(form, stands)
            form.add_error(None, str(error.message))
            take_version(form, stands["version"])
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect(_back(form, record))
    context = _context(form, record, pieces) | {"contact": contact, "conflict": conflict}
    return page(request, "web/network/log_contact.html", context)


def _saved(
    request: StaffRequest, form: ContactForm, record: Any, pieces: list[Piece], act: Callable[..., Contact]
) -> Contact | None:
    """Save, unless the texts tell who somebody is: then show where, and ask whether to keep it."""
    actor = record if isinstance(record, Actor) else None
    values = form.values()
    if "take_out" in request.POST:
        for name in _TEXTS:
            values[name] = mask(values[name], findings(values[name], actor))
    try:
        return tried(form, lambda: act(**values, keep_findings="keep" in request.POST), stale=False)
    except PersonalDataFound:
        for name in _TEXTS:
            found = findings(values[name], actor)
            pieces += marked(values[name], found) if found else []
        return None


def _asked(request: StaffRequest) -> Any:
    """Give the record the page was opened for: named in the address, or in the form."""
    for kind, name in _FIELDS.items():
        if name in request.GET:
            return finding.chosen(request.user, f"{kind}:{request.GET[name]}")
    return finding.chosen(request.user, request.POST.get("chosen", ""))


def _expected(request: StaffRequest, record: Any) -> dict[str, Any]:
    values = {"next": request.GET.get("next", "")}
    return values | {"chosen": finding.key(record)} if record is not None else values


def _meant(request: StaffRequest, form: ContactForm) -> Any:
    typed = form.cleaned_data["who"]
    if not typed:
        form.add_error("who", _("Please say with whom."))
        return None
    one, close = finding.meant(request.user, typed, *_FIELDS)
    if one is not None:
        return one
    if close:
        form.offer(close)
    else:
        form.add_error("who", _("We know nobody of this name yet. Enter them first."))
    return None


def _context(form: ContactForm, record: Any, pieces: list[Piece]) -> dict[str, Any]:
    return {
        "form": form,
        "record": record,
        "record_url": address_of(f"web:network:{record._meta.model_name}") % record.pk if record is not None else "",
        "pieces": pieces,
        "outcomes": OUTCOMES,
        "days": rhythm() if isinstance(record, Actor) else {},
        "actor": record if isinstance(record, Actor) else None,
    }


def _back(form: ContactForm, record: Any) -> str:
    wanted = str(form.cleaned_data["next"])
    if own_address(wanted):
        return wanted
    return str(address_of(f"web:network:{record._meta.model_name}") % record.pk)
