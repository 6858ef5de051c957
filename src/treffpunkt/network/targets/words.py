"""Numbers of records in words."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import ngettext

from treffpunkt.core.text import tidy


def count(kind: str, number: int) -> str:
    """Say a number of records of a kind in words: “25,039 groups”."""
    if kind == "network.space":
        text = ngettext("%(number)s group or channel", "%(number)s groups and channels", number)
    elif kind == "network.actor":
        text = ngettext("%(number)s person", "%(number)s persons", number)
    elif kind == "network.role":
        text = ngettext("%(number)s role", "%(number)s roles", number)
    elif kind == "network.channel":
        text = ngettext("%(number)s way to reach somebody", "%(number)s ways to reach somebody", number)
    elif kind == "network.snapshot":
        text = ngettext("%(number)s figure", "%(number)s figures", number)
    elif kind == "network.feed":
        text = ngettext("%(number)s feed", "%(number)s feeds", number)
    else:
        text = ngettext("%(number)s organisation", "%(number)s organisations", number)
    return tidy(text % {"number": number_format(number, use_l10n=True, force_grouping=True)})
