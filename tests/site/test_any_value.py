"""Whatever a service is given, by whomever: it does its work, or says in words why not.

Every service is called with records of the demo story and with texts, numbers and days that nobody expects, as
coordination, counselling, a guest and the system. Pages check their forms first; jobs, imports and commands call
services without them, so services stand for themselves. What a call wrote is taken back.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import treffpunkt
from tests.support.going_on import something_going_on
from treffpunkt.core.agent import SYSTEM, Agent, LinkHolder
from treffpunkt.core.errors import DomainError
from treffpunkt.meetings.models import Invitation
from treffpunkt.people.models import Staff

# What a service may answer instead of doing what it was asked.
REFUSALS = (DomainError, PermissionDenied, ValidationError)
# Handed a piece of another service's work, never what somebody typed.
INNER = {"journal.services", "search.services", "upkeep.services", "meetings.services.news", "network.services.bulk"}
HOSTILE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\u202eabc\u202c",
    "x" * 10_000,
    "=1+1",
    "https://[",
    "-1",
    "9" * 30,
    "\ud800",
    "ß" * 301,
]
TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.text(max_size=30), st.sampled_from(["de", "ar", "sr-Latn", "accepted", "won"])
)
NUMBERS = st.one_of(st.integers(-3, 400), st.sampled_from([2**31, 2**63, -(2**63) - 1]))
DAYS = st.one_of(st.dates(), st.dates(date(2020, 1, 1), date(2031, 1, 1)))
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS, int: NUMBERS, bool: st.booleans(), bytes: st.binary(max_size=40), UUID: st.uuids(), date: DAYS,
    time: st.times(), datetime: st.datetimes(timezones=st.just(UTC)), float: st.floats(), Any: TEXTS,
}  # fmt: skip
RECORDS_OF_A_KIND = 3
TIED = object()
STAFF_ROLES = ("coordinator", "counsellor", "legal_reviewer", "system_administrator")


@pytest.fixture(scope="module")
def busy(story_database) -> None:
    """Let something of every kind be there."""
    something_going_on()


def services() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Find every use case: a public function in a module's services that takes who acts."""
    for module in pkgutil.walk_packages(treffpunkt.__path__, "treffpunkt."):
        room = module.name.removeprefix("treffpunkt.")
        if "services" in room.split(".") and room not in INNER:
            for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
                parameters = inspect.signature(function).parameters
                if function.__module__ == module.name and not name.startswith("_") and takes_agent(parameters):
                    yield f"{room}.{name}", function


def takes_agent(parameters: Any) -> bool:
    """Say whether a function is told who acts, by name."""
    return "by" in parameters and parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY


SERVICES = dict(services())


def test_services_are_found():
    assert len(SERVICES) > 90


# What failed is told in full, however long the texts.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("name", sorted(SERVICES))
def test_service_takes_any_value(busy, name):
    function = SERVICES[name]
    made = arguments(function)

    @settings(max_examples=12, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries(made))
    def call(values: dict[str, Any]) -> None:
        values |= values.pop("**", {})
        with transaction.atomic():
            with suppress(*REFUSALS):
                function(**values)
            transaction.set_rollback(True)

    call()


def arguments(function: Callable[..., Any]) -> dict[str, st.SearchStrategy[Any]]:
    """Say what each argument is drawn from."""
    names = known(function)
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.VAR_KEYWORD:
            drawn["**"] = changes(function, names)
        elif parameter.name != "wait":
            drawn[parameter.name] = of(eval(parameter.annotation, names))  # noqa: S307 our own annotations
    return drawn


def known(function: Callable[..., Any]) -> dict[str, Any]:
    """Name what a service's annotations speak of, also where it is imported for types alone."""
    named = vars(inspect.getmodule(function)) | {model.__name__: model for model in records()}
    return named | {"Agent": Agent, "LinkHolder": LinkHolder, "Named": models.Model, "Tied": TIED, "UUID": UUID,
                    "Any": Any, "date": date, "time": time, "datetime": datetime}  # fmt: skip


def records() -> list[type[models.Model]]:
    """List our kinds of records."""
    return [model for model in apps.get_models() if model.__module__.startswith("treffpunkt.")]


