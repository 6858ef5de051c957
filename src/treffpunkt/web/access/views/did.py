"""What we did for a group: looked through by us, then sent to those who lead it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import rules
from treffpunkt.agreements.did import did
from treffpunkt.agreements.models import Agreement
from treffpunkt.agreements.services import news
from treffpunkt.agreements.services.telling import DID, tell_what_we_did
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.ui.pages import StaffRequest, page


@require_safe
def shown(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the figures as they are told, and the texts in which they are told."""
    found = _agreement(request, pk)
    parties = news.parties(found)
    languages = list(dict.fromkeys(party.language for party in parties))
    texts = [
        (language, render(Message(template=DID, language=language, context={"link_key": "x"}), masked=True))
        for language in languages
    ]
    context = {
        "agreement": found,
        "told": did(found, request.user.language, today()),
        "texts": texts,
        "reached": sum(news.receiver(party) is not None for party in parties),
        "parties": len(parties),
        "may_send": found.is_running and rules.may_edit(request.user, found),
    }
    return page(request, "web/access/did.html", context)


@require_POST
def send(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Write to every party, once for each month that is told of."""
    found = _agreement(request, pk)
    try:
        numbers = tell_what_we_did(by=request.user, agreement=found)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        if numbers["chat"]:
            messages.success(request, _("The text waits in your send-list."))
        elif numbers["mail"]:
            messages.success(request, _("The mail is on its way."))
        elif numbers["no_way"]:
            messages.error(request, _("There is no safe way to reach them."))
        else:
            messages.success(request, _("They have been told of this month already."))
    return redirect("web:access:did", pk=pk)


def _agreement(request: StaffRequest, pk: UUID) -> Agreement:
    require(rules.may_watch(request.user))
    return get_object_or_404(rules.viewable(request.user).select_related("owner"), pk=pk)
