"""What modules below ask without knowing whom: who sees the tasks about a record, who stands in, where mail goes."""

from __future__ import annotations

from treffpunkt.agreements import rules as agreements
from treffpunkt.meetings import rules as meetings
from treffpunkt.network import rules as network
from treffpunkt.network.services.reaching import mail_of
from treffpunkt.people.queries import covered_ids
from treffpunkt.post.readdressing import readdress_through
from treffpunkt.post.rules import stand_in_through
from treffpunkt.tasks.rules import see_through


def register_all() -> None:
    """Tell tasks by which rule each kind of record is seen, and post who stands in and where mail goes."""
    stand_in_through(covered_ids)
    readdress_through("network.actor", mail_of)
    see_through("network.space", network.viewable_spaces)
    see_through("network.actor", network.viewable_actors)
    see_through("network.organisation", network.viewable_organisations)
    see_through("network.community", network.communities_of)
    see_through("meetings.meeting", meetings.viewable)
    see_through("agreements.agreement", agreements.viewable)
