"""A certificate of attendance under the name that its bearer chooses; the name is kept nowhere."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.core.clock import today
from treffpunkt.core.dates import digits, spoken_day
from treffpunkt.core.text import direction, language_direction, localized
from treffpunkt.meetings import pdf, rules, wording
from treffpunkt.meetings.models import Invitation

TEMPLATE = Path(__file__).parent / "typst" / "certificate.typ"


def may_have(invitation: Invitation) -> bool:
    """Say whether somebody of us noted that the guest was there, and the meeting is over."""
    came = invitation.attendance == Invitation.Attendance.ATTENDED
    return came and invitation.meeting.state in rules.AFTERWARDS


def certificate(
    invitation: Invitation, *, name: str, language: str, with_topics: bool = False, style: str = ""
) -> bytes:
    """Set the certificate as PDF/UA in a language; without `with_topics` it names neither topic nor group."""
    meeting = invitation.meeting
    day = spoken_day(meeting.day, language, style, in_full=True)
    minutes, network = digits(meeting.minutes_long, language, style), settings.NETWORK_NAME
    with translation.override(wording.catalogue(language)):
        texts = {
            "title": _("Certificate of attendance"),
            "before": _("This is to certify that"),
            "after": _("took part in a meeting of %(network)s.") % {"network": network},
            "when": _("%(day)s, %(minutes)s minutes") % {"day": day, "minutes": minutes},
            "topics": _("It was about:"),
            "issued": _("Issued on %(day)s") % {"day": spoken_day(today(meeting.zone), language, style, in_full=True)},
            "name_chosen": _("The name was entered by its bearer."),
        }
    data = {
        "language": language,
        "dir": language_direction(language),
        "network": network,
        "name": name,
        "name_dir": direction(name, ""),
        "meeting": wording.title(meeting, language) if with_topics else "",
        "topics": [localized(item.titles, language)[0] for item in meeting.agenda.order_by("position")]
        if with_topics
        else [],
        **{f"text_{key}": wording.in_script(text, language) for key, text in texts.items()},
        "year": meeting.day.year, "month": meeting.day.month, "day": meeting.day.day,
    }  # fmt: skip
    return pdf.compiled(TEMPLATE, data)
