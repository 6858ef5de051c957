"""A phone that is lost."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.errors import require
from treffpunkt.links.services import open_links
from treffpunkt.network import rules
from treffpunkt.network.services.phone import note_lost_phone
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.actors import LostPhoneForm


def lost(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close all links a person holds, and say which channels somebody else may read now."""
    by = request.user
    actor = get_object_or_404(rules.viewable_actors(by).prefetch_related("channels"), pk=pk)
    require(rules.may_edit_actor(by, actor))
    form = LostPhoneForm(sent(request), channels=actor.channels.all())
    if form.is_valid():
        closed = tried(form, lambda: note_lost_phone(by=by, actor=actor, unsafe=form.cleaned_data["unsafe"]))
        if closed is not None:
            said = ngettext(
                "%(number)s link is closed. The next message carries a new one.",
                "%(number)s links are closed. The next message carries a new one.",
                closed,
            )
            messages.success(request, said % {"number": num(closed)} if closed else _("No link was open any more."))
            return redirect("web:network:actor", pk=pk)
    context = {"form": form, "actor": actor, "open": open_links(actor.pk)}
    return page(request, "web/network/phone_lost.html", context)
