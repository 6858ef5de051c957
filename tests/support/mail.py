"""A real mail server for the tests."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from treffpunkt.post.writing import Mail
from treffpunkt.site.env import Smtp


@dataclass
class MailServer:
    """Collects what is handed over; `refuse` answers a receiver with an error, `{"a@example.org": "550 no"}`.

    `trouble` says what happens instead at "MAIL" (a new mail) or at "DATA" (all of it has come in): "hang", "drop"
    (the line) or an answer such as "421 closing"; `times` how often, for ever by default.
    """

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    receivers: list[list[str]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)
    times: int | None = None
    # Seconds to take over each mail; `hold` keeps the sender waiting for the answer to what was taken already.
    slow: float = 0
    hold: bool = False

    @property
    def url(self) -> str:
        """Give the address as TREFFPUNKT_SMTP_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:
        """Begin a mail."""
        if answer := await self._troubled("MAIL", server):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        """Take a receiver unless the test refuses it."""
        if answer := self.refuse.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        """Keep a mail."""
        if answer := await self._troubled("DATA", server):
            return answer
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.receivers.append(list(envelope.rcpt_tos))
        await asyncio.sleep(self.slow)
        while self.hold:
            await asyncio.sleep(0.02)
        return "250 OK"

    @property
    def ids(self) -> list[str]:
        """Give the Message-IDs of what was taken, in order."""
        return [str(mail["Message-ID"]) for mail in self.mails]

    async def _troubled(self, when: str, server) -> str:
        what = self.trouble.get(when, "")
        if not what or self.times == 0:
            return ""
        if self.times:
            self.times -= 1
        if what == "hang":
            await asyncio.sleep(60)
        if what == "drop":
            server.transport.abort()
            return "250 nobody hears this"
        return what

    def to(self, address: str) -> list[EmailMessage]:
        """Give the mails handed over for one address."""
        return [mail for mail, receivers in zip(self.mails, self.receivers, strict=True) if address in receivers]


def free_port() -> int:
    """Find a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def smtp(settings):
    """Run a mail server and let the application hand its mail to it."""
    server = MailServer(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    settings.SMTP = Smtp(host="127.0.0.1", port=server.port, user="", password="", starttls=False, tls=False)
    yield server
    controller.stop()


def body_of(mail: Mail) -> str:
    """Give the text of a mail as its receiver's program reads it."""
    read = message_from_bytes(mail.content, policy=policy.default)
    part = read.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
