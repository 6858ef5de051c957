"""Networking meetings: series, agenda, invitations, statements and minutes."""

from __future__ import annotations

from treffpunkt.meetings.models.agenda import AgendaItem, AgendaTopic
from treffpunkt.meetings.models.contributions import Contribution
from treffpunkt.meetings.models.corrections import Correction
from treffpunkt.meetings.models.evaluations import Ballot, Evaluation
from treffpunkt.meetings.models.groups import SmallGroup
from treffpunkt.meetings.models.invitations import Invitation
from treffpunkt.meetings.models.kinds import Kind
from treffpunkt.meetings.models.meetings import Meeting
from treffpunkt.meetings.models.minutes import Minutes
from treffpunkt.meetings.models.needs import Needs
from treffpunkt.meetings.models.polls import DatePoll, PollGuest, PollMoment
from treffpunkt.meetings.models.presentations import Presentation
from treffpunkt.meetings.models.replies import CalendarReply
from treffpunkt.meetings.models.series import Series
from treffpunkt.meetings.models.statements import Statement, Writing
from treffpunkt.meetings.models.texts import GuestText
from treffpunkt.meetings.models.waves import Wave
from treffpunkt.meetings.models.words import StatementWords

__all__ = [
    "AgendaItem",
    "AgendaTopic",
    "Ballot",
    "CalendarReply",
    "Contribution",
    "Correction",
    "DatePoll",
    "Evaluation",
    "GuestText",
    "Invitation",
    "Kind",
    "Meeting",
    "Minutes",
    "Needs",
    "PollGuest",
    "PollMoment",
    "Presentation",
    "Series",
    "SmallGroup",
    "Statement",
    "StatementWords",
    "Wave",
    "Writing",
]
