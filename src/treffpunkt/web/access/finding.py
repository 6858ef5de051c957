"""Findings of the radar as rows: what is wrong, since when, and the one step that settles it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from treffpunkt.agreements.health import findings as f
from treffpunkt.agreements.health.limits import days
from treffpunkt.agreements.models import GrantedRight
from treffpunkt.ui.templatetags.ui import ago, day, num
from treffpunkt.web.access.words import FINDINGS
from treffpunkt.web.rows import address_of

LIMITS_KEY = "agreements.thresholds"


@dataclass(frozen=True)
class Row:
    """A finding as it is drawn."""

    finding: f.Finding
    icon: str
    kind: str
    title: str
    line: str
    url: str
    # Somebody can be asked first: their page, instead of a bare task.
    ask_url: str

    @property
    def state(self) -> str:
        """Say how far its remedy is: nothing, "asked" for somebody, "open" or "closed" for a task."""
        if self.finding.succession:
            return "asked"
        return {"": "", "open": "open"}.get(self.finding.task, "closed")


def limits() -> Mapping[str, int]:
    """Give the days in force; asked once a minute, they hardly ever change."""
    return cache.get_or_set(LIMITS_KEY, days, 60)  # type: ignore[return-value]


def rows(found: Iterable[f.Finding]) -> Iterator[Row]:
    """Write the rows; addresses are looked up once."""
    pages = {
        "space": address_of("web:network:space"), "profile": address_of("web:network:profile"),
        "ask": address_of("web:access:leaving"),
    }  # fmt: skip
    for one in found:
        said = FINDINGS[one.kind]
        asked = one.actor_id if one.kind in f.ASKED_FIRST else None
        yield Row(
            finding=one, icon=str(said["icon"]), kind=str(said["kind"]), title=_title(one), line=_line(one),
            url=_page(one, pages), ask_url=pages["ask"] % asked if asked else "",
        )  # fmt: skip


def _page(one: f.Finding, pages: dict[str, str]) -> str:
    if one.kind in f.OF_PROFILE:
        return pages["profile"] % one.thing
    return pages["space"] % one.space_id if one.space_id else ""


def _title(one: f.Finding) -> str:
    said = str(FINDINGS[one.kind]["title"])
    if one.kind in f.OF_RIGHT:
        right = str(GrantedRight.Kind(one.right_kind).label)
        return f"{right[:1].upper()}{right[1:]}: {said[:1].lower()}{said[1:]}"
    return said


def _line(one: f.Finding) -> str:
    parts: list[str] = []
    if one.kind == f.LEAVING:
        parts.append(put(_("stops on %(day)s"), day(one.since)))
    elif one.kind == f.REVIEW:
        parts.append(put(_("due %(day)s"), ago(one.since)))
    elif one.kind == f.UNTRIED:
        parts.append(put(_("last seen to work %(day)s"), ago(one.since)))
    elif one.kind == f.UNPROVEN:
        parts.append(put(_("agreed %(day)s"), ago(one.since)))
    elif one.kind == f.UNCHECKED:
        parts.append(put(_("a look was due %(day)s"), ago(one.since)))
    elif one.since:
        parts.append(put(_("since %(day)s"), day(one.since)))
    if one.kind in f.OF_PROFILE:
        parts.append(one.short)
    if one.size:
        parts.append(_("%(number)s members") % {"number": num(one.size)})
    return format_html("{}" + " · {}" * (len(parts) - 1), *parts) if parts else ""


def put(sentence: str, said: str) -> SafeString:
    """Put a day into a sentence, as pages write it."""
    return format_html(sentence.replace("%(day)s", "{}"), said)


def chosen(found: Iterable[f.Finding], key: str) -> f.Finding | None:
    """Find the finding a form names; nothing where it has settled itself."""
    return next((one for one in found if one.key == key), None)


def counted(found: Iterable[f.Finding]) -> list[tuple[str, str, int]]:
    """Count findings by kind, worst first: key, title, number."""
    numbers: dict[str, int] = {}
    for one in found:
        numbers[one.kind] = numbers.get(one.kind, 0) + 1
    return [(kind, str(FINDINGS[kind]["title"]), numbers[kind]) for kind in f.KINDS if kind in numbers]
