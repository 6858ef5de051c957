"""Handing mail over: each message alone, in an order that no kill can turn into a double.

Commit "being handed over", hand over on a kept connection, commit "sent". A row that a dead worker left in
between may or may not have gone out: it is never sent again by itself, but shown as unclear.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import format_datetime, parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from psycopg.types.json import Jsonb

from treffpunkt.core.clock import now
from treffpunkt.post.bounces import tell_of_failure
from treffpunkt.post.holding import free_to_leave
from treffpunkt.post.models import Message
from treffpunkt.post.references import reference_of, return_path
from treffpunkt.post.relay import Away, Refused, Relay, Unknown
from treffpunkt.post.rendering import render
from treffpunkt.post.wording import HELD_BACK, NO_SERVER
from treffpunkt.post.writing import Mail, Part, write

logger = logging.getLogger(__name__)

LOCK = 0x7057  # any number that nothing else in the database locks
WAITS = (1, 5, 30, 120, 480, 960, 1440)  # minutes before the next attempt; together two days
PIECE = 20  # mails that are looked up at once
PATIENCE = 5  # seconds to wait for another round's end
DATABASE_AWAY = 60  # seconds to wait for the database with the news of a mail that went out

S = Message.State


def deliver_due(stop: Callable[[], bool] = lambda: False) -> int:
    """Hand over every mail that is due and return how many went out; only one such round runs at a time.

    `stop` is asked between two mails: a worker that is told to stop leaves the rest to the next one.
    """
    with _alone() as alone:
        if not alone:
            return 0
        Message.objects.filter(state=S.SENDING).update(state=S.UNCLEAR)
        _mind_the_clock()
        if settings.SMTP is None:
            return _keep_in_outbox() if settings.DEMO else _without_server()
        return _round(stop)


def _round(stop: Callable[[], bool]) -> int:
    sent = 0
    with Relay() as relay:
        for message in _due_mails(stop):
            mail = _composed(message)
            if mail is None:
                continue
            try:
                relay.hand_over(mail, return_path(message.pk))
            except Refused as error:
                if error.for_now:
                    _later(message, str(error))
                else:
                    _refused(message, str(error))
            except Away as error:
                if error.reached:
                    _later(message, str(error))  # it may have been this very mail that made the server hang up
                else:
                    _put_back(message, str(error))
                break
            except Unknown as error:
                _settle(message, S.UNCLEAR, str(error))
                _hold_back()  # else each mail that follows could end the same way
                break
            else:
                _settle(message, S.SENT)
                if not sent:
                    _let_go()
                sent += 1
    return sent


def compose(message: Message) -> Mail:
    """Write the mail of a message: one receiver, a Message-ID that a second sending repeats."""
    text = render(message)
    parts = [Part("text/plain", text.body)]
    if message.calendar:
        parts.append(Part("text/calendar", message.calendar, {"method": message.calendar_method or "REQUEST"}))
    return write(
        sender=settings.MAIL_FROM,
        receiver=message.address,
        subject=text.subject,
        headers={
            "Date": format_datetime(now()),
            "Message-ID": message_id(message),
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
        },
        parts=parts,
    )


def message_id(message: Message) -> str:
    """Give the message's own Message-ID, which tells nothing about its row."""
    domain = parseaddr(settings.MAIL_FROM)[1].partition("@")[2] or "localhost"
    return f"<{reference_of(message.pk)}@{domain}>"


def _due() -> QuerySet[Message]:
    """What is due; what was to go out at once is due even where the clock was set back since it was written."""
    at_once = Q(attempts=0, due_at__lte=F("created_at"))
    return Message.objects.filter(
        Q(due_at__lte=now()) | at_once, free_to_leave(), state=S.QUEUED, channel=Message.Channel.MAIL
    )


def _due_mails(stop: Callable[[], bool]) -> Iterator[Message]:
    """Take what is due one by one, oldest first; which are next is asked for some at a time."""
    while ids := list(_due().order_by("due_at", "id").values_list("pk", flat=True)[:PIECE]):
        for pk in ids:
            if stop():
                return
            if message := _take(pk):
                yield message


def _take(pk: UUID) -> Message | None:
    """Commit "being handed over" for a mail that still waits; one statement, since there may be thousands."""
    taken = Message.objects.raw(
        "update post_message set state = %s, attempts = attempts + 1 where id = %s and state = %s returning *",
        [S.SENDING, pk, S.QUEUED],
    )
    return next(iter(taken), None)


