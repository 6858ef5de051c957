"""A mail says over the line what was meant, whatever its letters."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treffpunkt.post.writing import Part, write

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e"))
SUBJECT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=120)


def a_mail(**parts):
    return write(
        **{
            "sender": "Büro Köln <we@example.org>",
            "receiver": "amina@example.org",
            "subject": "Einladung",
            "headers": {"Message-ID": "<1@example.org>"},
            "parts": [Part("text/plain", "Hallo\n")],
        }
        | parts
    )


def read(mail):
    return message_from_bytes(mail.content, policy=policy.default)


@given(TEXT, TEXT)
def test_reader_gets_every_text_as_it_was_written(plain, entry):
    mail = a_mail(parts=[Part("text/plain", plain), Part("text/calendar", entry, {"method": "REQUEST"})])

    first, second = read(mail).iter_parts()
    assert [first.get_content_type(), second.get_content_type()] == ["text/plain", "text/calendar"]
    assert [part.get_payload(decode=True).decode().replace("\r\n", "\n") for part in (first, second)] == [plain, entry]
    assert second.get_param("method") == "REQUEST"
    assert all(len(line) <= 200 and line.isascii() for line in mail.content.split(b"\r\n"))


@given(SUBJECT)
def test_reader_gets_every_subject_as_it_was_written(subject):
    assert read(a_mail(subject=subject))["Subject"] == subject


@pytest.mark.parametrize("place", ["subject", "receiver", "sender"])
def test_line_end_makes_no_header_of_its_own(place):
    with pytest.raises(ValueError, match="header"):
        a_mail(**{place: "we@example.org\r\nBcc: other@example.org"})


def test_sender_and_receiver_are_named_in_letters_every_server_takes():
    mail = a_mail()

    assert (mail.sender, mail.receiver) == ("we@example.org", "amina@example.org")
    assert str(read(mail)["From"]) == "Büro Köln <we@example.org>"
    assert mail.content.isascii()
    assert "ü" in read(a_mail(receiver="jürgen@example.org"))["To"]
