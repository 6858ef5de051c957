"""What is logged elsewhere as done in a group proves the right to do it."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from treffpunkt.agreements.models import Agreement, GrantedRight
from treffpunkt.agreements.services.uses import note_done
from treffpunkt.journal.services import Named
from treffpunkt.network.models import Look, Space
from treffpunkt.people.models import Staff

# What one does in a group and may log: that one is a member shows by itself.
DONE = [(one.value, one.label) for one in GrantedRight.Kind if one != GrantedRight.Kind.JOIN]


def looked_in(by: Staff, space: Space, look: Look | None = None) -> None:
    """Take a look into a group as proof that one may be in it; a look that found a problem proves nothing."""
    if look is None or look.outcome != Look.Outcome.PROBLEM:
        note_done(by=by, space=space, kinds=[GrantedRight.Kind.JOIN], source=look)


def done_field(space: object) -> forms.MultipleChoiceField | None:
    """Give the field that asks what was done in a group, with what is granted there; nothing where nothing is."""
    if not isinstance(space, Space):
        return None
    granted = GrantedRight.objects.filter(space=space, agreement__state=Agreement.State.IN_FORCE)
    kinds = set(granted.exclude(state=GrantedRight.State.ENDED).values_list("right_kind", flat=True))
    offered = [(value, label) for value, label in DONE if value in kinds]
    if not offered:
        return None
    return forms.MultipleChoiceField(
        label=_("Done in the group"), choices=offered, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("What you tick proves that it works."),
    )  # fmt: skip


def done_there(by: Staff, space: object, kinds: Iterable[str], logged: Named) -> None:
    """Take what was logged as proof."""
    if isinstance(space, Space) and (done := list(kinds)):
        note_done(by=by, space=space, kinds=done, source=logged)
