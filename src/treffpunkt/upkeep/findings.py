"""What somebody who looks after the installation is told: how a thing is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GOOD, ATTENTION, BROKEN = "good", "attention", "broken"

SUBJECTS: dict[str, Promise] = {
    "database": _("Database"),
    "configuration": _("Configuration"),
    "mail": _("Mail server"),
    "messages": _("Messages"),
    "jobs": _("Background jobs"),
    "backup": _("Backup"),
    "erasures": _("Erasures"),
    "disk": _("Disk"),
    "clock": _("Clock"),
    "certificate": _("Certificate"),
}


@dataclass(frozen=True)
class Finding:
    """One finding; `remedy` is a sentence, empty where nothing is to be done."""

    subject: str
    level: str
    says: str
    remedy: str = ""

    @property
    def name(self) -> Promise:
        """Name the subject in the reader's language."""
        return SUBJECTS[self.subject]

    def as_dict(self) -> dict[str, str]:
        """Give it to a program."""
        return {"subject": self.subject, "level": self.level, "says": self.says, "remedy": self.remedy}


def worst(found: Iterable[Finding]) -> str:
    """Give the worst level among findings."""
    levels = {one.level for one in found}
    return BROKEN if BROKEN in levels else ATTENTION if ATTENTION in levels else GOOD
