"""A text in pieces: what may tell who somebody is, and the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.personal import Finding

KINDS: dict[str, Promise] = {
    "name": _("a name"),
    "phone": _("a phone number"),
    "mail": _("a mail address"),
    "handle": _("a handle"),
    "url": _("a link"),
    "address": _("an address"),
    "document": _("a number of a document"),
    "date": _("a date of birth"),
}


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `what` says in words what was found in it, empty where nothing was."""

    text: str
    what: str = ""


def marked(text: str, findings: Iterable[Finding]) -> list[Piece]:
    """Cut a text into pieces, those found named in words."""
    pieces, at = [], 0
    for finding in sorted(findings, key=lambda one: one.start):
        if finding.start > at:
            pieces.append(Piece(text[at : finding.start]))
        pieces.append(Piece(text[finding.start : finding.end], str(KINDS.get(finding.kind, finding.kind))))
        at = finding.end
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return pieces
