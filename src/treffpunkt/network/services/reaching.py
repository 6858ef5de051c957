"""How an actor is reached: in which language, by which channel, through which link."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote
from uuid import UUID

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.network.models import Actor, Channel, Role
from treffpunkt.post.services import Receiver

_K = Channel.Kind
# Anything shorter is a typing error or an emergency number.
_SHORTEST = 10_000
_PHONES = frozenset({_K.PHONE, _K.WHATSAPP, _K.SIGNAL})
# Where a pasted address of a person holds the handle.
_HANDLE_AT = {
    _K.TELEGRAM: re.compile(r"(?:https?://)?(?:www\.)?(?:t|telegram)\.me/(?:s/)?(\w+)/?", re.IGNORECASE),
    _K.INSTAGRAM: re.compile(
        r"(?:https?://)?(?:www\.)?(?:instagram\.com|ig\.me/m)/([\w.]+)/?(?:\?.*)?",
        re.IGNORECASE,
    ),
    _K.MESSENGER: re.compile(
        r"(?:https?://)?(?:(?:www\.|m\.)?facebook\.com/(?:messages/t/|profile\.php\?id=)?|m\.me/)([\w.]+)/?(?:[?&].*)?",
        re.IGNORECASE,
    ),
    _K.WHATSAPP: re.compile(
        r"(?:https?://)?(?:wa\.me/|api\.whatsapp\.com/send/?\?phone=)\+?(\d+).*",
        re.IGNORECASE,
    ),
    _K.SIGNAL: re.compile(r"(?:https?://)?signal\.me/#p/(\+\d+)", re.IGNORECASE),
}

# Where somebody is written to whom we know by a handle on the platform of their space only.
_WRITTEN_TO = {
    "telegram": "https://t.me/%s",
    "instagram": "https://ig.me/m/%s",
    "facebook": "https://m.me/%s",
    "tiktok": "https://www.tiktok.com/@%s",
    "reddit": "https://www.reddit.com/message/compose/?to=%s",
}


def with_ways(actors: QuerySet[Actor]) -> QuerySet[Actor]:
    """Read along what `receiver_of` needs, so that a list asks once and not for each of its rows."""
    return actors.prefetch_related("channels").annotate(written_on=_platform_of(OuterRef("pk")))


def receiver_of(actor: Actor) -> Receiver | None:
    """Tell how a message reaches an actor: their preferred way, else safe mail, else a chat that staff open.

    None where there is no way, or the record is erased. A way that somebody else reads is never taken, nor one from
    which mail comes back.
    """
    if actor.erased_at is not None:
        return None
    safe = sorted(
        (one for one in actor.channels.all() if one.safe and one.fails_since is None),
        key=lambda one: (not one.preferred, _order(one), one.pk),
    )
    for channel in safe:
        if channel.channel_kind == _K.MAIL:
            return Receiver(
                kind=actor.kind,
                id=actor.pk,
                mail=channel.value,
                owner_id=actor.owner_id,
            )
        return Receiver(
            kind=actor.kind,
            id=actor.pk,
            chat_url=chat_link(channel.channel_kind, channel.value),
            chat_name=f"{channel.get_channel_kind_display()}: {channel.value}",
            owner_id=actor.owner_id,
        )
    if actor.handle and all(one.fails_since for one in actor.channels.all()):
        # Known by their handle in a space only: that is where staff write to them.
        url, name = _by_handle(actor)
        return Receiver(
            kind=actor.kind,
            id=actor.pk,
            chat_url=url,
            chat_name=name,
            owner_id=actor.owner_id,
        )
    return None


def mail_of(actor_id: UUID) -> str:
    """Give the safe mail address an actor has now, the preferred one first; empty where there is none."""
    safe = Channel.objects.filter(channel_kind=_K.MAIL, safe=True, fails_since=None)
    known = safe.filter(actor=actor_id, actor__erased_at=None).order_by("-preferred", "id")
    return known.values_list("value", flat=True).first() or ""


def language_of(actor: Actor) -> str:
    """Tell in which of our languages to write to an actor: the first of theirs that we have, else English."""
    for tag in actor.languages:
        base = tag.lower().split("-")[0]
        if base in LANGUAGES:
            return tag.lower() if tag.lower() == "sr-latn" else base
    return "en"


def chat_link(channel_kind: str, value: str) -> str:
    """Give the address that opens a chat with somebody in its app; empty where there is none."""
    digits = re.sub(r"\D", "", value)
    match channel_kind:
        case _K.WHATSAPP:
            return f"https://wa.me/{digits}"
        case _K.TELEGRAM:
            return f"https://t.me/+{digits}" if value.startswith("+") else f"https://t.me/{quote(value)}"
        case _K.MESSENGER:
            return f"https://m.me/{quote(value)}"
        case _K.INSTAGRAM:
            return f"https://ig.me/m/{quote(value)}"
        case _K.SIGNAL:
            return f"https://signal.me/#p/+{digits}"
        case _K.PHONE:
            return f"sms:+{digits}"
    return ""


def written_value(channel_kind: str, value: str) -> str:
    """Write the value of a channel in its one form: mail, number with country code, handle without @."""
    value = tidy(value).removeprefix("mailto:").removeprefix("tel:")
    if channel_kind == _K.MAIL:
        return _mail(value)
    pattern = _HANDLE_AT.get(_K(channel_kind)) if channel_kind in _K.values else None
    if pattern and (match := pattern.fullmatch(value)):
        value = match.group(1)
        if channel_kind == _K.WHATSAPP:
            value = f"+{value}"
    if channel_kind in _PHONES or (channel_kind == _K.TELEGRAM and value.startswith("+")):
        return _phone(value)
    if channel_kind == _K.OTHER:
        return _filled(value)
    handle = _filled(value.removeprefix("@"))
    if not re.fullmatch(r"[\w.-]{1,100}", handle):
        raise DomainError(_("This is not a handle: “%(value)s”.") % {"value": value})
    return handle


def _order(channel: Channel) -> int:
    """Mail goes out by itself, a chat opens with one tap, a phone number is the last way."""
    return {_K.MAIL: 0, _K.PHONE: 3, _K.OTHER: 2}.get(_K(channel.channel_kind), 1)


def _by_handle(actor: Actor) -> tuple[str, str]:
    platform = actor.written_on if hasattr(actor, "written_on") else _platform_of(actor.pk).first()
    if not platform:
        return "", actor.handle
    key, name = platform["key"], platform["name"]
    plain = re.fullmatch(r"[\w.-]+", actor.handle)
    url = _WRITTEN_TO[key] % quote(actor.handle) if plain and key in _WRITTEN_TO else ""
    return url, f"{name}: {actor.handle}"


def _platform_of(actor: Any) -> QuerySet[Role, Any]:
    """Give key and name of the platform on which an actor's largest space is."""
    roles = Role.objects.present().filter(actor=actor, space__isnull=False)
    platform = JSONObject(key="space__platform", name="space__platform__name")
    return roles.order_by(F("space__members").desc(nulls_last=True)).values_list(platform, flat=True)[:1]


def _mail(value: str) -> str:
    name, _at, host = value.rpartition("@")
    mail = f"{name}@{host.lower()}"
    try:
        validate_email(mail)
    except ValidationError as error:
        raise DomainError(_("This is not a mail address: “%(value)s”.") % {"value": value}) from error
    return mail


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, "DE")
    except phonenumbers.NumberParseException as error:
        raise DomainError(_("This is not a phone number: “%(value)s”.") % {"value": value}) from error
    if not phonenumbers.is_possible_number(number) or (number.national_number or 0) < _SHORTEST:
        raise DomainError(_("This is not a phone number: “%(value)s”.") % {"value": value})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _filled(value: str) -> str:
    if not value:
        raise DomainError(_("Please give an address or a handle."))
    return value
