"""What a phone shows before a message is opened: who it is from, its subject, its first words; nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

import treffpunkt
from tests.factories.meetings import a_coordinator, a_meeting, an_actor, invited
from tests.support.mail import body_of
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now
from treffpunkt.core.text import fold
from treffpunkt.jobs.management.commands.load_reference import Command as Reference
from treffpunkt.meetings import calendar, wording
from treffpunkt.meetings.models import AgendaTopic, Meeting
from treffpunkt.network.services import telling
from treffpunkt.post.delivery import compose, deliver_due
from treffpunkt.post.models import Message
from treffpunkt.post.rendering import render
from treffpunkt.vocabulary.models import Topic

LANGUAGES = ("de", "en", "ar", "fr", "sr", "sr-latn", "es")
PACKAGE = Path(treffpunkt.__file__).parent
# What begins with "_" holds no words: it frames those of somebody else.
TEMPLATES = sorted(
    f"{path.relative_to(PACKAGE).parts[0]}/messages/{path.stem}"
    for path in PACKAGE.rglob("templates/*/messages/[!_]*.txt")
)
# What a preview shows at most.
PREVIEW = 160
# What must not be guessed from it, in the six languages: women, groups, violence, advice, administrators.
TELLING = re.compile(
    r"frau|mädchen|weiblich|gruppe|gewalt|schutz|beratung|admin|netzwerk|migra|asyl|aufenthalt|diskriminier|hass"
    r"|wom[ae]n|female|girl|group|violence|shelter|counsel|advice|network|asylum|residence|discrimin|hate"
    r"|femme|fille|groupe|violence|conseil|réseau|asile|séjour|haine"
    r"|mujer|chica|grupo|violencia|asesor|\bred\b|asilo|residencia|odio"
    r"|\bжен|девој|груп|насиљ|саветов|мреж|азил|боравак|мржњ|\bžen|devoj|grup|nasilj|savetov|mrež|azil|mržnj"
    r"|نساء|امرأة|النسائ|سيدات|مجموع|عنف|استشار|مشرف|شبكة|لجوء|إقامة|كراهية|تمييز",
    re.IGNORECASE,
)
CONTEXT = {
    "when": "2026-12-01, 18:00", "where": "…", "languages": "…", "greeting": "", "host": "Katrin", "moved": True,
    "answer": "accepted", "postponed": False, "count": 3, "address": "…",
}  # fmt: skip


def a_message(template: str, language: str, **context: object) -> Message:
    """Write a message that nobody gets."""
    return Message(
        template=template, language=language, channel="mail", address="x@example.net",
        context=CONTEXT | context | {"link_key": "key"}, secret={"code": "ABCD-1234"},
    )  # fmt: skip


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) >= 8


# Staff read German or English; everybody else one of all languages.
FOR_STAFF = ("people/", "tasks/")
READ = [
    (template, language)
    for template in TEMPLATES
    for language in (settings.STAFF_LANGUAGES if template.startswith(FOR_STAFF) else LANGUAGES)
]


@pytest.mark.parametrize(("template", "language"), READ)
def test_subject_and_first_words_tell_nothing(template, language):
    for postponed in (False, True):
        for moved in (False, True):
            text = render(a_message(template, language, postponed=postponed, moved=moved))
            shown = f"{text.subject} {text.body[:PREVIEW]}"
            assert not TELLING.search(shown), shown
            assert 0 < len(text.subject) <= 60
            assert "key" not in text.subject
            # Neither what is asked nor how: no link, no code, no name in what a locked phone shows.
            assert "ABCD-1234" not in text.subject
            assert "Katrin" not in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_speaks_its_language(language):
    """A text without a translation would come in English, and English subjects stand out."""
    for template, spoken in READ:
        if spoken == language != "en":
            own, english = render(a_message(template, language)), render(a_message(template, "en"))
            assert own.subject != english.subject, template
            assert own.body != english.body, template


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_title_tells_nothing(language):
    Reference().handle()
    topics = [text for row in AgendaTopic.objects.all() for text in row.titles.values()]
    topics += [text for row in Topic.objects.all() for text in row.names.values()]
    for form in Meeting.Form.values:
        title = wording.calendar_title(Meeting(form=form, title={language: "Frauen in Köln"}), language)
        assert not TELLING.search(title)
        assert not any(fold(topic) in fold(title) for topic in topics if topic)


@pytest.mark.django_db
def test_mail_and_calendar_entry_name_one_receiver(smtp, settings):
    coordinator = a_coordinator(name="Katrin Oster", email="katrin@example.org")
    meeting = a_meeting(coordinator, name="Frauen in Köln", title={"de": "Frauen in Köln", "ar": "نساء في كولونيا"})
    guests = [an_actor(language=language) for language in ("de", "en", "ar", "fr", "sr", "es")]
    rows = invited(coordinator, meeting, *guests)
    telling.tell(by=SYSTEM, ids=[an_actor(language="ar").pk])
    Message.objects.update(due_at=now() - timedelta(minutes=1))
    deliver_due()
    addresses = {guest.channels.get().value for guest in guests}
    assert len(smtp.mails) == 7
    for mail, receivers in zip(smtp.mails, smtp.receivers, strict=True):
        (own,) = receivers
        assert mail["To"] == own
        assert (mail["Cc"], mail["Bcc"], mail["Reply-To"]) == (None, None, None)
        whole = mail.as_bytes()
        assert not any(other.encode() in whole for other in addresses - {own})
        heads = " ".join(str(value) for name, value in mail.items() if name != "To")
        assert not TELLING.search(heads.replace("Treffpunkt", ""))
        for part in mail.walk():
            if part.get_content_type() == "text/calendar":
                entry = part.get_content().replace("\r\n ", "")
                assert entry.count("ATTENDEE") == 1
                assert f"mailto:{own}" in entry
                assert not TELLING.search(entry)
                assert "CLASS:PRIVATE" in entry
    assert not TELLING.search(calendar.entry(rows[0], method="PUBLISH"))


@pytest.mark.django_db
def test_outbox_masks_links_and_codes_outside_the_demo(client, settings):
    settings.DEMO = False
    coordinator = a_coordinator()
    actor = an_actor(language="de")
    telling.tell(by=SYSTEM, ids=[actor.pk])
    message = Message.objects.get()
    link = re.search(r"https?://\S+/l/([\w-]+)/", body_of(compose(message)))
    client.force_login(coordinator)
    for path in ("/outbox/", f"/outbox/{message.pk}/", "/outbox/by-hand/", "/"):
        page = client.get(path)
        assert page.status_code == 200
        assert link.group(1) not in page.content.decode()
    assert client.get("/outbox/demo/").status_code == 404
    assert Message.objects.filter(context__icontains=link.group(1)).count() == 0
