"""What guests read about a meeting: title, time and place, in their language and without telling too much."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.core.text import latin, localized
from treffpunkt.meetings.models import Meeting
from treffpunkt.vocabulary.models import Language

# The title of a meeting to which nobody gave one.
TITLES = {
    "de": "Netzwerktreffen",
    "en": "Networking meeting",
    "ar": "لقاء تواصل وتعاون",
    "fr": "Rencontre de réseau",
    "sr": "Сусрет мреже",
    "es": "Encuentro de la red",
}
# In a calendar others may look over one's shoulder: no topic, no group, no project.
CALENDAR_TITLES = {
    "online": {
        "de": "Online-Treffen", "en": "Online meeting", "ar": "لقاء عبر الإنترنت", "fr": "Rencontre en ligne",
        "sr": "Онлајн састанак", "es": "Reunión en línea",
    },
    "on_site": {"de": "Treffen", "en": "Meeting", "ar": "لقاء", "fr": "Rencontre", "sr": "Састанак", "es": "Reunión"},
}  # fmt: skip
CALENDAR_TITLES["hybrid"] = CALENDAR_TITLES["on_site"]
GERMAN_TIME = {
    "de": "deutsche Zeit", "en": "German time", "ar": "بتوقيت ألمانيا", "fr": "heure allemande",
    "sr": "по немачком времену", "es": "hora de Alemania",
}  # fmt: skip
_ZONE = {
    "de": "Zeit in: {place}", "en": "time in {place}", "ar": "بتوقيت {place}", "fr": "heure de : {place}",
    "sr": "по времену: {place}", "es": "hora de: {place}",
}  # fmt: skip
_MOMENT = {
    "de": "{day}, {time} Uhr ({zone})",
    "en": "{day}, {time} ({zone})",
    "ar": "{day}، الساعة {time} {zone}",
    "fr": "{day} à {time} ({zone})",
    "sr": "{day} у {time} ({zone})",
    "es": "{day}, a las {time} ({zone})",
}
_DAY = {
    "de": "EEEE, d. MMMM y",
    "en": "EEEE, d MMMM y",
    "ar": "EEEE، d MMMM y",
    "fr": "EEEE d MMMM y",
    "sr": "EEEE, d. MMMM y.",
    "es": "EEEE, d 'de' MMMM 'de' y",
}
_AND = {"de": " und ", "en": " and ", "ar": " و", "fr": " et ", "sr": " и ", "es": " y "}
_BABEL = {"sr": "sr_Cyrl"}
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# In Syria, Iraq, Lebanon, Jordan and Palestine months have other names than in Egypt and the Maghreb.
_ARABIC_MONTHS = (
    "كانون الثاني (يناير)", "شباط (فبراير)", "آذار (مارس)", "نيسان (أبريل)", "أيار (مايو)", "حزيران (يونيو)",
    "تموز (يوليو)", "آب (أغسطس)", "أيلول (سبتمبر)", "تشرين الأول (أكتوبر)", "تشرين الثاني (نوفمبر)",
    "كانون الأول (ديسمبر)",
)  # fmt: skip


def title(meeting: Meeting, language: str) -> str:
    """Give the title guests read: the one written for them, else a neutral one in their language."""
    own = meeting.title.get(_base(language))
    return _in_script(own or TITLES[_known(language)], language)


def calendar_title(meeting: Meeting, language: str) -> str:
    """Give the title of a calendar entry, which never tells what the meeting is about."""
    return _in_script(CALENDAR_TITLES[meeting.form][_known(language)], language)


def greeting(meeting: Meeting, language: str) -> tuple[str, str]:
    """Give the host's greeting in the guest's language, or nothing: another language would not greet her."""
    text = meeting.greeting.get(_base(language), "")
    return _in_script(text, language), language if text else ""


def when(meeting: Meeting, language: str, *, starts: datetime | None = None) -> str:
    """Write out day, hour and whose time it is, in the guest's language."""
    known = _known(language)
    moment = (starts or meeting.starts).astimezone(ZoneInfo(meeting.zone))
    day = day_text(moment, language)
    text = _MOMENT[known].format(day=day, time=hour_text(moment, language), zone=zone_text(meeting.zone, known))
    return _in_script(text, language)


def day_text(moment: datetime, language: str) -> str:
    """Write out a day with its weekday; Arabic with both names of the month."""
    known = _known(language)
    text = format_date(moment.date(), _DAY[known], locale=_BABEL.get(known, known))
    if known == "ar":
        month = format_date(moment.date(), "MMMM", locale="ar")
        text = text.replace(month, _ARABIC_MONTHS[moment.month - 1]).translate(_ARABIC_DIGITS)
    return _in_script(text, language)


def hour_text(moment: datetime, language: str) -> str:
    """Write out an hour with minutes, in 24 hours."""
    text = f"{moment:%H:%M}"
    return text.translate(_ARABIC_DIGITS) if _known(language) == "ar" else text


def zone_text(zone: str, language: str) -> str:
    """Say whose time it is."""
    known = _known(language)
    if zone == "Europe/Berlin":
        return _in_script(GERMAN_TIME[known], language)
    place = get_timezone_location(ZoneInfo(zone), locale=_BABEL.get(known, known), return_city=True)
    return _in_script(_ZONE[known].format(place=place), language)


def where(meeting: Meeting, language: str) -> str:
    """Say where the meeting is; the way into a video room stands only behind the guest's link."""
    with translation.override(_catalogue(language)):
        if meeting.form == Meeting.Form.ONLINE:
            text = _("online, about %(minutes)s minutes") % {"minutes": meeting.minutes_long}
        elif meeting.form == Meeting.Form.ON_SITE:
            text = _("%(place)s, about %(minutes)s minutes") % {"place": meeting.venue, "minutes": meeting.minutes_long}
        else:
            text = _("%(place)s or online, about %(minutes)s minutes") % {
                "place": meeting.venue,
                "minutes": meeting.minutes_long,
            }
    return _in_script(text, language)


def language_names(tags: list[str], language: str) -> str:
    """List languages by their names in the guest's language."""
    names = {row.tag: row for row in Language.objects.filter(tag__in=tags)}
    texts = [localized(names[tag].names, language)[0] or names[tag].own_name if tag in names else tag for tag in tags]
    known = _known(language)
    comma = "، " if known == "ar" else ", "
    return _in_script(comma.join(texts[:-1]) + _AND[known] + texts[-1] if len(texts) > 1 else "".join(texts), language)


def languages_spoken(meeting: Meeting, language: str) -> str:
    """List the languages spoken at the meeting, in the guest's language."""
    return language_names(list(meeting.languages), language)


def _base(language: str) -> str:
    return language.lower().partition("-")[0]


def _known(language: str) -> str:
    """Choose the language of our own words for a guest: hers, or English."""
    base = _base(language)
    return base if base in TITLES else "en"


def _catalogue(language: str) -> str:
    return _known(language)


def _in_script(text: str, language: str) -> str:
    return latin(text) if language.lower().startswith("sr-latn") else text
