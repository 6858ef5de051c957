"""The texts to guests: the standard ones, what coordination has made of them, and how one is filled in.

A text is plain, with places such as `{date}`; it is filled in once and never run as a template. What was sent stays
what it was: the words stand in the message.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.clock import today
from treffpunkt.core.placeholders import filled, places
from treffpunkt.core.text import LANGUAGES
from treffpunkt.meetings import wording
from treffpunkt.meetings.models import GuestText, Meeting
from treffpunkt.meetings.times import moment
from treffpunkt.post.rendering import MASK, Text, sender_name, written

P = GuestText.Purpose
LINK, STORED = "link", "stored"
# What a text may name, and what it stands for.
NAMES: Mapping[str, str | Promise] = {
    LINK: _("the guest’s own link; without it nobody can answer"),
    "date": _("day and hour, with the time zone"),
    "place": _("where it is and how long it takes"),
    "languages": _("the languages spoken"),
    "greeting": _("the greeting written for this meeting; the line goes where there is none"),
    "name": _("the guest’s name; on a shared phone others read it too"),
    "host": _("who holds the meeting"),
    "network": _("our name, as mails show it"),
    STORED: _("the sentence that the link shows what we have stored; the law wants it in an invitation"),
}
_STANDARD: Mapping[str, tuple[str, dict[str, Any]]] = {
    P.INVITATION: ("meetings/messages/invitation", {}),
    P.REMINDER: ("meetings/messages/reminder", {}),
    P.POSTPONED: ("meetings/messages/cancelled", {"postponed": True}),
    P.CANCELLED: ("meetings/messages/cancelled", {"postponed": False}),
}
# For whom a text is shown while it is written: nobody there is.
DEMO_GUESTS = {"de": "Anna Beispiel", "en": "Grace Example", "ar": "سميرة مثال", "fr": "Awa Exemple", "sr": "Јелена Пример", "es": "Lucía Ejemplo"}  # fmt: skip


@dataclass(frozen=True)
class Present:
    """The text that holds for a purpose in a language; revision 0 is a standard text nobody has touched."""

    purpose: str
    language: str
    subject: str
    body: str
    revision: int = 0
    changed: bool = False

    @property
    def label(self) -> str:
        """Name what it is for."""
        return str(P(self.purpose).label)


def purpose_of(template: str, *, postponed: bool) -> str:
    """Say which text a message of this template carries; nothing where its words are not for us to change."""
    if template == _STANDARD[P.CANCELLED][0]:
        return P.POSTPONED if postponed else P.CANCELLED
    return next((purpose for purpose, (name, _how) in _STANDARD.items() if name == template), "")


def required(purpose: str) -> tuple[str, ...]:
    """List what a text must name: the link, and in an invitation the sentence about what is stored."""
    return (LINK, STORED) if purpose == P.INVITATION else (LINK,)


def standard(purpose: str, language: str) -> Present:
    """Give the standard text as it can be changed: with its places unfilled."""
    template, how = _STANDARD[purpose]
    marks = {name: f"{{{name}}}" for name in NAMES}
    text = written(template, language, how | marks | {"when": "{date}", "where": "{place}"})
    return Present(purpose, language, text.subject, text.body.strip())


def present() -> dict[tuple[str, str], Present]:
    """Give every text that coordination has changed, by purpose and language; one query."""
    newest = GuestText.objects.order_by("purpose", "language", "-revision").distinct("purpose", "language")
    return {(row.purpose, row.language): _of_row(row) for row in newest if row.body}


def current(purpose: str, language: str) -> Present:
    """Give the text that holds."""
    row = GuestText.objects.filter(purpose=purpose, language=language).first()
    return _of_row(row) if row else standard(purpose, language)


def every() -> list[Present]:
    """List every text in every language, changed or not."""
    changed = present()
    return [changed.get((purpose, tag)) or standard(purpose, tag) for purpose in P.values for tag in LANGUAGES]


def ready(text: Present, values: Mapping[str, str], language: str) -> dict[str, Any]:
    """Fill a text in for a guest but for her link: the subject, and the parts between which the link stands."""
    body = wording.in_script(text.body, language) if language != text.language else text.body
    body = filled(body, {**values, STORED: wording.stored_sentence(language), LINK: "\x00"})
    return {"subject": wording.in_script(text.subject, language), "parts": body.split("\x00")}


def values_of(meeting: Meeting, language: str, *, host: str, name: str) -> dict[str, str]:
    """Say what the places of a text mean for a meeting and a guest."""
    return {
        "date": wording.when(meeting, language),
        "place": wording.where(meeting, language),
        "languages": wording.languages_spoken(meeting, language),
        "greeting": wording.greeting(meeting, language)[0],
        "host": host,
        "name": name,
        "network": sender_name(),
    }


def shown_to_demo_guest(purpose: str, language: str, subject: str, body: str, host: str) -> Text:
    """Write a text out for a guest who does not exist, for a meeting in two weeks."""
    day = today() + timedelta(days=14)
    example = Meeting(name="", day=day, minutes_long=90, languages=[language, "de"], zone="Europe/Berlin")
    example.starts = moment(day, time(18), example.zone)
    text = Present(purpose, language, subject, body)
    own = ready(text, values_of(example, language, host=host, name=DEMO_GUESTS[language]), language)
    return Text(subject=own["subject"], body=MASK.join(own["parts"]))


def is_required_missing(purpose: str, body: str) -> list[str]:
    """List the places that a text must name and does not."""
    named = places(body)
    return [f"{{{name}}}" for name in required(purpose) if name not in named]


def _of_row(row: GuestText) -> Present:
    if not row.body:
        base = standard(row.purpose, row.language)
        return Present(row.purpose, row.language, base.subject, base.body, row.revision)
    return Present(row.purpose, row.language, row.subject, row.body, row.revision, changed=True)
