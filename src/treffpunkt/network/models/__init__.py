"""Communities, the spaces they meet in, and the people who hold the keys to them."""

from __future__ import annotations

from treffpunkt.network.models.actors import Actor, Channel
from treffpunkt.network.models.communities import Community
from treffpunkt.network.models.contacts import Contact
from treffpunkt.network.models.feeds import Feed
from treffpunkt.network.models.looks import Look
from treffpunkt.network.models.map import Handout, Spot
from treffpunkt.network.models.merges import Merge, Suspect
from treffpunkt.network.models.openings import Opening
from treffpunkt.network.models.organisations import Organisation
from treffpunkt.network.models.picks import Pick
from treffpunkt.network.models.profiles import Profile
from treffpunkt.network.models.relocations import Relocation
from treffpunkt.network.models.rhythms import Rhythm
from treffpunkt.network.models.roles import Role
from treffpunkt.network.models.snapshots import Snapshot
from treffpunkt.network.models.spaces import Space
from treffpunkt.network.models.ties import Tie

__all__ = [
    "Actor",
    "Channel",
    "Community",
    "Contact",
    "Feed",
    "Handout",
    "Look",
    "Merge",
    "Opening",
    "Organisation",
    "Pick",
    "Profile",
    "Relocation",
    "Rhythm",
    "Role",
    "Snapshot",
    "Space",
    "Spot",
    "Suspect",
    "Tie",
]
