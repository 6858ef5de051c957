"""What the pages of meetings write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from treffpunkt.core.text import direction, localized
from treffpunkt.meetings.finding import Word, marked

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


@register.filter
def found(text: str, words: Sequence[Word]) -> SafeString:
    """Write a text with the words marked that were looked for."""
    return marked(text, words)
