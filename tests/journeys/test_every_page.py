"""Every page of staff: accessible and within the screen, at both widths, in both lights."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver, reverse

from tests.journeys.conftest import COORDINATION
from tests.journeys.pages import faults
from tests.journeys.screen import Screen
from treffpunkt.agreements.models import Agreement, Clause, GrantedRight, Party, Remark
from treffpunkt.meetings.models import (
    DatePoll,
    Invitation,
    Meeting,
    PollGuest,
    PollMoment,
    Presentation,
    Series,
    Statement,
    Wave,
)
from treffpunkt.network.models import Actor, Community, Contact, Organisation, Profile, Role, Space
from treffpunkt.people.models import Staff
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task
from treffpunkt.vocabulary.models import Topic


@dataclass(frozen=True)
class Sample:
    """Where a page is found: its name, and what gives its record; `query` is added, and the id of what it names."""

    name: str
    pick: Callable[[], Any] | None = None
    query: str = ""
    number: int = 0
    named: Callable[[], Any] | None = None

    @property
    def address(self) -> str:
        """Give the address with a record of the story."""
        args = [self.pick()] if self.pick else []
        args = list(args[0]) if args and isinstance(args[0], tuple) else args
        args += [self.number] if self.number else []
        return reverse(self.name, args=args) + self.query + (str(self.named()) if self.named else "")

    def __str__(self) -> str:
        return self.name.removeprefix("web:") + self.query


def meeting(state: str) -> Callable[[], Any]:
    """Give a meeting of the story in that state."""
    return lambda: Meeting.objects.filter(state=state).order_by("starts").values_list("pk", flat=True)[0]


def of(model: Any, column: str = "pk", **fields: Any) -> Callable[[], Any]:
    """Give the first record of a kind, or what one of its columns names."""
    return lambda: model.objects.filter(**fields).order_by("pk").values_list(column, flat=True)[0]


STAFF = [
    Sample("web:today"),
    Sample("web:search:results", query="?q=frauen"),
    Sample("web:search:results", query="?q=xxxxxx"),
    Sample("web:access:health"),
    Sample("web:access:thresholds"),
    Sample("web:access:leaving", of(Role, "actor_id", until__isnull=False)),
    Sample("web:access:promises"),
    Sample("web:access:rights"),
    Sample("web:access:women"),
    Sample("web:access:women_topic", of(Topic, women_specific=True, key="residence-own-permit")),
    Sample("web:access:languages"),
    Sample("web:access:language", of(Community)),
    Sample("web:access:did", of(GrantedRight, "agreement_id", right_kind="links")),
    Sample("web:access:may_i"),
    Sample("web:access:may_i_here", of(GrantedRight, "space_id", right_kind="links")),
    Sample("web:access:pocket"),
    Sample("web:intake:list"),
    Sample("web:intake:upload"),
    Sample("web:meetings:from_file"),
    Sample("web:vocabulary:topics"),
    Sample("web:vocabulary:topic", of(Topic)),
    Sample("web:network:home"),
    Sample("web:network:round"),
    Sample("web:network:map"),
    Sample("web:network:map", query="?q=frauen"),
    Sample("web:network:map", query="?q=xxxxxx"),
    Sample("web:network:export_map"),
    Sample("web:network:spaces"),
    Sample("web:network:spaces", query="?q=xxxxxx"),
    Sample("web:network:board"),
    Sample("web:network:add_space"),
    Sample("web:network:space", of(Space)),
    Sample("web:network:edit_space", of(Space)),
    Sample("web:network:move_space", of(Space)),
    Sample("web:network:succession", of(Space)),
    Sample("web:network:add_space_role", of(Space)),
    Sample("web:network:space_time", of(Space)),
    Sample("web:network:relocate", of(Space)),
    Sample("web:network:compare"),
    Sample("web:network:compare", query="?first=2000-01-01&last=2000-02-01"),
    Sample("web:network:quiet"),
    Sample("web:network:community_time", of(Community)),
    Sample("web:network:count_export", of(Space)),
    Sample("web:network:feed", of(Space)),
    Sample("web:network:space_time", of(Space), query="?all=yes"),
    Sample("web:network:end_role", of(Role)),
    Sample("web:network:actors"),
    Sample("web:network:actor_board"),
    Sample("web:network:openings"),
    Sample("web:network:edit_opening", lambda: "ar"),
    Sample("web:network:rhythm"),
    Sample("web:network:opening", of(Actor, languages=["ar"])),
    Sample("web:network:plan"),
    Sample("web:network:print_plan"),
    Sample("web:network:losses"),
    Sample("web:network:single_spaces"),
    Sample("web:network:bridges"),
    Sample("web:network:pairs"),
    Sample("web:network:untold"),
    Sample("web:network:leaving"),
    Sample("web:network:add_actor"),
    Sample("web:network:actor", of(Actor)),
    Sample("web:network:edit_actor", of(Actor)),
    Sample("web:network:actor_standing", of(Actor)),
    Sample("web:network:add_channel", of(Actor)),
    Sample("web:network:add_actor_role", of(Actor)),
    Sample("web:network:stored", of(Actor)),
    Sample("web:network:phone_lost", of(Actor)),
    Sample("web:network:erase_actor", of(Actor)),
    Sample("web:network:log_contact"),
    Sample("web:network:edit_contact", of(Contact)),
    Sample("web:network:organisations"),
    Sample("web:network:add_organisation"),
    Sample("web:network:organisation", of(Organisation)),
    Sample("web:network:edit_organisation", of(Organisation)),
    Sample("web:network:add_organisation_role", of(Organisation)),
    Sample("web:network:duplicates"),
    Sample("web:network:merges"),
    Sample("web:network:profiles"),
    Sample("web:network:add_profile"),
    Sample("web:network:profile", of(Profile)),
    Sample("web:network:edit_profile", of(Profile)),
    Sample("web:network:move_profile", of(Profile)),
    Sample("web:network:communities"),
    Sample("web:network:add_community"),
    Sample("web:network:community", of(Community)),
    Sample("web:network:edit_community", of(Community)),
    Sample("web:meetings:list"),
    Sample("web:meetings:detail", meeting("inviting"), query="?guests=opened"),
    Sample("web:meetings:needs", of(Invitation, companions=1)),
    Sample("web:meetings:texts"),
    Sample("web:meetings:text", lambda: ("invitation", "de")),
    Sample("web:meetings:text", lambda: ("reminder", "ar")),
    Sample("web:meetings:add"),
    Sample("web:meetings:series"),
    Sample("web:meetings:add_series"),
    Sample("web:meetings:one_series", of(Series)),
    Sample("web:meetings:edit_series", of(Series)),
    Sample("web:meetings:series_said", of(Series)),
    Sample("web:meetings:waiting"),
    Sample("web:meetings:said"),
    Sample("web:meetings:said", query="?q=scheidung"),
    Sample("web:meetings:said", query="?q=xxxxxx"),
    Sample("web:meetings:attended"),
    Sample("web:meetings:missed"),
    Sample("web:meetings:promised"),
    Sample("web:meetings:promised", query="?state=all"),
    Sample("web:meetings:timetable", lambda: Series.objects.latest("begins").pk),
    Sample("web:meetings:add", query="?from=", named=meeting("held")),
    Sample("web:meetings:detail", meeting("draft")),
    Sample("web:meetings:invite", meeting("draft")),
    Sample("web:meetings:send", meeting("draft")),
    Sample("web:meetings:agenda", meeting("draft")),
    *(
        Sample(f"web:meetings:{page}", of(DatePoll, "meeting_id", state="open"))
        for page in ("poll", "poll_moments", "poll_guests", "poll_send")
    ),
    Sample("web:meetings:poll_choose", of(DatePoll, "meeting_id", state="open"), "?moment=", named=of(PollMoment)),
    Sample("web:meetings:poll_answer", of(PollGuest, answered_at=None)),
    Sample("web:meetings:detail", meeting("inviting")),
    Sample("web:meetings:edit", meeting("inviting")),
    Sample("web:meetings:cancel", meeting("inviting")),
    Sample("web:meetings:postpone", meeting("inviting")),
    Sample("web:meetings:invite", meeting("inviting")),
    Sample("web:meetings:waves", of(Wave, "meeting_id")),
    Sample("web:meetings:remind", meeting("inviting")),
    Sample("web:meetings:attendance", meeting("held")),
    Sample("web:meetings:entry", of(Presentation)),
    Sample("web:meetings:live", meeting("running")),
    Sample("web:meetings:end", meeting("running")),
    Sample("web:meetings:here", meeting("running"), "?q=a"),
    Sample("web:meetings:phones", meeting("running")),
    Sample("web:meetings:groups", meeting("running")),
    Sample("web:meetings:screen", meeting("running")),
    Sample("web:meetings:detail", meeting("held")),
    Sample("web:meetings:live", meeting("held")),
    Sample("web:meetings:close", meeting("held")),
    Sample("web:meetings:detail", meeting("reviewing")),
    Sample("web:meetings:close", meeting("reviewing")),
    Sample("web:meetings:corrections", meeting("reviewing")),
    Sample("web:meetings:thanks", meeting("reviewing")),
    Sample("web:meetings:thanks", meeting("closed")),
    Sample("web:meetings:report", meeting("closed")),
    Sample("web:meetings:statement", of(Statement, meeting__state="held")),
    Sample("web:meetings:statement_task", of(Statement, meeting__state="held")),
    Sample("web:meetings:statement_promise", of(Statement, meeting__state="held")),
    Sample("web:meetings:detail", meeting("closed")),
    Sample("web:meetings:live", meeting("closed")),
    *(Sample(f"web:agreements:{view}") for view in ("list", "board", "timeline", "clauses", "add_clause", "add")),
    Sample("web:agreements:list", query="?q=xxxxxx"),
    Sample("web:agreements:add", query="?q=frauen"),
    Sample("web:agreements:add", query="?space=", named=of(Space)),
    Sample("web:agreements:clause", of(Clause, key="openly")),
    Sample("web:agreements:edit_clause", of(Clause, key="openly")),
    *(
        Sample("web:agreements:detail", of(Agreement, state=state))
        for state in ("draft", "offered", "in_force", "suspended", "ended")
    ),
    Sample("web:agreements:detail", of(Agreement, versions__number=2)),
    Sample("web:agreements:edit", of(Agreement, state="in_force")),
    Sample("web:agreements:compose", of(Agreement, state="draft")),
    Sample("web:agreements:offer", of(Agreement, state="draft")),
    Sample("web:agreements:drop", of(Agreement, state="draft")),
    Sample("web:agreements:version", of(Agreement, state="in_force"), number=1),
    *(
        Sample(f"web:agreements:{step}", of(Agreement, state="in_force"))
        for step in ("end", "replace", "review", "add_party", "add_right", "add_evidence")
    ),
    Sample("web:agreements:agreed", of(Party, agreement__state="offered")),
    Sample("web:agreements:withdrew", of(Party, agreement__state="in_force")),
    Sample("web:agreements:answer", of(Remark, staff=None)),
    Sample("web:tasks:list"),
    Sample("web:tasks:add"),
    Sample("web:tasks:task", of(Task)),
    Sample("web:post:outbox"),
    Sample("web:post:by_hand"),
    Sample("web:post:message", of(Message)),
    Sample("web:post:demo"),
    Sample("web:settings:home"),
    Sample("web:settings:retention"),
    Sample("web:settings:access"),
    Sample("web:settings:days"),
    Sample("web:settings:calendars"),
    Sample("web:settings:member", of(Staff, email="beratung.arabisch@example.org")),
    Sample("web:settings:hand_over", of(Staff, email="beratung.arabisch@example.org")),
    Sample("web:settings:staff"),
    Sample("web:settings:add_staff"),
    Sample("web:post:held"),
    Sample("account_logout"),
    Sample("ui:styleguide"),
]
# Not pages of their own: steps sent by a form, files, parts of pages, and pages that journeys come through.
OTHERS = {
    *(
        "web:access:worker",
        "web:access:note_right",
        "web:access:remedy",
        "web:access:leaving_step",
        "web:access:kept",
        "web:access:export_rights",
        "web:access:note_measure",
        "web:access:hand_over_language",
        "web:access:send_did",
    ),
    *("web:intake:detail", "web:intake:columns"),
    *("web:network:map_data", "web:network:map_spots"),
    *("web:network:export_spaces", "web:network:chosen_spaces", "web:network:recognised", "web:network:check_space"),
    *("web:network:export_actor", "web:network:remove_channel", "web:network:channel_works"),
    *("web:network:look", "web:network:look_word", "web:network:undo_look", "web:network:take_back"),
    *("web:network:reset_opening", "web:network:tell", "web:network:told", "web:network:stay"),
    "web:network:invite_chosen",
    *("web:network:different", "web:network:undo_merge", "web:network:export_comparison", "web:network:stay_space"),
    *("web:network:stop_feed", "web:network:take_back_figures", "web:meetings:room", "web:meetings:settle_reply"),
    *(f"web:network:similar_{kind}" for kind in ("actors", "organisations", "spaces")),
    *(f"web:network:merge_{kind}" for kind in ("actor", "organisation", "space")),
    *("web:meetings:start", "web:meetings:since", "web:meetings:note", "web:meetings:open_topic", "web:meetings:gist"),
    *("web:meetings:revise", "web:meetings:last_day", "web:meetings:take_correction", "web:meetings:leave_correction"),
    *("web:meetings:release", "web:meetings:aside", "web:meetings:back", "web:meetings:mark"),
    *("web:meetings:poll_remind", "web:meetings:poll_end", "web:meetings:poll_drop"),
    *(
        "web:meetings:plan_from_file",
        "web:meetings:change_wave",
        "web:meetings:send_wave",
        "web:meetings:dissolve_wave",
    ),
    *("web:meetings:answer", "web:meetings:drop", "web:meetings:remove_statement", "web:meetings:restore_statement"),
    *("web:meetings:call", "web:meetings:preview_text", "web:meetings:reset_text"),
    "web:meetings:worker",
    *(
        "web:meetings:pdf",
        "web:meetings:report_file",
        "web:tasks:export",
        "web:tasks:close",
        "web:tasks:check",
        "web:tasks:reopen",
        "web:tasks:drop",
    ),
    *("web:agreements:export", "web:agreements:pdf", "web:agreements:from_statement", "web:agreements:evidence"),
    *(f"web:agreements:{step}" for step in ("begin", "take_back", "remind", "pause", "resume", "offer_to", "declined")),
    *(f"web:agreements:{step}" for step in ("remove_party", "end_right", "settle", "retire_clause")),
    *("web:health", "web:live", "web:metrics", "web:system:findings", "web:system:home", "web:post:go"),
    *("web:post:sent", "web:post:back", "web:post:again", "web:search:suggest"),
    *(
        f"web:settings:{step}"
        for step in (
            *("close_staff", "open_staff", "invite_staff", "forget_second_step", "roles"),
            *("member_absence", "add_absence", "end_absence", "end_session", "end_others"),
        )
    ),
    *(f"web:intake:{step}" for step in ("reading", "decide", "apply", "undo", "again", "discard", "left_out")),
}


@pytest.fixture(scope="module")
def staff(browser, told) -> Iterator[Screen]:
    """The coordinator's screen, for all pages."""
    screen = Screen(browser, told.url)
    screen.context.add_cookies([told.sign_in(COORDINATION)])
    yield screen
    screen.close()


def every_name(patterns: Any = None, above: str = "") -> Iterator[str]:
    """Name every address of the staff pages."""
    for one in patterns or get_resolver().url_patterns:
        if isinstance(one, URLResolver):
            yield from every_name(one.url_patterns, f"{above}{one.namespace}:" if one.namespace else above)
        elif above.startswith("web:"):
            yield above + str(one.name)


def test_no_page_is_left_out():
    assert set(every_name()) - {sample.name for sample in STAFF} == OTHERS


@pytest.mark.parametrize("sample", STAFF, ids=str)
def test_page_is_accessible(staff, sample):
    staff.troubles.clear()
    staff.show(scheme="light", phone=False)
    answer = staff.page.goto(sample.address)

    assert answer.status == 200
    assert faults(staff) == {}


def test_system_page_is_accessible(browser, told):
    screen = Screen(browser, told.url)
    screen.context.add_cookies([told.sign_in("system@example.org")])

    assert screen.page.goto(reverse("web:system:home")).status == 200
    assert faults(screen) == {}
    screen.close()
