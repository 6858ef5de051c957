"""The radar's one question to the database: a short branch for each kind of finding, the worst of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import (
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from treffpunkt.agreements import rules
from treffpunkt.agreements.health import findings as f
from treffpunkt.agreements.models import Agreement, Commitment, GrantedRight, Party, Succession
from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Profile, Relocation, Role, Space
from treffpunkt.network.rules import sees_all, viewable_profiles, viewable_spaces
from treffpunkt.people.queries import covered_ids
from treffpunkt.tasks.models import Task

INSIDE = (Space.State.JOINED, Space.State.COOPERATING)
RUNNING = (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED)
_R = GrantedRight.State
_LARGEST = F("f_size").desc(nulls_last=True)
# What a branch tells, in the order of the fields of a finding, and how it is written where it is not told.
_FIELDS: dict[str, Any] = {
    "kind": TextField(), "thing": UUIDField(), "name": TextField(), "language": TextField(), "short": TextField(),
    "right": TextField(), "since": DateField(), "size": IntegerField(), "space": UUIDField(),
    "agreement": UUIDField(), "actor": UUIDField(), "owner": UUIDField(),
}  # fmt: skip
_DONE = ("task", "succession")
COLUMNS = tuple(f"f_{name}" for name in (*_FIELDS, *_DONE))


@dataclass(frozen=True)
class Dates:
    """The days and moments from which on something is found."""

    day: date
    leaving: date
    review: date
    ending: date
    overdue: date
    unproven: datetime
    untried: datetime


class TaskId(Func):
    """The id of a finding's task, as `findings.task_id_of` works it out."""

    template = "substr(encode(sha256(convert_to(concat_ws(':', %(expressions)s), 'UTF8')), 'hex'), 1, 32)::uuid"
    output_field = UUIDField()


def columns(kind: str, **told: Any) -> dict[str, Any]:
    """Write the columns of a branch: each an expression or the name of a field; what is not told is empty."""
    return {"f_kind": Value(kind, TextField())} | {
        f"f_{name}": _column(told.get(name), field) for name, field in _FIELDS.items() if name != "kind"
    }


def _column(told: Any, field: Any) -> Any:
    empty = Value("", TextField()) if isinstance(field, TextField) else Cast(Value(None), field)
    if told is None:
        return empty
    found = Cast(F(told) if isinstance(told, str) else told, field)
    return Coalesce(found, empty) if isinstance(field, TextField) else found


def united(parts: Iterable[QuerySet[Any]]) -> QuerySet[Any]:
    """Ask for all branches at once."""
    first, *others = parts
    return first.union(*others, all=True)


def cut(rows: QuerySet[Any], most: int, *, open_only: bool) -> QuerySet[Any]:
    """Add what is being done about each finding, or leave out those that somebody is at, and keep the first ones."""
    key = TaskId(
        F("f_kind"), Cast("f_thing", TextField()), Coalesce(Cast("f_since", TextField()), Value("", TextField()))
    )
    tasks = Task.objects.filter(pk=OuterRef("f_key"))
    asked = Succession.objects.filter(actor=OuterRef("f_actor")).exclude(state=Succession.State.CLOSED)
    rows = rows.annotate(f_key=key)
    if open_only:
        return foremost(rows.filter(~Exists(tasks.filter(state=Task.State.OPEN)), ~Exists(asked)), most)
    return foremost(rows, most, task=tasks.values("state")[:1], succession=asked.values("state")[:1])


def foremost(rows: QuerySet[Any], most: int, **done: QuerySet[Any]) -> QuerySet[Any]:
    """Keep the first rows, each with what is `done` about it: the state of its `task`, of its `succession`."""
    empty = Value("", TextField())
    columns = {
        f"f_{name}": Coalesce(Subquery(done[name], output_field=TextField()), empty) if name in done else empty
        for name in _DONE
    }
    found: QuerySet[Any] = rows.annotate(**columns).values_list(*COLUMNS)[:most]
    return found


