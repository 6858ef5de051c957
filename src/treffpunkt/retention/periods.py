"""Every period after which something goes by itself, in one place: what, after how long, and why."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Period:
    """A period in days or months, what it counts from, what goes at its end and what stays."""

    key: str
    title: str | Promise
    goes: str | Promise
    proposed: int
    least: int
    most: int
    months: bool = False
    # What is only said on Today and does not go.
    warns: bool = False

    def before(self, moment: datetime, number: int) -> datetime:
        """Give the moment that lies the period before another."""
        return months_before(moment, number) if self.months else moment - timedelta(days=number)


PERIODS = (
    Period(
        "untold_warning",
        _("Told that they are stored"),
        _("Nothing goes yet: who has not heard by then that they are stored here stands on Today. The law wants it "
          "within a month (GDPR Art. 14)."),
        proposed=21, least=7, most=28, warns=True,
    ),
    Period(
        "untold",
        _("People who were never told, since they were entered"),
        _("Name, handle, channels and notes go. Their groups stay, and how many people lead them. Nobody goes with whom "
          "something is agreed that still holds."),
        proposed=3, least=1, most=12, months=True,
    ),
    Period(
        "quiet",
        _("People, since they were told and last heard of"),
        _("Name, handle, channels and notes go. Their groups stay, and how many people lead them. Nobody goes with whom "
          "something is agreed that still holds."),
        proposed=36, least=6, most=120, months=True,
    ),
    Period(
        "contact_notes",
        _("Notes in the contact log, since the contact"),
        _("What was said and the next step go. That there was a contact stays, with its outcome."),
        proposed=36, least=6, most=120, months=True,
    ),
    Period(
        "looks",
        _("Looks into groups on the daily round, since the look"),
        _("Who looked in and what they found goes. When the group was last looked into stays."),
        proposed=12, least=1, most=36, months=True,
    ),
    Period(
        "attendance",
        _("Who was invited and came, since the meeting"),
        _("Who it was goes, with their remarks. How many were invited, came or declined stays."),
        proposed=36, least=6, most=120, months=True,
    ),
    Period(
        "needs",
        _("What guests need at a meeting, since it began"),
        _("Interpreting, child care, sign language, step-free access and what they wrote go."),
        proposed=14, least=1, most=90,
    ),
    Period(
        "corrections",
        _("Proposals to minutes, since they were made"),
        _("They go once the minutes are locked, and with them whose they were. What was taken over stays in the minutes."),
        proposed=3, least=1, most=12, months=True,
    ),
    Period(
        "agreements",
        _("Who agreed to what, since the agreement ended"),
        _("Name, words, scans and questions go. That it was agreed, when and how stays, and so does the text."),
        proposed=36, least=6, most=120, months=True,
    ),
    Period(
        "messages",
        _("Messages out, since they were written"),
        _("Address, text and calendar entry go. That a message went out stays."),
        proposed=180, least=30, most=730,
    ),
    Period(
        "links",
        _("Personal links, since they expired"),
        _("They go for good. Until then they open nothing any more, either."),
        proposed=30, least=1, most=365,
    ),
    Period(
        "import_files",
        _("Imported files and their rows, since they were uploaded"),
        _("File and rows go. What was entered from them stays."),
        proposed=90, least=7, most=365,
    ),
    Period(
        "import_undo",
        _("What an import changed, since it was applied"),
        _("The former values go. From then on the import cannot be taken back."),
        proposed=12, least=3, most=36, months=True,
    ),
    Period(
        "handouts",
        _("Exports of the map with names, since they were made"),
        _("What the names were for goes. That they were taken, and by whom, stays in the journal."),
        proposed=24, least=6, most=60, months=True,
    ),
    Period(
        "merges",
        _("What two records held before they were made one, since then"),
        _("The former values go. From then on it cannot be taken back. The old address still leads on."),
        proposed=6, least=1, most=24, months=True,
    ),
    Period(
        "jobs",
        _("Finished background jobs"),
        _("They go. They name records by number only, never people."),
        proposed=7, least=1, most=90,
    ),
)  # fmt: skip
BY_KEY = {period.key: period for period in PERIODS}


def months_before(moment: datetime, months: int) -> datetime:
    """Go back whole months; from the last day of a month to the last of a shorter one."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def months_after(moment: datetime, months: int) -> datetime:
    """Go on by whole months."""
    return months_before(moment, -months)