def _composed(message: Message) -> Mail | None:
    """Write the mail; one that cannot be written fails alone, and surely was not sent."""
    try:
        return compose(message)
    except (OperationalError, InterfaceError):
        raise  # the database's trouble; the round goes on when it is back
    except Exception as error:
        logger.exception("message %s cannot be written out", message.pk)
        _settle(message, S.FAILED, type(error).__name__)
        return None


def _settle(message: Message, state: str, problem: str = "") -> None:
    """Write down what became of a mail, even where the database is away just now."""
    message.move_to(state)
    message.problem = problem
    if state == S.SENT:
        message.sent_at, message.secret = now(), {}
    try:
        _write_down(message)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        _once_database_is_back(lambda: _write_down(message))
        raise  # our lock went with the connection, so this round is over


def _write_down(message: Message) -> None:
    """One statement, written by hand as `_take` is; what a person did to the row meanwhile stands."""
    with connection.cursor() as cursor:
        secret: Any = Jsonb(message.secret)
        cursor.execute(
            "update post_message set state = %s, problem = %s, sent_at = %s, secret = %s, shown = %s "
            "where id = %s and state in (%s, %s)",
            [
                message.state, message.problem, message.sent_at, secret, message.shown,
                message.pk, S.SENDING, S.UNCLEAR,
            ],
        )  # fmt: skip


def _once_database_is_back(write_down: Callable[[], None]) -> None:
    until = time.monotonic() + DATABASE_AWAY
    while time.monotonic() < until:
        connection.close()
        time.sleep(0.3)
        try:
            write_down()
        except (OperationalError, InterfaceError):
            continue
        return


@transaction.atomic
def _refused(message: Message, problem: str) -> None:
    """Write down that the server does not take a mail for good, and let those who know the receiver hear of it."""
    _settle(message, S.FAILED, problem)
    tell_of_failure(message)


def _later(message: Message, problem: str) -> None:
    if message.attempts > len(WAITS):
        _settle(message, S.FAILED, problem)
        return
    message.due_at = now() + timedelta(minutes=WAITS[message.attempts - 1])
    _queue(message, problem)


def _put_back(message: Message, problem: str) -> None:
    """Let a mail wait for a server that is away, as long as that takes: it is not the mail's fault."""
    message.attempts -= 1
    _queue(message, problem)


def _queue(message: Message, problem: str) -> None:
    message.move_to(S.QUEUED)
    message.problem = problem
    message.save(update_fields=["state", "problem", "due_at", "attempts"])


def _hold_back() -> None:
    """Let the others wait, the longer the more mails this server has left unclear today."""
    lost = Message.objects.filter(state=S.UNCLEAR, due_at__gt=now() - timedelta(days=1)).exclude(problem="").count()
    wait = timedelta(minutes=WAITS[min(max(lost, 1), len(WAITS)) - 1])
    _due().update(due_at=now() + wait, problem=HELD_BACK)


def _let_go() -> None:
    """The server takes mail again: so do not wait any longer with the others."""
    Message.objects.filter(state=S.QUEUED, problem=HELD_BACK).update(due_at=now(), problem="")


def _mind_the_clock() -> None:
    """After the clock was set back, let no mail wait longer than it was to wait."""
    waits = [When(attempts=number, then=Value(timedelta(minutes=minutes))) for number, minutes in enumerate(WAITS, 1)]
    longest = Case(*waits, default=Value(timedelta(minutes=WAITS[-1])))
    waiting = Message.objects.filter(Q(attempts__gt=0) | Q(problem=HELD_BACK), state=S.QUEUED)
    waiting.filter(due_at__gt=Value(now()) + longest).update(due_at=now())


def _keep_in_outbox() -> int:
    """In the demo nothing leaves the house: the mail is shown in the open Outbox."""
    sent = 0
    for message in _due_mails(lambda: False):
        text = render(message)
        message.shown = f"{text.subject}\n\n{text.body}"
        _settle(message, S.SENT)
        sent += 1
    return sent


def _without_server() -> int:
    Message.objects.filter(state=S.QUEUED, channel=Message.Channel.MAIL).update(problem=NO_SERVER)
    return 0


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the round's lock; where another round runs, wait a moment: it takes what is due, or comes to its end."""
    until = time.monotonic() + PATIENCE
    while not (alone := _locked()) and time.monotonic() < until and _due().exists():
        time.sleep(0.1)
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [LOCK])


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
