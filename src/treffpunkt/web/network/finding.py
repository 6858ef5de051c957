"""Finding the record somebody means by a typed name or address, and offering what comes close."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.text import fold, read_as
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Organisation, Space
from treffpunkt.web.network.lists import address_in, found_ids

_OFFERED = 6
NEW = "new"


class OfferingForm(forms.Form):
    """A form in which a typed name is answered with those who may be meant."""

    chosen = forms.CharField(required=False, widget=forms.HiddenInput)
    offered = False

    def offer(self, found: Sequence[Model], *, new: str = "") -> None:
        """Ask which of these is meant, or whether it is a new one."""
        pairs = [(key(one), told(one)) for one in found]
        if new:
            pairs.append((NEW, new))
        # The field is changed, not replaced: the bound form holds on to it.
        self.fields["chosen"].widget = forms.RadioSelect(choices=pairs)
        self["chosen"].label = _("Who is meant?")
        self.offered = True


def visible(by: Agent) -> dict[str, QuerySet[Any]]:
    """Name what one may see, by kind."""
    return {
        "network.actor": rules.viewable_actors(by).filter(erased_at=None),
        "network.space": rules.viewable_spaces(by),
        "network.organisation": rules.viewable_organisations(by),
    }


def key(record: Model) -> str:
    """Name a record in a form: its kind and id."""
    return f"{record._meta.label_lower}:{record.pk}"


def chosen(by: Agent, text: str) -> Any:
    """Give the record a form names; nothing where one may not see it."""
    kind, _colon, pk = text.partition(":")
    rows = visible(by).get(kind)
    try:
        return rows.filter(pk=UUID(pk)).first() if rows is not None else None
    except ValueError:
        return None


def meant(by: Agent, text: str, *kinds: str) -> tuple[Any, list[Any]]:
    """Find whom a typed text means: the one without doubt, and those who come close."""
    rows = visible(by)
    address = address_in(text)
    if address and "network.space" in kinds:
        exact = rows["network.space"].filter(address=address).first()
        if exact is not None:
            return exact, []
    close: list[Any] = []
    for kind in kinds:
        found = rows[kind].in_bulk(found_ids(text, kind, rows[kind], most=_OFFERED))
        close += found.values()
    wanted = fold(text)
    same = [one for one in close if wanted in _names(one)]
    return (same[0] if len(same) == 1 and len(close) == 1 else None), close[:_OFFERED]


def told(record: Any) -> str:
    """Say which one it is: its name and what else tells it apart."""
    if isinstance(record, Actor):
        more = read_as(record.name, record.reading) or (record.handle if record.name else "")
    elif isinstance(record, Space):
        more = read_as(record.name, record.short_name) or str(record.get_space_kind_display())
    elif isinstance(record, Organisation):
        more = read_as(record.name, record.reading) or record.organisation_kind
    else:
        more = ""
    return f"\u2068{record}\u2069 ({more})" if more else str(record)


def _names(record: Any) -> set[str]:
    texts = [str(record), *(getattr(record, name, "") for name in ("handle", "short_name", "reading"))]
    return {fold(text) for text in texts if text}
