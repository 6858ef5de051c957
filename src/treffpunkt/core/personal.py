"""Personal data in free text: found and shown before the text is saved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.first_names import FIRST_NAMES
from treffpunkt.core.text import fold

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|fb\.me|facebook\.com|instagram\.com)/\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@/.])@[\w.]{3,}")
_ADDRESS = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß.-]*(?:[- ]?(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer))"
    r"\s+\d{1,4}(?:\s?[a-z]\b)?"
    r"|\b(?:rue|avenue|boulevard|calle|avenida|plaza|ulica|улица|شارع)\s+[\w\s.'-]{2,40}?\s*\d{1,4}\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"\b\d{5}\s+[A-ZÄÖÜ][a-zäöüß]{2,}")
_DOCUMENT = re.compile(r"\b(?:[A-Z]{2}\d{2}(?:\s?[\dA-Z]{4}){3,7}|(?:AZR|Az\.?|Aktenzeichen)[:\s-]*[\w/.-]{4,})\b")
_BIRTH = re.compile(r"\b(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.\s?(?:19|20)\d\d\b")
# A title or an introduction makes the next capitalised words a name; so does the Arabic kunya.
_INTRODUCED = re.compile(
    r"(?:\b(?i:Frau|Herrn?|Fr\.|Hr\.|Dr\.|Mrs?\.?|Ms\.?|Miss|Mme|Madame|Monsieur|M\.|Mlle|Sra?\.|Señora?|Doña|Don|"
    r"gospođa|gospodin|gđa|госпођа|господин|heißt|namens|named|called|s'appelle|se llama|zove se|зове се)\s+)"
    r"((?:[A-ZÀ-ÖØ-ÞČĆŠŽĐА-ЯЂЈЉЊЋЏ][\w'’-]+)(?:\s+[A-ZÀ-ÖØ-ÞČĆŠŽĐА-ЯЂЈЉЊЋЏ][\w'’-]+){0,2})"
)
_INTRODUCED_AR = re.compile(
    r"\b(?:السيدة|السيد|الأخت|الأخ|اسمها|اسمه|تدعى|يدعى|الدكتورة|الدكتور)\s+"
    r"([\u0621-\u064a]{2,}(?:\s+ال[\u0621-\u064a]{2,})?)"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


@dataclass(frozen=True)
class Finding:
    """A stretch of text that may tell who somebody is: its kind and its place in characters."""

    kind: str
    start: int
    end: int

    def of(self, text: str) -> str:
        """Cut the stretch out of its text."""
        return text[self.start : self.end]


class PersonalDataFound(DomainError):
    """A text may tell who somebody is; `findings` are shown before it is saved all the same or rewritten.

    `field` names the text they were found in, where there are several.
    """

    def __init__(self, findings: Iterable[Finding], *, field: str = "text") -> None:
        super().__init__(_("This may tell who somebody is. Please look at it before it is saved."))
        self.findings = list(findings)
        self.field = field


def find_personal_data(text: str, *, names: Iterable[str] = ()) -> list[Finding]:
    """Find what may identify a person in a text, in order and without overlap.

    Kinds: name, phone, mail, handle, url, address, document, date. `names` are names known to the caller
    (the guests of the meeting); common first names are found without being known.
    """
    found = [Finding("mail", *match.span()) for match in _MAIL.finditer(text)]
    found += [Finding("url", *match.span()) for match in _URL.finditer(text)]
    found += [Finding("handle", *match.span()) for match in _HANDLE.finditer(text)]
    found += [Finding("address", *match.span()) for match in _ADDRESS.finditer(text)]
    found += [Finding("address", *match.span()) for match in _POSTCODE.finditer(text)]
    found += [Finding("document", *match.span()) for match in _DOCUMENT.finditer(text)]
    found += [Finding("date", *match.span()) for match in _BIRTH.finditer(text)]
    found += _phones(text)
    found += [Finding("name", *match.span(1)) for match in _INTRODUCED.finditer(text)]
    found += [Finding("name", *match.span(1)) for match in _INTRODUCED_AR.finditer(text)]
    found += _known(text, names)
    return _without_overlap(found)


def mask(text: str, findings: Iterable[Finding]) -> str:
    """Replace each finding by an ellipsis in brackets."""
    for finding in sorted(findings, key=lambda finding: -finding.start):
        text = f"{text[: finding.start]}[…]{text[finding.end :]}"
    return text


def _phones(text: str) -> list[Finding]:
    western = "".join(str(int(letter)) if letter.isdigit() and letter.isdecimal() else letter for letter in text)
    matches = phonenumbers.PhoneNumberMatcher(western, "DE", leniency=phonenumbers.Leniency.POSSIBLE)
    return [
        Finding("phone", match.start, match.end)
        for match in matches
        if match.raw_string.lstrip("(")[:1] in "+0" and sum(map(str.isdigit, match.raw_string)) >= 7
    ]


def _known(text: str, names: Iterable[str]) -> list[Finding]:
    """Find the names the caller knows, and first names that are nothing but names where they are written as such."""
    wanted = {word for name in names for word in fold(name).split() if len(word) > 2}
    found = []
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if word in wanted or (not match.group()[0].islower() and word.partition("-")[0] in FIRST_NAMES):
            found.append(Finding("name", match.start(), match.end()))
    return found


def _without_overlap(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda finding: (finding.start, -finding.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
