"""Where an agreement stands, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from treffpunkt.agreements.models import Agreement, AgreementVersion, Remark
from treffpunkt.agreements.queries import Side
from treffpunkt.core.clock import today
from treffpunkt.ui.templatetags.ui import day
from treffpunkt.web.meetings.steps import Step

S = Agreement.State
V = AgreementVersion.State


def steps(agreement: Agreement) -> list[dict[str, object]]:
    """Tell an agreement's life as steps: in preparation, offered, in force."""
    if agreement.state in (S.ENDED, S.SUSPENDED):
        return []
    life = (S.DRAFT, S.OFFERED, S.IN_FORCE)
    at = life.index(S(agreement.state))
    return [
        {"label": str(state.label), "current": number == at, "done": number < at} for number, state in enumerate(life)
    ]


def next_step(
    agreement: Agreement, versions: Sequence[AgreementVersion], sides: Sequence[Side], remarks: Sequence[Remark]
) -> Step | None:
    """Say what to do next: answer a question, offer the text, wait or remind, look at it again."""
    waiting = [one for one in remarks if one.settled_at is None and one.staff_id is None]
    if waiting and agreement.state != S.ENDED:
        why = ngettext("%(count)s question waits for you.", "%(count)s questions wait for you.", len(waiting))
        url = reverse("web:agreements:answer", args=[waiting[0].pk])
        return Step(
            why % {"count": len(waiting)}, pgettext("do it", "Answer"), url, "attention", "message-circle-question-mark"
        )
    draft = next((one for one in versions if one.state == V.DRAFT), None)
    if draft is not None and agreement.state != S.ENDED:
        why = _("The text is ready to be read once more and put before them.")
        if agreement.is_running:
            why = _("A new text is being written. Until it is agreed to, the old one holds.")
        return Step(why, _("Offer it"), reverse("web:agreements:offer", args=[agreement.pk]), "", "send")
    offered = next((one for one in versions if one.state == V.OFFERED), None)
    if offered is not None:
        open_ = [one for one in sides if not one.party.left and one.answer(offered) == ""]
        why = ngettext("%(count)s answer is still open.", "%(count)s answers are still open.", len(open_))
        url = reverse("web:agreements:remind", args=[agreement.pk])
        return Step(why % {"count": len(open_)}, _("Remind"), url, "step", "hourglass", post=True)
    if agreement.is_running and agreement.review_on and agreement.review_on <= today():
        why = _("It is time to ask whether it still suits.")
        url = reverse("web:agreements:review", args=[agreement.pk])
        return Step(why, _("Look at it"), url, "attention", "calendar-check")
    return None


def ended(agreement: Agreement) -> str:
    """Say how and when an agreement ended, in a sentence."""
    said = {
        Agreement.Ending.WITHDRAWN: _("They ended it on %(day)s, as is their right. Please write no longer as before."),
        Agreement.Ending.DECLINED: _("They would rather not, said on %(day)s."),
        Agreement.Ending.BY_US: _("We ended it on %(day)s."),
        Agreement.Ending.REPLACED: _("Another agreement took its place on %(day)s."),
        Agreement.Ending.LAPSED: _("It ran out on %(day)s."),
        Agreement.Ending.DROPPED: _("It was not pursued, since %(day)s."),
        Agreement.Ending.GONE: _("Whoever agreed to it was erased on %(day)s. The text stays."),
    }
    sentence = said.get(Agreement.Ending(agreement.ending)) if agreement.ending else None
    return SafeString(escape(sentence) % {"day": day(agreement.state_since)}) if sentence else ""
