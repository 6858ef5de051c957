"""Exports of chats and blogs are counted by the week, in any locale; what cannot be counted is refused with the reason."""

from __future__ import annotations

import csv
import io
import json
import tarfile
import zipfile
from collections import Counter
from datetime import date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from treffpunkt.core.errors import DomainError
from treffpunkt.network.counting import messages
from treffpunkt.network.counting.counted import Order
from treffpunkt.network.counting.feedreading import read_apart
from treffpunkt.network.counting.reading import count

TODAY = date(2026, 11, 26)
# Lines as they begin on phones in many languages, all of the same day.
HEADS = [
    "[14.03.21, 20:43:09] ", "14.03.21, 12:30 - ", "14.03.2021, 12:30 – ", "14/03/2021 à 18:00 - ", "[14/03/2021 18:00:09] ",
    "2021-03-14, 5:46 p.m. - ", "2021/03/14, 5:46 pm - ", "[2021/3/14 02:28:09] ", "2021/3/14 下午2:28 - ",
    "[14/03/2021, 3:34:09\u202fPM] ", "\u200e[14/03/2021, 3:34:09\u202fPM] ", "3/14/21, 3:34 PM - ", "14/3/21 3:34 p. m. - ",
    "14.3.2021. 15.34 - ", "14.03.2021. u 15:34 - ", "\u200f١٤/٣/٢٠٢١، ٣:٣٤ م - ", "[\u200f١٤\u200f/٣\u200f/٢٠٢١، ٣:٣٤:٠٩ م] ",
    "۱۴/۳/۲۰۲۱، ۱۵:۳۴ - ", "14.03.2021 - 16:00:27; ", "14 .03.2021, 12:30 - ".replace(" .", "."), "14.03.2021, 12:30 nachm. - ",
    "2021. 3. 14. 오후 2:28, ",
]  # fmt: skip


def counted(text, **how):
    content = text if isinstance(text, bytes) else text.encode()
    return count(io.BytesIO(content), how.pop("latest", TODAY), **how)


def refused(content, **how):
    with translation.override("en"):
        with pytest.raises(DomainError) as error:
            counted(content, **how)
        return str(error.value.message)


@pytest.mark.parametrize("head", HEADS)
def test_a_line_of_any_phone_and_language_is_a_post(head):
    found = counted(f"{head}Amina: Guten Tag\nnoch eine Zeile\n{head}أمينة: مرحبا\n")

    assert found.posts == 2
    assert found.writers == 2
    assert date(2021, 3, 14) in found.days


