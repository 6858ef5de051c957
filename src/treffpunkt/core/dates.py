"""Dates and times in the words of an outsider's language: for pages behind a link, mails and minutes.

Django's own formats write one Arabic month name and one set of digits; readers from Damascus and from
Casablanca know different ones.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_day_names, get_month_names, get_timezone_location

from treffpunkt.core.clock import today

_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
# Where Arabic is read with the digits 0-9 and 24 hours.
_WESTERN_REGIONS = frozenset({"ma", "dz", "tn", "ly", "eh"})
_DAY = {
    "de": "EEEE, d. MMMM",
    "en": "EEEE d MMMM",
    "fr": "EEEE d MMMM",
    "es": "EEEE, d 'de' MMMM",
    "sr": "EEEE, d. MMMM",
}
_YEAR = {"es": " 'de' y", "sr": " y."}
_ZONES = {
    "de": "deutsche Zeit",
    "en": "German time",
    "ar": "بتوقيت ألمانيا",
    "fr": "heure d’Allemagne",
    "es": "hora de Alemania",
    "sr": "по немачком времену",
    "sr-latn": "po nemačkom vremenu",
}


def digits(text: object, language: str, style: str = "") -> str:
    """Write the digits of a text as the reader of a language does; `style` is "arab", "latn" or the usual."""
    written = str(text)
    return written.translate(_ARABIC_DIGITS) if _base(language) == "ar" and style != "latn" else written


def digits_for(accept_language: str) -> str:
    """Tell which digits a reader of Arabic likes, by the regions their browser names: "arab" or "latn"."""
    for wanted in accept_language.lower().replace("_", "-").split(","):
        language, _, region = wanted.split(";")[0].strip().partition("-")
        if language == "ar":
            return "latn" if region.split("-")[-1] in _WESTERN_REGIONS else "arab"
    return "arab"


def spoken_day(day: date, language: str, style: str = "", *, in_full: bool = False) -> str:
    """Say a day with its weekday, and the year where it is not this one or wanted; Arabic months by both their names."""
    with_year = in_full or day.year != today().year
    base = _base(language)
    if base == "ar":
        month = f"{get_month_names(locale='ar_SY')[day.month]} ({get_month_names(locale='ar_EG')[day.month]})"
        weekday = get_day_names(locale="ar")[day.weekday()]
        text = f"{weekday} {day.day} {month}" + (f" {day.year}" if with_year else "")
        return digits(text, language, style)
    pattern = _DAY.get(base, "EEEE d MMMM") + (_YEAR.get(base, " y") if with_year else "")
    return format_date(day, pattern, locale=_locale(language))


def spoken_time(moment: datetime, language: str, style: str = "") -> str:
    """Say the time of day of a local moment: “18 Uhr”, “6.30 pm”, “الساعة ٦ مساءً”."""
    base, minutes = _base(language), f"{moment.minute:02}" if moment.minute else ""
    if base == "de":
        return f"{moment.hour}.{minutes} Uhr" if minutes else f"{moment.hour} Uhr"
    if base == "fr":
        return f"à {moment.hour} h {minutes}".strip()
    if base == "es":
        return f"a la{'s' if moment.hour != 1 else ''} {moment:%H:%M}"
    if base == "sr":
        return f"{'u' if language.lower().startswith('sr-latn') else 'у'} {moment:%H:%M}"
    if base == "ar":
        if style == "latn":
            return f"الساعة {moment:%H:%M}"
        pattern = "h:mm B" if minutes else "h B"
        return digits(f"الساعة {format_time(moment.time(), pattern, locale='ar')}", language, style)
    pattern = "h:mm a" if minutes else "h a"
    return format_time(moment.time(), pattern, locale="en").lower().replace("\u202f", " ").replace("\xa0", " ")


def spoken_zone(zone: str, language: str) -> str:
    """Name a time zone as one says it: “deutsche Zeit”, or the place whose time it is."""
    if zone == "Europe/Berlin":
        return _ZONES.get(language.lower(), _ZONES.get(_base(language), _ZONES["en"]))
    return get_timezone_location(zone, locale=_locale(language), return_city=False)


def spoken_when(moment: datetime, zone: str, language: str, style: str = "") -> str:
    """Say when something begins, on the clocks of its zone, with the name of the zone."""
    local = moment.astimezone(ZoneInfo(zone))
    day, time = spoken_day(local.date(), language, style), spoken_time(local, language, style)
    named = spoken_zone(zone, language)
    base = _base(language)
    if base == "ar":
        return f"{day}، {time} {named}"
    comma = " " if base == "fr" else ", "
    return f"{day}{comma}{time} ({named})"


def spoken_languages(tags: list[str], language: str) -> str:
    """Name the languages something is held in, joined as the reader's language does."""
    names = [Locale.parse(tag.split("-")[0]).get_display_name(_locale(language)) or tag for tag in tags]
    if len(names) < 2:
        return "".join(names)
    joint = {"de": " und ", "en": " and ", "ar": " و", "fr": " et ", "es": " y ", "sr": " и "}
    word = " i " if language.lower().startswith("sr-latn") else joint.get(_base(language), ", ")
    comma = "، " if _base(language) == "ar" else ", "
    return comma.join(names[:-1]) + word + names[-1]


def _base(language: str) -> str:
    return language.lower().split("-")[0]


@lru_cache(maxsize=64)
def _locale(language: str) -> str:
    if language.lower().startswith("sr-latn"):
        return "sr_Latn"
    try:
        return str(Locale.parse(_base(language)))
    except (UnknownLocaleError, ValueError):
        return "en"
