"""What agreements hold of a person, told where all that is stored about them is shown."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements import rules
from treffpunkt.agreements.models import Evidence, Party, Remark, Signature
from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Actor
from treffpunkt.network.stored import CONSENT, THEMSELVES, Category, Rows, day, marked, told
from treffpunkt.retention.queries import Periods


def asks(actor: Actor, by: Agent) -> list[QuerySet[Any, Any]]:
    """Ask for what somebody agreed to, under which name, with which files, and for what they asked."""
    mine, parties = Party.objects.filter(actor=actor), rules.viewable_parties(by)
    # A file that was kept with no signature may show any of the parties.
    theirs = Q(signature__party__in=mine.values("pk")) | Q(signature=None, agreement__in=mine.values("agreement"))
    return [
        marked(mine, parties).values(
            "seen",
            "left_at",
            title=F("agreement__name"),
            ended=F("agreement__ending"),
            since=F("agreement__state_since"),
        ),
        marked(Signature.objects.filter(party__in=mine.values("pk")), parties, "party").values(
            "seen", "at", "name", "way", "quote"
        ),
        marked(Remark.objects.filter(party__in=mine.values("pk"), staff=None), rules.viewable_remarks(by)).values(
            "seen", "created_at", "text"
        ),
        marked(Evidence.objects.filter(theirs), rules.viewable_evidence(by)).values("seen", "media_type", "created_at"),
    ]


def held_of(_actor: Actor, present: Periods, found: list[Rows]) -> list[Category]:
    """Tell of them, with purpose, basis and end."""
    parties, signatures, remarks, files = found
    ended = [row["since"] for row in parties if row["ended"] and row["since"]]
    all_ended = bool(parties) and len(ended) == len(parties)
    held = [row | {"line": (_("Agreement"), row["title"])} for row in parties]
    held += [row | {"line": (day(row["at"]), _signed(row))} for row in signatures]
    held += [row | {"line": (day(row["created_at"]), row["text"])} for row in remarks]
    held += [row | {"line": (day(row["created_at"]), _("a scan or a picture that shows it"))} for row in files]
    return [
        Category(
            "agreements", gettext_lazy("What we agreed on"), gettext_lazy("so that both sides can rely on it"), CONSENT,
            THEMSELVES, present.after("agreements", max(ended)) if all_ended else None,
            told(held, itemgetter("line")),
        )
    ]  # fmt: skip


def _signed(row: dict[str, Any]) -> str:
    way = {"link": _("agreed by link"), "paper": _("agreed on paper"), "chat": _("agreed in a chat")}[row["way"]]
    return " · ".join(part for part in (way, row["name"], row["quote"]) if part)
