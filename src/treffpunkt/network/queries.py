"""Reading the network: lists, record pages, whom to talk to next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac

from treffpunkt.core import prepared
from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now, today
from treffpunkt.network import rules
from treffpunkt.network.filters import (
    ActorFilter,
    ContactFilter,
    OrganisationFilter,
    SpaceFilter,
)
from treffpunkt.network.models import (
    Actor,
    Channel,
    Community,
    Contact,
    Organisation,
    Pick,
    Role,
    Space,
    Suspect,
)
from treffpunkt.people.models import Staff
from treffpunkt.post.models import Message
from treffpunkt.retention.queries import before, number_in_force

__all__ = ["ActorFilter", "ContactFilter", "OrganisationFilter", "SpaceFilter"]

_SUMMED = 1000
_PICKED = (
    "reach_added", "spaces_open", "communities_bridged", "actor__name", "actor__reading", "actor__handle", "actor__languages",
    "actor__last_contact_at", "actor__potential_reach", "actor__standing", "actor__owner__name",
)  # fmt: skip
_ERASED = "erased:"
# The ids of people whose names stay, for a reason that is known above.
Kept = Callable[[], QuerySet[Any, Any]]


@dataclass(frozen=True)
class Suggestion:
    """Somebody to talk to next, and why: members and spaces they would add, communities they bridge."""

    actor: Actor
    reach_added: int
    spaces_open: int
    # The largest of their spaces that `by` sees.
    spaces: list[Space]
    communities: list[Community]
    last_contact_at: datetime | None
    owner: Any


def spaces(by: Agent, given: SpaceFilter | None = None) -> QuerySet[Space]:
    """List spaces with platform, language and place; three queries with their communities."""
    rows = rules.viewable_spaces(by).select_related("platform", "language", "place").prefetch_related("communities")
    return given.apply(by, rows) if given else rows


def actors(by: Agent, given: ActorFilter | None = None) -> QuerySet[Actor]:
    """List the people outside with their owner and channels; erased ones are left out."""
    rows = rules.viewable_actors(by).filter(erased_at=None).select_related("owner").prefetch_related("channels")
    return given.apply(by, rows) if given else rows


def organisations(by: Agent, given: OrganisationFilter | None = None) -> QuerySet[Organisation]:
    """List organisations with their place and communities."""
    rows = rules.viewable_organisations(by).select_related("place").prefetch_related("communities")
    return given.apply(by, rows) if given else rows


def contacts(by: Agent, given: ContactFilter | None = None) -> QuerySet[Contact]:
    """List the contact log, newest first, with whom and by whom."""
    rows = rules.viewable_contacts(by).select_related("actor", "space", "organisation", "staff").order_by("-at", "-id")
    return given.apply(by, rows) if given else rows


def communities(by: Agent) -> QuerySet[Community]:
    """List the communities one works with, each with `space_count` and `open_reach` (members summed)."""
    links = Space.communities.through.objects.filter(community=OuterRef("pk"))
    return (
        rules.communities_of(by)
        .select_related("language")
        .prefetch_related("counsellors", "platforms")
        .annotate(
            space_count=_whole(links, Func(Value(1), function="COUNT")),
            potential_reach=_whole(links, Func("space__members", function="SUM")),
        )
    )


def space_detail(by: Agent) -> QuerySet[Space]:
    """Give the spaces one sees with everything their page shows: communities, place, and who leads them."""
    return spaces(by).prefetch_related(Prefetch("roles", _present_first(Role.objects.select_related("actor__owner"))))


def actor_detail(by: Agent) -> QuerySet[Actor]:
    """Give the people one sees, erased ones too, with channels and those of their roles that one may see."""
    return (
        rules.viewable_actors(by)
        .select_related("owner")
        .prefetch_related("channels", Prefetch("roles", _present_first(_viewable_roles(by))))
    )


def organisation_detail(by: Agent) -> QuerySet[Organisation]:
    """Give the organisations one sees with place, communities and who speaks for them."""
    return organisations(by).prefetch_related(Prefetch("roles", _present_first(Role.objects.select_related("actor"))))


def community_detail(by: Agent) -> QuerySet[Community]:
    """Give the communities one works with, with counsellors, platforms and figures."""
    return communities(by)


def roles_in(by: Agent, record: Space | Organisation) -> QuerySet[Role]:
    """List who leads a space or speaks for an organisation, the present ones first."""
    where = {"space": record} if isinstance(record, Space) else {"organisation": record}
    return _present_first(Role.objects.filter(**where).select_related("actor__owner"))


def roles_of(by: Agent, actor_id: UUID) -> QuerySet[Role]:
    """List what an actor is in the spaces and organisations one sees, the present roles and largest spaces first."""
    return _present_first(_viewable_roles(by).filter(actor=actor_id))


def plan(by: Agent, community: Community | None = None, most: int = 5, *, with_spaces: bool = True) -> list[Suggestion]:
    """Say whom to talk to next, given what happened; three queries, two without their spaces.

    Coordination reads the plan over everything, counsellors those of their communities; both may ask for one. Who
    has answered since the plan was made is left out.
    """
    picks = prepared.rows(_picks, by, community.pk if community else None, most * 4)
    best: dict[UUID, Pick] = {}
    for pick in picks:
        best.setdefault(pick.actor_id, pick)
    chosen = list(best.values())[:most]
    led = _largest_spaces(by, [pick.actor_id for pick in chosen]) if with_spaces else {}
    bridged = {pk for pick in chosen for pk in pick.communities_bridged}
    names = {one.pk: one for one in Community.objects.filter(pk__in=bridged)} if bridged else {}
    return [
        Suggestion(
            actor=pick.actor,
            reach_added=pick.reach_added,
            spaces_open=pick.spaces_open,
            spaces=led.get(pick.actor_id, []),
            communities=[names[pk] for pk in pick.communities_bridged if pk in names],
            last_contact_at=pick.actor.last_contact_at,
            owner=pick.actor.owner,
        )
        for pick in chosen
    ]


def _picks(by: Agent, community_id: UUID | None, most: int) -> QuerySet[Pick]:
    picks = Pick.objects.filter(
        actor__standing=Actor.Standing.UNKNOWN, actor__not_a_person=False, actor__erased_at=None
    )
    if community_id is not None:
        picks = picks.filter(community=community_id, community__in=rules.communities_of(by).values("pk"))
    elif rules.sees_all(by):
        picks = picks.filter(community=None)
    else:
        # Whoever leads a space of one's communities is one's to see.
        picks = picks.filter(community__in=rules.communities_of(by).values("pk"))
    return picks.select_related("actor__owner").only(*_PICKED).order_by("-reach_added", "position")[:most]


def unchecked_spaces(by: Agent, day: date | None = None) -> QuerySet[Space]:
    """List the spaces into which somebody should look again by a day, today by default, the longest overdue first."""
    return (
        rules.viewable_spaces(by)
        .filter(check_due__lte=day or today())
        .exclude(state=Space.State.LOST)
        .select_related("platform")
        .order_by("check_due", "id")
    )


def single_administrator_spaces(by: Agent) -> QuerySet[Space]:
    """List the spaces we have access to, or seek it, that hang on one administrator; the largest first."""
    return (
        rules.viewable_spaces(by)
        .filter(
            administrator_count=1,
            state__in=[
                Space.State.CONTACTED,
                Space.State.JOINED,
                Space.State.COOPERATING,
            ],
        )
        .select_related("platform")
        .order_by(F("members").desc(nulls_last=True), "id")
    )


def due_actors(by: Agent) -> QuerySet[Actor]:
    """List the people to get in touch with again by today, the longest due first."""
    return (
        rules.viewable_actors(by)
        .filter(erased_at=None, next_touch__lte=today())
        .select_related("owner")
        .order_by("next_touch", "id")
    )


def untold(by: Agent) -> QuerySet[Actor]:
    """List the people who have not yet been told that they are stored: all for coordination, else those one knows."""
    rows = Actor.objects.filter(told_at=None, telling_at=None, consent_at=None, erased_at=None, not_a_person=False)
    return rows if rules.sees_all(by) else rows.filter(owner=by.agent_id)


def by_mail() -> Q:
    """Hold for people to whom a mail can go out by itself: a safe address from which none came back."""
    mail = Channel.objects.filter(actor=OuterRef("pk"), channel_kind=Channel.Kind.MAIL, safe=True, fails_since=None)
    other = Channel.objects.filter(actor=OuterRef("pk"), preferred=True, safe=True, fails_since=None)
    return Q(Exists(mail)) & ~Q(Exists(other.exclude(channel_kind=Channel.Kind.MAIL)))


def untold_since(moment: Any) -> QuerySet[Actor]:
    """List the people entered before a moment who were never told and with whom nobody spoke since."""
    return untold(SYSTEM).filter(Q(last_contact_at=None) | Q(last_contact_at__lt=moment), created_at__lt=moment)


def quiet_since(moment: Any, day: date) -> QuerySet[Actor]:
    """List the people told before a moment and of whom nothing was heard since, nor written, nor planned for the day."""
    written = Message.objects.filter(to_id=OuterRef("pk"), created_at__gte=moment)
    return Actor.objects.filter(
        Q(last_contact_at=None) | Q(last_contact_at__lt=moment),
        Q(next_touch=None) | Q(next_touch__lt=day),
        ~Exists(written),
        told_at__lt=moment,
        erased_at=None,
        not_a_person=False,
    )


def but(rows: QuerySet[Actor], kept: Kept | None) -> QuerySet[Actor]:
    """Leave out the people whose names stay."""
    return rows.exclude(pk__in=kept()) if kept else rows


def leaving(by: Agent, moment: datetime, day: date, kept: Kept | None = None) -> QuerySet[Any]:
    """Give the ids of people whose names go by then, to whoever can still do something about it."""
    parts = [but(untold_since(before("untold", moment)), kept), but(quiet_since(before("quiet", moment), day), kept)]
    if not rules.sees_all(by):
        parts = [part.filter(owner=by.agent_id) for part in parts]
    # Two parts and not one condition: each has its index.
    found: QuerySet[Any] = parts[0].order_by().values("pk").union(parts[1].order_by().values("pk"), all=True)
    return found


def numbers_for_today(by: Staff, soon: datetime, cap: int, kept: Kept | None = None) -> tuple[int, int, int, int]:
    """Count who should have been told by now, whose names go soon, and what may be entered twice; one query.

    None counts beyond the cap; the last is coordination's. The fourth number says within how many days people are to
    be told.
    """
    numbers: tuple[int, int, int, int] = prepared.first(_numbers_for_today, by, now(), soon, today(), cap, kept)
    return numbers


def _numbers_for_today(
    by: Agent, at: datetime, soon: datetime, day: date, cap: int, kept: Kept | None
) -> QuerySet[Any, Any]:
    late = untold(by).filter(created_at__lt=before("untold_warning", at)).order_by().values("pk")
    twice = Suspect.objects.filter(decided_at=None) if rules.sees_all(by) else Suspect.objects.none()
    counted = (late, leaving(by, soon, day, kept), twice.order_by().values("pk"))
    days = number_in_force("untold_warning")
    # Asked beside the one row that is there in any case.
    beside = Staff.objects.filter(pk=by.agent_id)  # type: ignore[misc]
    return beside.values_list(*(_Counted(rows[:cap]) for rows in counted), days)


class _Counted(Subquery):
    """The number of rows of a query."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def looked_after_by(staff: Staff) -> QuerySet[Actor]:
    """List the people somebody looks after: to be handed over when they leave."""
    return Actor.objects.filter(owner=staff, erased_at=None)


