"""Lists of feeds (OPML): every blog becomes a space with its feed, and all of it can be taken back."""

from __future__ import annotations

import tarfile

import pytest

from tests.factories.network import a_coordinator, a_platform
from tests.support.importing import applied, checked, taken_back, verdicts
from treffpunkt.core.clock import today
from treffpunkt.core.errors import DomainError
from treffpunkt.intake import reading, services
from treffpunkt.intake.models import Import, Row
from treffpunkt.network.models import Feed, Snapshot, Space
from treffpunkt.network.services.feeds import stop_feed, subscribe_feed
from treffpunkt.network.services.snapshots import keep_figures

pytestmark = pytest.mark.django_db

LIST = """<?xml version="1.0" encoding="UTF-8"?><opml version="2.0"><head><title>Blogs</title></head><body>
<outline text="Ankommen"><outline text="Femmes"><outline title="Ankommen – le blog" text="x" type="rss"
 xmlUrl="https://ankommen.example.org/feed/" htmlUrl="https://ankommen.example.org/"/></outline>
<outline text="Vida en Alemania" xmlUrl="https://vida.example.org/rss"/></outline><outline text="no feed"/></body></opml>"""


@pytest.fixture
def coordinator():
    a_platform("blog")
    return a_coordinator()


def uploaded(by, text):
    return services.upload(by=by, name="blogs.opml", pieces=[text.encode()])


def test_a_list_of_feeds_is_a_table(coordinator):
    found = uploaded(coordinator, LIST)

    assert (found.target, found.columns) == ("spaces", list(reading.outlines.COLUMNS))
    assert services.head(found) == [
        ["Ankommen – le blog", "https://ankommen.example.org/feed/", "https://ankommen.example.org/", "", "", "Ankommen / Femmes"],
        ["Vida en Alemania", "https://vida.example.org/rss", "", "", "", "Ankommen"],
    ]  # fmt: skip
    assert {key: found.mapping[key] for key in ("name", "feed", "address")} == {
        "name": "title",
        "feed": "xmlUrl",
        "address": "htmlUrl",
    }


def test_blogs_become_spaces_with_their_feeds(coordinator):
    found = applied(checked(coordinator, LIST, "spaces"))

    assert found.counts["made"] == {"network.space": 2, "network.feed": 2}
    assert set(Space.objects.values_list("name", "platform", "space_kind", "address")) == {
        ("Ankommen – le blog", "blog", "blog", "https://ankommen.example.org"),
        ("Vida en Alemania", "blog", "blog", ""),
    }
    assert set(Feed.objects.values_list("address", flat=True)) == {
        "https://ankommen.example.org/feed/",
        "https://vida.example.org/rss",
    }
    assert Feed.objects.filter(next_fetch=None).count() == 0


def test_the_same_list_again_changes_nothing_even_under_another_name(coordinator):
    applied(checked(coordinator, LIST, "spaces"))
    again = checked(coordinator, LIST.replace('"Vida en Alemania"', '"La vida en Alemania"'), "spaces")

    assert verdicts(again) == ["same", "changed"]
    assert Row.objects.get(file=again, number=3).record_id == Space.objects.get(name="Vida en Alemania").pk


def test_a_blog_we_know_gets_its_feed_and_keeps_one_it_has(coordinator):
    applied(checked(coordinator, LIST, "spaces"))
    without, other = Space.objects.order_by("name")
    stop_feed(by=coordinator, space=without)
    subscribe_feed(by=coordinator, space=other, address="https://vida.example.org/other")
    found = checked(coordinator, LIST, "spaces", mapping={"name": "title", "address": "htmlUrl", "feed": "xmlUrl"})

    assert verdicts(found) == ["changed", "same"]
    applied(found)
    assert Feed.objects.get(space=without).address == "https://ankommen.example.org/feed/"
    assert Feed.objects.get(space=other).address == "https://vida.example.org/other"
    taken_back(found)
    assert not Feed.objects.filter(space=without).exists()


