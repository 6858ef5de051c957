"""A space has one address, however it is written."""

from __future__ import annotations

import string
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from treffpunkt.core.errors import DomainError
from treffpunkt.network.addresses import recognise

FACEBOOK_GROUP = "https://www.facebook.com/groups/frauen.berlin"


@pytest.mark.parametrize(
    "spelling",
    [
        "https://www.facebook.com/groups/frauen.berlin/",
        "http://facebook.com/groups/Frauen.Berlin",
        "facebook.com/groups/frauen.berlin",
        "m.facebook.com/groups/frauen.berlin?ref=share&mibextid=NSMWBT",
        "https://mbasic.facebook.com/groups/frauen.berlin?refid=18&__tn__=R",
        "https://de-de.facebook.com/groups/frauen.berlin/members",
        "HTTPS://WWW.FACEBOOK.COM/groups/frauen.berlin/posts/1234567/?comment_id=9",
        "https://www.fb.com/groups/frauen.berlin",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fgroups%2Ffrauen.berlin%2F&h=AT0",
        "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fgroups%2Ffrauen.berlin",
        "https://www.facebook.com/#!/groups/frauen.berlin/",
        "  <https://www.facebook.com/groups/frauen.berlin>. ",
    ],
)
def test_spellings_of_one_facebook_group(spelling):
    found = recognise(spelling)

    assert (found.platform, found.kind, found.address) == ("facebook", "group", FACEBOOK_GROUP)


@pytest.mark.parametrize(
    ("spelling", "platform", "kind", "address"),
    [
        (
            "https://www.facebook.com/profile.php?id=100012345",
            "facebook",
            "profile",
            "https://www.facebook.com/100012345",
        ),
        ("https://m.facebook.com/people/Amal/100012345/", "facebook", "profile", "https://www.facebook.com/100012345"),
        ("https://www.facebook.com/p/Ankommen-100012345/", "facebook", "page", "https://www.facebook.com/100012345"),
        ("https://www.facebook.com/pages/Ankommen/100012345", "facebook", "page", "https://www.facebook.com/100012345"),
        ("https://www.facebook.com/pg/Ankommen/about", "facebook", "page", "https://www.facebook.com/ankommen"),
        ("fb.me/Ankommen", "facebook", "", "https://www.facebook.com/ankommen"),
        (
            "https://www.facebook.com/share/g/1AbCd/?mibextid=x",
            "facebook",
            "group",
            "https://www.facebook.com/share/g/1AbCd",
        ),
        ("https://fb.me/g/p_AbCd/XyZ", "facebook", "group", "https://fb.me/g/p_AbCd"),
        ("https://instagram.com/Ayla.D/?igshid=1", "instagram", "profile", "https://www.instagram.com/ayla.d"),
        ("https://www.instagram.com/stories/ayla.d/333", "instagram", "profile", "https://www.instagram.com/ayla.d"),
        ("https://m.youtube.com/@AylaTV/videos", "youtube", "channel", "https://www.youtube.com/@aylatv"),
        ("youtube.com/channel/UCabcDEF?si=9", "youtube", "channel", "https://www.youtube.com/channel/UCabcDEF"),
        ("https://youtube.com/c/AylaTV/about", "youtube", "channel", "https://www.youtube.com/c/aylatv"),
        ("https://youtube.com/user/AylaTV", "youtube", "channel", "https://www.youtube.com/user/aylatv"),
        ("https://telegram.me/Frauen_Berlin", "telegram", "", "https://t.me/frauen_berlin"),
        ("https://t.me/s/frauen_berlin?before=20", "telegram", "channel", "https://t.me/frauen_berlin"),
        ("https://t.me/frauen_berlin/4711", "telegram", "", "https://t.me/frauen_berlin"),
        ("frauen_berlin.t.me", "telegram", "", "https://t.me/frauen_berlin"),
        ("tg://resolve?domain=frauen_berlin", "telegram", "", "https://t.me/frauen_berlin"),
        ("https://web.telegram.org/a/#-1001234567890", "telegram", "", "https://t.me/c/1234567890"),
        ("https://web.telegram.org/a/#-1001234567890_15", "telegram", "", "https://t.me/c/1234567890"),
        ("https://web.telegram.org/k/#@Frauen_Berlin", "telegram", "", "https://t.me/frauen_berlin"),
        ("https://weba.telegram.org/#@Frauen_Berlin", "telegram", "", "https://t.me/frauen_berlin"),
        (
            "https://web.telegram.org/k/#?tgaddr=tg%3A%2F%2Fresolve%3Fdomain%3Dfrauen_berlin%26post%3D5",
            "telegram",
            "",
            "https://t.me/frauen_berlin",
        ),
        (
            "https://web.telegram.org/a/?tgaddr=tg%3A%2F%2Fjoin%3Finvite%3DAAAbC-d",
            "telegram",
            "",
            "https://t.me/+AAAbC-d",
        ),
        ("tg://privatepost?channel=1234567890&post=5", "telegram", "", "https://t.me/c/1234567890"),
        ("https://t.me/joinchat/AAAbC-d", "telegram", "", "https://t.me/+AAAbC-d"),
        ("https://t.me/+AAAbC-d", "telegram", "", "https://t.me/+AAAbC-d"),
        ("https://chat.whatsapp.com/invite/AbCdEf", "whatsapp", "group", "https://chat.whatsapp.com/AbCdEf"),
        ("chat.whatsapp.com/AbCdEf?mode=r_c", "whatsapp", "group", "https://chat.whatsapp.com/AbCdEf"),
        ("https://whatsapp.com/channel/0029Va", "whatsapp", "channel", "https://www.whatsapp.com/channel/0029Va"),
        (
            "https://www.tiktok.com/@Ayla.tv/video/7?is_copy_url=1",
            "tiktok",
            "profile",
            "https://www.tiktok.com/@ayla.tv",
        ),
        ("https://vm.tiktok.com/ZMabC/", "tiktok", "profile", "https://vm.tiktok.com/ZMabC"),
        ("https://old.reddit.com/r/Berlin/comments/1/x", "reddit", "forum", "https://www.reddit.com/r/berlin"),
        ("r/Berlin", "reddit", "forum", "https://www.reddit.com/r/berlin"),
        ("http://www.ankommen.example.org/index.html", "blog", "blog", "https://ankommen.example.org"),
        (
            "https://ankommen.example.org/blog/?utm_source=fb&p=3#x",
            "blog",
            "blog",
            "https://ankommen.example.org/blog?p=3",
        ),
        ("http://WWW.Straße.example.org/Über", "blog", "blog", "https://xn--strae-oqa.example.org/%C3%9Cber"),
    ],
)
def test_every_platform_is_recognised(spelling, platform, kind, address):
    found = recognise(spelling)

    assert (found.platform, found.kind, found.address) == (platform, kind, address)