def parts(by: Agent, when: Dates, most: int, *, open_only: bool, promises: str = "") -> list[QuerySet[Any]]:
    """Give a branch with the `most` worst of each kind; with `open_only` those that nobody is at.

    `promises` adds those that are due: "mine" or those of the whole "team".
    """
    spaces = viewable_spaces(by)
    hanging = spaces.filter(state__in=INSIDE)
    agreed = _agreed_about(spaces)
    rights = GrantedRight.objects.filter(agreement__state=Agreement.State.IN_FORCE)
    if not sees_all(by):
        rights = rights.filter(Exists(spaces.filter(pk=OuterRef("space"))))
    agreements = rules.viewable(by).filter(state__in=RUNNING)
    # Said already, and more urgently, of whoever stops soon.
    stops = Exists(_stopping(when.day, when.leaving).filter(space=OuterRef("pk")))
    last = _last_administrator()
    every: list[QuerySet[Any]] = [
        _of_right(f.FAILING, rights.filter(state=_R.FAILING), since="state_since"),
        _of_right(f.UNPROVEN, rights.filter(state=_R.AGREED, state_since__lt=when.unproven), since="state_since"),
        _of_right(f.UNTRIED, rights.filter(state=_R.WORKING, seen_at__lt=when.untried), since="seen_at"),
        _of_agreement(f.PARTY_GONE, _without_their_party(agreements, when.day), actor=_gone_party(when.day)),
        _of_agreement(f.MOVED, agreements.filter(Exists(_unspoken())), since=_first_move()),
        _of_agreement(f.REVIEW, agreements.filter(_due(when)), since=_first_day()),
        _of_role(f.LEAVING, _leaving(spaces, when)),
        _of_profile(f.SUSPENDED, by, Profile.State.SUSPENDED),
        _of_profile(f.LIMITED, by, Profile.State.LIMITED),
    ]
    for some in (hanging, agreed):
        every += [
            _of_space(f.GONE, some.filter(administrator_count=0), actor=last),
            _of_space(f.SINGLE, some.filter(~stops, administrator_count=1)),
            _of_space(f.UNCHECKED, some.filter(check_due__lt=when.overdue), since="check_due"),
        ]
    if promises:
        every.append(_of_promise(f.PROMISE, _due_promises(by, when.day, promises)))
    return [cut(one, most, open_only=open_only) for one in every]


def _agreed_about(spaces: QuerySet[Space]) -> QuerySet[Space]:
    """Keep the spaces with a running agreement in which nobody noted that we are inside, and that did not move."""
    about = Agreement.spaces.through.objects.filter(agreement__state__in=RUNNING)
    here = spaces.filter(~Exists(_moves().filter(old=OuterRef("pk"))), pk__in=about.values("space"))
    return here.exclude(state__in=(*INSIDE, Space.State.LOST))


def _moves() -> QuerySet[Relocation]:
    """List the moves to another space; what two merged ones left leads to itself."""
    return Relocation.objects.exclude(new=F("old"))


def _unspoken() -> QuerySet[Relocation]:
    """List the moves of an agreement's groups to one of which it does not speak."""
    through = Agreement.spaces.through.objects.filter(agreement=OuterRef(OuterRef("pk")))
    moved = _moves().filter(Exists(through.filter(space=OuterRef("old"))))
    return moved.filter(~Exists(through.filter(space=OuterRef("new"))))


def _first_move() -> Subquery[Any]:
    return Subquery(_unspoken().order_by("day", "pk").values("day")[:1])


def _leaving(spaces: QuerySet[Space], when: Dates) -> QuerySet[Role]:
    """List the last administrators of groups who stop soon."""
    hanging = spaces.filter(administrator_count=1).exclude(state=Space.State.LOST)
    return _stopping(when.day, when.leaving).filter(space__in=hanging)


def _stopping(day: date, until: date) -> QuerySet[Role]:
    admins = Role.objects.filter(role=Role.Kind.ADMINISTRATOR, actor__erased_at=None, actor__not_a_person=False)
    return admins.filter(until__gt=day, until__lte=until)


def _without_their_party(agreements: QuerySet[Agreement], day: date) -> QuerySet[Agreement]:
    """Keep agreements in which somebody who agreed leads none of its groups any more."""
    return agreements.filter(Exists(_gone(day).filter(agreement=OuterRef("pk"))))


