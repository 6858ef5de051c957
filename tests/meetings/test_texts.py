"""The texts to guests: changed by coordination, checked, filled in, and never run."""

from __future__ import annotations

import pytest

from tests.factories.meetings import a_colleague, a_coordinator, a_meeting, an_actor, invited
from treffpunkt.core.errors import DomainError, Forbidden, Stale
from treffpunkt.core.placeholders import filled, unknown_places
from treffpunkt.core.text import LANGUAGES
from treffpunkt.journal.models import Entry
from treffpunkt.meetings import texts
from treffpunkt.meetings.models import GuestText
from treffpunkt.meetings.neutral import telling_words
from treffpunkt.meetings.services import meetings
from treffpunkt.meetings.services.invitations import remind
from treffpunkt.meetings.services.texts import TellingSubject, change_text, reset_text
from treffpunkt.network.models import Space
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.vocabulary.models import Platform

pytestmark = pytest.mark.django_db
BODY = "Hallo {name},\n\n{date}\n{place}\n\n{greeting}\n\n{link}\n\n{stored}\n\n{host}"


@pytest.fixture
def host():
    """Give who coordinates."""
    return a_coordinator(name="Lena Beispiel")


def changed(by, purpose="invitation", language="de", body=BODY, subject="Eine Einladung von uns", **more):
    """Change a text."""
    return change_text(by=by, purpose=purpose, language=language, subject=subject, body=body, **more)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", GuestText.Purpose.values)
def test_standard_text_can_be_saved_as_it_is(host, purpose, language):
    text = texts.standard(purpose, language)

    assert texts.is_required_missing(purpose, text.body) == []
    assert unknown_places(text.body, texts.NAMES) == []
    assert "{{" not in text.body
    assert change_text(by=host, purpose=purpose, language=language, subject=text.subject, body=text.body) is None
    assert telling_words(text.subject) == []


def test_our_words_are_sent_in_place_of_the_standard_text(host):
    changed(host)
    meeting = a_meeting(host)
    german, arabic = an_actor(language="de", name="Anna"), an_actor(language="ar")
    invited(host, meeting, german, arabic)

    text = render(Message.objects.get(to_id=german.pk))
    assert text.subject == "Eine Einladung von uns"
    assert text.body.startswith("Hallo Anna,\n\n")
    assert text.body.count("/l/") == 1
    assert "bei uns" not in text.body
    assert "löschen" in text.body
    assert text.body.strip().endswith("Lena Beispiel")
    assert "{" not in text.body
    assert "لقاء" in render(Message.objects.get(to_id=arabic.pk)).body


def test_what_was_sent_stays_what_it_was(host):
    changed(host, body="Alt. {link} {stored}")
    meeting = a_meeting(host)
    invited(host, meeting, an_actor(language="de"))
    changed(host, body="Neu. {link} {stored}")
    invited(host, meeting, an_actor(language="de"))

    first, second = Message.objects.order_by("id")
    assert render(first).body.startswith("Alt.")
    assert render(second).body.startswith("Neu.")
    reset_text(by=host, purpose="invitation", language="de")
    assert render(second).body.startswith("Neu.")


def test_reminder_postponed_and_cancelled_have_their_own(host):
    for purpose in ("reminder", "postponed", "cancelled"):
        changed(host, purpose=purpose, body=f"{purpose}: {{link}}")
    meeting = a_meeting(host)
    invited(host, meeting, an_actor(language="de"))
    Message.objects.update(state="sent")
    remind(by=host, meeting=meeting)
    Message.objects.update(state="sent")
    meeting = meetings.postpone_meeting(by=host, meeting=meeting)
    Message.objects.update(state="sent")
    meetings.cancel_meeting(by=host, meeting=meeting)

    said = [render(message).body.partition(":")[0] for message in Message.objects.order_by("id")]
    assert said[1:] == ["reminder", "postponed", "cancelled"]


