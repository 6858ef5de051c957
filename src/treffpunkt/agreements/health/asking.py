"""The radar's one question to the database: a short branch for each kind of finding, the worst of each."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import (
    DateField,
    Exists,
    Expression,
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
from treffpunkt.agreements.models import Agreement, GrantedRight, Party, Succession
from treffpunkt.core.agent import Agent
from treffpunkt.network.models import Profile, Role, Space
from treffpunkt.network.rules import viewable_profiles, viewable_spaces
from treffpunkt.tasks.models import Task

COLUMNS = (
    "f_kind", "f_thing", "f_name", "f_language", "f_short", "f_right", "f_since", "f_size", "f_space", "f_agreement",
    "f_actor", "f_owner", "f_task", "f_succession",
)  # fmt: skip
INSIDE = (Space.State.JOINED, Space.State.COOPERATING)
RUNNING = (Agreement.State.IN_FORCE, Agreement.State.SUSPENDED)
_R = GrantedRight.State
_LARGEST = F("f_size").desc(nulls_last=True)


class TaskId(Func):
    """The id of a finding's task, as `findings.task_id_of` works it out."""

    template = "substr(encode(sha256(convert_to(concat_ws(':', %(expressions)s), 'UTF8')), 'hex'), 1, 32)::uuid"
    output_field = UUIDField()


def branches(
    by: Agent,
    day: date,
    leaving: date,
    review: date,
    ending: date,
    overdue: date,
    unproven: datetime,
    untried: datetime,
    most: int,
    open_only: bool,
) -> QuerySet[Any]:
    """Ask for the `most` worst of each kind; with `open_only` those that nobody is at."""
    spaces = viewable_spaces(by)
    hanging = spaces.filter(state__in=INSIDE)
    agreed = _agreed_about(spaces)
    rights = GrantedRight.objects.filter(
        Exists(spaces.filter(pk=OuterRef("space"))), agreement__state=Agreement.State.IN_FORCE
    )
    agreements = rules.viewable(by).filter(state__in=RUNNING)
    every = [
        _of_space(f.GONE, hanging.filter(administrator_count=0), actor=_last_administrator()),
        _of_space(f.GONE, agreed.filter(administrator_count=0), actor=_last_administrator()),
        _of_agreement(f.PARTY_GONE, _without_their_party(agreements, day), since=None, actor=_gone_party(day)),
        _of_right(f.FAILING, rights.filter(state=_R.FAILING), since="state_since"),
        _of_role(f.LEAVING, _leaving(spaces, day, leaving)),
        _of_profile(f.SUSPENDED, by, Profile.State.SUSPENDED),
        _of_profile(f.LIMITED, by, Profile.State.LIMITED),
        _of_space(f.SINGLE, hanging.filter(administrator_count=1)),
        _of_space(f.SINGLE, agreed.filter(administrator_count=1)),
        _of_agreement(f.REVIEW, agreements.filter(_due(review, ending)), since=_first_day()),
        _of_right(f.UNPROVEN, rights.filter(state=_R.AGREED, state_since__lt=unproven), since="state_since"),
        _of_right(f.UNTRIED, rights.filter(state=_R.WORKING, seen_at__lt=untried), since="seen_at"),
        _of_space(f.UNCHECKED, hanging.filter(check_due__lt=overdue), since="check_due"),
        _of_space(f.UNCHECKED, agreed.filter(check_due__lt=overdue), since="check_due"),
    ]
    parts = [_written(one, most, open_only) for one in every]
    return parts[0].union(*parts[1:], all=True)


def _agreed_about(spaces: QuerySet[Space]) -> QuerySet[Space]:
    """Keep the spaces with a running agreement in which nobody noted that we are inside."""
    about = Agreement.spaces.through.objects.filter(agreement__state__in=RUNNING)
    return spaces.filter(pk__in=about.values("space")).exclude(state__in=(*INSIDE, Space.State.LOST))


def _leaving(spaces: QuerySet[Space], day: date, until: date) -> QuerySet[Role]:
    """List the last administrators of groups who stop soon."""
    hanging = spaces.filter(administrator_count=1).exclude(state=Space.State.LOST)
    roles = Role.objects.filter(role=Role.Kind.ADMINISTRATOR, until__gte=day, until__lte=until, actor__erased_at=None)
    return roles.filter(space__in=hanging)


def _without_their_party(agreements: QuerySet[Agreement], day: date) -> QuerySet[Agreement]:
    """Keep agreements in which somebody who agreed leads none of its groups any more."""
    return agreements.filter(Exists(_gone(day).filter(agreement=OuterRef("pk"))))


def _gone(day: date) -> QuerySet[Party]:
    about = Agreement.spaces.through.objects.filter(agreement=OuterRef(OuterRef("agreement")), space=OuterRef("space"))
    roles = Role.objects.filter(Exists(about), actor=OuterRef("actor"))
    parties = Party.objects.filter(left="", actor__isnull=False, actor__erased_at=None)
    return parties.filter(Exists(roles.filter(until__lte=day)), ~Exists(roles.present(day)))  # type: ignore[attr-defined]


def _gone_party(day: date) -> Subquery[Any]:
    return Subquery(_gone(day).filter(agreement=OuterRef("pk")).order_by("pk").values("actor")[:1])


def _last_administrator() -> Subquery[Any]:
    """Give who led a group last, where they are still known: they are asked first."""
    roles = Role.objects.filter(space=OuterRef("pk"), role=Role.Kind.ADMINISTRATOR, until__isnull=False)
    return Subquery(roles.filter(actor__erased_at=None).order_by("-until", "pk").values("actor")[:1])


