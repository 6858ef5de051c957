"""An agreement as PDF on one page: in its language and in German, its hash in the foot, no person's name."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.agreements import composing, wording
from treffpunkt.agreements.models import AgreementVersion
from treffpunkt.core.clock import now
from treffpunkt.core.dates import digits, spoken_day
from treffpunkt.core.text import language_direction
from treffpunkt.meetings.pdf import compiled
from treffpunkt.post.rendering import sender_name

TEMPLATE = Path(__file__).parent / "typst" / "agreement.typ"


def agreement(version: AgreementVersion, *, before: AgreementVersion | None = None, to_sign: bool = False) -> bytes:
    """Set a text as PDF/UA; `before` marks what is new since an earlier one, `to_sign` leaves lines for signatures."""
    language = version.language
    head, between, *_lines = version.text.split("\n")
    between_de = version.text_de.split("\n")[1]
    marks = composing.new_since(version, before)
    day = _day(version.accepted_at or version.sealed_at or now())
    with translation.override(wording.base(language)):
        labels = {"new": _("new"), "sign": _sign_labels() if to_sign else []}
        agreed = [_said_when(version, day, language)]
    if language.lower().startswith("sr-latn"):
        labels = _in_script(labels, language)
        agreed = _in_script(agreed, language)
    data: dict[str, Any] = {
        "title": head,
        "between": between,
        "between_de": between_de,
        "network": sender_name(),
        "language": language,
        "dir": language_direction(language),
        "german": wording.base(language) != composing.GERMAN,
        "sentences": [
            {"text": row["text"], "de": row["de"], "new": new}
            for row, new in zip(version.sentences, marks, strict=True)
        ],
        "labels": labels,
        "agreed": agreed,
        "sha256": version.sha256,
        "to_sign": to_sign,
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
    return compiled(TEMPLATE, data)


def _said_when(version: AgreementVersion, day: date, language: str) -> str:
    """Say since when a text holds, or that it does not yet; a PDF is kept, so the year always stands there."""
    said = spoken_day(day, language)
    if digits(day.year, language) not in said:
        said = f"{said} {digits(day.year, language)}"
    if version.state == AgreementVersion.State.ACCEPTED:
        return _("Agreed on %(day)s.") % {"day": said}
    if version.sealed_at:
        return _("Offered on %(day)s; it holds once you agree.") % {"day": said}
    return _("This is a draft.")


def _sign_labels() -> list[dict[str, str]]:
    return [
        {"who": _("Your name or a handle"), "when": _("Place and day")},
        {"who": sender_name(), "when": _("Place and day")},
    ]


def _in_script(value: Any, language: str) -> Any:
    if isinstance(value, str):
        return wording.in_script(value, language)
    if isinstance(value, dict):
        return {name: _in_script(part, language) for name, part in value.items()}
    return [_in_script(part, language) for part in value]


def _day(moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