def of(kind: Any) -> st.SearchStrategy[Any]:
    """Draw a value of an annotated type: an agent, records of the story, or whatever else it may be."""
    origin, inside = get_origin(kind), get_args(kind)
    if kind is Agent:
        return st.deferred(lambda: agents())
    if kind is TIED:
        return st.deferred(lambda: st.one_of(some("Actor"), some("Organisation"), some("Community")))
    if kind is models.Model:
        return st.deferred(lambda: st.one_of(some("Actor"), some("Space"), some("Meeting")))
    if isinstance(kind, type) and issubclass(kind, models.Model):
        return st.deferred(lambda: some(kind.__name__))
    if isinstance(kind, type) and issubclass(kind, models.Choices):
        return st.sampled_from(list(kind))
    if kind is LinkHolder:
        return st.deferred(lambda: guests())
    if origin in (Union, UnionType):
        return st.one_of(*[st.none() if one is NoneType else of(one) for one in inside])
    if origin is not None and issubclass(origin, Mapping):
        return st.dictionaries(of(inside[0]), of(inside[1]), max_size=3)
    if origin is tuple:
        return st.tuples(*[of(one) for one in inside])
    if origin is not None:
        return st.lists(of(inside[0]), max_size=3)
    if kind not in PLAIN:
        pytest.skip(f"{kind.__name__} comes from another service, never from somebody")
    return PLAIN[kind]


def changes(function: Callable[..., Any], names: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Draw values for the fields that a service takes: those its module lists, of the record it gives back."""
    model = names[inspect.signature(function).return_annotation.strip("'")]
    if not hasattr(model, "_meta"):
        return st.just({})
    stored = {field.name: field for field in model._meta.get_fields() if not field.auto_created}
    module = [value for name, value in vars(inspect.getmodule(function)).items() if name.isupper()]
    listed = [value for value in module if isinstance(value, (frozenset, set, tuple)) and set(value) <= set(stored)]
    taken = set().union(*listed) - set(inspect.signature(function).parameters)
    return st.fixed_dictionaries({}, optional={name: of_field(stored[name]) for name in sorted(taken)})


def of_field(field: Any) -> st.SearchStrategy[Any]:
    """Draw a value of the type that a field stores."""
    if field.many_to_many:
        return st.deferred(lambda: st.lists(some(field.related_model.__name__), max_size=2))
    if field.is_relation:
        return st.deferred(lambda: st.one_of(st.none(), some(field.related_model.__name__)))
    for kind, drawn in OF_FIELDS:
        if isinstance(field, kind):
            return drawn
    raise AssertionError(f"say what {field} is drawn from")


OF_FIELDS: list[tuple[type[models.Field[Any, Any]], st.SearchStrategy[Any]]] = [
    (models.BooleanField, st.booleans()),
    (models.IntegerField, st.one_of(st.none(), NUMBERS)),
    (models.FloatField, st.one_of(st.none(), st.floats())),
    (models.DateTimeField, PLAIN[datetime]),
    (models.DateField, st.one_of(st.none(), DAYS)),
    (models.TimeField, PLAIN[time]),
    (models.JSONField, st.dictionaries(TEXTS, TEXTS, max_size=2)),
    (ArrayField, st.lists(TEXTS, max_size=3)),
    (models.CharField, TEXTS),
    (models.TextField, TEXTS),
]  # fmt: skip


@cache
def some(name: str) -> st.SearchStrategy[Any]:
    """Draw one of a few records of a kind, the first and the last of the story."""
    model = next(one for one in records() if one.__name__ == name)
    rows = model._default_manager.order_by("pk")
    keys = [*rows.values_list("pk", flat=True)[:RECORDS_OF_A_KIND], *rows.reverse().values_list("pk", flat=True)[:1]]
    if not keys:
        pytest.skip(f"the story tells of no {name}")
    return st.sampled_from(keys).map(lambda key: model._default_manager.get(pk=key))


@cache
def agents() -> st.SearchStrategy[Agent]:
    """Draw who acts: coordination most often, since it may most."""
    staff = {role: Staff.objects.filter(roles__contains=[role]).order_by("email")[0] for role in STAFF_ROLES}
    return st.one_of(st.just(staff["coordinator"]), st.sampled_from([*staff.values(), SYSTEM]), guests())


@cache
def guests() -> st.SearchStrategy[LinkHolder]:
    """Draw somebody with a link to her own invitation."""
    ids = list(Invitation.objects.exclude(actor=None).order_by("pk").values_list("pk", "actor")[:3])
    return st.sampled_from([LinkHolder("invitation", "meetings.invitation", pk, actor) for pk, actor in ids])
