"""What works in the background, and what goes out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from treffpunkt.core.clock import now
from treffpunkt.post.holding import held, held_back
from treffpunkt.post.models import Message
from treffpunkt.upkeep import figures
from treffpunkt.upkeep.findings import ATTENTION, BROKEN, GOOD, Finding

LATE = timedelta(minutes=10)


def check_jobs() -> Iterator[Finding]:
    """Look whether a worker is there, and at jobs that wait too long, hang or have failed."""
    jobs = figures.jobs()
    found = []
    if not jobs.workers:
        found.append(Finding(
            "jobs", BROKEN, _("No worker is running: nothing is sent and nothing is imported."),
            _("Start it: treffpunkt up, or treffpunkt worker."),
        ))  # fmt: skip
    elif jobs.waiting_since and now() - jobs.waiting_since > LATE:
        minutes = int((now() - jobs.waiting_since).total_seconds() // 60)
        found.append(Finding(
            "jobs", ATTENTION, _("The oldest job has been waiting for %(minutes)s minutes.") % {"minutes": minutes},
            _("If it stays so, start another worker: treffpunkt worker."),
        ))  # fmt: skip
    if jobs.stalled:
        text = ngettext("%(number)s job belongs to a worker that is gone.",
                        "%(number)s jobs belong to a worker that is gone.", jobs.stalled)  # fmt: skip
        found.append(Finding(
            "jobs", ATTENTION, text % {"number": jobs.stalled}, _("A running worker takes them up within minutes."),
        ))  # fmt: skip
    if jobs.failed:
        number = sum(jobs.failed.values())
        text = ngettext("%(number)s job failed in the last week (%(names)s).",
                        "%(number)s jobs failed in the last week (%(names)s).", number)  # fmt: skip
        found.append(Finding(
            "jobs", ATTENTION, text % {"number": number, "names": ", ".join(sorted(jobs.failed))},
            _("Look into the worker's log for the reason."),
        ))  # fmt: skip
    yield from found or [Finding("jobs", GOOD, _("A worker is running, and no job waits for long or has failed."))]


def check_messages() -> Iterator[Finding]:
    """Look at messages that are held back, did not arrive or wait too long."""
    found = []
    if (hold := held()) is not None:
        number = held_back(hold).count()
        text = ngettext("%(number)s message is held back since a restore.",
                        "%(number)s messages are held back since a restore.", number)  # fmt: skip
        found.append(Finding(
            "messages", ATTENTION, text % {"number": number},
            _("Say go in the Outbox, or run: treffpunkt release"),
        ))  # fmt: skip
    numbers = figures.messages()
    lost = numbers.number(Message.State.FAILED)
    if lost:
        text = ngettext("%(number)s mail did not arrive.", "%(number)s mails did not arrive.", lost)
        found.append(Finding(
            "messages", ATTENTION, text % {"number": lost},
            _("Look at them in the Outbox; “send again” tries once more."),
        ))  # fmt: skip
    unclear = numbers.number(Message.State.UNCLEAR)
    if unclear:
        text = ngettext("Of %(number)s mail nobody knows whether it went out.",
                        "Of %(number)s mails nobody knows whether they went out.", unclear)  # fmt: skip
        found.append(Finding(
            "messages", ATTENTION, text % {"number": unclear}, _("Decide in the Outbox whether to send again."),
        ))  # fmt: skip
    if hold is None and numbers.due_since and now() - numbers.due_since > LATE:
        minutes = int((now() - numbers.due_since).total_seconds() // 60)
        found.append(Finding(
            "messages", ATTENTION, _("A mail has been due for %(minutes)s minutes.") % {"minutes": minutes},
            _("See whether the mail server answers and a worker is running."),
        ))  # fmt: skip
    yield from found or [Finding("messages", GOOD, _("Everything that was to go out went out."))]
