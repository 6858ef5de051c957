"""The mail server, reached by a kept connection, and how far a mail got when something went wrong."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from types import TracebackType
from typing import Any, Self

from django.conf import settings

from treffpunkt.post.writing import Mail

TIMEOUT = 20  # seconds a mail server may take for one answer
_CLOSING = 421  # "I am about to hang up", whatever was said before
_GO_ON = 354
_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?=\s|$)")
_DOT = re.compile(rb"(?m)^\.")


class Away(Exception):
    """The server did not take the mail, surely; `reached` says whether it had answered at all."""

    def __init__(self, reason: str, *, reached: bool) -> None:
        super().__init__(reason)
        self.reached = reached


class Refused(Exception):
    """The server does not take this mail; `for_now` means that it may later."""

    def __init__(self, code: int, reason: str = "") -> None:
        super().__init__(reason or f"SMTP {code}")
        self.for_now = 400 <= code < 500


class Unknown(Exception):
    """All was said, and the server fell silent before it answered: nobody knows whether it took the mail."""


class Relay:
    """A connection that is opened with the first mail, kept for the next, and opened anew where it was dropped."""

    def __init__(self) -> None:
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._close(politely=error is None)

    def hand_over(self, mail: Mail, sender: str | None = None) -> None:
        """Hand one mail to its one receiver; returns once the server has taken it upon itself.

        `sender` is where it returns if it does not arrive, else whom it is from.
        """
        kept = self._server is not None
        try:
            self._hand_over(mail, sender)
        except Away:
            if not kept:
                raise
            self._hand_over(mail, sender)  # servers drop connections that were idle or have carried enough

    def _hand_over(self, mail: Mail, sender: str | None) -> None:
        server = self._server = self._server or _connected()
        try:
            self._announce(server, mail, sender)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._close()
            raise Away(type(error.__context__ or error).__name__, reached=True) from error
        try:
            server.send(b".\r\n")  # from here on the server may have it
            code, said = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._close()
            raise Unknown(type(error.__context__ or error).__name__) from error
        self._check(code, said, 250)

    def _announce(self, server: smtplib.SMTP, mail: Mail, sender: str | None) -> None:
        """Say sender, receiver and text, all but the full stop that makes it count."""
        content, options = _written(server, mail)
        code, _ = server.mail(sender or mail.sender, options)
        if code != 250:  # nothing that this receiver could help
            self._close()
            raise Away(f"SMTP {code}", reached=True)
        code, said = server.rcpt(mail.receiver)
        self._check(code, said, 250, 251)
        code, said = server.docmd("DATA")
        self._check(code, said, _GO_ON)
        server.send(content)

    def _check(self, code: int, said: bytes, *good: int) -> None:
        if code in good:
            return
        if code == _CLOSING or code < 0:
            self._close()
            raise Away(f"SMTP {code}", reached=True)
        try:
            if self._server is not None:
                self._server.rset()
        except smtplib.SMTPException:
            self._close()
        raise Refused(code, _named(code, said))

    def _close(self, *, politely: bool = False) -> None:
        server, self._server = self._server, None
        if server is None:
            return
        try:
            if politely:
                server.quit()
        except (smtplib.SMTPException, OSError):
            pass
        finally:
            server.close()


def greet(timeout: float) -> None:
    """Reach the mail server, sign in and hang up; Away where it would not take our mail."""
    server = _connected(timeout)
    try:
        server.quit()
    except (smtplib.SMTPException, OSError):
        server.close()


def _connected(timeout: float = TIMEOUT) -> smtplib.SMTP:
    smtp: Any = settings.SMTP
    context = ssl.create_default_context()
    server: smtplib.SMTP | None = None
    try:
        if smtp.tls:
            server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=timeout, context=context)
        else:
            server = smtplib.SMTP(smtp.host, smtp.port, timeout=timeout)
        if smtp.starttls:
            server.starttls(context=context)
        if smtp.user:
            server.login(smtp.user, smtp.password)
        server.ehlo_or_helo_if_needed()
        # The end of a mail goes out by itself, at once; else the kernel waits 40 ms for the server's nod.
        assert server.sock is not None
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except (smtplib.SMTPException, OSError) as error:
        if server is not None:
            server.close()
        raise Away(type(error).__name__, reached=False) from error
    return server


def _named(code: int, said: bytes) -> str:
    """Keep the codes alone: the server's own words may repeat the address."""
    status = _STATUS.match(said)
    return f"SMTP {code} {status.group().decode()}" if status else f"SMTP {code}"


def _written(server: smtplib.SMTP, mail: Mail) -> tuple[bytes, list[str]]:
    """Give the mail as it goes over the line, and what the server has to be told about it."""
    international = not mail.receiver.isascii()
    if international and not server.has_extn("smtputf8"):
        raise Refused(553, "SMTPUTF8")
    content = _DOT.sub(b"..", mail.content)
    options = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
    return content if content.endswith(b"\r\n") else content + b"\r\n", options + ["SMTPUTF8"] * international
