"""What every template may use without loading: icons, numbers, times, text in its own direction, fields."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.core.signals import setting_changed
from django.db.models import Model
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from treffpunkt.core.text import direction, language_direction, read_as
from treffpunkt.ui import widgets
from treffpunkt.ui.context import Link

register = template.Library()

THIN_SPACE = "\u202f"
# These point somewhere, so they turn with the direction of the page.
TURNING = frozenset(
    {
        "arrow-left", "arrow-right", "chevron-left", "chevron-right", "chevrons-left", "chevrons-right",
        "corner-down-right", "corner-down-left", "corner-up-left", "corner-up-right", "log-in", "log-out",
        "external-link", "forward", "reply", "undo-2", "redo-2", "send", "signpost", "list", "list-checks",
        "list-plus", "move-right", "panel-left",
    }
)  # fmt: skip


@lru_cache(maxsize=1)
def _sprite() -> str:
    return static("ui/built/icons.svg")


def _forget_sprite(*, setting: str, **kwargs: Any) -> None:
    if setting in ("STORAGES", "STATIC_URL"):
        for kept in (_sprite, icon, menu):
            kept.cache_clear()


setting_changed.connect(_forget_sprite)


@register.simple_tag
@lru_cache(maxsize=1024)
def icon(name: str, classes: str = "", label: str = "") -> SafeString:
    """Draw a Lucide icon at the size of the text; hidden from readers of the page unless it has a label."""
    if not name:
        return mark_safe("")
    turn = " icon-turn" if name in TURNING else ""
    spoken = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon{} {}" {}><use href="{}#{}"></use></svg>', turn, classes, spoken, _sprite(), name
    )


@register.simple_tag
@lru_cache(maxsize=2048)
def menu(links: tuple[Link, ...], everything: bool = False) -> SafeString:
    """Draw the lines of a menu; kept, since it stands on every page. Lines below are drawn for the place one is at."""
    lines = []
    for link in links:
        here = ("true" if link.under else "page") if link.current else ""
        count = format_html('<span class="count">{}</span>', num(link.count)) if link.count else ""
        lines.append(_menu_line("", link, here, format_html("{}{}{}", icon(link.icon), link.label, count)))
        if link.current or everything:
            lines += [_menu_line("sub", sub, "page" if sub.current else "", sub.label) for sub in link.under]
    return mark_safe("".join(lines))


def _menu_line(classes: str, link: Link, here: str, inner: str) -> SafeString:
    return format_html(
        '<a href="{}"{}{}>{}</a>',
        link.url,
        format_html(' class="{}"', classes) if classes else "",
        format_html(' aria-current="{}"', here) if here else "",
        inner,
    )


@register.filter
def num(value: Any) -> str:
    """Write a number with thin spaces between thousands; nothing as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, float):
        whole = f"{value:,.1f}".removesuffix(".0")
        return whole.replace(",", THIN_SPACE).replace(".", _decimal())
    try:
        return f"{int(value):,}".replace(",", THIN_SPACE)
    except (TypeError, ValueError):
        return str(value)


@register.filter
def signed(value: Any) -> str:
    """Write a difference with its sign."""
    if value is None:
        return "–"
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{num(abs(value))}"


def _decimal() -> str:
    return str(get_format("DECIMAL_SEPARATOR"))


@register.filter
def few(value: Any, limit: int = 5) -> str:
    """Write a counted number of people or cases, hiding small ones: “under 5”."""
    if value is None:
        return "–"
    if 0 < int(value) < limit:
        return _("under %(limit)s") % {"limit": limit}
    return num(value)


@register.filter
def percent(value: Any) -> str:
    """Write a share between 0 and 1 as per cent."""
    return "–" if value is None else _("%(share)s %%") % {"share": num(round(float(value) * 100))}


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def _date_text(value: date) -> str:
    return _date_said(value, timezone.localdate().year == value.year, get_language())


@lru_cache(maxsize=4096)
def _date_said(value: date, this_year: bool, language: str | None) -> str:
    return date_format(value, "MONTH_DAY_FORMAT" if this_year else "DATE_FORMAT")


