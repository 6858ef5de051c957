"""What services refuse in words, whoever calls them."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from treffpunkt.core.errors import DomainError
from treffpunkt.core.text import LANGUAGES

C = TypeVar("C", bound=TextChoices)
WRITTEN = (*LANGUAGES, "sr-latn")
# Days a person means; beyond them no rhythm can be counted on.
FIRST, LAST = date(2000, 1, 1), date(2200, 1, 1)


def chosen(choices: type[C], value: str) -> C:
    """Give what a value means, or refuse it."""
    try:
        return choices(value)
    except ValueError:
        raise DomainError(_("There is nothing like that to choose.")) from None


def written_in(language: str) -> str:
    """Give a language in which we write, or refuse it."""
    tag = language.lower()
    if tag not in WRITTEN:
        raise DomainError(_("We have no sentences in this language."))
    return tag


def spoken(language: str, otherwise: str) -> str:
    """Give the tag of a text's language, or another one where it is none."""
    plain = language.replace("-", "")
    return language.lower() if plain.isascii() and plain.isalnum() and len(language) <= 12 else otherwise


def check_day(day: date | None) -> None:
    """Refuse a day that nobody means."""
    if day is not None and not FIRST <= day < LAST:
        raise DomainError(_("This day lies too far away."))
