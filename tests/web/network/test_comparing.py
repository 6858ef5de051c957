"""Two dates compared, groups that fell silent, groups that moved, a community over time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.factories import network as make
from treffpunkt.core.clock import today
from treffpunkt.network.models import Relocation, Role, Space
from treffpunkt.network.over_time import WEEK, monday
from treffpunkt.network.services.figures import keep_weeks
from treffpunkt.network.services.snapshots import keep_figures
from treffpunkt.ui.templatetags.ui import signed

COMPARE = "/network/spaces/compare/"
DAYS = {"first": "2026-01-31", "last": "2026-06-30"}


def counted(space, **members):
    keep_figures(
        {
            "space_id": space.pk,
            "day": date.fromisoformat(day[1:].replace("_", "-")),
            "source": "entered",
            "members": number,
        }
        for day, number in members.items()
    )


def weeks(*posts):
    last = monday(today()) - WEEK
    return {last - WEEK * back: number for back, number in enumerate(reversed(posts))}


@pytest.fixture
def three(arabic, french):
    grown, shrunk, new, foreign = (
        make.a_space(arabic, name="Gewachsen"),
        make.a_space(arabic, name="Geschrumpft"),
        make.a_space(arabic, name="Später gezählt"),
        make.a_space(french, name="Fremd"),
    )
    counted(grown, d2025_12_01=90, d2026_01_10=100, d2026_05_01=250, d2026_08_01=900)
    counted(shrunk, d2026_01_31=1000, d2026_06_30=400)
    counted(new, d2026_03_01=7000)
    counted(foreign, d2026_01_01=50_000, d2026_05_01=60_000)
    return grown, shrunk


def names(answer):
    return [line["space"].name for line in answer.context["lines"]]


def test_groups_counted_by_both_days_are_compared_by_their_last_counts(counselling, three):
    answer = counselling.get(COMPARE, DAYS)
    totals = answer.context["totals"]
    page = answer.content.decode()

    assert names(answer) == ["Gewachsen", "Geschrumpft"]
    assert [(line["space"].then, line["space"].now) for line in answer.context["lines"]] == [(100, 250), (1000, 400)]
    assert (totals.spaces, totals.then, totals.now, totals.difference) == (2, 1100, 650, -450)
    assert "+150" in page
    assert "−600" in page
    assert "Subscriptions by" in page
    assert "of 2 groups, not people" in page


def test_the_comparison_is_sorted_narrowed_and_the_days_may_be_turned_round(counselling, coordination, three):
    turned = {"first": DAYS["last"], "last": DAYS["first"]}
    assert names(counselling.get(COMPARE, turned | {"sort": "-difference"})) == ["Geschrumpft", "Gewachsen"]
    assert names(counselling.get(COMPARE, DAYS | {"sort": "then"})) == ["Geschrumpft", "Gewachsen"]
    assert names(counselling.get(COMPARE, DAYS | {"sort": "name"})) == ["Geschrumpft", "Gewachsen"]
    assert names(coordination.get(COMPARE, DAYS)) == ["Fremd", "Gewachsen", "Geschrumpft"]


@pytest.mark.parametrize(
    "days", [{}, {"first": "x", "last": "2026-13-01"}, {"first": "0001-01-01", "last": "9999-12-31"}]
)
def test_days_that_cannot_be_read_are_said(counselling, three, days):
    answer = counselling.get(COMPARE, days)

    assert answer.status_code == 200
    assert ("could not be read" in answer.content.decode()) == ("x" in days.values())


def test_the_comparison_is_exported_as_it_is_shown(counselling, three):
    text = b"".join(counselling.get(COMPARE + "export/", DAYS | {"sort": "-difference"}).streaming_content).decode()
    lines = text.lstrip("\ufeff").splitlines()

    assert "Subscriptions by 2026-01-31" in lines[0]
    assert [line.split(",")[0] for line in lines[1:]] == ["Geschrumpft", "Gewachsen"]
    assert lines[1].endswith("1000,400,-600")


def test_a_long_comparison_is_paged_in_the_database(coordination, arabic, django_assert_max_num_queries):
    for number in range(60):
        counted(make.a_space(arabic, name=f"G{number}"), d2026_01_01=100, d2026_06_01=100 + number % 7)
    coordination.get("/network/spaces/")  # choices are kept
    with django_assert_max_num_queries(13):
        first = coordination.get(COMPARE, DAYS)
    second = coordination.get(first.context["list"].next_url)

    assert (len(names(first)), len(names(second))) == (50, 10)
    assert not set(names(first)) & set(names(second))


def test_a_difference_is_written_with_its_sign():
    assert [signed(one) for one in (5, -5, 0, None)] == ["+5", "−5", "0", "–"]


def test_a_group_that_fell_silent_is_suggested_and_a_person_decides(counselling, counsellor, arabic):
    space = make.a_space(arabic, name="Stille Gruppe")
    keep_weeks(by=counsellor, space=space, posts=weeks(3, 2, *[0] * 9))
    page = counselling.get("/network/spaces/quiet/").content.decode()

    assert "Stille Gruppe" in page
    assert "9 weeks without a post" in page
    for place in ("/", "/network/"):
        assert "1 group fell silent" in counselling.get(place).content.decode(), place
    form = counselling.get(f"/network/spaces/{space.pk}/state/?silent=9").context["form"]
    assert form.initial == {"state": "dormant", "reason": "No post for 9 weeks."}
    space.refresh_from_db()
    assert space.state == "found"
    counselling.post(f"/network/spaces/{space.pk}/time/", {"posts": "4"})
    assert "Stille Gruppe" not in counselling.get("/network/spaces/quiet/").content.decode()


def test_no_group_is_silent_before_somebody_counted(counselling, arabic):
    make.a_space(arabic, name="Ungezählt")
    assert "No group fell silent" in counselling.get("/network/spaces/quiet/").content.decode()
    assert counselling.get("/network/spaces/").status_code == 200


def test_a_group_moves_with_those_who_lead_it(counselling, arabic):
    make.a_platform("telegram")
    space = make.a_space(arabic, name="Frauen Köln", members=900)
    actor = make.an_actor(space, name="Layla Haddad")
    form = counselling.get(f"/network/spaces/{space.pk}/moved/").context["form"]
    assert [label for _pk, label in form.fields["along"].choices] == ["Layla Haddad · Administrator"]

    answer = counselling.post(
        f"/network/spaces/{space.pk}/moved/",
        {"address": "t.me/frauen_koeln", "name": "Frauen Köln", "day": today().isoformat(), "leaves": "lost",
         "along": [str(Role.objects.get(actor=actor).pk)]},
    )  # fmt: skip
    new = Space.objects.get(platform="telegram")
    assert answer["Location"] == f"/network/spaces/{new.pk}/"
    assert "Moved here on" in counselling.get(answer["Location"]).content.decode()
    old = counselling.get(f"/network/spaces/{space.pk}/").content.decode()
    assert "Since" in old
    assert f"/network/spaces/{new.pk}/" in old
    assert Role.objects.present().get(actor=actor).space == new


def test_the_charts_of_a_group_that_moved_are_joined(counselling, arabic):
    old, new = make.a_space(arabic, name="Alt"), make.a_space(arabic, name="Neu")
    counted(old, d2026_01_05=100, d2026_02_05=110)
    counted(new, d2026_03_05=60, d2026_04_05=90)
    Relocation.objects.create(old=old, new=new, day=date(2026, 2, 20))
    page = counselling.get(f"/network/spaces/{new.pk}/time/").content.decode()

    assert page.count("chart-dot") >= 4
    assert "chart-earlier" in page
    assert "moved on" in page
    assert "<td>Alt</td>" in page


def test_a_move_is_refused_beside_the_field_and_taken_out_again(counselling, arabic, french):
    space = make.a_space(arabic)
    day = {"name": "x", "day": today().isoformat(), "leaves": "dormant"}
    for wrong in (
        {},
        day | {"address": "nichts mit Sinn"},
        day | {"address": space.address},
        day | {"address": make.a_space(french).address},
        day | {"address": "t.me/x_y_z_1", "day": (today() + timedelta(days=1)).isoformat()},
    ):
        assert counselling.post(f"/network/spaces/{space.pk}/moved/", wrong).status_code == 422
    Relocation.objects.create(old=space, new=make.a_space(arabic), day=today())
    assert "moved already" in counselling.get(f"/network/spaces/{space.pk}/moved/").content.decode()
    counselling.post(f"/network/spaces/{space.pk}/moved/not/")
    assert not Relocation.objects.exists()
    assert counselling.post(f"/network/spaces/{space.pk}/moved/not/").status_code == 302


def test_a_community_over_time_sums_and_says_who_rises(counselling, counsellor, arabic, django_assert_max_num_queries):
    rising, steady = make.a_space(arabic, name="Steigend", members=500), make.a_space(arabic, name="Stetig")
    counted(rising, d2026_01_05=100)
    counted(steady, d2026_02_05=40)
    keep_weeks(by=counsellor, space=rising, posts=weeks(*[2, 1, 3, 2] * 4, 19, 18, 21, 20))
    keep_weeks(by=counsellor, space=steady, posts=weeks(*[2, 1, 3, 2] * 5))
    counselling.get("/network/spaces/")  # choices are kept
    with django_assert_max_num_queries(12):
        answer = counselling.get(f"/network/communities/{arabic.pk}/time/")
    page = answer.content.decode()

    assert [(line["row"]["text"], line["direction"]) for line in answer.context["lines"]] == [
        ("Steigend", "rising"),
        ("Stetig", "steady"),
    ]
    assert 'id="members-chart"' in page
    assert "Potential reach, not people" in page


def test_the_community_of_others_has_no_such_page(counselling, french):
    assert counselling.get(f"/network/communities/{french.pk}/time/").status_code == 404
