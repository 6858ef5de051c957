"""Messages held back after a restore: how many wait, and the word that lets them go."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from treffpunkt.core.errors import require
from treffpunkt.post import holding, rules
from treffpunkt.post.models import Message
from treffpunkt.ui.context import Notice
from treffpunkt.ui.pages import StaffRequest, page


def notice(request: HttpRequest) -> Notice | None:
    """Tell coordination and system administration on every page that messages are held back."""
    if not getattr(request, "messages_held", False) or not rules.may_release(request.user):  # type: ignore[arg-type]
        return None
    hold = holding.held()
    if hold is None:  # somebody has just said go
        return None
    number = holding.held_back(hold).count()
    text = ngettext(
        "A backup was restored. %(number)d message is held back until you say go.",
        "A backup was restored. %(number)d messages are held back until you say go.",
        number,
    )
    return Notice(text=text % {"number": number}, url=reverse("web:post:held"), action=_("Look at it"))


def held(request: StaffRequest) -> HttpResponse:
    """Show what waits, by channel, and ask for the word."""
    require(rules.may_release(request.user))
    hold = holding.held()
    waiting = holding.held_back(hold) if hold else Message.objects.none()
    numbers = dict(waiting.values_list("channel").annotate(Count("id")))
    return page(
        request,
        "web/post/held.html",
        {
            "hold": hold,
            "mails": numbers.get(Message.Channel.MAIL, 0),
            "chats": numbers.get(Message.Channel.CHAT, 0),
            "number": sum(numbers.values()),
        },
    )


@require_POST
def go(request: StaffRequest) -> HttpResponse:
    """Say go, or let go of what waits."""
    send = request.POST.get("what") != "discard"
    number = holding.release_messages(by=request.user, send=send)
    if send:
        said = ngettext("%(number)d message is on its way.", "%(number)d messages are on their way.", number)
    else:
        said = ngettext("%(number)d message will not be sent.", "%(number)d messages will not be sent.", number)
    messages.success(request, said % {"number": number})
    return redirect("web:post:outbox")
