"""With which profiles the counsellors of the demo story write to people."""

from __future__ import annotations

from collections.abc import Sequence

from treffpunkt.network.services.profiles import create_profile, move_profile
from treffpunkt.people.models import Staff
from treffpunkt.vocabulary.models import Platform

# Whose (by position; nobody where the whole team works with it), platform, name shown, address, other addresses.
PROFILES: tuple[tuple[int | None, str, str, str, tuple[str, ...]], ...] = (
    (0, "facebook", "هالة – استشارة", "facebook.com/hala.treffpunkt.demo", ("facebook.com/profile.php?id=100000000000001",)),
    (0, "telegram", "Hala | Beratung", "t.me/hala_treffpunkt_demo", ()),
    (1, "facebook", "Esther from the counselling", "facebook.com/esther.treffpunkt.demo", ()),
    (2, "facebook", "Nathalie – conseil", "facebook.com/nathalie.treffpunkt.demo", ()),
    (2, "whatsapp", "Nathalie – conseil", "+49 30 23125 017", ()),
    (3, "facebook", "Драгана – саветовање", "facebook.com/dragana.treffpunkt.demo", ()),
    (4, "instagram", "Ana – asesoramiento", "instagram.com/ana.treffpunkt.demo", ()),
    (None, "instagram", "Fem-Netz Beratung", "instagram.com/treffpunkt.demo.beratung", ()),
)  # fmt: skip
# What the platform has blocked, and what nobody uses any more.
BLOCKED = (1, "tiktok", "Esther explains", "tiktok.com/@esther.treffpunkt.demo")
RETIRED = (None, "facebook", "Fem-Netz 2021", "facebook.com/treffpunkt.demo.2021")


def create_profiles(coordinator: Staff, counsellors: Sequence[Staff]) -> None:
    """Enter the profiles, and what became of two."""
    platforms = {one.key: one for one in Platform.objects.all()}
    for whose, platform, name, address, also in (*PROFILES, (*BLOCKED, ()), (*RETIRED, ())):
        made = create_profile(
            by=coordinator,
            platform=platforms[platform],
            name=name,
            address=address,
            also=also,
            staff=None if whose is None else counsellors[whose],
        )
        if (whose, platform, name, address) in (BLOCKED, RETIRED):
            state = "suspended" if name == BLOCKED[2] else "retired"
            move_profile(by=coordinator, profile=made, state=state)
