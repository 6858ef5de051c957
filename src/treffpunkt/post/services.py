"""Sending: a message is written with the change it tells of; a job or a person delivers it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import require
from treffpunkt.core.jobs import defer
from treffpunkt.journal.services import Named, record
from treffpunkt.links.services import Wanted, issue_many, renew_many
from treffpunkt.post import rules
from treffpunkt.post.models import Message
from treffpunkt.post.readdressing import readdress
from treffpunkt.post.references import reference_of

_WAITING = (Message.State.QUEUED, Message.State.BY_HAND, Message.State.FAILED)
# A message of which only is known that it was: to whom, what for, when and how it went.
_BLANK: dict[str, Any] = {
    "address": "", "chat_url": "", "context": {}, "secret": {}, "calendar": "", "shown": "", "problem": "",
    "reference": "",
}  # fmt: skip


@dataclass(frozen=True)
class Receiver:
    """To whom a message goes: named by kind and id, reached by mail or by a chat that staff open."""

    kind: str
    id: UUID
    mail: str = ""
    chat_url: str = ""
    chat_name: str = ""
    # The member of staff in whose send-list a chat message waits.
    owner_id: UUID | None = None


@dataclass(frozen=True)
class Draft:
    """A message to be written: see `send` for its parts."""

    template: str
    to: Receiver
    language: str
    occasion: str
    context: Mapping[str, Any] = field(default_factory=dict)
    secret: Mapping[str, Any] = field(default_factory=dict)
    link: Mapping[str, str | int] = field(default_factory=dict)
    about: Named | None = None
    calendar: str = ""
    calendar_method: str = ""
    due: datetime | None = None
    # Whether the text leads to the page of what is stored about its receiver.
    tells: bool = False


def send(template: str, *, to: Receiver, language: str, occasion: str, **parts: Any) -> Message | None:
    """Write one message; a second one for the same occasion changes nothing and returns None.

    `template` names `<template>.txt` among the templates of messages: its first line is the subject, the rest
    after an empty line the text. `context` holds plain JSON values. `link` names purpose, subject_kind,
    subject_id and days; its address stands in the text as `{{ link }}` and is stored nowhere. `secret` is for values
    that are forgotten once delivered. `calendar` is an iCalendar text with its `calendar_method`.
    """
    written = send_many([Draft(template=template, to=to, language=language, occasion=occasion, **parts)])
    return written[0] if written else None


@transaction.atomic
def send_many(drafts: Iterable[Draft]) -> list[Message]:
    """Write many messages at once, each once per occasion; three queries whatever their number."""
    wanted = {draft.occasion: draft for draft in drafts}
    known = set(Message.objects.filter(occasion__in=wanted).values_list("occasion", flat=True))
    fresh = [draft for occasion, draft in wanted.items() if occasion not in known]
    messages = [_message(draft) for draft in fresh]
    Message.objects.bulk_create(messages, batch_size=500)
    issue_many(_links(fresh, messages))
    if any(message.channel == Message.Channel.MAIL for message in messages):
        defer("post.deliver", queue="post", once="post.deliver")
    return messages


@transaction.atomic
def mark_sent(*, by: Agent, message: Message) -> Message:
    """Note that a member of staff sent the text by hand in a chat; a second time changes nothing."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    require(rules.may_handle(by, message))
    if message.state == Message.State.SENT:
        return message
    message.move_to(Message.State.SENT)
    message.sent_at = now()
    message.save(update_fields=["state", "sent_at"])
    record(by, "message.sent_by_hand", message)
    return message


