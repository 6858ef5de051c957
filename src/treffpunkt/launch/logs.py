"""The log: readable in a terminal, JSON for machines, and without anybody's data in either.

A log is kept longer than we know and read by more people than we know. So routes stand in it instead of addresses,
kinds of errors instead of their words (a database repeats the values it refuses), and whatever still looks like a
mail address, a link's secret or what somebody searched for is blanked.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import structlog

Event = MutableMapping[str, Any]

_BLANKED = (
    (re.compile(r"(/l/|/invited/)[\w-]{8,}"), r"\1…"),
    (re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"), "…@…"),
    (re.compile(r"\?[^\s\"']*=[^\s\"']*"), "?…"),
)
# Frames of a traceback, and errors that led to one another, in a line.
FRAMES, LINKS = 12, 5
# Errors that repeat values: the driver's, and Django's about them. Procrastinate's have no words but one of these.
_DATABASE = frozenset({"psycopg.Error", "django.db.utils.Error"})


def as_json() -> bool:
    """Say whether the log is for machines: TREFFPUNKT_LOG=json or text, else whatever is no terminal."""
    wanted = os.environ.get("TREFFPUNKT_LOG", "")
    return wanted == "json" if wanted else not sys.stderr.isatty()


def config(*, debug: bool = False) -> dict[str, Any]:
    """Give the settings of Python's logging."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    sys.excepthook = _ended
    machine = as_json()
    quiet = {"handlers": ["console"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": "treffpunkt.launch.logs.formatter", "machine": machine, "debug": debug}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ours"}},
        "root": {"handlers": ["console"], "level": "INFO" if debug else "WARNING"},
        "loggers": {
            "treffpunkt.requests": {"level": "INFO" if machine else "WARNING"},
            "procrastinate": {"level": "WARNING"},
            "django.request": {"level": "ERROR"},
            "_granian": {**quiet, "level": "WARNING"},
            "granian.access": {**quiet, "level": "CRITICAL"},
        },
    }


def formatter(*, machine: bool, debug: bool) -> logging.Formatter:
    """Write one line of the log; in debug mode errors keep their words, but for those of the database."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if machine
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), pad_event_to=0)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        pass_foreign_args=True,
        processors=[
            _routed,
            _kinds_instead,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *([_with_words] if debug else [_without_words]),
            _blanked,
            renderer,
        ],
    )


def line(name: str, text: str) -> str:
    """Write a line about a process, or of one, for the terminal that shows several; JSON stays as it is."""
    if text.startswith("{"):
        return text
    said = {"event": blank(text), "process": name, "timestamp": datetime.now(UTC).isoformat()}
    return json.dumps(said, ensure_ascii=False)


def blank(text: str) -> str:
    """Blank what looks like somebody's data in a text."""
    for pattern, instead in _BLANKED:
        text = pattern.sub(instead, text)
    return text


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        _caught,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _caught(_logger: Any, _name: str, event: Event) -> Event:
    """Take hold of the error while it is being handled."""
    if event.get("exc_info") is True:
        event["exc_info"] = sys.exc_info()
    return event


def _routed(_logger: Any, _name: str, event: Event) -> Event:
    """Name the route where Django would name the address, which holds ids and secrets."""
    record = event.get("_record")
    request = getattr(record, "request", None)
    if request is not None:
        event["event"] = str(event.get("event", "")).partition(":")[0]
        match = getattr(request, "resolver_match", None)
        event["route"] = match.view_name if match else ""
        event["method"] = getattr(request, "method", "")
    return event


def _kinds_instead(_logger: Any, _name: str, event: Event) -> Event:
    """Put the kinds of errors where a line would say their words: as a value of its own, or within its text."""
    for key, value in event.items():
        if isinstance(value, BaseException) and key != "exc_info":
            event[key] = kinds(value)
    given = event.pop("positional_args", None) or ()
    told = [one for one in (given.values() if isinstance(given, dict) else given) if isinstance(one, BaseException)]
    for error in (*_chain(_error_of(event)), *told):
        if from_database(error) and str(error):
            event["event"] = str(event.get("event", "")).replace(str(error), kinds(error))
    return event


def _without_words(_logger: Any, _name: str, event: Event) -> Event:
    """Tell of an error its kind and where it happened: its words may repeat what somebody entered."""
    error = _error_of(event)
    event.pop("exc_info", None)
    if error is not None:
        event["error"] = kinds(error)
        event["at"] = _places(error.__traceback__)
    return event


def _with_words(logger: Any, name: str, event: Event) -> Event:
    """Tell of an error all it says, unless the database had a hand in it."""
    if any(map(from_database, _chain(_error_of(event)))):
        return _without_words(logger, name, event)
    return structlog.processors.format_exc_info(logger, name, event)


def from_database(error: BaseException) -> bool:
    """Say whether an error comes from the database, whose words repeat the statement and the values it refused."""
    return any(f"{kind.__module__}.{kind.__name__}" in _DATABASE for kind in type(error).__mro__)


def kinds(error: BaseException) -> str:
    """Name an error and those before it; of the database's also the state, the table and the constraint."""
    return " < ".join(map(_kind, _chain(error)))


def _kind(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    diagnosis = getattr(error, "diag", None)
    marks = [getattr(diagnosis, mark, None) for mark in ("sqlstate", "table_name", "constraint_name")]
    return " ".join([kind, *(mark for mark in marks if mark)])


def _chain(error: BaseException | None) -> list[BaseException]:
    """List an error, what led to it, and what it holds."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting and len(found) < LINKS:
        one = waiting.pop(0)
        if one is not None and one not in found:
            found.append(one)
            waiting += [one.__cause__ or one.__context__, *getattr(one, "exceptions", ())]
    return found


def _error_of(event: Event) -> BaseException | None:
    found = event.get("exc_info")
    error = found[1] if isinstance(found, tuple) else found
    return error if isinstance(error, BaseException) else None


def _ended(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """Tell of what ends a program; an error of the database without its words."""
    if not any(map(from_database, _chain(error))):
        sys.__excepthook__(kind, error, at)
        return
    for place in _places(at):
        print(f"  {place}", file=sys.stderr)
    print(kinds(error), file=sys.stderr)


def _places(at: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(at)[-FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    for mark in ("/site-packages/", "/src/"):
        if mark in path:
            return path.rpartition(mark)[2]
    return path.rpartition("/")[2]


def _blanked(_logger: Any, _name: str, event: Event) -> Event:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = blank(value)
    return event
