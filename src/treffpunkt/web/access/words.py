"""How the pages about access say things: questions, answers, and what the radar finds."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
