"""What agreements hold of a person, told where all that is stored about them is shown."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements.models import Evidence, Party, Remark, Signature
from treffpunkt.network.models import Actor
from treffpunkt.network.stored import CONSENT, THEMSELVES, Category, Rows, day
from treffpunkt.retention.queries import Periods


def asks(actor: Actor) -> list[QuerySet[Any, Any]]:
    """Ask for what somebody agreed to, under which name, with which files, and for what they asked."""
    mine = Party.objects.filter(actor=actor).values("pk")
    return [
        Party.objects.filter(actor=actor).values(
            "left_at", title=F("agreement__name"), ended=F("agreement__ending"), since=F("agreement__state_since")
        ),
        Signature.objects.filter(party__in=mine).values("at", "name", "way", "quote"),
        Remark.objects.filter(party__in=mine, staff=None).values("created_at", "text"),
        Evidence.objects.filter(signature__party__in=mine).values("media_type", "created_at"),
    ]


def held_of(_actor: Actor, present: Periods, found: list[Rows]) -> list[Category]:
    """Tell of them, with purpose, basis and end."""
    parties, signatures, remarks, files = found
    ended = [row["since"] for row in parties if row["ended"] and row["since"]]
    all_ended = bool(parties) and len(ended) == len(parties)
    lines = [(_("Agreement"), row["title"]) for row in parties]
    lines += [(day(row["at"]), _signed(row)) for row in signatures]
    lines += [(day(row["created_at"]), row["text"]) for row in remarks]
    lines += [(day(row["created_at"]), _("a scan or a picture that shows it")) for row in files]
    return [
        Category(
            "agreements", gettext_lazy("What we agreed on"), gettext_lazy("so that both sides can rely on it"), CONSENT,
            THEMSELVES, present.after("agreements", max(ended)) if all_ended else None, lines,
        )
    ]  # fmt: skip


def _signed(row: dict[str, Any]) -> str:
    way = {"link": _("agreed by link"), "paper": _("agreed on paper"), "chat": _("agreed in a chat")}[row["way"]]
    return " · ".join(part for part in (way, row["name"], row["quote"]) if part)
