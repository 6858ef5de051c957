"""Cells made into values: numbers, dates, links, yes and no, in the ways people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from treffpunkt.core.text import fold, tidy
from treffpunkt.intake.targets import Field, Reason
from treffpunkt.vocabulary.models import Language

YES = frozenset(
    [
        "1",
        "ja",
        "j",
        "yes",
        "y",
        "oui",
        "o",
        "si",
        "s",
        "x",
        "true",
        "wahr",
        "da",
        "d",
        "vrai",
        "verdadero",
        "نعم",
        "اي",
    ]
)
NO = frozenset(["0", "nein", "n", "no", "non", "false", "falsch", "ne", "faux", "falso", "لا"])
_GROUPED = re.compile(r"-?\d{1,3}(?:([.,'])\d{3})(?:\1\d{3})*\Z")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d+)?\Z")
_SHORT = re.compile(r"(-?\d+(?:[.,]\d+)?)(k|tsd|t|mio|mln|m)\Z")
_SIZES = {"k": 1_000, "tsd": 1_000, "t": 1_000, "mio": 1_000_000, "mln": 1_000_000, "m": 1_000_000}
_HOST = re.compile(r"[^\s/@]+\.[^\s/@.]{2,}\Z")
_SIGNS = str.maketrans({"٫": ".", "٬": ",", "\u00a0": " "})
_LONGEST_NUMBER = 40
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y", "%Y/%m/%d", "%d-%m-%Y")


class Bad(ValueError):
    """A cell that cannot be what its column should hold; its text is the code of the reason."""


class Cleaner:
    """Cleans rows for the fields of a target; choices and languages are looked up once."""

    def __init__(self, fields: Sequence[Field], fixed: Mapping[str, str]) -> None:
        self._fields = list(fields)
        self._choices = {one.key: _choice_words(one) for one in fields if one.kind == "choice"}
        self._languages: dict[str, str] | None = None
        self._simple: dict[str, Callable[[str], Any]] = {
            "number": number, "decimal": decimal, "url": url, "mail": mail, "phone": phone, "flag": flag, "date": day,
        }  # fmt: skip
        self.fixed, self.problems = self._row(fixed, required=False)

    def row(self, raw: Mapping[str, str]) -> tuple[dict[str, Any], list[Reason]]:
        """Clean the values of one row; the problems say what could not be read."""
        values, problems = self._row(raw, required=True)
        return self.fixed | values, problems

    def _row(self, raw: Mapping[str, str], *, required: bool) -> tuple[dict[str, Any], list[Reason]]:
        values: dict[str, Any] = {}
        problems: list[Reason] = []
        for one in self._fields:
            text = raw.get(one.key, "")
            if text:
                try:
                    value = self._value(one, text)
                except Bad as bad:
                    problems.append((str(bad), {"field": one.key, "value": text[:80], "most": one.most}))
                    continue
                if value not in ("", []):
                    values[one.key] = value
                    continue
            if one.required and required and one.key not in self.fixed:
                problems.append(("missing", {"field": one.key}))
        return values, problems

    def _value(self, one: Field, text: str) -> Any:
        if one.kind in ("text", "long"):
            value = text if text.isascii() and text.isalnum() else tidy(text, lines=one.kind == "long")
            if len(value) > one.most:
                raise Bad("too_long")
            return value
        if one.kind == "choice":
            return self._choice(one, text)
        if one.kind in ("language", "languages"):
            return self._language(text, several=one.kind == "languages")
        value = self._simple[one.kind](tidy(text))
        if isinstance(value, str) and len(value) > one.most:
            raise Bad("too_long")
        return value

    def _choice(self, one: Field, text: str) -> str:
        try:
            return self._choices[one.key][fold(text)]
        except KeyError:
            raise Bad("not_offered") from None

    def _language(self, text: str, *, several: bool) -> Any:
        if self._languages is None:
            self._languages = _language_words()
        whole = self._languages.get(fold(text))
        if not several:
            if whole is None:
                raise Bad("no_language")
            return whole
        tags: list[str] = []
        for part in [text] if whole else re.split(r"[,;/|+&\n،؛]| und | and | et | y | и | و ", text):
            if part.strip():
                tag = self._languages.get(fold(part))
                if tag is None:
                    raise Bad("no_language")
                tags.append(tag)
        return list(dict.fromkeys(tags))


def number(text: str) -> int:
    """Read a whole number: “12.500”, “12,500”, “12 500”, “12.5k”, “1,2 Mio.”, Arabic digits."""
    plain = _short(text).lower().replace(" ", "").replace("\u202f", "").rstrip(".+")
    short = _SHORT.match(plain)
    if short:
        return _whole(round(float(short[1].replace(",", ".")) * _SIZES[short[2]]))
    if _GROUPED.match(plain):
        return _whole(int(re.sub("[.,']", "", plain)))
    if _PLAIN.match(plain):
        value = float(plain.replace(",", "."))
        if value.is_integer():
            return _whole(int(value))
    raise Bad("no_number")


def decimal(text: str) -> float:
    """Read a number with decimals, point or comma."""
    plain = _short(text).replace(" ", "")
    if not _PLAIN.match(plain):
        raise Bad("no_number")
    return float(plain.replace(",", "."))


def url(text: str) -> str:
    """Read the address of a page; the scheme may be missing."""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        raise Bad("no_url") from None
    if parts.scheme.lower() not in ("http", "https") or not _HOST.match(host) or " " in address:
        raise Bad("no_url")
    return address


def mail(text: str) -> str:
    """Read a mail address."""
    address = text.removeprefix("mailto:").strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Bad("no_mail") from None
    return address


def phone(text: str) -> str:
    """Read a phone number in its international form; without a country it is a German one."""
    try:
        parsed = phonenumbers.parse(_digits(text[:120]), "DE")
    except phonenumbers.NumberParseException:
        raise Bad("no_phone") from None
    if not phonenumbers.is_possible_number(parsed):
        raise Bad("no_phone")
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def flag(text: str) -> bool:
    """Read yes or no."""
    word = fold(text)
    if word in YES:
        return True
    if word in NO:
        return False
    raise Bad("no_flag")


def day(text: str) -> date:
    """Read a day as it is written in Germany, France, Spain or by machines."""
    plain = _digits(text).strip()[:10]
    for pattern in _DAYS:
        try:
            return datetime.strptime(plain, pattern).date()
        except ValueError:
            continue
    raise Bad("no_date")


def _short(text: str) -> str:
    """Give a number's text with plain digits; no number of ours takes so many signs that reading it costs time."""
    if len(text) > _LONGEST_NUMBER:
        raise Bad("no_number")
    return _digits(text)


def _whole(value: int) -> int:
    if not 0 <= value < 2**31:
        raise Bad("no_number")
    return value


@lru_cache(maxsize=4096)
def _digits(text: str) -> str:
    if text.isascii():
        return text
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in text)
    return plain.translate(_SIGNS)


def _choice_words(one: Field) -> dict[str, str]:
    words: dict[str, str] = {}
    for tag, _name in settings.LANGUAGES:
        with translation.override(tag):
            for value, label in one.choices() if one.choices else ():
                words.setdefault(fold(value), value)
                words.setdefault(fold(str(label)), value)
    return words


def _language_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for tag, own, names in Language.objects.values_list("tag", "own_name", "names"):
        for word in (tag, own, *names.values()):
            words.setdefault(fold(word), tag)
    return words
