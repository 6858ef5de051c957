"""The Outbox, and the send-list of texts that go out by hand in a chat."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from treffpunkt.post import holding, queries, rules, services
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import Text, render
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.records import Label, labels

PAGE = 50
LIST = 20


@dataclass(frozen=True)
class Item:
    """A message with what its page shows of it."""

    message: Message
    text: Text
    receiver: Label | None


def outbox(request: StaffRequest) -> HttpResponse:
    """List what went out and what did not; newest first, links and codes masked outside the demo."""
    state = request.GET.get("state", "")
    rows = rules.viewable(request.user).order_by("-id")
    if state in Message.State.values:
        rows = rows.filter(state=state)
    before = request.GET.get("before", "")
    if before:
        rows = rows.filter(pk__lt=_uuid(before))
    found = list(rows[: PAGE + 1])
    return page(
        request,
        "web/post/outbox.html",
        {
            "items": _items(request, found[:PAGE]),
            "more": found[PAGE - 1].pk if len(found) > PAGE else None,
            "state": state,
            "states": Message.State.choices,
            "demo": settings.DEMO,
        },
    )


def message(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show one message as its receiver reads it."""
    found = get_object_or_404(rules.viewable(request.user), pk=pk)
    return page(request, "web/post/message.html", {"item": _items(request, [found])[0], "demo": settings.DEMO})


def by_hand(request: StaffRequest) -> HttpResponse:
    """List the texts to send in chats: copy, open the chat, sent."""
    if holding.held() is not None:
        return page(request, "web/post/by_hand.html", {"held": True, "waiting": 0})
    waiting = list(queries.waiting_by_hand(request.user)[:LIST])
    last = rules.send_list(request.user).filter(state=Message.State.SENT).order_by("-sent_at")[:5]
    return page(
        request,
        "web/post/by_hand.html",
        {
            "items": _items(request, waiting, masked=False),
            "sent": _items(request, list(last)),
            "waiting": queries.waiting_by_hand(request.user).count(),
        },
    )


@require_POST
def sent(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Note that the text was sent."""
    services.mark_sent(by=request.user, message=_handled(request, pk))
    return redirect("web:post:by_hand")


@require_POST
def back(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put a text back into the send-list."""
    services.take_back(by=request.user, message=_handled(request, pk))
    return redirect("web:post:by_hand")


@require_POST
def again(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Send a mail again that failed or whose fate nobody knows."""
    services.send_again(by=request.user, message=get_object_or_404(rules.viewable(request.user), pk=pk))
    messages.success(request, _("The mail is on its way again."))
    return redirect("web:post:outbox")


@login_not_required
def demo(request: HttpRequest) -> HttpResponse:
    """Show the newest messages to anybody, in the demo only."""
    if not settings.DEMO:
        raise Http404
    newest = Message.objects.exclude(shown="").order_by("-sent_at")[:LIST]
    return page(request, "web/post/demo.html", {"newest": newest})


def _handled(request: StaffRequest, pk: UUID) -> Message:
    return get_object_or_404(rules.viewable(request.user) | rules.send_list(request.user), pk=pk)


def _items(request: StaffRequest, rows: list[Message], *, masked: bool | None = None) -> list[Item]:
    found = labels(request.user, [(row.to_kind, row.to_id) for row in rows])
    hide = not settings.DEMO if masked is None else masked
    return [Item(row, _text(row, masked=hide), found.get(row.to_id)) for row in rows]


def _text(row: Message, *, masked: bool) -> Text:
    if row.shown and not masked:
        subject, _, body = row.shown.partition("\n\n")
        return Text(subject, body)
    if not row.context and not row.secret and not row.address:
        return Text("", "")
    return render(row, masked=masked)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
