"""Somebody who leads a group leaves: ask them first, and speak to others only after their yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from treffpunkt.agreements import leaving, rules
from treffpunkt.agreements.models import Succession
from treffpunkt.agreements.services import successions
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import as_uuid
from treffpunkt.network.models import Actor
from treffpunkt.network.rules import may_edit_actor, viewable_actors
from treffpunkt.network.services.reaching import language_of, receiver_of
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import Text, render
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.web.access.forms import NamedForm

S = Succession.State


@require_safe
def shown(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show what hangs on somebody, and how far it is settled who follows."""
    by = request.user
    actor = _actor(request, pk)
    hanging = leaving.hanging_on(by, actor, today())
    succession = leaving.succession_of(by, actor)
    state = succession.state if succession else ""
    spaces = [one.space for one in hanging.groups]
    language = language_of(actor)
    way = receiver_of(actor)
    context = {
        "actor": actor,
        "hanging": hanging,
        "succession": succession,
        "state": state,
        "steps": _steps(state),
        "others": list(leaving.may_be_spoken_to(by, succession, spaces, today())),
        "text": _text(language),
        "language": language,
        "german": None if language == "de" else _text("de"),
        "way": "" if way is None else "mail" if way.mail else "chat" if way.chat_url or way.chat_name else "",
        "form": NamedForm(initial={"words": succession.words if succession else ""}),
        "may_edit": may_edit_actor(by, actor),
    }
    return page(request, "web/access/leaving.html", context)


@require_POST
def step(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Go a step on: begin, ask, note the answer, close. Tapped twice it is gone once."""
    by = request.user
    actor = _actor(request, pk)
    wanted = request.POST.get("do", "")
    try:
        if wanted == "begin":
            successions.follow_up(by=by, actor=actor)
            messages.success(request, _("The task is made."))
        elif wanted in STEPS:
            found = leaving.succession_of(by, actor) or successions.follow_up(by=by, actor=actor)
            messages.success(request, STEPS[wanted](request, found))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("web:access:leaving", pk=pk)


def _actor(request: StaffRequest, pk: UUID) -> Actor:
    require(rules.may_watch(request.user))
    people = viewable_actors(request.user).filter(erased_at=None).select_related("owner").prefetch_related("channels")
    return get_object_or_404(people, pk=pk)


def _message(request: StaffRequest, succession: Succession) -> str:
    if not successions.ask_by_message(by=request.user, succession=succession):
        raise DomainError(_("There is no safe way to reach them."))
    to = receiver_of(succession.actor)
    return _("The mail is on its way.") if to and to.mail else _("The text waits in your send-list.")


def _asked(request: StaffRequest, succession: Succession) -> str:
    successions.note_asked(by=request.user, succession=succession)
    return _("Noted.")


def _yes(request: StaffRequest, succession: Succession) -> str:
    form = NamedForm(request.POST)
    if not form.is_valid():
        raise DomainError(str(next(iter(form.errors.values()))[0]))
    ids = [pk for text in request.POST.getlist("other")[:50] if (pk := as_uuid(text))]
    spaces = [one.space for one in leaving.hanging_on(request.user, succession.actor, today()).groups]
    known = leaving.may_be_spoken_to(request.user, succession, spaces, today())
    others = {role.actor_id: role.actor for role in known if role.actor_id in ids}
    successions.note_yes(
        by=request.user, succession=succession, words=form.cleaned_data["words"], others=list(others.values()),
        language=request.user.language,
    )  # fmt: skip
    return _("Noted: others may be spoken to now.")


def _no(request: StaffRequest, succession: Succession) -> str:
    successions.note_no(by=request.user, succession=succession)
    return _("Noted: nobody else is asked.")


def _close(request: StaffRequest, succession: Succession) -> str:
    successions.close_succession(by=request.user, succession=succession)
    return _("This is settled.")


STEPS: dict[str, Callable[[StaffRequest, Succession], str]] = {
    "message": _message, "asked": _asked, "yes": _yes, "no": _no, "close": _close,
}  # fmt: skip


def _steps(state: str) -> list[dict[str, Any]]:
    """Say where it stands: asked, answered, settled."""
    reached = {"": 0, S.OPEN: 0, S.ASKED: 1, S.MAY: 2, S.REFUSED: 2, S.CLOSED: 3}[state]
    labels = [_("Ask first"), _("Their answer"), _("Speak to others"), _("Settled")]
    return [
        {"label": label, "done": place < reached, "current": place == reached} for place, label in enumerate(labels)
    ]


def _text(language: str) -> Text:
    """Write the prepared message out, without a link: to be copied."""
    return render(Message(template=successions.ASKING, language=language, context={"host": ""}), masked=True)
