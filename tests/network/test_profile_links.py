"""A professional profile is known again in whatever people paste."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treffpunkt.network.profile_links import canonical, read

INSTAGRAM = "https://www.instagram.com/hala.netz"
FACEBOOK = "https://www.facebook.com/hala.beratung"
WHATSAPP = "https://wa.me/4930231250123"


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("https://www.instagram.com/hala.netz/", INSTAGRAM),
        ("instagram.com/Hala.Netz?igsh=MXZ5bw==&utm_source=qr", INSTAGRAM),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.instagram.com%2Fhala.netz%2F%3Ffbclid%3Dx&h=AT", INSTAGRAM),
        ("https://www.instagram.com/stories/hala.netz/3123456789/", INSTAGRAM),
        ("instagr.am/hala.netz", INSTAGRAM),
        ("Schau mal: https://www.instagram.com/hala.netz?igsh=x, ist das echt?", INSTAGRAM),
        ("هل هذا حقيقي؟ https://www.instagram.com/hala.netz؟", INSTAGRAM),
        ("https://m.facebook.com/hala.beratung?mibextid=ZbWKwL", FACEBOOK),
        ("fb.com/hala.beratung/photos", FACEBOOK),
        ("m.me/hala.beratung", FACEBOOK),
        ("https://www.messenger.com/t/hala.beratung", FACEBOOK),
        ("https://www.facebook.com/messages/e2ee/t/100012345", "https://www.facebook.com/100012345"),
        ("https://www.facebook.com/groups/4711/user/100012345/?__cft__[0]=x", "https://www.facebook.com/100012345"),
        ("https://www.facebook.com/profile.php?id=100012345&sk=about", "https://www.facebook.com/100012345"),
        ("https://t.me/HalaNetz", "https://t.me/halanetz"),
        ("tg://resolve?domain=halanetz", "https://t.me/halanetz"),
        ("https://vm.tiktok.com.evil.example/@hala.netz", "https://vm.tiktok.com.evil.example/@hala.netz"),
        ("https://www.tiktok.com/@Hala.Netz?lang=de&_t=x", "https://www.tiktok.com/@hala.netz"),
        ("https://wa.me/4930231250123?text=Hallo", WHATSAPP),
        ("https://api.whatsapp.com/send/?phone=%2B4930231250123&type=phone_number", WHATSAPP),
        ("whatsapp://send?phone=4930231250123", WHATSAPP),
        ("https://signal.me/#p/+4930231250123", "https://signal.me/#p/+4930231250123"),
        ("https://de.linkedin.com/in/Hala-Netz?trk=public", "https://www.linkedin.com/in/hala-netz"),
        ("https://mobile.twitter.com/HalaNetz/status/1", "https://x.com/halanetz"),
        ("https://www.threads.net/@hala.netz?xmt=x", "https://www.threads.net/@hala.netz"),
    ],
)
def test_every_spelling_of_a_link_leads_to_one_address(pasted, address):
    found = read(pasted)

    assert found.addresses == (address,)
    assert not found.bare


@pytest.mark.parametrize("pasted", ["@Hala.Netz", "hala.netz", "Ist @hala.netz echt?"])
def test_a_handle_may_be_on_any_platform(pasted):
    found = read(pasted)

    assert found.bare
    assert {INSTAGRAM, "https://www.tiktok.com/@hala.netz", "https://www.facebook.com/hala.netz"} <= set(
        found.addresses
    )


@pytest.mark.parametrize(
    "pasted", ["+49 30 231250123", "0049 (30) 231-250-123", "030/231250123", "Von +49 30 231250123 kam das"]
)
def test_a_number_may_be_on_any_messenger(pasted):
    found = read(pasted)

    assert found.bare
    assert WHATSAPP in found.addresses
    assert "https://signal.me/#p/+4930231250123" in found.addresses


@pytest.mark.parametrize(
    "pasted",
    [
        "https://www.facebook.com/share/1AbCdEf/", "https://vm.tiktok.com/ZMabc/", "bit.ly/3xyz", "https://t.co/abc",
        "https://wa.me/qr/ABCDEF", "https://wa.me/message/ABCDEF", "https://www.tiktok.com/t/ZTabc/",
    ],
)  # fmt: skip
def test_a_short_link_hides_where_it_leads(pasted):
    assert read(pasted).hidden


@pytest.mark.parametrize(
    "pasted",
    [
        "", "   ", "hallo, wer bist du", "https://www.instagram.com/p/Cabc/", "javascript:alert(1)", "http://[",
        "https://instagram.com@evil.example/hala.netz", "hala@example.org", "1", "https://youtu.be.",
    ],
)  # fmt: skip
def test_what_names_no_profile_is_not_guessed(pasted):
    assert read(pasted).addresses == ()


@given(st.text(max_size=120))
def test_any_text_is_read(text):
    found = read(text)

    assert all(one.startswith("https://") for one in found.addresses)


_hosts = st.sampled_from(
    [
        "https://www.instagram.com/",
        "m.facebook.com/",
        "https://t.me/",
        "https://www.tiktok.com/@",
        "x.com/",
        "https://wa.me/49",
    ]
)
_names = st.text(string.ascii_letters + string.digits + "._", min_size=5, max_size=20)


@given(_hosts, _names)
def test_what_is_kept_is_read_as_itself(host, name):
    """A canonical address is canonical: reading it again changes nothing."""
    for address in read(host + name).addresses:
        again = read(address)
        assert again.hidden or again.addresses[:1] == (address,)


@pytest.mark.parametrize(
    ("text", "platform", "address"),
    [
        ("@Hala.Netz", "instagram", INSTAGRAM),
        ("hala.netz", "instagram", INSTAGRAM),
        ("hala.beratung", "facebook", FACEBOOK),
        ("030 231250123", "whatsapp", WHATSAPP),
        ("030 231250123", "telegram", "https://t.me/+4930231250123"),
        ("+49 30 231250123", "other", "https://signal.me/#p/+4930231250123"),
        ("m.facebook.com/hala.beratung?x=1", "facebook", FACEBOOK),
        ("@hala.netz", "", ""),
        ("https://www.facebook.com/share/1AbC/", "facebook", ""),
        ("zwei Wörter", "facebook", ""),
    ],
)
def test_staff_enter_a_handle_with_its_platform(text, platform, address):
    assert canonical(text, platform) == address
