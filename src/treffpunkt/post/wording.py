"""Why a mail did not arrive, in words."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _


def explain(problem: str) -> str:
    """Say in a sentence what the code of a mail server means for whoever wrote; empty where nothing is known."""
    if code := re.search(r"\b[245]\.(\d+)\.(\d+)$", problem):
        return _by_status(int(code.group(1)), int(code.group(2)))
    if problem.startswith("SMTP 5"):
        return _("The mail server of this address does not take the mail.")
    return ""


def _by_status(subject: int, detail: int) -> str:
    """Read subject and detail of an RFC 3463 status."""
    if (subject, detail) == (2, 2):
        return _("The mailbox is full.")
    if (subject, detail) == (2, 1):
        return _("The mailbox is closed.")
    if (subject, detail) in ((1, 2), (4, 4)) or subject == 4:
        return _("The mail server of this address cannot be reached.")
    if subject == 1:
        return _("This address does not exist.")
    if subject == 7:
        return _("The mail server of this address does not take mail from us.")
    return _("The mail server of this address does not take the mail.")
