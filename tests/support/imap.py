"""A real IMAP server for the tests: dovecot of the distribution, with a mailbox in a folder of its own."""

from __future__ import annotations

import mailbox
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.mail import free_port
from treffpunkt.site.env import Imap

STARTS_WITHIN = 20  # seconds; generous, for a busy machine
CONFIGURATION = """\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
mail_uid = {uid}
mail_gid = {gid}
passdb {{
  driver = static
  args = password=open
}}
userdb {{
  driver = static
  args = home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class Mailbox:
    """The mailbox of the tests: mails are put into it as a mail server does, and looked at as they lie there."""

    port: int
    folder: Path

    @property
    def settings(self) -> Imap:
        """Give what TREFFPUNKT_IMAP_URL would say."""
        return Imap("127.0.0.1", self.port, "treffpunkt", "open", starttls=False, tls=False, folder="INBOX")

    def deliver(self, raw: bytes) -> None:
        """Put a mail into it."""
        box = mailbox.Maildir(self.folder / "mail")
        key = box.add(raw)
        path = self.folder / "mail" / "new" / key
        if os.geteuid() == 0:
            shutil.chown(path, _mail_user())

    @property
    def mails(self) -> list[bytes]:
        """Give what lies in it."""
        return [
            path.read_bytes() for place in ("new", "cur") for path in sorted((self.folder / "mail" / place).iterdir())
        ]

    @property
    def unread(self) -> int:
        """Count what nobody has opened."""
        return sum("S" not in path.name.partition(",")[2] for path in (self.folder / "mail").glob("[nc]*/*"))


@pytest.fixture
def imap(tmp_path_factory) -> Iterator[Mailbox]:
    """Start dovecot with an empty mailbox; without dovecot the test is skipped, or fails where one is required."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        message = "needs an IMAP server: apt install dovecot-imapd"
        pytest.fail(message) if os.environ.get("REQUIRE_IMAP") else pytest.skip(message)
    folder = tmp_path_factory.mktemp("imap")
    for parent in (folder, *folder.parents[:3]):
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o711)
    port = free_port()
    root = os.geteuid() == 0
    us = pwd.getpwnam(_mail_user()) if root else pwd.getpwuid(os.geteuid())
    for name in ("cur", "new", "tmp"):
        (folder / "mail" / name).mkdir(parents=True)
    if root:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, us.pw_uid, us.pw_gid)
    written = folder / "dovecot.conf"
    written.write_text(CONFIGURATION.format(
        folder=folder, port=port, uid=us.pw_uid, gid=us.pw_gid, user="dovecot" if root else us.pw_name,
        group="dovecot" if root else _group(us.pw_gid), login="dovenull" if root else us.pw_name,
    ))  # fmt: skip
    process = subprocess.Popen([program, "-F", "-c", str(written)], stderr=subprocess.PIPE)
    try:
        _wait(process, port, folder)
        yield Mailbox(port, folder)
    finally:
        process.terminate()
        process.wait(10)
        if process.stderr:
            process.stderr.close()


def _mail_user() -> str:
    return "mail"


def _group(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name


def _wait(process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            said = process.stderr.read().decode() if process.stderr else ""
            pytest.fail(f"dovecot did not start: {said}")
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                if line.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.05)
    log = folder / "log"
    pytest.fail(f"dovecot did not answer: {log.read_text() if log.exists() else ''}")
