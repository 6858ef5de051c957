"""How the demo story is told: in the order in which it happened, each step as of its own day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of
from treffpunkt.core.clock import today as this_day
from treffpunkt.jobs.demo import access, arabic, english, french, serbian, spanish
from treffpunkt.jobs.demo.agreements import make_agreements
from treffpunkt.jobs.demo.along import let_explain
from treffpunkt.jobs.demo.cast import Cast
from treffpunkt.jobs.demo.dates import look_for_a_date, put_into_a_wave
from treffpunkt.jobs.demo.everyday import (
    enter_organisations,
    find_groups,
    let_people_bridge,
    live_on,
    lose_a_key,
    tell_of_it,
)
from treffpunkt.jobs.demo.meetings import (
    begin_season,
    hold_meeting,
    hold_whole_meeting,
    let_meeting_come,
    plan_meeting,
    plan_series,
)
from treffpunkt.jobs.demo.minutes import let_minutes_be_corrected
from treffpunkt.jobs.demo.moments import moment
from treffpunkt.jobs.demo.profiles import create_profiles
from treffpunkt.jobs.demo.thanks import give_thanks
from treffpunkt.jobs.demo.twice import enter_twice, look_for_twins
from treffpunkt.meetings.services.reusing import carry_over
from treffpunkt.network.models import Community
from treffpunkt.network.services.map import hand_out_names
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.people.models import Role as StaffRole
from treffpunkt.people.models import Staff
from treffpunkt.people.services import create_staff
from treffpunkt.tasks.services import create_task

WORLDS = (arabic.WORLD, english.WORLD, french.WORLD, serbian.WORLD, spanish.WORLD)
COORDINATION = ("koordination@example.org", "Miriam Brandt", [StaffRole.COORDINATOR], ["de", "en"])
STAFF = (
    ("beratung.arabisch@example.org", "Hala Aziz", [StaffRole.COUNSELLOR], ["ar", "de"]),
    ("beratung.englisch@example.org", "Esther Mensah", [StaffRole.COUNSELLOR], ["en", "de"]),
    ("beratung.franzoesisch@example.org", "Nathalie Kouam", [StaffRole.COUNSELLOR], ["fr", "de"]),
    ("beratung.serbisch@example.org", "Dragana Popović", [StaffRole.COUNSELLOR], ["sr", "de"]),
    ("beratung.spanisch@example.org", "Ana Beltrán", [StaffRole.COUNSELLOR], ["es", "de"]),
    ("recht@example.org", "Jutta Sommer", [StaffRole.LEGAL_REVIEWER], ["de"]),
    ("system@example.org", "Peter Lang", [StaffRole.SYSTEM_ADMINISTRATOR], ["de", "en"]),
)
FIRST_SEASON = ((2021, 5, 20), (2021, 6, 10), (2021, 7, 8), (2021, 8, 19), (2021, 9, 16))


def is_empty() -> bool:
    """Say whether nobody has worked with this database yet."""
    return not Staff.objects.exists() and not Community.objects.exists()


@transaction.atomic
def tell() -> None:
    """Tell the whole story, or nothing of it."""
    with as_of(moment(date(2021, 3, 1))):
        coordinator = _account(*COORDINATION)
        counsellors = [_account(*account) for account in STAFF]
        cast = [Cast(coordinator, staff, world) for staff, world in zip(counsellors, WORLDS, strict=False)]
        enter_organisations(coordinator, cast)
        create_profiles(coordinator, counsellors)
    let_people_bridge(coordinator, cast)
    _first_season(coordinator, cast)
    access.conclude(cast)
    live_on(cast)
    _this_season(coordinator, cast)
    find_groups(cast)
    with as_of(moment(this_day() - timedelta(days=45))):
        enter_twice(coordinator, cast[0].community)
    access.practise(cast)
    make_agreements(cast)
    tell_of_it(coordinator)
    renew_plan()
    look_for_twins()


def _account(email: str, name: str, roles: Sequence[str], spoken: Sequence[str]) -> Staff:
    return create_staff(by=SYSTEM, email=email, name=name, roles=roles, spoken=spoken)


def _first_season(coordinator: Staff, cast: list[Cast]) -> None:
    with as_of(moment(date(2021, 3, 15))):
        series = plan_series(coordinator, cast, "Netzwerktreffen 2021", date(2021, 5, 1), date(2021, 9, 30))
    for one, day in zip(cast, FIRST_SEASON, strict=True):
        hold_whole_meeting(one, series, date(*day), guests=8, come=6)


def _this_season(coordinator: Staff, cast: list[Cast]) -> None:
    day = this_day()
    with as_of(moment(day - timedelta(days=60))):
        series = plan_series(
            coordinator, cast, f"Netzwerktreffen {day.year}", day - timedelta(days=50), day + timedelta(days=60)
        )
    arabs, english_speakers, french_speakers, serbs, spaniards = cast
    begin_season(spaniards, series, day - timedelta(days=48))
    hold_whole_meeting(spaniards, series, day - timedelta(days=20), guests=14, come=9)
    give_thanks(coordinator, spaniards.world, day - timedelta(days=16))
    corrected = hold_meeting(arabs, series, day - timedelta(days=9), guests=5, come=4)
    let_minutes_be_corrected(coordinator, corrected, arabs.world, moment(day - timedelta(days=7), 10))
    hold_meeting(serbs, series, day - timedelta(days=5), guests=15, come=10, along=True)
    arab_meeting = let_meeting_come(arabs, series, day + timedelta(days=3), guests=17, answers=12, ago=9, seats=8)
    asked = moment(day - timedelta(days=6))
    with as_of(asked):
        carry_over(by=coordinator, meeting=arab_meeting, past=corrected, guests=False)
    let_explain(coordinator, arab_meeting, asked=asked, answered=asked + timedelta(days=2))
    coming = let_meeting_come(english_speakers, series, day + timedelta(days=24), guests=15, answers=3, ago=1)
    with as_of(moment(day - timedelta(days=1), 15)):
        put_into_a_wave(english_speakers.coordinator, coming, english_speakers.guests[15:18], day + timedelta(days=7))
    with as_of(moment(day - timedelta(days=4))):
        planned = plan_meeting(french_speakers, series, day + timedelta(days=38))
    look_for_a_date(french_speakers.coordinator, planned, french_speakers.guests[:9])
    lose_a_key(arabs, day)
    with as_of(moment(day - timedelta(days=12))):
        hand_out_names(
            by=coordinator,
            file_format="png",
            reason="Vorstellung des arabischsprachigen Netzwerks bei der Leitung",
            people=[actor.pk for actor in arabs.actors],
        )
    with as_of(moment(day - timedelta(days=6))):
        create_task(
            by=coordinator,
            title="Profil für die Telegram-Kanäle einrichten",
            owner=arabs.counsellor,
            due=day,
            about=arabs.spaces[5],
        )
        create_task(
            by=coordinator,
            title="Raum für das Treffen im Januar anfragen",
            owner=coordinator,
            due=day - timedelta(days=1),
        )