@transaction.atomic
def take_back(*, by: Agent, message: Message) -> Message:
    """Undo a "sent" that was tapped by mistake: the text waits in the send-list again."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    require(rules.may_handle(by, message) and message.channel == Message.Channel.CHAT)
    message.move_to(Message.State.BY_HAND)
    message.sent_at = None
    message.save(update_fields=["state", "sent_at"])
    record(by, "message.taken_back", message)
    return message


@transaction.atomic
def send_again(*, by: Agent, message: Message) -> Message:
    """Send a failed or unclear mail once more, under its old Message-ID; a failed one to where they are reached now."""
    message = Message.objects.select_for_update().get(pk=message.pk)
    require(rules.may_send_again(by, message))
    if message.state == Message.State.FAILED:
        readdress(message)
    message.move_to(Message.State.QUEUED)
    message.attempts, message.problem, message.due_at = 0, "", now()
    message.save(update_fields=["state", "attempts", "problem", "due_at", "address", "calendar"])
    record(by, "message.sent_again", message)
    defer("post.deliver", queue="post", once="post.deliver")
    return message


@transaction.atomic
def cancel(*, by: Agent, occasions: Iterable[str]) -> int:
    """Take back messages that have not gone out yet, because what they tell no longer holds."""
    waiting = Message.objects.filter(occasion__in=list(occasions), state__in=_WAITING)
    return waiting.update(state=Message.State.CANCELLED, context={}, secret={})


@transaction.atomic
def hand_over_texts(*, by: Agent, leaver_id: UUID, to_id: UUID) -> int:
    """Give the texts somebody has yet to send in chats to a colleague; the caller has asked its rule."""
    waiting = Message.objects.filter(owner_id=leaver_id, state=Message.State.BY_HAND)
    return waiting.update(owner_id=to_id)


@transaction.atomic
def forget_receiver(*, receiver_id: UUID) -> int:
    """Blank every message to somebody who was erased; what has not gone out is cancelled."""
    return forget_receivers(receiver_ids=[receiver_id])


@transaction.atomic
def forget_receivers(*, receiver_ids: Iterable[UUID]) -> int:
    """Blank every message to people who were erased; what has not gone out is cancelled."""
    messages = Message.objects.filter(to_id__among=list(receiver_ids))
    messages.filter(state__in=_WAITING).update(state=Message.State.CANCELLED)
    return messages.update(**_BLANK)


def forget_old(before: datetime) -> int:
    """Blank the messages written before a moment, whatever became of them; return how many."""
    old = Message.objects.filter(created_at__lt=before).exclude(address="", context={}, shown="", calendar="")
    old.filter(state__in=_WAITING).update(state=Message.State.CANCELLED)
    return old.update(**_BLANK)


@transaction.atomic
def renew_links(*, receiver_id: UUID) -> int:
    """Put new links into the texts to somebody that have not gone out yet; the old ones do not open any more."""
    waiting = Message.objects.select_for_update().filter(
        to_id=receiver_id,
        context__has_key="link_key",
        state__in=[Message.State.QUEUED, Message.State.BY_HAND, Message.State.FAILED, Message.State.UNCLEAR],
    )
    messages = list(waiting)
    renewed = renew_many(message.context["link_key"] for message in messages)
    for message in messages:
        message.context["link_key"] = renewed.get(message.context["link_key"], message.context["link_key"])
    Message.objects.bulk_update(messages, ["context"])
    return len(renewed)


def _message(draft: Draft) -> Message:
    by_mail = bool(draft.to.mail)
    context = dict(draft.context)
    if draft.link:
        context["link_key"] = secrets.token_urlsafe(18)
    message = Message(
        template=draft.template,
        context=context,
        secret=dict(draft.secret),
        language=draft.language,
        channel=Message.Channel.MAIL if by_mail else Message.Channel.CHAT,
        to_kind=draft.to.kind,
        to_id=draft.to.id,
        address=draft.to.mail or draft.to.chat_name,
        chat_url="" if by_mail else draft.to.chat_url,
        owner_id=draft.to.owner_id,
        about_kind=draft.about.kind if draft.about else "",
        about_id=draft.about.pk if draft.about else None,
        occasion=draft.occasion,
        calendar=draft.calendar if by_mail else "",
        calendar_method=draft.calendar_method if by_mail else "",
        state=Message.State.QUEUED if by_mail else Message.State.BY_HAND,
        due_at=draft.due or now(),
        tells=draft.tells,
    )
    message.reference = reference_of(message.pk)
    return message


def _links(drafts: Iterable[Draft], messages: Iterable[Message]) -> Iterator[Wanted]:
    for draft, message in zip(drafts, messages, strict=True):
        if draft.link:
            yield Wanted(
                key=message.context["link_key"],
                purpose=str(draft.link["purpose"]),
                subject_kind=str(draft.link["subject_kind"]),
                subject_id=UUID(str(draft.link["subject_id"])),
                # Where it must not be known whose it is.
                holder_id=None if draft.link.get("nobody") else draft.to.id,
                expires=now() + timedelta(days=int(draft.link.get("days", 60))),
                language=draft.language,
                fresh=bool(draft.link.get("fresh")),
            )