def test_a_handle_is_an_address_where_the_platform_is_known():
    assert recognise("@Frauen_Berlin", platform="telegram").address == "https://t.me/frauen_berlin"
    assert recognise("Ayla.D", platform="instagram").address == "https://www.instagram.com/ayla.d"
    assert recognise("@ayla") is None


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<b>x</b>",
        "file:///etc/passwd",
        "mailto:amina@example.org",
        "http://localhost:8000/x",
        "https://127.0.0.1/",
        "http://192.168.178.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.0x1/",
        "https://printer.local/",
        "https://www.facebook.com@evil.example.org/groups/1",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.instagram.com/p/Cabc/",
        "https://www.facebook.com/share/p/1AbC/",
        "https://www.facebook.com/",
        "https://wa.me/491701234567",
        "https://t.me/+491701234567",
        "https://web.telegram.org/a/",
        "https://web.telegram.org/k/#-1234567890",
        "https://web.telegram.org/k/#777000",
        "https://web.telegram.org/k/#?tgaddr=tg%3A%2F%2Fsettings",
        "https://example.org/" + "x" * 600,
    ],
)
def test_what_cannot_be_a_space_is_refused_in_words(text):
    with pytest.raises(DomainError) as refused:
        recognise(text)

    assert str(refused.value.message)


@pytest.mark.parametrize("text", ["", "  ", "Frauen in Berlin", "نساء برلين", "frauen", "@", "...", "/groups/1"])
def test_what_is_no_address_is_none(text):
    assert recognise(text) is None


NAMES = st.text(string.ascii_letters + string.digits + "_", min_size=5, max_size=20).filter(
    lambda name: not name.isdecimal()
)
SPACES = st.one_of(
    NAMES.map(lambda name: f"facebook.com/groups/{name}"),
    st.integers(10**6, 10**12).map(lambda number: f"facebook.com/groups/{number}"),
    NAMES.map(lambda name: f"instagram.com/{name}"),
    NAMES.map(lambda name: f"youtube.com/@{name}"),
    NAMES.map(lambda name: f"youtube.com/channel/UC{name}"),
    NAMES.map(lambda name: f"t.me/{name}"),
    NAMES.map(lambda name: f"t.me/+{name}"),
    NAMES.map(lambda name: f"chat.whatsapp.com/{name}"),
    NAMES.map(lambda name: f"tiktok.com/@{name}"),
    NAMES.map(lambda name: f"reddit.com/r/{name}"),
    NAMES.map(lambda name: f"{name.replace('_', '')}.example.org/blog"),
)
BEFORE = st.sampled_from(["", "https://", "http://", "HTTPS://", "https://www."])
AFTER = st.sampled_from(
    ["", "/", "?fbclid=abc", "/?utm_source=a&utm_medium=b", "?igshid=1&si=2", "#top", "/?mibextid=x#_"]
)


@given(SPACES, BEFORE, AFTER)
def test_decorations_change_nothing(space, before, after):
    plain = recognise(f"https://{space}").address

    assert recognise(f"{before}{space}{after}").address == plain
    wrapped = quote(f"https://{space}{after}", safe="")
    assert recognise(f"https://l.facebook.com/l.php?u={wrapped}&h=AT").address == plain


@given(SPACES)
def test_reducing_twice_changes_nothing(space):
    once = recognise(space)

    again = recognise(once.address)
    assert (again.platform, again.address) == (once.platform, once.address)


@example(";?")
@example("a.?b=.")
@given(st.text(max_size=80) | st.text(string.ascii_letters + string.digits + "/.:?#%&=@+-_ äß", max_size=80))
def test_any_text_is_reduced_once_and_for_all_or_refused(text):
    for given_text in (text, f"https://example.org/{text}", f"https://{text}"):
        try:
            found = recognise(given_text)
        except DomainError:
            continue
        if found is not None:
            assert found.address.startswith("https://")
            assert recognise(found.address).address == found.address
