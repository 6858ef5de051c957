"""The words in which somebody is asked for a date, and how many of them are on their way."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.meetings.models import DatePoll, PollGuest
from treffpunkt.meetings.services.invitations import Sent
from treffpunkt.meetings.services.polls import QUESTION, Letters
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import Text, render
from treffpunkt.post.services import Draft
from treffpunkt.ui.pages import StaffRequest


@dataclass(frozen=True)
class Preview:
    """The words of one language, with the German beside them, and how many read them."""

    language: str
    number: int
    text: Text
    german: Text | None


def previews(poll: DatePoll, rows: list[PollGuest]) -> list[Preview]:
    """Write one question for each language as its readers will see it, without a link."""
    letters = Letters(poll)
    of_language: dict[str, list[PollGuest]] = {}
    for row in rows:
        of_language.setdefault(row.language, []).append(row)
    found = []
    for language, guests in of_language.items():
        text = _text(letters, guests)
        if text is None:
            continue
        for guest in guests:
            guest.language = "de"
        found.append(Preview(language, len(guests), text, _text(letters, guests) if language != "de" else None))
        for guest in guests:
            guest.language = language
    return found


def tell(request: StaffRequest, sent: Sent) -> None:
    """Say how many questions are on their way, and whom nothing reaches."""
    parts = []
    if sent.mails:
        parts.append(ngettext("%(count)s by mail", "%(count)s by mail", sent.mails) % {"count": sent.mails})
    if sent.chats:
        by_chat = ngettext("%(count)s by chat in the send-list", "%(count)s by chat in the send-list", sent.chats)
        parts.append(by_chat % {"count": sent.chats})
    if parts:
        messages.success(request, _("On their way: %(how)s.") % {"how": ", ".join(parts)})
    if count := len(sent.unreachable):
        text = ngettext(
            "%(count)s person has no way to be reached yet.", "%(count)s people have no way to be reached yet.", count
        )
        messages.warning(request, text % {"count": count})


def _text(letters: Letters, guests: list[PollGuest]) -> Text | None:
    drafts = (letters.draft(QUESTION, guest, occasion="preview") for guest in guests)
    draft: Draft | None = next((one for one in drafts if one is not None), None)
    if draft is None:
        return None
    channel = Message.Channel.MAIL if draft.to.mail else Message.Channel.CHAT
    context = dict(draft.context) | {"link_key": "preview"}
    return render(
        Message(template=draft.template, context=context, language=draft.language, channel=channel), masked=True
    )
