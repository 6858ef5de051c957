"""Ways to reach somebody: adding and removing them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import require
from treffpunkt.network import rules
from treffpunkt.network.models import Channel
from treffpunkt.network.services.actors import add_channel, remove_channel
from treffpunkt.network.services.failing import works_again
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.actors import ChannelForm


def add(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Add a way to reach a person."""
    actor = get_object_or_404(rules.viewable_actors(request.user), pk=pk)
    require(rules.may_edit_actor(request.user, actor))
    form = ChannelForm(sent(request))
    if form.is_valid():
        made = tried(form, lambda: add_channel(by=request.user, actor=actor, **form.cleaned_data))
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("web:network:actor", pk=pk)
    return page(request, "web/network/add_channel.html", {"form": form, "actor": actor})


@require_POST
def remove(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Remove a way to reach a person."""
    channel = get_object_or_404(Channel, pk=pk, actor__in=rules.viewable_actors(request.user))
    remove_channel(by=request.user, channel=channel)
    messages.success(request, _("The channel is removed."))
    return redirect("web:network:actor", pk=channel.actor_id)


@require_POST
def works(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Try an address again from which mail came back."""
    channel = get_object_or_404(Channel, pk=pk, actor__in=rules.viewable_actors(request.user))
    works_again(by=request.user, channel=channel)
    messages.success(request, _("Mail goes there again. If it comes back once more, it says so here."))
    return redirect("web:network:actor", pk=channel.actor_id)
