"""Whether a backup is young enough, and whether the list of erasures is kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.clock import now
from treffpunkt.upkeep import services
from treffpunkt.upkeep.findings import ATTENTION, BROKEN, GOOD, Finding
from treffpunkt.upkeep.queries import last_backup

OLD, TOO_OLD = timedelta(days=2), timedelta(days=8)


def check_backup() -> Iterator[Finding]:
    """Look how old the newest backup is."""
    backup = last_backup()
    if backup is None:
        level = ATTENTION if settings.DEMO else BROKEN
        yield Finding("backup", level, _("No backup was ever made."), _("Make one: treffpunkt backup FILE"))
        return
    age = now() - backup.created_at
    if age < OLD:
        yield Finding("backup", GOOD, _("The last backup is younger than two days."))
        return
    text = ngettext("The last backup is %(days)s day old.", "The last backup is %(days)s days old.", age.days)
    yield Finding(
        "backup", BROKEN if age > TOO_OLD else ATTENTION, text % {"days": age.days},
        _("Make one, best every night: treffpunkt backup FOLDER --keep 14"),
    )  # fmt: skip


def check_erasures() -> Iterator[Finding]:
    """Look whether the list of erasures can be written and agrees with the database."""
    path = services.list_path()
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        yield Finding(
            "erasures", BROKEN, _("The list of erasures cannot be written: a restore would bring back erased people."),
            _("Let the account that runs Treffpunkt write %(path)s.") % {"path": path},
        )  # fmt: skip
    elif services.forgotten_erasures():
        yield Finding(
            "erasures", BROKEN, _("The database holds people who were erased: an older one was brought back."),
            _("A running worker erases them anew within the hour; at once: treffpunkt manage finish_restore"),
        )  # fmt: skip
    else:
        yield Finding("erasures", GOOD, _("The list of erasures and the database agree."))
