"""What a restored database needs before anybody uses it; safe to run twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from treffpunkt.core.agent import SYSTEM
from treffpunkt.jobs.ending import end_again
from treffpunkt.post.holding import hold_messages
from treffpunkt.upkeep.services import keep_list


class Command(BaseCommand):
    help = "Hold messages back, and erase, close and revoke anew what was since the backup was made."

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold first: ending anew must not send anything either."""
        hold_messages(by=SYSTEM)
        counts = end_again()
        keep_list()
        for what, number in counts.items():
            self.stdout.write(f"Done anew, since it had happened after the backup was made: {what} ({number}).")
