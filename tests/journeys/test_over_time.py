"""How a group changes: blogs from a reading list, a chat counted week by week, the chart, and taking it back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from tests.journeys.test_importing import bring_in, check, take_back
from tests.journeys.words import say
from treffpunkt.core.clock import today
from treffpunkt.network.models import Feed, Snapshot, Space

SECRET = "Was niemand lesen soll"


def as_whatsapp(weeks: int) -> bytes:
    """Write what WhatsApp exports: for each of the last weeks one message more than the week before."""
    monday = today() - timedelta(days=today().weekday())
    lines = []
    for number in range(1, weeks + 1):
        first = monday - timedelta(weeks=weeks + 1 - number)
        lines += [said(first + timedelta(days=one % 7), one, f"{SECRET} {number}") for one in range(number)]
    return "\n".join(lines).encode()


def said(day: date, minute: int, text: str) -> str:
    at = datetime(day.year, day.month, day.day, 9, minute)
    return f"{at:%d.%m.%Y, %H:%M} - Noura: {text}"


def as_opml() -> bytes:
    blogs = "".join(
        f'<outline type="rss" text="{name}" xmlUrl="https://{host}/feed.xml" htmlUrl="https://{host}/"/>'
        for name, host in (("Küche und Ankommen", "kueche.example.org"), ("مدونة سمر", "samar.example.org"))
    )
    return f'<?xml version="1.0"?><opml version="2.0"><body>{blogs}</body></opml>'.encode()


def test_blogs_of_a_reading_list_become_spaces(live, desk):
    before = Space.objects.count()
    page = desk.open(reverse("web:intake:upload"))
    page.locator("input[type=file]").set_input_files({
        "name": "blogs.opml", "mimeType": "text/x-opml", "buffer": as_opml(),
    })  # fmt: skip
    page.locator("form.form .btn-primary").click()
    page.wait_for_url("**/columns/")
    desk.look()
    found = check(desk, live)
    assert found.counts["new"] == 2

    bring_in(desk, live)
    blog = Space.objects.get(name="مدونة سمر")
    assert (blog.platform_id, blog.space_kind) == ("blog", "blog")
    assert Feed.objects.filter(space=blog).exists()

    desk.open(reverse("web:network:space_time", args=[blog.pk]))
    desk.look()
    desk.open(reverse("web:intake:detail", args=[found.pk]))
    take_back(desk, live)
    assert Space.objects.count() == before


@pytest.mark.parametrize("phone", [False, True])
def test_a_chat_is_counted_and_nothing_of_it_stays(live, screens, phone):
    screen = screens("koordination@example.org", phone=phone)
    space = Space.objects.filter(platform="whatsapp").exclude(snapshots__posts__isnull=False)[0]
    page = screen.open(reverse("web:network:space_time", args=[space.pk]))
    page.get_by_role("link", name=say("Count an export")).click()
    page.locator("input[type=file]").set_input_files({
        "name": "chat.txt", "mimeType": "text/plain", "buffer": as_whatsapp(12),
    })  # fmt: skip
    screen.look()
    page.locator("form.form .btn-primary").click()
    page.get_by_role("heading", name=say("What will be stored")).wait_for()
    screen.look()
    assert SECRET not in page.content()
    assert not Snapshot.objects.filter(space=space, posts__isnull=False).exists()

    page.get_by_role("button", name=say("Store these numbers")).click()
    page.wait_for_url("**/time/")
    screen.look()
    kept = list(
        Snapshot.objects.filter(space=space, posts__isnull=False).order_by("day").values_list("posts", flat=True)
    )
    assert kept == list(range(1, 13))  # the file begins on a Monday, so its first week is whole
    assert page.get_by_text("Noura").count() == 0

    page.get_by_role("button", name=say("Take back")).first.click()
    page.wait_for_load_state()
    assert not Snapshot.objects.filter(space=space, posts__isnull=False).exists()
    screen.look()
