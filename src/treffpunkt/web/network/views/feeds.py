"""The feed of a space: subscribed to, asked again at once, stopped."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import require
from treffpunkt.network import rules
from treffpunkt.network.models import Feed
from treffpunkt.network.services.feeds import stop_feed, subscribe_feed
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.over_time import FeedForm


def feed(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Subscribe to the feed of a space, or to another one."""
    space = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    require(rules.may_edit_space(request.user, space))
    present = Feed.objects.filter(space=space).first()
    proposed = present.address if present else space.address if space.platform_id == "blog" else ""
    form = FeedForm(sent(request), initial={"address": proposed})
    if form.is_valid():
        values = form.cleaned_data
        if tried(form, lambda: subscribe_feed(by=request.user, space=space, **values)) is not None:
            messages.success(request, _("Noted. In a moment we look for posts there, and then once a day."))
            return redirect("web:network:space_time", pk=pk)
    return page(request, "web/network/feed.html", {"space": space, "form": form, "feed": present})


@require_POST
def stop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Read the feed no more."""
    space = get_object_or_404(rules.viewable_spaces(request.user), pk=pk)
    stop_feed(by=request.user, space=space)
    messages.success(request, _("The feed is read no more. What was counted stays."))
    return redirect("web:network:space_time", pk=pk)