def _due(review: date, ending: date) -> Q:
    return Q(review_on__lte=review) | Q(ends_on__isnull=False, ends_on__lte=ending)


def _first_day() -> Expression:
    return Func(F("review_on"), F("ends_on"), function="LEAST", output_field=DateField())


def _of_space(
    kind: str, rows: QuerySet[Space], *, since: str = "", actor: Expression | Subquery[Any] | None = None
) -> QuerySet[Space]:
    return rows.annotate(
        f_kind=Value(kind, TextField()), f_thing=F("pk"), f_name=Cast("name", TextField()),
        f_language=Coalesce(Cast("language_id", TextField()), Value("", TextField())), f_short=Cast("short_name", TextField()),
        f_right=_text(), f_since=Cast(F(since), DateField()) if since else _nothing(DateField()), f_size=F("members"),
        f_space=F("pk"), f_agreement=_nothing(UUIDField()), f_actor=actor or _nothing(UUIDField()),
        f_owner=_nothing(UUIDField()),
    ).order_by(_LARGEST if not since else F("f_since").asc(), "pk")  # fmt: skip


def _of_right(kind: str, rows: QuerySet[GrantedRight], *, since: str) -> QuerySet[GrantedRight]:
    return rows.annotate(
        f_kind=Value(kind, TextField()), f_thing=F("pk"), f_name=Cast("space__name", TextField()),
        f_language=Coalesce(Cast("space__language_id", TextField()), Value("", TextField())),
        f_short=Cast("space__short_name", TextField()), f_right=Cast("right_kind", TextField()),
        f_since=Cast(F(since), DateField()), f_size=F("space__members"), f_space=F("space_id"),
        f_agreement=F("agreement_id"), f_actor=_nothing(UUIDField()), f_owner=F("agreement__owner_id"),
    ).order_by(F(since).asc(), "pk")  # fmt: skip


def _of_agreement(
    kind: str, rows: QuerySet[Agreement], *, since: Expression | None, actor: Expression | Subquery[Any] | None = None
) -> QuerySet[Agreement]:
    about = Agreement.spaces.through.objects.filter(agreement=OuterRef("pk")).order_by(
        F("space__members").desc(nulls_last=True)
    )
    return rows.annotate(
        f_kind=Value(kind, TextField()), f_thing=F("pk"), f_name=Cast("name", TextField()), f_language=_text(),
        f_short=_text(), f_right=_text(), f_since=since or _nothing(DateField()),
        f_size=Subquery(about.values("space__members")[:1], output_field=IntegerField()),
        f_space=Subquery(about.values("space")[:1]), f_agreement=F("pk"), f_actor=actor or _nothing(UUIDField()),
        f_owner=F("owner_id"),
    ).order_by(F("f_since").asc() if since else F("pk"), "pk")  # fmt: skip


def _of_role(kind: str, rows: QuerySet[Role]) -> QuerySet[Role]:
    return rows.annotate(
        f_kind=Value(kind, TextField()), f_thing=F("pk"), f_name=Cast("space__name", TextField()),
        f_language=Coalesce(Cast("space__language_id", TextField()), Value("", TextField())),
        f_short=Cast("space__short_name", TextField()), f_right=_text(), f_since=F("until"),
        f_size=F("space__members"), f_space=F("space_id"), f_agreement=_nothing(UUIDField()), f_actor=F("actor_id"),
        f_owner=F("actor__owner_id"),
    ).order_by("until", "pk")  # fmt: skip


def _of_profile(kind: str, by: Agent, state: str) -> QuerySet[Profile]:
    return (
        viewable_profiles(by).filter(state=state).annotate(
            f_kind=Value(kind, TextField()), f_thing=F("pk"), f_name=Cast("name", TextField()), f_language=_text(),
            f_short=Cast("platform__name", TextField()), f_right=_text(), f_since=Cast(F("state_since"), DateField()),
            f_size=_nothing(IntegerField()), f_space=_nothing(UUIDField()), f_agreement=_nothing(UUIDField()),
            f_actor=_nothing(UUIDField()), f_owner=F("staff_id"),
        ).order_by("f_since", "pk")
    )  # fmt: skip


def _written(rows: QuerySet[Any], most: int, open_only: bool) -> QuerySet[Any]:
    """Add what is being done about each finding, and cut the branch."""
    key = TaskId(
        F("f_kind"), Cast("f_thing", TextField()), Coalesce(Cast("f_since", TextField()), Value("", TextField()))
    )
    tasks = Task.objects.filter(pk=OuterRef("f_key"))
    asked = Succession.objects.filter(actor=OuterRef("f_actor")).exclude(state=Succession.State.CLOSED)
    rows = rows.annotate(f_key=key)
    if open_only:
        rows = rows.filter(~Exists(tasks.filter(state=Task.State.OPEN)), ~Exists(asked))
    rows = rows.annotate(
        f_task=Coalesce(Subquery(tasks.values("state")[:1], output_field=TextField()), Value("", TextField())),
        f_succession=Coalesce(Subquery(asked.values("state")[:1], output_field=TextField()), Value("", TextField())),
    )
    found: QuerySet[Any] = rows.values_list(*COLUMNS)[:most]
    return found


def _text() -> Expression:
    return Value("", TextField())


def _nothing(kind: Any) -> Expression:
    return Cast(Value(None), kind)
