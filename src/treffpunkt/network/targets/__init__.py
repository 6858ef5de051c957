"""What files can be brought into the network: groups, people with their roles, organisations."""

from __future__ import annotations

from treffpunkt.intake.targets import register


def register_all() -> None:
    """Offer the network's targets to those who import."""
    from treffpunkt.intake.elsewhere import belongs_elsewhere
    from treffpunkt.network.counting.reading import told_elsewhere
    from treffpunkt.network.targets.activity import Activity
    from treffpunkt.network.targets.organisations import Organisations
    from treffpunkt.network.targets.people import People, Roles
    from treffpunkt.network.targets.spaces import Spaces

    for target in (Spaces(), People(), Roles(), Organisations(), Activity()):
        register(target)
    belongs_elsewhere(told_elsewhere)