def _gone(day: date) -> QuerySet[Party]:
    about = Agreement.spaces.through.objects.filter(agreement=OuterRef(OuterRef("agreement")), space=OuterRef("space"))
    # Who leads a group where it is now leads it still.
    old = Agreement.spaces.through.objects.filter(
        agreement=OuterRef(OuterRef(OuterRef("agreement"))), space=OuterRef("old")
    )
    follows = _moves().filter(Exists(old), new=OuterRef("space"))
    roles = Role.objects.filter(actor=OuterRef("actor"))
    ended = roles.filter(Exists(about), ~Exists(_moves().filter(old=OuterRef("space"))), until__lte=day)
    leads = roles.filter(Exists(about) | Exists(follows)).present(day)  # type: ignore[attr-defined]
    parties = Party.objects.filter(left="", actor__isnull=False, actor__erased_at=None)
    return parties.filter(Exists(ended), ~Exists(leads))


def _gone_party(day: date) -> Subquery[Any]:
    return Subquery(_gone(day).filter(agreement=OuterRef("pk")).order_by("pk").values("actor")[:1])


def _last_administrator() -> Subquery[Any]:
    """Give who led a group last, where they are still known: they are asked first."""
    roles = Role.objects.filter(space=OuterRef("pk"), role=Role.Kind.ADMINISTRATOR, until__isnull=False)
    known = roles.filter(actor__erased_at=None, actor__not_a_person=False)
    return Subquery(known.order_by("-until", "-pk").values("actor")[:1])


def _due(when: Dates) -> Q:
    return Q(review_on__lte=when.review) | Q(ends_on__isnull=False, ends_on__lte=when.ending)


def _first_day() -> Func:
    return Func(F("review_on"), F("ends_on"), function="LEAST", output_field=DateField())


def _due_promises(by: Agent, day: date, whose: str) -> QuerySet[Commitment]:
    rows = Commitment.objects.filter(state=Commitment.State.OPEN, due__lte=day, agreement__state__in=RUNNING)
    if whose == "mine":
        return rows.filter(Q(owner=by.agent_id) | Q(owner__in=covered_ids(by)))
    return rows.filter(agreement__in=rules.viewable(by).values("pk"))


def _of_space(kind: str, rows: QuerySet[Space], *, since: str = "", actor: Any = None) -> QuerySet[Any]:
    told = {"thing": "pk", "name": "name", "language": "language_id", "short": "short_name", "size": "members"}
    found = rows.annotate(**columns(kind, **told, space="pk", since=since or None, actor=actor))
    return found.order_by(since or _LARGEST, "pk")


def _of_right(kind: str, rows: QuerySet[GrantedRight], *, since: str) -> QuerySet[Any]:
    group = {"name": "space__name", "language": "space__language_id", "short": "space__short_name"}
    told = columns(
        kind, thing="pk", **group, right="right_kind", since=since, size="space__members", space="space_id",
        agreement="agreement_id", owner="agreement__owner_id",
    )  # fmt: skip
    return rows.annotate(**told).order_by(since, "pk")


def _of_agreement(kind: str, rows: QuerySet[Agreement], *, since: Any = None, actor: Any = None) -> QuerySet[Any]:
    about = Agreement.spaces.through.objects.filter(agreement=OuterRef("pk"))
    largest = about.order_by(F("space__members").desc(nulls_last=True))
    told = columns(
        kind, thing="pk", name="name", since=since, size=Subquery(largest.values("space__members")[:1]),
        space=Subquery(largest.values("space")[:1]), agreement="pk", actor=actor, owner="owner_id",
    )  # fmt: skip
    return rows.annotate(**told).order_by(F("f_since").asc(), "pk")


def _of_role(kind: str, rows: QuerySet[Role]) -> QuerySet[Any]:
    group = {"name": "space__name", "language": "space__language_id", "short": "space__short_name"}
    told = columns(
        kind, thing="pk", **group, since="until", size="space__members", space="space_id", actor="actor_id",
        owner="actor__owner_id",
    )  # fmt: skip
    return rows.annotate(**told).order_by("until", "pk")


def _of_promise(kind: str, rows: QuerySet[Commitment]) -> QuerySet[Any]:
    told = columns(
        kind, thing="pk", name="what", language="language", short="agreement__name", right="side", since="due",
        agreement="agreement_id", owner="owner_id",
    )  # fmt: skip
    return rows.annotate(**told).order_by("due", "pk")


def _of_profile(kind: str, by: Agent, state: str) -> QuerySet[Any]:
    told = columns(kind, thing="pk", name="name", short="platform__name", since="state_since", owner="staff_id")
    return viewable_profiles(by).filter(state=state).annotate(**told).order_by(F("f_since").asc(), "pk")
