"""Sessions that know whose they are, so that they can be listed and ended."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession

from treffpunkt.core.clock import now
from treffpunkt.people.models import Session

# How often the moment somebody was last seen is written.
SEEN_EVERY = timedelta(minutes=5)
SEEN, DEVICE = "seen", "device"
_BROWSERS = (
    ("Edge", r"\bEdgA?/"),
    ("Opera", r"\bOPR/"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|CriOS|HeadlessChrome)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)


class SessionStore(DatabaseStore):
    """Keep beside each session whose it is, on which device, and when it was last seen."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """Name the table of sessions."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Fill the columns that the list of sessions reads."""
        row: Any = super().create_model_instance(data)
        row.staff_id = data.get(SESSION_KEY)
        row.device = str(data.get(DEVICE, ""))[:60]
        row.seen_at = datetime.fromtimestamp(data[SEEN], tz=UTC) if SEEN in data else now()
        return row

    def save(self, must_create: bool = False) -> None:
        """Note with every write that somebody was here."""
        if self.get(SESSION_KEY):
            self[SEEN] = int(now().timestamp())
        super().save(must_create=must_create)


def is_due(session: Any) -> bool:
    """Say whether the moment somebody was last seen should be written again."""
    return bool(now().timestamp() - session.get(SEEN, 0) > SEEN_EVERY.total_seconds())


def device(user_agent: str) -> str:
    """Name browser and system as people do, from what the browser says of itself: “Firefox, Windows”."""
    found = [_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)]
    return ", ".join(name for name in found if name)


def _first(names: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, text)), "")
