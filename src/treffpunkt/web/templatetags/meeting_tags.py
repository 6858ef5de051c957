"""What the pages of meetings write."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from treffpunkt.core.text import direction, localized

register = template.Library()


@register.filter
def localize_text(texts: Mapping[str, str]) -> SafeString | str:
    """Write a text by language for the reader, marked where it is in another language."""
    text, language = localized(texts, get_language() or "de")
    if not text or language == get_language():
        return text
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(text, language), text)


@register.filter
def minutes_of(seconds: int) -> int:
    """Give seconds in minutes, rounded up."""
    return -(-int(seconds) // 60)
