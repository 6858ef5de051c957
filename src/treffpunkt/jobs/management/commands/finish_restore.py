"""What a restored database needs before anybody uses it; safe to run twice."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from treffpunkt.core.agent import SYSTEM
from treffpunkt.jobs.erasing import erase_again
from treffpunkt.post.holding import hold_messages
from treffpunkt.upkeep.services import keep_erasures


class Command(BaseCommand):
    help = "Hold messages back and erase anew what was erased since the backup was made."

    def handle(self, *args: Any, **options: Any) -> None:
        """Hold first: erasing anew must not send anything either."""
        hold_messages(by=SYSTEM)
        number = erase_again()
        keep_erasures()
        if number:
            self.stdout.write(
                f"{number} records were erased anew: somebody had asked for it after the backup was made."
            )
