"""How pages say agreements: their states in colours, their rows, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from treffpunkt.agreements.models import Agreement, GrantedRight
from treffpunkt.core.clock import today
from treffpunkt.ui.templatetags.ui import ago, bdi, day
from treffpunkt.web.network import choices
from treffpunkt.web.rows import address_of, isolated

S = Agreement.State
STATE_KINDS = {S.DRAFT: "step", S.OFFERED: "info", S.IN_FORCE: "good", S.SUSPENDED: "attention", S.ENDED: "quiet"}
RIGHT_KINDS = {"agreed": "info", "working": "good", "failing": "urgent", "ended": "quiet"}
ROW_FIELDS = ("url", "name", "line", "state", "state_kind", "since", "review", "review_kind", "owner")
# How many names a row gives before it says how many more there are.
_NAMED = 2


def state_labels() -> dict[str, str]:
    """Name the states."""
    return {state.value: str(state.label) for state in Agreement.State}


def state_of(agreement: Agreement, labels: dict[str, str]) -> str:
    """Say the state; of what has ended how it ended."""
    if agreement.state == S.ENDED and agreement.ending:
        return str(Agreement.Ending(agreement.ending).label)
    return labels[agreement.state]


def rows_of(agreements: Iterable[Agreement]) -> list[dict[str, Any]]:
    """Say the rows of a page in words; each has `space_names` and `party_names` (see `queries.register`)."""
    labels, url, languages = state_labels(), address_of("web:agreements:detail"), choices.language_names()
    present = today()
    rows = []
    for one in agreements:
        due = one.is_running and one.review_on is not None and one.review_on <= present
        rows.append(
            {
                "pk": one.pk,
                "url": url % one.pk,
                "name": isolated(one.name),
                "line": line_of(one, languages),
                "state": state_of(one, labels),
                "state_key": one.state,
                "state_kind": STATE_KINDS[S(one.state)],
                "since": day(one.state_since or one.created_at),
                "review": _next_date(one, due=due),
                "review_kind": "state kind-attention" if due else "quiet",
                "owner": one.owner.name if one.owner else _("nobody yet"),
            }
        )
    return rows


def line_of(agreement: Any, languages: dict[str, str]) -> SafeString:
    """Say with whom and in which language."""
    names = [bdi(name) for name in agreement.party_names[:_NAMED]]
    more = len(agreement.party_names) - len(names)
    if more > 0:
        names.append(_("%(count)s more") % {"count": more})
    said = ", ".join(names) or _("name erased")
    return SafeString(f"{said} · {languages.get(agreement.language.partition('-')[0], agreement.language)}")


def right_words(kind: str) -> str:
    """Name a kind of right."""
    return str(GrantedRight.Kind(kind).label)


def _with_time(sentence: str, **times: str) -> SafeString:
    """Put a day, which is written with its machine-readable form, into a sentence."""
    return SafeString(escape(sentence) % times)


def _next_date(agreement: Agreement, *, due: bool) -> str:
    if not agreement.is_running:
        return "–"
    if agreement.ends_on:
        return _with_time(_("until %(day)s"), day=day(agreement.ends_on))
    if due and agreement.review_on:
        return _with_time(_("due %(when)s"), when=ago(agreement.review_on))
    return day(agreement.review_on) if agreement.review_on else "–"
