"""A message as it is read: subject and text, in the receiver's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template import Context, Template
from django.template.loader import get_template
from django.utils import translation

from treffpunkt.core.text import tidy
from treffpunkt.links.services import address
from treffpunkt.post.models import Message

MASK = "…"


@dataclass(frozen=True)
class Text:
    """What the receiver reads."""

    subject: str
    body: str


def render(message: Message, *, masked: bool = False) -> Text:
    """Write the message out; masked, its links and codes are left out, for everyone but the receiver."""
    context = dict(message.context)
    key = context.pop("link_key", "")
    if key:
        context["link"] = MASK if masked else address(key)
    context |= {name: MASK if masked else value for name, value in message.secret.items()}
    context |= {"network": sender_name(), "by_chat": message.channel == Message.Channel.CHAT}
    return written(message.template, message.language, context)


def written(template: str, language: str, context: Mapping[str, Any]) -> Text:
    """Write a text of the house out in a language."""
    with translation.override(language):
        subject, _, body = _template(template).render(Context(dict(context), autoescape=False)).partition("\n")
    return Text(subject=tidy(subject)[:200], body=_paragraphs(body))


def sender_name() -> str:
    """Give the name that stands first in our messages: the sender's, which a locked phone shows anyway, nothing else."""
    return parseaddr(settings.MAIL_FROM)[0] or settings.NETWORK_NAME


def _template(name: str) -> Template:
    module, _, rest = name.partition("/")
    found: Any = get_template(f"{module}/messages/{rest.removeprefix('messages/')}.txt")
    template: Template = found.template
    return template


def _paragraphs(body: str) -> str:
    lines: list[str] = []
    for line in (line.strip() for line in body.strip().split("\n")):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"
