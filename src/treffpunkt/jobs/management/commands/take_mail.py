"""The command that takes mail which came in."""

from __future__ import annotations

import mailbox
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from treffpunkt.jobs import mail_in


class Command(BaseCommand):
    help = (
        "Take mail that came in: notes that a mail of ours did not arrive, and answers of calendars. Reads one mail "
        "from standard input, as a mail server pipes it in, or all mails of a mailbox (Maildir or mbox)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say where the mails lie."""
        parser.add_argument("--mailbox", type=Path, help="a Maildir folder or mbox file; mails that were taken go")
        parser.add_argument("--keep", action="store_true", help="leave taken mails in the mailbox")

    def handle(self, **options: Any) -> None:
        """Take one mail or a mailbox of them; a mail that tells of none of ours is left where it is.

        Ends well in either case: a mail server would return the note to its sender otherwise.
        """
        path: Path | None = options["mailbox"]
        if path is None:
            taken = mail_in.take(sys.stdin.buffer.read(mail_in.LONGEST))
            self.stdout.write("Taken." if taken else "Not about a mail of ours.")
            return
        if not path.exists():
            raise CommandError(f"There is no mailbox {path}.")
        read = taken_mails = 0
        box = mailbox.Maildir(path, create=False) if path.is_dir() else mailbox.mbox(path, create=False)
        box.lock()
        try:
            for key, raw in _mails(box):
                read += 1
                if mail_in.take(raw):
                    taken_mails += 1
                    if not options["keep"]:
                        box.remove(key)
            box.flush()
        finally:
            box.close()
        self.stdout.write(f"{read} mails read, {taken_mails} taken.")


def _mails(box: mailbox.Mailbox[Any]) -> Iterator[tuple[str, bytes]]:
    """Give each mail's bytes, as much of them as a note can have."""
    for key in list(box.keys()):
        with box.get_file(key) as file:
            yield key, file.read(mail_in.LONGEST)