def test_lines_reported_from_real_phones_are_recognised(data):
    with (data / "chat-exports" / "whatsapp_locale_lines_reported.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 10
    for row in rows:
        text = row["line"] if ": " in row["line"] or "NAME:" in row["line"] else row["line"] + ": text"
        assert counted(text).posts == 1, row["locale_or_client"]


def test_days_of_the_chat_exports_agree_with_those_expected(data):
    for folder in ("whatsapp", "telegram", "instagram", "signal"):
        place = data / "chat-exports" / "chat-miner" / folder
        expected = {
            datetime.fromisoformat(row["timestamp"]).date() for row in json.loads((place / "target.json").read_text())
        }
        files = [path for path in place.iterdir() if path.name != "target.json"]
        assert files
        for path in files:
            found = counted(path.read_bytes())
            assert len(found.orders) == 1, path.name
            # A message of nothing but a full stop is a post for us, and none for them.
            assert expected <= set(found.days) <= expected | {date(2019, 1, 20)}, path.name


def test_the_order_of_day_and_month_is_settled_by_what_exists():
    assert list(counted("01/02/21, 11:25 - A: x\n01/20/21, 11:25 - A: y").orders) == [Order.MONTH]
    assert list(counted("01/02/21, 11:25 - A: x\n20/02/21, 11:25 - A: y").orders) == [Order.DAY]
    assert list(counted("01.02.21, 11:25 - A: x").orders) == [Order.DAY]
    assert list(counted("2021-02-03, 11:25 - A: x").orders) == [Order.YEAR]


def test_the_order_is_settled_by_time_going_on():
    found = counted("01/02/21, 11:25 - A: x\n05/02/21, 11:25 - A: y\n02/03/21, 11:25 - A: z")

    assert list(found.orders) == [Order.DAY]
    assert list(found.days) == [date(2021, 2, 1), date(2021, 2, 5), date(2021, 3, 2)]


def test_the_order_is_settled_by_the_day_of_the_export():
    assert list(counted("05/11/26, 11:25 - A: x", latest=date(2026, 11, 20)).orders) == [Order.DAY, Order.MONTH]
    assert list(counted("05/12/26, 11:25 - A: x", latest=date(2026, 11, 20)).orders) == [Order.MONTH]


def test_where_nothing_tells_both_orders_are_offered():
    found = counted("01/02/21, 11:25 - A: x\n03/04/21, 11:25 - A: y")

    assert {order: list(days) for order, days in found.orders.items()} == {
        Order.DAY: [date(2021, 2, 1), date(2021, 4, 3)],
        Order.MONTH: [date(2021, 1, 2), date(2021, 3, 4)],
    }
    assert found.weeks(date(2021, 4, 20), Order.MONTH) != found.weeks(date(2021, 4, 20), Order.DAY)


@given(st.lists(st.dates(date(2019, 1, 1), date(2024, 12, 31)), min_size=40, max_size=80), st.sampled_from(Order))
def test_a_chat_of_some_length_tells_its_order(days, order):
    shapes = {Order.DAY: "%d/%m/%y", Order.MONTH: "%m/%d/%y", Order.YEAR: "%Y/%m/%d"}
    lines = [f"{day.strftime(shapes[order])}, 11:25 - A: x" for day in sorted(days)]
    found = counted("\n".join(lines))

    assert dict(Counter(days)) in [dict(one) for one in found.orders.values()]
    if any(day.day > 12 for day in days):
        assert list(found.orders) == [order]


def test_notices_of_the_platform_are_no_posts():
    text = (
        "14.03.21, 12:00 - Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n"
        "14.03.21, 12:01 - +49 30 23125 001 hat die Gruppe erstellt.\n"
        "15.03.21, 12:30 - Amina: Hallo\n"
    )
    assert counted(text).days == {date(2021, 3, 15): 1}
    assert "nobody wrote anything" in refused(text.rpartition("15.03")[0])


def test_weeks_of_silence_count_as_nothing_and_unfinished_weeks_not_at_all():
    found = counted("10.03.21, 12:00 - A: x\n15.03.21, 12:00 - A: x\n16.03.21, 12:00 - B: x\n31.03.21, 12:00 - A: x")

    assert found.weeks(date(2021, 4, 8)) == {
        date(2021, 3, 15): 2,
        date(2021, 3, 22): 0,
        date(2021, 3, 29): 1,
    }
    assert found.weeks(date(2021, 3, 12)) == {}


def test_a_packed_chat_is_read_and_its_pictures_are_not():
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("_chat.txt", "[14.03.21, 20:43:09] Amina: Hallo\n" * 5000)
        packed.writestr("00000001-PHOTO.jpg", b"\xff\xd8\xff")
        packed.writestr("notes.txt", "nothing")
    assert counted(box.getvalue()).posts == 5000
    assert "damaged" in refused(box.getvalue()[:-400])


def test_a_packed_file_without_a_chat_or_with_several_is_refused():
    for names in ((), ("a.txt", "b.txt"), ("picture.jpg",)):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w") as packed:
            for name in names:
                packed.writestr(name, "14.03.21, 12:30 - A: x")
        assert refused(box.getvalue())


def test_a_packed_file_that_swells_is_refused(settings):
    settings.IMPORT_MAX_BYTES = 2**20
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("_chat.txt", "14.03.21, 12:30 - A: " + "x\n" * 2**22)
    assert "larger than 4 MB" in refused(box.getvalue())


def telegram(*posts, **around):
    return json.dumps(
        {"name": "Frauen Berlin", "type": "private_supergroup", "id": 1, **around, "messages": list(posts)}
    )


def post(day, **more):
    return {
        "id": 1,
        "type": "message",
        "date": f"{day}T10:39:10",
        "from": "Amina",
        "from_id": "user1",
        "text": "x",
    } | more


def test_telegram_is_read_message_by_message(monkeypatch):
    posts = [post(f"2026-03-{day:02}", text=']}{["\\', reactions=[{"count": day}]) for day in range(1, 20)]
    monkeypatch.setattr(messages, "_PIECE", 7)
    found = counted(telegram(*posts, post("2026-03-20", type="service"), post("2026-03-21", from_id="user2")))

    assert (found.posts, found.writers, found.title) == (20, 2, "Frauen Berlin")
    assert found.days[date(2026, 3, 21)] == 1


def test_private_chats_and_whole_accounts_are_refused():
    assert "private chat" in refused(telegram(post("2026-03-01"), type="personal_chat"))
    chats = {"chats": {"list": [json.loads(telegram(post("2026-03-01"))) for _chat in range(2)]}}
    assert "whole account" in refused(json.dumps(chats))
    two = {"participants": [{"name": "Amina"}, {"name": "Rima"}], "messages": [{"timestamp_ms": 1579294140000}]}
    assert "private chat" in refused(json.dumps(two))


def test_json_that_breaks_off_is_refused():
    whole = telegram(*[post("2026-03-01")] * 50)
    assert "breaks off" in refused(whole[: len(whole) // 2])
    assert "no list of messages" in refused('{"a": [1, 2]}')
    assert refused('{"messages": ' + "[" * 100_000)
    assert refused('{"messages": [')


def test_a_file_of_another_kind_is_named():
    for content, word in (
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"SQLite format 3\0", "SQLite"),
        (b"", "empty"),
    ):
        assert word in refused(content)
    assert "web page" in refused("<!doctype html><html><body>14.03.21</body></html>")
    assert "OPML" in refused("<?xml version='1.0'?><opml version='1.0'><body/></opml>")
    assert "UTF-8" in refused("14.03.21, 12:30 - Jörg: grün\n".encode("cp1252") * 3)


def test_text_in_utf_16_is_read():
    assert counted("14.03.21, 12:30 - Amina: Hallo".encode("utf-16")).posts == 1


def test_a_very_long_line_costs_no_memory_and_is_one_post():
    assert (
        counted("14.03.21, 12:30 - A: " + "14.03.21, 12:30 - B: x " * 50_000 + "\n14.03.21, 12:31 - A: y\n").posts == 2
    )


FEED = """<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>Blog</title>
<item><title>{title}</title><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item></channel></rss>"""


def test_a_feed_cannot_blow_up_or_reach_for_files():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20 if n else "x" * 1000}">' for n in range(9))
    bomb = FEED.format(before=f"<!DOCTYPE rss [{entities}]>", title="&e8;")
    assert counted(bomb).days == {date(2026, 3, 2): 1}
    reaching = FEED.format(before='<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>', title="&f;")
    assert "root:" not in read_apart(reaching.encode()).title


def test_days_of_real_feeds_agree_with_those_expected(data):
    read, dated = 0, 0
    with tarfile.open(data / "feeds" / "feed-rs_fixtures_dev.tar.gz") as box:
        names = set(box.getnames())
        for name in sorted(names):
            expected = name.replace(".serde", "").rpartition(".")[0] + ".serde.json"
            if name == expected or expected not in names:
                continue
            entries = json.load(box.extractfile(expected)).get("entries", [])
            days = sorted(
                datetime.fromisoformat(moment).date()
                for one in entries
                if (moment := one.get("published") or one.get("updated"))
            )
            try:
                found = counted(box.extractfile(name).read(), apart=False)
            except DomainError:
                assert not days, name
                continue
            read += 1
            dated += sum(found.days.values())
            assert sum(found.days.values()) >= len(days), name
            assert abs((min(found.days) - min(days)).days) <= 1, name
    assert read >= 20


def test_every_file_is_counted_or_refused_with_its_reason(data):
    said = Counter()
    for folder in ("feeds", "chat-exports", "robustness"):
        for path in sorted(place for place in (data / folder).rglob("*") if place.is_file()):
            for name, content in _files(path):
                try:
                    found = counted(content, apart=False)
                except DomainError as error:
                    with translation.override("de"):
                        said[str(error.message)] += 1
                else:
                    assert found.posts, name
                    assert all(number >= 0 for number in found.weeks(TODAY).values())
                    said["read"] += 1
    assert "" not in said
    assert said["read"] > 50
    assert sum(said.values()) > 1300


def _files(path):
    if path.suffixes[-2:] != [".tar", ".gz"]:
        yield path.name, path.read_bytes()
        return
    with tarfile.open(path) as box:
        for member in box:
            if member.isfile():
                yield member.name, box.extractfile(member).read()
