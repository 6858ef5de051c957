"""What a colleague looks after, part by part: what it is, what one may see of it, how it is handed over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Func, IntegerField, QuerySet, Value
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from treffpunkt.agreements import rules as agreement_rules
from treffpunkt.agreements.models import Agreement
from treffpunkt.agreements.services.handing_over import hand_over_agreements, running_of
from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import today
from treffpunkt.core.text import read_as
from treffpunkt.core.together import together
from treffpunkt.meetings import rules as meeting_rules
from treffpunkt.meetings.models import Meeting
from treffpunkt.meetings.queries import unfinished_of
from treffpunkt.meetings.services.handing_over import hand_over_meetings
from treffpunkt.network import rules as network_rules
from treffpunkt.network.models import Actor, Profile
from treffpunkt.network.queries import communities_with, looked_after_by
from treffpunkt.network.services.handing_over import hand_over_communities, hand_over_people
from treffpunkt.network.services.profiles import hand_over_profiles
from treffpunkt.people.models import Staff
from treffpunkt.post.models import Message
from treffpunkt.post.services import hand_over_texts
from treffpunkt.tasks.queries import open_of
from treffpunkt.tasks.rules import viewable as viewable_tasks
from treffpunkt.tasks.services import hand_over_tasks
from treffpunkt.ui.templatetags.ui import language_name, num

_SHOWN = 100
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One thing somebody looks after, as the page shows it."""

    pk: UUID
    name: str
    url: str
    language: str = ""
    more: str = ""
    day: date | None = None

    @property
    def due(self) -> bool:
        """Say whether its day has come."""
        return self.day is not None and self.day <= today()


@dataclass(frozen=True)
class Part:
    """A kind of things somebody looks after. `seen` gives the rows that `by` may see, as values."""

    key: str
    title: str | Promise
    icon: str
    whole: Callable[[Staff], QuerySet[Any]]
    seen: Callable[[Agent, Staff], QuerySet[Any, Any]]
    line: Callable[[Row], Line]
    hand: Callable[..., int]


@dataclass(frozen=True)
class Shown:
    """A part as it stands now: how many there are, and the first of them that one may see."""

    part: Part
    number: int
    lines: list[Line]

    @property
    def due(self) -> int:
        """Count those that are due, among the shown."""
        return sum(line.due for line in self.lines)


def _people(by: Agent, leaver: Staff) -> QuerySet[Any, Any]:
    rows = network_rules.viewable_actors(by).filter(owner=leaver, erased_at=None)
    ordered = rows.order_by(F("next_touch").asc(nulls_last=True), "-potential_reach", "id")
    return ordered.values("id", "name", "reading", "handle", "languages", "standing", "next_touch", "potential_reach")


def _person(row: Row) -> Line:
    standing = str(dict(Actor.Standing.choices).get(row["standing"], ""))
    languages = ", ".join(language_name(tag) for tag in row["languages"])
    reach = _("reach %(number)s") % {"number": num(row["potential_reach"])} if row["potential_reach"] else ""
    return Line(
        row["id"],
        row["name"] or row["handle"],
        reverse("web:network:actor", args=[row["id"]]),
        more=" · ".join(part for part in (read_as(row["name"], row["reading"]), languages, standing, reach) if part),
        day=row["next_touch"],
    )


def _tasks(by: Agent, leaver: Staff) -> QuerySet[Any, Any]:
    rows = viewable_tasks(by).filter(pk__in=open_of(leaver).values("pk"))
    return rows.order_by("due", "id").values("id", "title", "language", "due")


def _task(row: Row) -> Line:
    return Line(
        row["id"], row["title"], reverse("web:tasks:task", args=[row["id"]]), language=row["language"], day=row["due"]
    )


def _communities(by: Agent, leaver: Staff) -> QuerySet[Any, Any]:
    return communities_with(leaver).values("id", "name", "language")


def _community(row: Row) -> Line:
    url = reverse("web:network:community", args=[row["id"]])
    return Line(row["id"], row["name"], url, more=language_name(row["language"]))


