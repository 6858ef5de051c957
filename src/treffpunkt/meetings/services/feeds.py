"""Addresses under which a calendar program reads our meetings."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record
from treffpunkt.links.services import issue, revoke
from treffpunkt.network.models import Community
from treffpunkt.network.rules import communities_of
from treffpunkt.people.models import Staff

FEED = "calendar_feed"
LIFE = timedelta(days=3 * 365)


@transaction.atomic
def open_feed(*, by: Staff, community: Community | None = None) -> str:
    """Make the address of one's own calendar, or of a community's; the address given out before closes.

    It is shown this once: only its hash is stored.
    """
    subject: Staff | Community = community or by
    if community is not None:
        require(communities_of(by).filter(pk=community.pk).exists())
    revoke(subject_id=subject.pk, holder_id=by.pk)
    kind = community.kind if community else by.kind
    record(by, "calendar.opened", subject)
    page = issue(FEED, subject_kind=kind, subject_id=subject.pk, holder_id=by.pk, expires=now() + LIFE)
    return f"{page}feed.ics"


@transaction.atomic
def close_feed(*, by: Staff, community: Community | None = None) -> int:
    """Close the address of one's own calendar, or the one made of a community's; return how many there were."""
    subject: Staff | Community = community or by
    closed = revoke(subject_id=subject.pk, holder_id=by.pk)
    if closed:
        record(by, "calendar.closed", subject)
    return closed


def reader(by: LinkHolder) -> Staff | None:
    """Give who reads through such an address; nobody once the account is closed."""
    if by.purpose != FEED or by.agent_id is None:
        return None
    return Staff.objects.filter(pk=by.agent_id, is_active=True).first()
