"""Handing mail over: each message alone, in an order that no kill can turn into a double.

Commit "being handed over", hand over on a kept connection, commit "sent". A row that a dead worker left in
between may or may not have gone out: it is never sent again by itself, but shown as unclear.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from treffpunkt.core.clock import now
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render

LOCK = 0x7057  # any number that nothing else in the database locks
WAITS = (1, 5, 30, 120, 480)  # minutes before the next attempt
TIMEOUT = 20  # seconds a mail server may take for one answer


def deliver_due() -> int:
    """Hand over every mail that is due and return how many went out; only one such round runs at a time."""
    with _alone() as alone:
        if not alone:
            return 0
        Message.objects.filter(state=Message.State.SENDING).update(state=Message.State.UNCLEAR)
        if settings.SMTP is None:
            return _keep_in_outbox() if settings.DEMO else _without_server()
        return _round()


def _round() -> int:
    sent = 0
    server: smtplib.SMTP | None = None
    try:
        while message := _take():
            try:
                server = server or _connect()
                server.send_message(compose(message))
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
                server = _reset(server)
                _not_delivered(message, error)
            except (smtplib.SMTPServerDisconnected, TimeoutError, ConnectionResetError) as error:
                handed = server is not None
                _close(server)
                server = None
                if handed:
                    _settle(message, Message.State.UNCLEAR, type(error).__name__)
                else:
                    _later(message, type(error).__name__)
                    break
            except (OSError, smtplib.SMTPException) as error:
                _close(server)
                server = None
                _later(message, type(error).__name__)
                break
            else:
                sent += 1
                _settle(message, Message.State.SENT)
    finally:
        _close(server)
    return sent


def compose(message: Message) -> EmailMessage:
    """Write the mail of a message: one receiver, a Message-ID that a second sending repeats."""
    text = render(message)
    mail = EmailMessage()
    mail["From"] = settings.MAIL_FROM
    mail["To"] = message.address
    mail["Subject"] = text.subject
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = message_id(message)
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = message.language
    mail.set_content(text.body)
    if message.calendar:
        mail.add_alternative(
            message.calendar, subtype="calendar", params={"method": message.calendar_method or "REQUEST"}
        )
    return mail


def message_id(message: Message) -> str:
    """Give the message's own Message-ID, which tells nothing about its row."""
    digest = salted_hmac("treffpunkt.post", str(message.pk), algorithm="sha256").hexdigest()[:32]
    domain = parseaddr(settings.MAIL_FROM)[1].partition("@")[2] or "localhost"
    return f"<{digest}@{domain}>"


@transaction.atomic
def _take() -> Message | None:
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(state=Message.State.QUEUED, channel=Message.Channel.MAIL, due_at__lte=now())
        .order_by("due_at", "id")
        .first()
    )
    if message is not None:
        message.move_to(Message.State.SENDING)
        message.attempts += 1
        message.save(update_fields=["state", "attempts"])
    return message


def _settle(message: Message, state: str, problem: str = "") -> None:
    message.move_to(state)
    message.problem = problem
    if state == Message.State.SENT:
        message.sent_at, message.secret = now(), {}
    message.save(update_fields=["state", "problem", "sent_at", "secret", "shown"])


def _not_delivered(message: Message, error: smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError) -> None:
    """Keep the server's code only: its words may repeat the address."""
    codes = (
        [code for code, _ in error.recipients.values()]
        if isinstance(error, smtplib.SMTPRecipientsRefused)
        else [error.smtp_code]
    )
    code = codes[0] if codes else 0
    if 400 <= code < 500:
        _later(message, f"SMTP {code}")
    else:
        _settle(message, Message.State.FAILED, f"SMTP {code}")


def _later(message: Message, problem: str) -> None:
    if message.attempts > len(WAITS):
        _settle(message, Message.State.FAILED, problem)
        return
    message.due_at = now() + timedelta(minutes=WAITS[message.attempts - 1])
    message.move_to(Message.State.QUEUED)
    message.problem = problem
    message.save(update_fields=["state", "problem", "due_at"])


def _keep_in_outbox() -> int:
    """In the demo nothing leaves the house: the mail is shown in the open Outbox."""
    sent = 0
    while message := _take():
        text = render(message)
        message.shown = f"{text.subject}\n\n{text.body}"
        _settle(message, Message.State.SENT)
        sent += 1
    return sent


def _without_server() -> int:
    Message.objects.filter(state=Message.State.QUEUED, channel=Message.Channel.MAIL).update(problem="no mail server")
    return 0


def _connect() -> smtplib.SMTP:
    smtp: Any = settings.SMTP
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if smtp.tls:
        server = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=TIMEOUT)
    if smtp.starttls:
        server.starttls(context=context)
    if smtp.user:
        server.login(smtp.user, smtp.password)
    return server


def _reset(server: smtplib.SMTP | None) -> smtplib.SMTP | None:
    try:
        if server is not None:
            server.rset()
    except smtplib.SMTPException:
        _close(server)
        return None
    return server


def _close(server: smtplib.SMTP | None) -> None:
    if server is not None:
        try:
            server.quit()
        except (smtplib.SMTPException, OSError):
            server.close()


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
