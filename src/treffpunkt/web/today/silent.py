"""Groups that fell silent: how many, as one row."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.network.over_time import silent
from treffpunkt.network.rules import viewable_spaces
from treffpunkt.people.models import Staff
from treffpunkt.ui.lists import capped_count
from treffpunkt.ui.templatetags.ui import num
from treffpunkt.web.today.row import Row

# What is counted by the week need not be counted anew each minute.
_SECONDS = 600


def silent_groups(by: Staff) -> Iterator[Row]:
    """Suggest to look at groups in which nobody has posted for weeks; a query every ten minutes."""
    number = cache.get_or_set(f"today.silent.{by.pk}", lambda: _number(by), _SECONDS)
    if number:
        yield Row(
            icon="activity",
            kind="attention",
            title=ngettext("%(count)s group fell silent", "%(count)s groups fell silent", number)
            % {"count": num(number)},
            line=_("Nobody has posted there for weeks. Whether they are dormant is for you to say."),
            step=_("Look"),
            url=reverse("web:network:quiet"),
        )


def _number(by: Staff) -> int:
    return capped_count(silent(viewable_spaces(by))).number