def communities_with(staff: Staff) -> QuerySet[Community]:
    """List the communities somebody works with, whatever their role sees besides."""
    return Community.objects.filter(counsellors=staff).order_by("sorting", "id")


def subscriptions(rows: QuerySet[Space]) -> int | None:
    """Sum the members of some spaces: subscriptions, not people; None where they are too many to sum for a page."""
    members = list(rows.order_by().values_list("members", flat=True)[: _SUMMED + 1])
    return None if len(members) > _SUMMED else sum(number or 0 for number in members)


def erased_key(source_key: str) -> str:
    """Give the mark left of an erased person's key in its source, so that a new import does not bring them back."""
    if not source_key or source_key.startswith(_ERASED):
        return source_key
    return _ERASED + salted_hmac("treffpunkt.network.erased", source_key, algorithm="sha256").hexdigest()[:40]


def erased_among(source_keys: Iterable[str]) -> set[str]:
    """Tell which of these keys belong to people who were erased here."""
    if not Actor.objects.filter(source_key__startswith=_ERASED).exists():
        return set()
    marks = {erased_key(key): key for key in source_keys if key}
    found: set[str] = set()
    every = list(marks)
    for start in range(0, len(every), 5000):
        stored = Actor.objects.filter(source_key__in=every[start : start + 5000])
        found.update(marks[mark] for mark in stored.values_list("source_key", flat=True))
    return found