def _profiles_of(leaver: Staff) -> QuerySet[Profile]:
    return Profile.objects.filter(staff=leaver).exclude(state=Profile.State.RETIRED)


def _profiles(by: Agent, leaver: Staff) -> QuerySet[Any, Any]:
    rows = network_rules.viewable_profiles(by).filter(pk__in=_profiles_of(leaver).values("pk"))
    return rows.order_by("platform__position", "id").values("id", "name", "state", "platform__name")


def _profile(row: Row) -> Line:
    state = str(dict(Profile.State.choices).get(row["state"], ""))
    url = reverse("web:network:profile", args=[row["id"]])
    return Line(row["id"], row["name"], url, more=f"{row['platform__name']} · {state}")


def _meetings(by: Agent, leaver: Staff) -> QuerySet[Any, Any]:
    rows = meeting_rules.viewable(by).filter(pk__in=unfinished_of(leaver).values("pk"))
    return rows.order_by("starts", "id").values("id", "name", "starts", "state")


def _meeting(row: Row) -> Line:
    state = str(dict(Meeting.State.choices).get(row["state"], ""))
    day = row["starts"].date() if row["starts"] else None
    return Line(row["id"], row["name"], reverse("web:meetings:detail", args=[row["id"]]), more=state, day=day)


def _agreements(by: Agent, leaver: Staff) -> QuerySet[Any, Any]:
    rows = agreement_rules.viewable(by).filter(pk__in=running_of(leaver).values("pk"))
    return rows.order_by("sorting", "id").values("id", "name", "state")


def _agreement(row: Row) -> Line:
    state = str(dict(Agreement.State.choices).get(row["state"], ""))
    try:
        url = reverse("web:agreements:detail", args=[row["id"]])
    except NoReverseMatch:
        url = ""
    return Line(row["id"], row["name"], url, more=state)


def _hand_tasks(*, by: Agent, leaver: Staff, to: Staff, ids: Collection[UUID] | None = None) -> int:
    """Hand over tasks, and with all of them the texts that wait to be sent in chats."""
    number = hand_over_tasks(by=by, leaver=leaver, to=to, ids=ids)
    if ids is None:
        number += hand_over_texts(by=by, leaver_id=leaver.pk, to_id=to.pk)
    return number


PARTS = (
    Part("people", gettext_lazy("People"), "user-round", looked_after_by, _people, _person, hand_over_people),
    Part(
        "communities", gettext_lazy("Communities"), "languages", communities_with, _communities, _community,
        hand_over_communities,
    ),
    Part("tasks", gettext_lazy("Open tasks"), "list-checks", open_of, _tasks, _task, _hand_tasks),
    Part(
        "meetings", gettext_lazy("Meetings ahead or open"), "users-round", unfinished_of, _meetings, _meeting,
        hand_over_meetings,
    ),
    Part(
        "agreements", gettext_lazy("Agreements"), "handshake", running_of, _agreements, _agreement,
        hand_over_agreements,
    ),
    Part(
        "profiles", gettext_lazy("Professional profiles"), "id-card", _profiles_of, _profiles, _profile,
        hand_over_profiles,
    ),
)  # fmt: skip


def owned(by: Agent, leaver: Staff) -> tuple[list[Shown], int]:
    """Give what somebody looks after, part by part, and how many texts they have yet to send; one query."""
    texts = Message.objects.filter(owner_id=leaver.pk, state=Message.State.BY_HAND)
    asked = [_number(texts)]
    for part in PARTS:
        asked += [_number(part.whole(leaver)), part.seen(by, leaver)[:_SHOWN]]
    found = together(asked)
    shown = [
        Shown(part, found[1 + 2 * place][0]["number"], [part.line(row) for row in found[2 + 2 * place]])
        for place, part in enumerate(PARTS)
    ]
    return shown, found[0][0]["number"]


def _number(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    number = Func(Value(1), function="COUNT", output_field=IntegerField())
    counted: QuerySet[Any, Any] = rows.order_by().annotate(number=number).values("number")
    return counted
