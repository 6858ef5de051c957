"""Small groups: the people who are there are split, talk with notes of their own, and come back together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import cycle

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.journal.services import record
from treffpunkt.links import services as links
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Invitation, Meeting, SmallGroup
from treffpunkt.meetings.services.numbering import locked
from treffpunkt.people.models import Staff

MOST = 20
# How people are split: mixed, by the language they read, or not at all: the groups have numbers, nobody is put into one.
MIXED, BY_LANGUAGE, NUMBERED = "mixed", "language", "numbered"
WAYS = (MIXED, BY_LANGUAGE, NUMBERED)


@transaction.atomic
def split(
    *,
    by: Agent,
    meeting: Meeting,
    count: int,
    way: str = MIXED,
    item: AgendaItem | None = None,
    after: int | None = None,
) -> list[SmallGroup]:
    """Split the people who are there into so many groups, which talk about a topic of the agenda or about any.

    By language, people who read the same one sit together as far as the number allows. A round that is still going on
    is closed. Newcomers are put into a group by `move_guest`. `after` is the number of the round that was seen last:
    asked for twice, it is one round.
    """
    meeting = locked(meeting)
    require(rules.may_write(by, meeting))
    if meeting.state != Meeting.State.RUNNING:
        raise DomainError(_("The meeting has not begun."))
    if not 2 <= count <= MOST:
        raise DomainError(_("There are two to %(most)s groups.") % {"most": MOST})
    if way not in WAYS:
        raise DomainError(_("There is no such way to split a meeting."))
    if item and item.meeting_id != meeting.pk:
        raise DomainError(_("This topic belongs to another meeting."))
    last = last_round(meeting)
    if after is not None and last != after:
        return list(meeting.small_groups.filter(round=last).order_by("number"))
    dissolve(meeting)
    groups = [
        SmallGroup(meeting=meeting, round=last + 1, number=number, item=item or meeting.current_item)
        for number in range(1, count + 1)
    ]
    SmallGroup.objects.bulk_create(groups)
    present = list(
        meeting.invitations.filter(attendance=Invitation.Attendance.ATTENDED).exclude(actor=None).order_by("id")
    )
    if way == BY_LANGUAGE:
        _by_language(groups, present)
    elif way == MIXED:
        _mixed(groups, present)
    meeting.invitations.exclude(small_group=None).update(small_group=None)
    Invitation.objects.bulk_update(present, ["small_group"])
    SmallGroup.objects.bulk_update(groups, ["language"])
    record(by, "meeting.split", meeting)
    return groups


def last_round(meeting: Meeting) -> int:
    """Give the number of the last round of small groups, or 0."""
    return meeting.small_groups.aggregate(last=Max("round"))["last"] or 0


@transaction.atomic
def move_guest(*, by: Agent, invitation: Invitation, group: SmallGroup | None) -> Invitation:
    """Put a guest into another group of the present round, or into none."""
    meeting = locked(Meeting(pk=invitation.meeting_id))
    require(rules.may_write(by, meeting))
    if group and (group.meeting_id != meeting.pk or group.closed_at):
        raise DomainError(_("This group is not open any more."))
    invitation = meeting.invitations.select_for_update(of=("self",)).get(pk=invitation.pk)
    invitation.small_group = group
    invitation.save(update_fields=["small_group", "changed_at"])
    return invitation


@transaction.atomic
def set_takers(*, by: Agent, group: SmallGroup, staff: Iterable[Staff]) -> SmallGroup:
    """Say who of us takes the notes of a group."""
    meeting = locked(Meeting(pk=group.meeting_id))
    require(rules.may_write(by, meeting))
    group.takers.set([one for one in staff if one.is_active])
    return group


@transaction.atomic
def close_groups(*, by: Agent, meeting: Meeting) -> int:
    """Bring everybody back together; what the groups noted stands under its topics. Returns how many groups that were."""
    meeting = locked(meeting)
    require(rules.may_write(by, meeting))
    closed = dissolve(meeting)
    if closed:
        record(by, "meeting.together", meeting)
    return closed


def dissolve(meeting: Meeting) -> int:
    """Close the round that is going on and its links; the caller holds the meeting's lock."""
    groups = list(meeting.small_groups.filter(closed_at=None))
    for group in groups:
        if group.phones:
            links.revoke(subject_id=group.pk, purpose=rules.PHONES)
    meeting.invitations.exclude(small_group=None).update(small_group=None)
    return meeting.small_groups.filter(closed_at=None).update(closed_at=now(), phones="")


def _mixed(groups: list[SmallGroup], present: list[Invitation]) -> None:
    """Deal them out like cards, those who read one language to different groups."""
    for group, row in zip(cycle(groups), sorted(present, key=lambda row: (row.language, row.pk)), strict=False):
        row.small_group = group


def _by_language(groups: list[SmallGroup], present: list[Invitation]) -> None:
    """Give each language a run of groups by how many read it; what is left over joins the smallest."""
    tongues: dict[str, list[Invitation]] = {}
    for row in present:
        tongues.setdefault(row.language.partition("-")[0], []).append(row)
    largest = sorted(tongues.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    shares = _shares({tag: len(rows) for tag, rows in largest[: len(groups)]}, len(groups))
    free = iter(groups)
    sizes = dict.fromkeys((group.number for group in groups), 0)
    for tag, rows in largest:
        mine = [next(free) for _place in range(shares.get(tag, 0))]
        for group in mine:
            group.language = tag
        for row in rows:
            row.small_group = min(mine or groups, key=lambda group: (sizes[group.number], group.number))
            sizes[row.small_group.number] += 1


def _shares(sizes: Mapping[str, int], count: int) -> dict[str, int]:
    """Divide a number of groups among languages, one to each at least, further ones where groups would be largest."""
    shares = dict.fromkeys(sizes, 1)
    while shares and sum(shares.values()) < count:
        crowded = max(shares, key=lambda tag: sizes[tag] / shares[tag])
        shares[crowded] += 1
    return shares