def test_text_is_never_run(host):
    evil = "{% load i18n %}{% debug %} ${{x}} __import__ {link} {stored}"
    with pytest.raises(DomainError):
        changed(host, body=evil)
    changed(host, body="{link} {stored} <b>%(x)s %s</b> $x #{'a'}".replace("{'a'}", "a"))
    meeting = a_meeting(host, form="on_site", venue="{{ settings.SECRET_KEY }} {name} {% now 'Y' %}")
    invited(host, meeting, an_actor(language="de", name="{link}{host}"))

    changed(host, body="{name} | {place} | {link} {stored}")
    invited(host, meeting, an_actor(language="de", name="{link}{host}"))
    body = render(Message.objects.latest("id")).body
    assert body.startswith("{link}{host} | {{ settings.SECRET_KEY }} {name} {% now 'Y' %}")
    assert body.count("/l/") == 1


@pytest.mark.parametrize(
    ("purpose", "body", "word"),
    [
        ("invitation", "Kommen Sie: {link}", "{stored}"),
        ("reminder", "Kommen Sie!", "{link}"),
        ("reminder", "{link} {adresse}", "{adresse}"),
        ("reminder", "{link} {", "{"),
        ("reminder", "", "Text"),
        ("reminder", "{link}" + "x" * 4000, "lang"),
    ],
)
def test_what_cannot_be_sent_is_refused_in_words(host, purpose, body, word):
    from django.utils import translation

    with translation.override("de"), pytest.raises(DomainError) as refused:
        changed(host, purpose=purpose, body=body)
    assert word in str(refused.value.message)


@pytest.mark.parametrize(
    "subject",
    ["Treffen für Frauen", "لقاء النساء", "Сусрет жена", "Réunion des femmes", "Mujeres en red", "Mamas in Köln trifft sich",
     "Schutz vor Gewalt", "Ihre Facebook-Gruppe", "Aufenthalt"],
)  # fmt: skip
def test_telling_subject_is_warned_about_and_may_be_kept(host, subject):
    platform = Platform.objects.get_or_create(key="facebook", defaults={"name": "Facebook"})[0]
    Space.objects.create(name="Mamas in Köln", platform=platform)

    with pytest.raises(TellingSubject):
        changed(host, subject=subject)
    assert changed(host, subject=subject, keep_subject=True).subject == subject


def test_subject_takes_no_names(host):
    with pytest.raises(DomainError):
        changed(host, subject="Liebe {name}")


def test_versions_are_kept_and_the_standard_text_comes_back(host):
    changed(host, body="Eins {link} {stored}")
    changed(host, body="Zwei {link} {stored}")
    reset_text(by=host, purpose="invitation", language="de")

    assert [row.body[:4] for row in GuestText.objects.order_by("revision")] == ["Eins", "Zwei", ""]
    assert texts.current("invitation", "de").body == texts.standard("invitation", "de").body
    assert reset_text(by=host, purpose="invitation", language="de") is None
    assert [entry.verb for entry in Entry.objects.filter(verb__startswith="text.").order_by("id")] == [
        "text.changed", "text.changed", "text.reset",
    ]  # fmt: skip


def test_two_at_once_see_each_other(host):
    changed(host, body="Eins {link} {stored}", revision=0)

    with pytest.raises(Stale):
        changed(host, body="Zwei {link} {stored}", revision=0)


def test_only_coordination_changes_them():
    with pytest.raises(Forbidden):
        changed(a_colleague())
    with pytest.raises(Forbidden):
        reset_text(by=a_colleague(), purpose="invitation", language="de")


def test_serbian_in_latin_letters_is_written_from_cyrillic(host):
    changed(host, language="sr", subject="Позив", body="Здраво, {link} {stored}")
    invited(host, a_meeting(host), an_actor(language="sr-latn"))

    text = render(Message.objects.get())
    assert text.subject == "Poziv"
    assert text.body.startswith("Zdravo, ")


def test_lines_and_names_that_are_empty_go():
    assert filled("Hallo {name},\n\n{greeting}\n\nDas war es.", {"name": "", "greeting": ""}) == "Hallo,\n\nDas war es."
