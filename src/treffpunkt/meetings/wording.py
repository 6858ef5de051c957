"""What guests read about a meeting: title, time and place, in their language and without telling too much."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from treffpunkt.core.dates import digits, spoken_languages, spoken_when
from treffpunkt.core.text import latin, localized
from treffpunkt.meetings.models import AgendaItem, Meeting

# The title of a meeting to which nobody gave one.
TITLES = {
    "de": "Netzwerktreffen",
    "en": "Networking meeting",
    "ar": "لقاء تواصل وتعاون",
    "fr": "Rencontre du réseau",
    "sr": "Сусрет за умрежавање",
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


def title(meeting: Meeting, language: str) -> str:
    """Give the title guests read: the one written for them, else a neutral one in their language."""
    own = meeting.title.get(_base(language))
    return in_script(own or TITLES[_known(language)], language)


def calendar_title(meeting: Meeting, language: str) -> str:
    """Give the title of a calendar entry, which never tells what the meeting is about."""
    return in_script(CALENDAR_TITLES[meeting.form][_known(language)], language)


def greeting(meeting: Meeting, language: str) -> tuple[str, str]:
    """Give the host's greeting in the guest's language, or nothing: another language would not greet her."""
    text = meeting.greeting.get(_base(language), "")
    return in_script(text, language), language if text else ""


def when(meeting: Meeting, language: str) -> str:
    """Write out day, hour and whose time it is, in the guest's language."""
    return spoken_when(meeting.starts, meeting.zone, language)


def where(meeting: Meeting, language: str) -> str:
    """Say where the meeting is; the way into a video room stands only behind the guest's link."""
    minutes = digits(meeting.minutes_long, language)
    with translation.override(catalogue(language)):
        if meeting.form == Meeting.Form.ONLINE:
            text = _("online, about %(minutes)s minutes") % {"minutes": minutes}
        elif meeting.form == Meeting.Form.ON_SITE:
            text = _("%(place)s, about %(minutes)s minutes") % {
                "place": meeting.venue,
                "minutes": minutes,
            }
        else:
            text = _("%(place)s or online, about %(minutes)s minutes") % {
                "place": meeting.venue,
                "minutes": minutes,
            }
    return in_script(text, language)


def languages_spoken(meeting: Meeting, language: str) -> str:
    """List the languages spoken at the meeting, in the guest's language."""
    return spoken_languages(list(meeting.languages), language)


def stored_sentence(language: str) -> str:
    """Say in the guest's language that her link shows what is stored about her (GDPR Art. 14)."""
    with translation.override(catalogue(language)):
        text = _("The link also shows what we have stored about you and where from; there you can have it erased.")
        return in_script(text, language)


def foreign(language: str, reader: str) -> str:
    """Name a text's language in the reader's own, where it is another than hers; nothing where it is hers."""
    return "" if not language or _base(language) == _base(reader) else spoken_languages([language], reader)


def to_everybody(meeting: Meeting, what: str) -> list[tuple[str, str]]:
    """Say a sentence of the shared screen in each language of the meeting, each with its language."""
    said: dict[str, str] = {}
    for language in meeting.languages:
        with translation.override(catalogue(language)):
            sentences = {
                "welcome": _("Welcome! We begin in a moment."),
                "thanks": _("Thank you for being here."),
                "phones": _("Write along with your phone:"),
                "groups": _("We are talking in small groups."),
            }
            words = in_script(sentences[what], language)
        if words not in said.values():
            said[language if catalogue(language) == _base(language) else "en"] = words
    return list(said.items())


def item_title(item: AgendaItem, language: str) -> tuple[str, str]:
    """Give the title of a topic in a reader's language, and the language it is in."""
    return localized(item.titles, language)


def item_questions(item: AgendaItem, language: str) -> tuple[list[str], str]:
    """Give the guiding questions of a topic, one a line, and the language they are in."""
    joined = {tag: lines if isinstance(lines, str) else "\n".join(lines) for tag, lines in item.questions.items()}
    text, tag = localized(joined, language)
    return [line for line in text.split("\n") if line], tag


def _base(language: str) -> str:
    return language.lower().partition("-")[0]


def _known(language: str) -> str:
    """Choose the language of our own words for a guest: hers, or English."""
    base = _base(language)
    return base if base in TITLES else "en"


def catalogue(language: str) -> str:
    """Name the catalogue of translations for a guest's language: hers, or English."""
    return _known(language)


def in_script(text: str, language: str) -> str:
    """Write our own Serbian words in Latin letters for who reads those."""
    return latin(text) if language.lower().startswith("sr-latn") else text
