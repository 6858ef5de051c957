"""How the pages about access say things: questions, answers, and what the radar finds."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from treffpunkt.agreements.health import findings as f
from treffpunkt.agreements.models import GrantedRight
from treffpunkt.agreements.permitting import Verdict

K = GrantedRight.Kind
QUESTIONS: dict[str, str | Promise] = {
    K.LINKS: _("Post a link here today?"),
    K.POST: _("Post something"),
    K.ANNOUNCE: _("Announce something"),
    K.PIN: _("Have a post pinned"),
    K.TAGGED: _("Be tagged under questions"),
    K.LIVE: _("Hold a live session"),
}
VERDICTS: dict[str, str | Promise] = {
    Verdict.YES: pgettext_lazy("may I", "Yes"),
    Verdict.ASK: pgettext_lazy("may I", "Ask first"),
    Verdict.NO: pgettext_lazy("may I", "No"),
}
VERDICT_KINDS = {Verdict.YES: "good", Verdict.ASK: "attention", Verdict.NO: "urgent"}
VERDICT_SIGNS = (
    {"verdict": Verdict.YES, "icon": "circle-check"},
    {"verdict": Verdict.ASK, "icon": "message-circle-question-mark"},
    {"verdict": Verdict.NO, "icon": "circle-x"},
)
VERDICT_ICONS = {one["verdict"]: one["icon"] for one in VERDICT_SIGNS}
RIGHT_KINDS = {"agreed": "info", "working": "good", "failing": "urgent", "ended": "quiet"}
# What the radar finds: its sign, its colour of meaning, what it is called, what can be done.
FINDINGS: dict[str, dict[str, str | Promise]] = {
    f.GONE: {"icon": "user-x", "kind": "urgent", "title": _("Nobody leads it that we know")},
    f.PARTY_GONE: {"icon": "user-minus", "kind": "urgent", "title": _("Who agreed leads it no more")},
    f.FAILING: {"icon": "key-round", "kind": "urgent", "title": _("Does not work")},
    f.LEAVING: {"icon": "log-out", "kind": "urgent", "title": _("The only admin stops")},
    f.SUSPENDED: {"icon": "ban", "kind": "urgent", "title": _("Profile blocked")},
    f.SINGLE: {"icon": "user-round", "kind": "attention", "title": _("Only one admin")},
    f.MOVED: {"icon": "truck", "kind": "attention", "title": _("Moved, and the agreement speaks of the old group")},
    f.REVIEW: {"icon": "calendar-clock", "kind": "attention", "title": _("Agreement to be looked at")},
    f.LIMITED: {"icon": "circle-alert", "kind": "attention", "title": _("Profile limited")},
    f.UNPROVEN: {"icon": "circle-dashed", "kind": "info", "title": _("Agreed, never tried")},
    f.UNTRIED: {"icon": "hourglass", "kind": "info", "title": _("Not tried for long")},
    f.UNCHECKED: {"icon": "eye-off", "kind": "quiet", "title": _("Not looked into for long")},
}