def _distance(value: date) -> str:
    return _distance_said((timezone.localdate() - value).days, get_language())


@lru_cache(maxsize=4096)
def _distance_said(days: int, language: str | None) -> str:
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days == -1:
        return _("tomorrow")
    far = abs(days)
    past = days > 0
    if far < 14:
        text = (
            ngettext("%(count)s day ago", "%(count)s days ago", far)
            if past
            else ngettext("in %(count)s day", "in %(count)s days", far)
        )
        return text % {"count": far}
    if far < 60:
        weeks = far // 7
        text = (
            ngettext("%(count)s week ago", "%(count)s weeks ago", weeks)
            if past
            else ngettext("in %(count)s week", "in %(count)s weeks", weeks)
        )
        return text % {"count": weeks}
    months = int(far / 30.4)
    if months < 24:
        text = (
            ngettext("%(count)s month ago", "%(count)s months ago", months)
            if past
            else ngettext("in %(count)s month", "in %(count)s months", months)
        )
        return text % {"count": months}
    years = int(far / 365.25)
    text = (
        ngettext("%(count)s year ago", "%(count)s years ago", years)
        if past
        else ngettext("in %(count)s year", "in %(count)s years", years)
    )
    return text % {"count": years}


def _time(value: date | datetime, text: str) -> SafeString:
    return SafeString(f'<time datetime="{value.isoformat()}" title="{_full(value)}">{escape(text)}</time>')


def _full(value: date | datetime) -> str:
    # Plain figures: this stands in every row, and the library's formats cost as much as the rest of it.
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%d.%m.%Y, %H:%M}"
    return f"{value:%d.%m.%Y}"


@register.filter
def ago(value: date | datetime | None) -> str:
    """Say how long ago or how soon: today, yesterday, 9 days ago, in 3 days; “never” for nothing."""
    return _("never") if value is None else _time(value, _distance(_day(value)))


@register.filter
def day(value: date | datetime | None) -> str:
    """Say the day: “26 November”, with the year where it is not this one."""
    return "–" if value is None else _time(value, _date_text(_day(value)))


@register.filter
def weekday(value: date | datetime | None) -> str:
    """Say the day with its weekday: “Thursday, 26 November”."""
    if value is None:
        return "–"
    text = _("%(weekday)s, %(date)s") % {
        "weekday": date_format(_day(value), "l"),
        "date": _date_text(_day(value)),
    }
    return _time(value, text)


@register.filter
def moment(value: datetime | None) -> str:
    """Say day and time: “today, 09:12”, “12 August, 18:00”."""
    if value is None:
        return _("never")
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    minute = local.replace(second=0, microsecond=0, tzinfo=None)
    return _time(value, _moment_said(minute, timezone.localdate(), get_language()))


@lru_cache(maxsize=4096)
def _moment_said(local: datetime, today: date, language: str | None) -> str:
    near = abs(today - local.date()) <= timedelta(days=1)
    return _("%(date)s, %(time)s") % {
        "date": _distance(local.date()) if near else _date_text(local.date()),
        "time": f"{local:%H:%M}",
    }


@register.filter
def clock(value: datetime | None) -> str:
    """Say the time of day: “18:37”."""
    if value is None:
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_html('<time class="num" datetime="{}">{}</time>', value.isoformat(), f"{local:%H:%M}")


@register.filter
def bdi(value: Any, language: str = "") -> SafeString | str:
    """Set a name apart from the text around it, in its own direction and, where known, its language."""
    text = str(value or "")
    if not text:
        return ""
    if language:
        return format_html('<bdi lang="{}" dir="{}">{}</bdi>', language, direction(text, language), text)
    return SafeString(f'<bdi dir="{direction(text)}">{escape(text)}</bdi>')


register.filter("isolate", bdi)


