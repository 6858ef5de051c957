"""The map: drawn and laid out once, narrowed, read as a table, taken along as a picture and as a file."""

from __future__ import annotations

from typing import Any

import networkx
import pytest

from tests.journeys.conftest import COORDINATION
from tests.journeys.words import say
from treffpunkt.network.models import Actor, Handout, Space, Spot

LAID = '.map[data-state="laid"]'
COUNSELLING = "beratung.arabisch@example.org"


def drawn(page: Any, having: str = "/map/data/") -> int:
    """Wait until the map is drawn and laid out; tell how many records stand on it."""
    page.locator(f'{LAID}[data-map*="{having}"]').wait_for(timeout=30_000)
    return int(page.locator(".map").get_attribute("data-nodes"))


def point_at_something(page: Any) -> None:
    """Move the pointer over the stage until a record is under it."""
    box = page.locator(".map-stage").bounding_box()
    for down in range(60, int(box["height"]) - 40, 18):
        for along in range(40, int(box["width"]) - 40, 10):
            page.mouse.move(box["x"] + along, box["y"] + down)
            if page.locator('.map-stage[data-over="yes"]').count():
                return
    raise AssertionError("nothing is drawn")


@pytest.mark.parametrize(("phone", "scheme"), [(False, "light"), (True, "dark")])
def test_landscape_is_laid_out_once_and_looks_the_same_tomorrow(live, screens, phone, scheme):
    screen = screens(COORDINATION, phone=phone, scheme=scheme, locale="de-DE")
    page = screen.open("/network/map/")

    number = drawn(page)
    page.locator('.map[data-kept="yes"]').wait_for()
    screen.look()
    places = set(Spot.objects.values_list("record_id", "x", "y"))
    assert len(places) == number > 100

    page.reload()
    assert drawn(page) == number
    assert page.locator('.map[data-kept="yes"]').count() == 0
    assert set(Spot.objects.values_list("record_id", "x", "y")) == places


def test_records_are_found_narrowed_and_opened_from_the_map(live, screens):
    screen = screens(COORDINATION, locale="de-DE")
    page = screen.open("/network/map/")
    every = drawn(page)

    page.locator("select[name=platform]").select_option("telegram")
    some = drawn(page, "platform=telegram")
    assert 0 < some < every
    assert str(some) in page.locator("#sum").inner_text()
    screen.look()

    page.locator("main .chip").click()
    assert drawn(page) == every
    page.get_by_label(say("Find on the map")).fill("frauen")
    page.get_by_label(say("Find on the map")).press("Enter")
    assert 0 < drawn(page, "q=frauen") < every

    point_at_something(page)
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url(lambda url: "/map/" not in url)
    assert page.locator("h1").count() == 1


def test_neighbourhood_is_shown_from_a_record_and_read_by_keys(live, screens):
    screen = screens(COORDINATION, locale="de-DE")
    actor = Actor.objects.filter(roles__space__administrator_count__gt=1, erased_at=None).order_by("pk")[0]
    page = screen.open(f"/network/people/{actor.pk}/")

    page.locator("main summary").first.click()
    page.get_by_role("link", name=say("Show on the map")).click()
    near = drawn(page, "around=person")
    page.get_by_role("link", name="2 Schritte").click()
    assert drawn(page, "%3A2") > near
    screen.look()

    page.locator(".map-stage").focus()
    for key in ("ArrowLeft", "ArrowDown", "+", "-", "0"):
        page.keyboard.press(key)
    page.locator("main tbody th a").first.press("Enter")
    page.wait_for_url(lambda url: "/map/" not in url)


def test_names_leave_the_house_only_for_a_reason(live, screens, tmp_path):
    screen = screens(COORDINATION, locale="de-DE")
    before = Handout.objects.count()
    page = screen.open("/network/map/?platform=telegram")
    drawn(page)

    def send() -> None:
        page.locator("#map-export").get_by_role("button", name=say("Export"), exact=True).click()

    page.locator("#export").click()
    screen.look()
    page.get_by_label("PNG").check()
    with page.expect_download() as waiting:
        send()
    waiting.value.save_as(tmp_path / "map.png")
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    assert Handout.objects.count() == before

    page.locator("#export").click()
    page.get_by_label(say("by name")).check()
    send()
    page.get_by_role("alert").wait_for()
    screen.look()
    page.get_by_label(say("Why you need the names")).fill("Gespräch mit dem Träger")
    page.get_by_label("GEXF").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=say("Export"), exact=True).click()
    waiting.value.save_as(tmp_path / "map.gexf")
    labels = {data["label"] for _node, data in networkx.read_gexf(tmp_path / "map.gexf").nodes(data=True)}
    leads = Actor.objects.filter(roles__space__platform="telegram", roles__until=None)
    assert set(leads.values_list("name", flat=True)) <= labels

    handout = Handout.objects.latest("pk")
    assert (handout.reason, handout.file_format) == ("Gespräch mit dem Träger", "gexf")
    page = screen.open("/network/map/export/")
    assert page.get_by_text("Gespräch mit dem Träger").count() == 1


def test_counsellor_sees_her_communities_on_the_map(live, screens):
    screen = screens(COUNSELLING, locale="de-DE")
    page = screen.open("/network/map/?without=organisations")
    number = drawn(page)

    hers = Space.objects.filter(communities__language="ar").distinct()
    assert number >= hers.count()
    assert number < Space.objects.count() + Actor.objects.count()
    assert page.get_by_role("button", name=say("Lay out anew")).count() == 0
    names = page.locator("main tbody th a").all_inner_texts()
    foreign = Space.objects.exclude(communities__language="ar").values_list("name", flat=True)
    assert not set(names) & set(foreign)


def test_without_scripts_the_table_says_it_all(live, screens):
    screen = screens(COORDINATION, locale="de-DE", java_script_enabled=False)
    page = screen.page
    page.goto("/network/map/?platform=telegram")

    assert page.locator(".map").is_hidden()
    assert page.locator("main tbody tr").count() > 10
    page.locator("#export").click()
    page.get_by_label("GraphML").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=say("Export"), exact=True).click()
    assert waiting.value.suggested_filename.endswith(".graphml")
