"""The words on the pages, as a reader of a language finds them."""

from __future__ import annotations

from typing import Any

from django.utils import translation


def say(text: str, *, language: str = "de", context: str = "", **values: Any) -> str:
    """Give a text of the interface in a language."""
    with translation.override(language):
        spoken = translation.pgettext(context, text) if context else translation.gettext(text)
    return spoken % values if values else spoken


def say_number(one: str, many: str, number: int, *, language: str = "de", **values: Any) -> str:
    """Give a text of the interface that depends on a number."""
    with translation.override(language):
        return translation.ngettext(one, many, number) % values