def _viewable_roles(by: Agent) -> QuerySet[Role]:
    roles = Role.objects.select_related("space__platform", "organisation")
    if rules.sees_all(by):
        return roles
    return roles.filter(
        Exists(rules.viewable_spaces(by).filter(pk=OuterRef("space")))
        | Exists(rules.viewable_organisations(by).filter(pk=OuterRef("organisation")))
    )


def _present_first(roles: QuerySet[Role]) -> QuerySet[Role]:
    return roles.order_by(
        F("until").desc(nulls_first=True),
        F("space__members").desc(nulls_last=True),
        "id",
    )


def _largest_spaces(by: Agent, actor_ids: list[UUID], most: int = 3) -> dict[UUID, list[Space]]:
    """Read the largest spaces of some actors that `by` sees: one query, a short branch for each actor."""
    found: dict[UUID, list[Space]] = {}
    branches = []
    for actor in actor_ids:
        roles = Role.objects.present().filter(actor=actor, space=OuterRef("pk"))
        led = rules.viewable_spaces(by).filter(Exists(roles)).annotate(led_by=Value(actor, output_field=UUIDField()))
        branches.append(led.order_by(F("members").desc(nulls_last=True), "id")[:most])
    for space in branches[0].union(*branches[1:], all=True) if branches else ():
        found.setdefault(space.led_by, []).append(space)
    return found


def _whole(rows: QuerySet[Any], figure: Func) -> Any:
    """Sum or count a whole subquery, without grouping it."""
    figures = rows.order_by().annotate(figure=figure).values("figure")
    return Coalesce(Subquery(figures), 0, output_field=IntegerField())
