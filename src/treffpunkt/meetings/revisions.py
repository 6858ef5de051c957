"""What is new in minutes since the revision before: statements, tasks, promises and the summary, each marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.dates import digits

Content = Mapping[str, Any]
NEW, CHANGED = "new", "changed"
# What says which revision it is, not what stands in it.
_ABOUT = frozenset({"revision", "seq", "final", "until", "removed"})


def statements(content: Content) -> list[dict[str, Any]]:
    """List the statements of minutes in their order; their place in it is what outsiders know them by."""
    return [one for topic in content.get("topics", ()) for one in topic["statements"]]


def marked(content: Content, before: Content | None) -> dict[str, Any]:
    """Mark what is new or changed since the revision before; in the first one nothing is."""
    if before is None:
        return dict(content) | {"removed": 0}
    known = {one["id"]: one for one in _entries(before) if "id" in one}
    topics = [topic | {"statements": _marked(topic["statements"], known)} for topic in content["topics"]]
    found = dict(content) | {"topics": topics}
    for part in ("tasks", "promises"):
        found[part] = _marked(content[part], known)
    if content["summary"]["text"] != before.get("summary", {}).get("text", ""):
        found["summary"] = content["summary"] | {"change": CHANGED if before["summary"]["text"] else NEW}
    found["removed"] = len(known.keys() - {one["id"] for one in _entries(content)})
    return found


def is_same(content: Content, before: Content | None) -> bool:
    """Say whether minutes still say what the revision before says."""
    return before is not None and _bare(content) == _bare(before)


def notes(content: Content) -> list[str]:
    """Say which revision this is, until when it may be corrected, and how much went; in the language spoken."""
    number = content.get("revision_told", "")
    if not number:
        return []
    lines = [_("Revision %(number)s, final") if content.get("final") else _("Revision %(number)s")]
    lines[0] %= {"number": number}
    if content.get("until"):
        lines.append(_("May be corrected until %(day)s.") % {"day": content["until"]})
    if gone := content.get("removed", 0):
        told = digits(gone, str(content.get("language", "")))
        text = ngettext(
            "Since the revision before, %(count)s entry is gone.",
            "Since the revision before, %(count)s entries are gone.",
            gone,
        )
        lines.append(text % {"count": told})
    return lines


def _entries(content: Content) -> Iterator[dict[str, Any]]:
    yield from statements(content)
    yield from content.get("tasks", ())
    yield from content.get("promises", ())


def _marked(rows: Iterable[dict[str, Any]], known: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"change": _change(row, known.get(row["id"]))} for row in rows]


def _change(row: Content, before: Content | None) -> str:
    if before is None:
        return NEW
    return "" if _unmarked(row) == _unmarked(before) else CHANGED


def _unmarked(row: Content) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "change"}


def _bare(content: Content) -> dict[str, Any]:
    found = {name: value for name, value in content.items() if name not in _ABOUT and name != "revision_told"}
    found["summary"] = _unmarked(content.get("summary", {}))
    found["topics"] = [
        {"title": topic["title"], "statements": [_unmarked(one) for one in topic["statements"]]}
        for topic in content.get("topics", ())
    ]
    for part in ("tasks", "promises"):
        found[part] = [_unmarked(one) for one in content.get(part, ())]
    return found