def test_taken_back_spaces_feeds_and_what_was_read_from_them_go(coordinator):
    found = applied(checked(coordinator, LIST, "spaces"))
    keep_figures(
        {"space_id": pk, "day": today(), "source": "feed", "posts": 3}
        for pk in Space.objects.values_list("pk", flat=True)
    )
    taken_back(found)

    assert not Space.objects.exists()
    assert not Feed.objects.exists()
    assert not Snapshot.objects.exists()


def test_a_damaged_empty_or_dangerous_list_is_refused(coordinator):
    bomb = LIST.replace("<opml", '<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml').replace(
        "no feed", "&b;"
    )
    deep = LIST.replace('<outline text="no feed"/>', "<outline>" * 99 + "</outline>" * 99)
    for text in (LIST[:-40], LIST.replace("xmlUrl", "url"), bomb, deep):
        with pytest.raises(DomainError):
            uploaded(coordinator, text)
    assert not Import.objects.exists()


def test_a_list_with_a_bare_ampersand_is_read_all_the_same(coordinator):
    text = LIST.replace('"Vida en Alemania"', '"Vida & más &eacute;l &lt;x&gt;" description="' + "&" * 40_000 + '"')
    assert services.head(uploaded(coordinator, text))[1][0] == "Vida & más él <x>"


def test_a_wrong_address_in_a_list_is_said_in_its_row(coordinator):
    found = checked(coordinator, LIST.replace("https://vida.example.org/rss", "http://127.0.0.1:22/rss"), "spaces")
    assert verdicts(found) == ["new", "wrong"]


def test_real_lists_are_read(coordinator, data):
    for path in sorted((data / "feeds" / "opml").glob("*.opml")):
        found = services.upload(by=coordinator, name=path.name, pieces=[path.read_bytes()])
        assert found.target == "spaces", path.name
        assert {"name", "feed"} <= set(found.mapping), path.name
        assert len(services.head(found)) >= 5, path.name


CHAT = "14.03.21, 12:30 - Amina: Kennwort\n" * 3


@pytest.mark.parametrize(
    "content",
    [
        CHAT,
        "[2021-03-14, 12:30] Amina: Kennwort\n",
        '{"name": "x", "type": "private_group", "messages": [{"date": "2021-03-14T12:00:00"}]}',
        '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>',
    ],
)
def test_what_is_only_counted_is_never_kept_as_a_file(coordinator, content, settings):
    with pytest.raises(DomainError) as refused:
        services.upload(by=coordinator, name="chat.txt", pieces=[content.encode()])

    assert "on the page of its group" in str(refused.value.message)
    kept = [path for path in settings.FILES_ROOT.rglob("*") if path.is_file() and b"Kennwort" in path.read_bytes()]
    assert kept == []


def test_a_table_with_days_and_times_is_no_chat(coordinator):
    text = "Name;Tag;Uhr;Link\nFrauen;14.03.2021;12:30;x\n" + "14.03.2021;12:30;Frauen;https://t.me/x\n"
    assert services.upload(by=coordinator, name="liste.csv", pieces=[text.encode()]).columns[0] == "Name"


def test_every_real_file_is_a_table_or_refused_with_its_reason(data, tmp_path):
    read, said = 0, set()
    for folder in ("feeds", "chat-exports", "robustness"):
        for place in sorted(one for one in (data / folder).rglob("*") if one.is_file()):
            for number, content in enumerate(contents(place)):
                path = tmp_path / f"{place.name}-{number}"
                path.write_bytes(content)
                try:
                    found = reading.columns(path, reading.detect(path))
                except DomainError as refused:
                    said.add(str(refused.message))
                else:
                    assert found, place.name
                    read += 1
                path.unlink()
    assert "" not in said
    assert read >= 20
    assert any("counted on the page" in one or "on the page of its group" in one for one in said)


def contents(path):
    """Give a file's bytes, and those of every file in an archive."""
    yield path.read_bytes()
    if path.suffixes[-2:] == [".tar", ".gz"]:
        with tarfile.open(path) as box:
            yield from (box.extractfile(member).read() for member in box if member.isfile())
