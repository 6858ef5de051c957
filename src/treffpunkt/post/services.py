"""Sending: a message is written with the change it tells of; a job or a person delivers it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.jobs import defer
from treffpunkt.journal.services import Named
from treffpunkt.post.models import Message


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
    link: Mapping[str, str] = field(default_factory=dict)
    about: Named | None = None
    calendar: str = ""
    calendar_method: str = ""
    due: datetime | None = None


def send(template: str, *, to: Receiver, language: str, occasion: str, **parts: Any) -> Message | None:
    """Write one message; a second one for the same occasion changes nothing and returns None.

    `template` names `<template>.txt` among the templates of messages: its first line is the subject, the rest
    after an empty line the text. `context` holds plain JSON values. `link` names purpose, subject_kind,
    subject_id, holder_id and days: the address is minted at delivery as `{{ link }}`. `secret` is for values
    that are forgotten once delivered. `calendar` is an iCalendar text with its `calendar_method`.
    """
    written = send_many([Draft(template=template, to=to, language=language, occasion=occasion, **parts)])
    return written[0] if written else None


@transaction.atomic
def send_many(drafts: Iterable[Draft]) -> list[Message]:
    """Write many messages at once, each once per occasion; one insert whatever their number."""
    wanted = {draft.occasion: draft for draft in drafts}
    known = set(Message.objects.filter(occasion__in=wanted).values_list("occasion", flat=True))
    messages = [_message(draft) for occasion, draft in wanted.items() if occasion not in known]
    Message.objects.bulk_create(messages, batch_size=500, ignore_conflicts=True)
    if any(message.channel == Message.Channel.MAIL for message in messages):
        defer("post.deliver", queue="post", once="post.deliver")
    return messages


def _message(draft: Draft) -> Message:
    by_mail = bool(draft.to.mail)
    return Message(
        template=draft.template,
        context=dict(draft.context) | ({"_link": dict(draft.link)} if draft.link else {}),
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
        calendar=draft.calendar,
        calendar_method=draft.calendar_method,
        state=Message.State.QUEUED if by_mail else Message.State.BY_HAND,
        due_at=draft.due or now(),
    )


@transaction.atomic
def mark_sent(*, by: Agent, message: Message) -> Message:
    """Note that a member of staff sent the text by hand in a chat."""
    raise NotImplementedError
