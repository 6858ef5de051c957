"""Rows of long lists: the template of a row is rendered once a page, each row only fills it in.

A list has fifty rows of a dozen values; resolving each through the template engine would be most of the page's
cost. So the template is rendered with marks in place of the values, and the rows replace the marks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from treffpunkt.core.text import direction
from treffpunkt.ui.templatetags.ui import ago

_NOBODY = UUID(int=0)
_OPEN, _CLOSE = "\ue000", "\ue001"  # private letters, in no text of ours


def written(
    request: HttpRequest, template: str, fields: Sequence[str], rows: Iterable[Mapping[str, Any]], **context: Any
) -> SafeString:
    """Write all rows; `fields` are the names that differ from row to row, everything else is the page's."""
    marks = {name: mark_safe(f"{_OPEN}{name}{_CLOSE}") for name in fields}
    html = get_template(template).render({**context, "row": marks}, request)
    pattern = html.replace("%", "%%").replace(_OPEN, "%(").replace(_CLOSE, ")s")
    filled = (pattern % {name: _safe(row[name]) for name in fields} for row in rows)
    return mark_safe("".join(filled))


def isolated(name: str, language: str = "") -> SafeString:
    """Set a name apart from the text around it, as the filter `bdi` does, without its detours."""
    spoken = f' lang="{escape(language)}"' if language else ""
    return SafeString(f'<bdi{spoken} dir="{direction(name, language)}">{escape(name)}</bdi>')


def ago_of(moment: datetime | None) -> str:
    """Say how long ago a moment was, by its day; a day is put into words once."""
    if moment is None:
        return _("never")
    return _said(timezone.localdate(moment), timezone.localdate(), get_language() or "")


@lru_cache(maxsize=4096)
def _said(day: date, today: date, language: str) -> str:
    return ago(day)


def _safe(value: Any) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))


def address_of(name: str) -> str:
    """Give the address of a kind of record with a place for its id: one look-up for a whole page."""
    return reverse(name, args=[_NOBODY]).replace("%", "%%").replace(str(_NOBODY), "%s")
