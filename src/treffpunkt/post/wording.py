"""What happened to a mail that did not arrive, why, and what to do about it, in the reader's words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

HELD_BACK = "waits for the mail server"
NO_SERVER = "no mail server"

_STATUS = re.compile(r"\b[245]\.(\d+)\.(\d+)$")
_CODE = re.compile(r"^SMTP (\d{3})")


@dataclass(frozen=True)
class Trouble:
    """What happened and why, and what whoever reads it can do."""

    what: str | Promise
    todo: str | Promise


_AGAIN = _("It is tried again by itself for two days; nothing needs to be done.")
UNKNOWN = Trouble(
    _("This address does not exist."),
    _("Ask the person for the right address and change it at their name, then send the mail again."),
)
FULL = Trouble(_("The mailbox is full."), _("Tell the person by another way, and send the mail again later."))
CLOSED = Trouble(_("The mailbox is closed."), _("Ask the person for another address."))
REFUSED = Trouble(
    _("The mail server of this address does not take mail from us."),
    _("Reach the person by another way. If it happens to several people, tell the system administration."),
)
NOT_TAKEN = Trouble(
    _("The mail server of this address does not take the mail."),
    _("Check the address letter by letter, or reach the person by another way."),
)
FAR_AWAY = Trouble(
    _("The mail server of this address cannot be reached."),
    _("Check what stands behind the @, then send the mail again."),
)
UNWRITTEN = Trouble(
    _("The mail could not be written. It surely did not go out."),
    _("Tell the system administration the time; afterwards send it again."),
)
UNCLEAR = Trouble(
    _("The line broke while the mail was handed over: it may have arrived or not, and nobody can know."),
    _("Ask the person, or send it again. They may then get it twice."),
)
AWAY = Trouble(
    _("Our mail server cannot be reached."),
    _("It goes out by itself once the server is back. If that takes long, tell the system administration."),
)
SHUT_OUT = Trouble(
    _("Our mail server does not accept our sign-in."),
    _("Tell the system administration: the mail settings no longer fit. It goes out by itself afterwards."),
)
MISSING = Trouble(
    _("No mail server is set up."), _("System administration sets one up; the mail then goes out by itself.")
)
SILENT = Trouble(_("Our mail server fell silent over another mail."), _AGAIN)
LATER = Trouble(_("The mail server does not take the mail just now."), _AGAIN)
FULL_NOW = Trouble(_("The mailbox is full."), _AGAIN)

_BY_CODE = {452: FULL, 552: FULL, 551: UNKNOWN, 553: UNKNOWN, 554: REFUSED, 530: SHUT_OUT, 535: SHUT_OUT}
_BY_NAME = {HELD_BACK: SILENT, NO_SERVER: MISSING, "SMTPAuthenticationError": SHUT_OUT}


def explain(state: str, problem: str) -> Trouble | None:
    """Say what a state and the code beside it mean for whoever wrote; None where nothing is wrong."""
    if state == "unclear":
        return UNCLEAR
    if not problem or state not in ("queued", "failed"):
        return None
    if problem in _BY_NAME:
        return _BY_NAME[problem]
    cause = _by_server(problem)
    if state == "failed":
        return cause or (FAR_AWAY if problem in _OF_THE_LINE else UNWRITTEN)
    if cause is None:
        return AWAY
    return {FULL: FULL_NOW, SHUT_OUT: SHUT_OUT}.get(cause, LATER)


# What ends a mail after two days: each time the line broke, at this very mail.
_OF_THE_LINE = frozenset({"SMTPServerDisconnected", "TimeoutError", "ConnectionResetError", "BrokenPipeError"})


def _by_server(problem: str) -> Trouble | None:
    """Read the status (RFC 3463) that a server gave, else its bare code (RFC 5321)."""
    if found := _STATUS.search(problem):
        return _by_status(int(found.group(1)), int(found.group(2)))
    if found := _CODE.match(problem):
        return _BY_CODE.get(int(found.group(1)), NOT_TAKEN)
    return None


def _by_status(subject: int, detail: int) -> Trouble:
    exact = {(2, 2): FULL, (2, 1): CLOSED, (1, 2): FAR_AWAY}
    return exact.get((subject, detail)) or {1: UNKNOWN, 4: FAR_AWAY, 7: REFUSED}.get(subject, NOT_TAKEN)