@register.filter
def called(record: Any, language: str = "") -> SafeString | str:
    """Set a record's name apart, with how it is read in German beside it: its short name, or the name in Latin letters.

    Reads only what the record was loaded with: a list that wants the short name asks for it.
    """
    spoken = language or str(_loaded(record, "name_language") or _loaded(record, "language_id") or "")
    name = bdi(record, spoken)
    beside = beside_of(record)
    return format_html('{} <span class="called" lang="de">{}</span>', name, bdi(beside)) if beside else name


@register.filter
def beside_of(record: Any) -> str:
    """Give how a record's name is read by those who do not read its script; empty where it needs nothing."""
    given = str(_loaded(record, "short_name") or _loaded(record, "reading") or "")
    return read_as(str(_loaded(record, "name") or ""), given)


def _loaded(record: Any, name: str) -> Any:
    return vars(record).get(name) if hasattr(record, "__dict__") else None


@register.filter
def ltr(value: Any) -> SafeString | str:
    """Set a phone number, address or code apart: always from left to right."""
    return format_html('<bdi dir="ltr">{}</bdi>', value) if value else ""


@register.filter(name="dir")
def dir_(value: Any, language: str = "") -> str:
    """Tell the direction of a text."""
    return direction(str(value or ""), language)


@register.filter
def langdir(language: str | None) -> str:
    """Tell the direction a language is written in."""
    return language_direction(language or "")


@register.filter
def language_name(code: str | None) -> str:
    """Name a language in the reader's own: “Arabic”."""
    return _language_name(code, get_language()) if code else ""


@lru_cache(maxsize=512)
def _language_name(code: str, reader: str | None) -> str:
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


@register.filter
def text_of(value: Any) -> str:
    """Give the words of a text: a string, a pair (text, language) or an object with `text`."""
    if isinstance(value, tuple):
        return str(value[0])
    return str(getattr(value, "text", value) or "")


@register.filter
def language_of(value: Any, given: str = "") -> str:
    """Give the language of a text: as given, or as the pair or object says."""
    if given:
        return given
    if isinstance(value, tuple) and len(value) > 1:
        return str(value[1])
    return str(getattr(value, "language", "") or "")


@register.filter
def display(record: Model, field: str) -> str:
    """Say the choice a field holds, as `get_<field>_display` does, which makes its list of choices anew each time."""
    return _choice(type(record), field, getattr(record, field), get_language())


@lru_cache(maxsize=4096)
def _choice(model: type[Model], field: str, value: Any, language: str | None) -> str:
    choices: Any = model._meta.get_field(field)
    return str(dict(choices.flatchoices).get(value, value))


@register.filter
def initials(name: Any) -> str:
    """Give up to two letters for the round picture."""
    return "".join(word[0] for word in str(name or "").split()[:2]).upper()


@register.filter
def share_of(value: Any, whole: Any) -> str:
    """Give the width of a bar, 0 to 100, as SVG wants it."""
    try:
        return f"{max(0.0, min(100.0, 100 * float(value or 0) / float(whole))):.1f}"
    except (TypeError, ValueError, ZeroDivisionError):
        return "0"


@register.filter
def plus(value: Any, other: Any) -> Any:
    """Add two numbers, also where a component was handed them as text."""
    return float(value or 0) + float(other or 0)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """Give this page's query string with some values changed; an empty value takes its key away."""
    values = context["request"].GET.copy()
    for key, value in changes.items():
        values.pop(key, None)
        if value not in (None, ""):
            values[key] = str(value)
    text = values.urlencode()
    return f"?{text}" if text else "?"


@register.simple_tag
def widget(field: BoundField, classes: str = "") -> SafeString | str:
    """Draw the widget of a field with our classes, native dates, and its label, help and error tied to it."""
    return widgets.draw(field, classes)


@register.filter
def field_kind(field: BoundField) -> str:
    """Tell how a field is laid out: "check", "options" or "line"."""
    return widgets.kind(field)


@register.filter
def options(field: BoundField) -> list[Any]:
    """List the choices of a group of radio buttons or check boxes, with our classes."""
    return widgets.options(field)


@register.filter
def item(values: Any, key: str) -> Any:
    """Look up one value of a dictionary."""
    return values.get(key) if values else None
