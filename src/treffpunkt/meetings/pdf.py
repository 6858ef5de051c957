"""Minutes as PDF: tagged for screen readers, Arabic joined and from right to left."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from fontTools.ttLib import TTFont

from treffpunkt.core.dates import digits
from treffpunkt.core.text import latin
from treffpunkt.meetings import revisions, wording

TEMPLATE = Path(__file__).parent / "typst" / "minutes.typ"
FONTS = Path(__file__).parent / "built" / "fonts"


class FontsMissing(RuntimeError):
    """The fonts of documents were not built: `npm run build` copies them."""


def minutes(content: Mapping[str, Any], *, day: date) -> bytes:
    """Set the content of minutes (see `telling.content`) as PDF/UA in its language; `day` is the meeting's."""
    language = str(content["language"])
    with translation.override(wording.catalogue(language)):
        labels = _labels(content)
        about = revisions.notes(content)
        dues = [_("by %(day)s") % {"day": task["due"]} for task in (*content["tasks"], *content["promises"])]
    if language.startswith("sr-latn"):
        labels, dues = {name: latin(text) for name, text in labels.items()}, [latin(due) for due in dues]
        about = [latin(line) for line in about]
    texts = iter(dues)
    data = dict(content) | {
        "labels": labels,
        "about": about,
        "tasks": [task | {"due_text": next(texts)} for task in content["tasks"]],
        "promises": [task | {"due_text": next(texts)} for task in content["promises"]],
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }
    return compiled(TEMPLATE, data)


def compiled(template: Path, data: Mapping[str, Any]) -> bytes:
    """Set a document from its template as PDF/UA, with our fonts alone; also for modules above."""
    if not any(FONTS.glob("*.ttf")):
        raise FontsMissing("npm run build")
    written: bytes = typst.compile(
        str(template),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_displayable(dict(data)), ensure_ascii=False)},
        pdf_standards=["ua-1"],
    )
    return written


def can_write(text: str) -> bool:
    """Say whether our fonts have every letter of a text."""
    return all(ord(letter) in _letters() for letter in text)


def _displayable(value: Any) -> Any:
    """Leave out pictures and mark letters that no font here has: PDF/UA allows no sign without a shape."""
    if isinstance(value, str):
        known = _letters()
        return "".join(letter if ord(letter) in known else _instead(letter) for letter in value)
    if isinstance(value, dict):
        return {name: _displayable(part) for name, part in value.items()}
    return [_displayable(part) for part in value] if isinstance(value, list) else value


def _instead(letter: str) -> str:
    if letter in "\n\t":
        return letter
    return "\ufffd" if unicodedata.category(letter)[0] in "LN" else ""


@cache
def _letters() -> frozenset[int]:
    """List the signs that the fonts have in every weight."""
    weights: dict[str, set[int]] = {}
    for path in FONTS.glob("*.ttf"):
        with TTFont(path, lazy=True) as font:
            weights.setdefault(path.stem.partition("_")[2], set()).update(font.getBestCmap())
    return frozenset(set.intersection(*weights.values()))


def _labels(content: Mapping[str, Any]) -> dict[str, str]:
    came = content["came"]
    return {
        "languages": _("Languages: %(languages)s") % {"languages": content["languages"]},
        "came": ngettext("%(count)s guest", "%(count)s guests", came) % {"count": digits(came, content["language"])},
        "summary": _("In short"),
        "tasks": _("What we do next"),
        "promises": _("What was promised to us"),
        "gist_missing": _("There is no German gist of this sentence yet."),
        "women_specific": _("Concerns women especially"),
        "new": _("New in this revision"),
        "changed": _("Changed in this revision"),
    }
