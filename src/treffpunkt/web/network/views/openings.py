"""First messages: filled in for somebody, to be copied into a chat; and the texts themselves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, F, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from uuid_utils.compat import uuid7

from treffpunkt.core.errors import Stale, require
from treffpunkt.core.text import language_direction, read_as
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Channel, Profile, Role, Space
from treffpunkt.network.openings import KINDS, LANGUAGES, NAMES, filled_in, of_row, texts
from treffpunkt.network.rhythms import PROPOSED, rhythm
from treffpunkt.network.services.openings import change_opening, reset_opening
from treffpunkt.network.services.reaching import language_of, receiver_of, with_ways
from treffpunkt.network.services.rhythms import set_rhythm
from treffpunkt.people.models import Staff
from treffpunkt.ui.pages import StaffRequest, page
from treffpunkt.ui.templatetags.ui import language_name
from treffpunkt.web.network.answering import sent, tried
from treffpunkt.web.network.forms.openings import OpeningForm, RhythmForm


def opening(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Show the first message to somebody in their language, to be copied, with its German beside it."""
    by = request.user
    found = get_object_or_404(with_ways(rules.viewable_actors(by).select_related("owner")), pk=pk, erased_at=None)
    require(rules.may_edit_actor(by, found))
    language = request.GET.get("language", "")
    language = language if language in (*LANGUAGES, "sr-latn") else language_of(found)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ("again" if found.standing == Actor.Standing.ASKED else "first")
    values, beside = _values(by, found)
    text, german = texts(language).of(kind)
    receiver = receiver_of(found)
    return page(
        request,
        "web/network/opening.html",
        {
            "actor": found,
            "language": language,
            "direction": language_direction(language),
            "kind": kind,
            "text": filled_in(text, values | {"check": _check_url(language)}),
            "german": filled_in(german, values | beside | {"check": _check_url("de")}) if language != "de" else "",
            "languages": [(tag, language_name(tag)) for tag in LANGUAGES],
            "who": values["who"],
            "chat_url": receiver.chat_url if receiver else "",
            "chat_name": receiver.chat_name if receiver else "",
            "mail": receiver.mail if receiver else "",
            "channel_kind": _channel_of(found),
            "declined": found.standing == Actor.Standing.DECLINED,
            "id": uuid7(),
            "may_change": rules.sees_all(by),
        },
    )


def openings(request: StaffRequest) -> HttpResponse:
    """List the texts by language, and the rhythm after them."""
    by = request.user
    require(rules.may_create(by))
    found = [texts(tag) for tag in LANGUAGES]
    return page(
        request,
        "web/network/openings.html",
        {
            "rows": [(one, language_name(one.language), language_direction(one.language)) for one in found],
            "may_change": rules.sees_all(by),
        },
    )


def edit(request: StaffRequest, language: str) -> HttpResponse:
    """Change the texts of a language."""
    by = request.user
    require(rules.sees_all(by))
    if language not in LANGUAGES:
        raise Http404
    present = texts(language)
    form = OpeningForm.of(present, sent(request))
    stale: Any = None
    if form.is_valid():
        try:
            done = _changed(form, language, by)
        except Stale as error:
            done, stale = False, of_row(error.current)  # type: ignore[arg-type]
            form.data = {**form.data.dict(), "version": str(stale.version)}  # type: ignore[attr-defined]
            form.add_error(None, str(error.message))
        if done:
            messages.success(request, _("The texts are changed."))
            return redirect("web:network:openings")
    return page(
        request,
        "web/network/opening_form.html",
        {
            "form": form,
            "language": language,
            "name": language_name(language),
            "stale": stale,
            "changed": present.changed,
            "names": [f"{{{name}}}" for name in NAMES],
        },
    )


@require_POST
def reset(request: StaffRequest, language: str) -> HttpResponse:
    """Go back to the texts that are shipped."""
    require(rules.sees_all(request.user))
    if language not in LANGUAGES:
        raise Http404
    reset_opening(by=request.user, language=language)
    messages.success(request, _("The shipped texts hold again."))
    return redirect("web:network:openings")


def edit_rhythm(request: StaffRequest) -> HttpResponse:
    """Set after how many days one gets in touch again."""
    by = request.user
    require(rules.sees_all(by))
    form = RhythmForm(sent(request), initial=rhythm())
    if form.is_valid():
        done = tried(form, lambda: (set_rhythm(by=by, days=form.cleaned_data), True)[1])
        if done:
            messages.success(request, _("Saved. It holds from the next contact on."))
            return redirect("web:network:rhythm")
    return page(request, "web/network/rhythm.html", {"form": form, "proposed": PROPOSED})


def _changed(form: OpeningForm, language: str, by: Staff) -> bool:
    """Change the texts, or write on the form why not; Stale is the caller's, who shows both texts."""

    def act() -> bool:
        change_opening(by=by, language=language, version=form.cleaned_data["version"], **form.values())
        return True

    return bool(tried(form, act, stale=False))


def _values(by: Staff, actor: Actor) -> tuple[dict[str, str], dict[str, str]]:
    """Say what can be filled in: their name and largest group, as whom one writes; and what stands so in German.

    The group is one that `by` sees, and that is alive.
    """
    led = Role.objects.present().filter(actor=actor, space=OuterRef("pk"))
    living = rules.viewable_spaces(by).exclude(state__in=[Space.State.DORMANT, Space.State.LOST])
    space = living.filter(Exists(led)).order_by(F("members").desc(nulls_last=True), "id").first()
    own = list(Profile.objects.filter(staff=by, state__in=[Profile.State.ACTIVE, Profile.State.LIMITED]).order_by("id"))
    there = [one for one in own if space is not None and one.platform_id == space.platform_id]
    beside = {
        "name": read_as(actor.name, actor.reading) if actor.name and not actor.not_a_person else "",
        "group": read_as(space.name, space.short_name) if space else "",
    }
    values = {
        "name": "" if actor.not_a_person else actor.name,
        "group": space.name if space else "",
        "who": (there or own)[0].name if own else by.name,
        "network": settings.NETWORK_NAME,
    }
    return values, {name: text for name, text in beside.items() if text}


def _check_url(language: str) -> str:
    return settings.BASE_URL + reverse("public:profile", args=[language])


def _channel_of(actor: Actor) -> str:
    """Name the channel by which they are written to, for the log."""
    safe = [one for one in actor.channels.all() if one.safe and one.fails_since is None]
    preferred = next((one for one in safe if one.preferred), safe[0] if safe else None)
    return preferred.channel_kind if preferred else Channel.Kind.OTHER
