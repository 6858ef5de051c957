"""Minutes: closed once, out in every language, without what must stay inside."""

from __future__ import annotations

import io
import json

import pytest
from django.db import connection
from pypdf import PdfReader

from tests.factories.meetings import (
    a_colleague,
    a_community,
    a_coordinator,
    a_meeting,
    a_statement,
    an_actor,
    holder_of,
    invited,
)
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.jobs.work.meetings import send_minutes as job
from treffpunkt.journal.queries import thread
from treffpunkt.meetings import outside, pdf, telling
from treffpunkt.meetings.models import Invitation, Meeting, Minutes, Statement
from treffpunkt.meetings.services import meetings, minutes, notes
from treffpunkt.meetings.services.invitations import answer, note_attendance
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db
ARABIC = "تسأل نساء كثيرات عن حق الإقامة بعد الطلاق."

needs_fonts = pytest.mark.skipif(not any(pdf.FONTS.glob("*.ttf")), reason="fonts are copied by `npm run build`")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """Keep stored files apart."""
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def host():
    """Give a host."""
    return a_coordinator()


@pytest.fixture
def held(host):
    """Give a meeting that was held: an Arabic, a Serbian and a French guest came, a fourth had said no."""
    meeting = a_meeting(host)
    actors = [
        an_actor(name="Amira Haddad"), an_actor(language="sr-latn", mail=False, chat=True), an_actor(language="fr"),
        an_actor(language="es"),
    ]  # fmt: skip
    came, chat, accepted, declined = invited(host, meeting, *actors)
    for row, state in ((came, "accepted"), (accepted, "accepted"), (declined, "declined")):
        answer(by=holder_of(row), invitation=row, state=state)
    meeting = meetings.start_meeting(by=host, meeting=meeting)
    note_attendance(by=host, meeting=meeting, attendance={came.pk: "attended", chat.pk: "attended"})
    Message.objects.update(state=Message.State.SENT)
    return meetings.end_meeting(by=host, meeting=meeting)


def jobs_waiting(name: str) -> list[dict[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("select args from procrastinate_jobs where task_name = %s and status = 'todo'", [name])
        return [row[0] if isinstance(row[0], dict) else json.loads(row[0]) for row in cursor.fetchall()]


def test_missing_gists_are_listed(host, held):
    bare = a_statement(host, held, ARABIC)
    a_statement(host, held, ARABIC, gist="Viele Frauen fragen nach dem Aufenthaltsrecht.")
    a_statement(host, held, "Das ist schon Deutsch.")
    a_statement(host, held, ARABIC, confidential=True)

    assert list(telling.missing_gists(held)) == [bare]


def test_content_leaves_out_names_and_what_is_confidential(host, held):
    a_statement(host, held, ARABIC)
    a_statement(host, held, "Wir schreiben das auf.", gist="überflüssig")
    secret = a_statement(host, held, "Das bleibt unter uns.", confidential=True)
    removed = a_statement(host, held, "Das war ein Versehen.")
    notes.remove_statement(by=host, statement=removed)
    notes.turn_into_task(by=host, statement=secret, title="Leise klären")
    actor = Invitation.objects.filter(meeting=held).first().actor
    spoken = a_statement(host, held, "سأثبّت المنشور.", said_by=actor)
    notes.turn_into_promise(by=host, statement=spoken, title="Beitrag anheften", promised_by=actor)

    content = telling.content(held, "ar")

    written = json.dumps(content, ensure_ascii=False)
    for hidden in ("unter uns", "Versehen", "Leise", "Amira", "Haddad", host.name):
        assert hidden not in written
    first, second, third = content["topics"][0]["statements"]
    assert (first["dir"], first["gist_missing"], second["gist"], third["language"]) == ("rtl", True, "", "ar")
    assert (first["foreign"], second["foreign"]) == ("", "الألمانية")
    assert [(row["text"], row["foreign"]) for row in content["promises"]] == [("Beitrag anheften", "الألمانية")]
    assert (content["tasks"], content["came"], content["dir"]) == ([], 2, "rtl")
    assert len(content["topics"]) == 1


def test_summary_is_read_in_ones_language_where_there_is_one(host, held):
    minutes.close_meeting(
        by=host,
        meeting=held,
        summary="Alle machen weiter.",
        summaries={"ar": "الجميع يواصل العمل.", "fr": "  "},
    )
    held.refresh_from_db()

    assert telling.content(held, "ar")["summary"]["text"] == "الجميع يواصل العمل."
    assert telling.content(held, "fr")["summary"] == {
        "text": "Alle machen weiter.",
        "language": "de",
        "dir": "ltr",
        "foreign": "allemand",
    }


def test_meeting_is_closed_once(host, held):
    removed = a_statement(host, held, "Das war ein Versehen.")
    notes.remove_statement(by=host, statement=removed)

    for _ in range(2):
        closed = minutes.close_meeting(by=host, meeting=held, summary="Alle machen weiter.")

    assert (closed.state, closed.summary) == (Meeting.State.CLOSED, "Alle machen weiter.")
    assert [entry.verb for entry in thread(held.pk)].count("meeting.closed") == 1
    assert jobs_waiting("meetings.send_minutes") == [{"meeting_id": str(held.pk)}]
    assert "Versehen" not in Statement.objects.get(pk=removed.pk).text


def test_counsellor_closes_nothing(held):
    counsellor = a_colleague()
    held.communities.add(a_community("ar", counsellor))

    with pytest.raises(Forbidden):
        minutes.close_meeting(by=counsellor, meeting=held, summary="Schluss.")


def test_open_meeting_sends_no_minutes(host, held):
    with pytest.raises(DomainError):
        minutes.send_minutes(by=host, meeting=held)


@needs_fonts
def test_minutes_go_out_in_every_language_and_only_once(host, held):
    a_statement(host, held, ARABIC, gist="Viele Frauen fragen nach dem Aufenthaltsrecht.")
    minutes.close_meeting(by=host, meeting=held, summary="Alle machen weiter.")

    job(meeting_id=str(held.pk))
    job(meeting_id=str(held.pk))

    assert sorted(Minutes.objects.values_list("language", flat=True)) == ["ar", "de", "fr", "sr-latn"]
    sent = Message.objects.filter(template="meetings/messages/minutes")
    assert sorted(sent.values_list("language", "channel")) == [
        ("ar", "mail"),
        ("fr", "mail"),
        ("sr-latn", "chat"),
    ]
    assert [entry.verb for entry in thread(held.pk)].count("minutes.sent") == 1
    letter = sent.get(language="ar")
    assert letter.occasion == f"minutes:{letter.about_id}:1"


@needs_fonts
def test_guest_added_later_still_gets_them(host, held):
    minutes.close_meeting(by=host, meeting=held, summary="")
    minutes.send_minutes(by=SYSTEM, meeting=held)
    Invitation.objects.filter(language="es").update(attendance="attended")

    minutes.send_minutes(by=SYSTEM, meeting=held)

    assert Minutes.objects.filter(language="es").exists()
    assert Message.objects.filter(template="meetings/messages/minutes").count() == 4


def read(document: bytes) -> tuple[PdfReader, str]:
    reader = PdfReader(io.BytesIO(document))
    return reader, "\n".join(page.extract_text() for page in reader.pages)


@needs_fonts
@pytest.mark.parametrize("language", ["de", "en", "ar", "fr", "sr", "sr-latn", "es", "fa"])
def test_pdf_is_tagged_in_its_language(host, held, language):
    a_statement(host, held, ARABIC, gist="Viele Frauen fragen nach dem Aufenthaltsrecht.")
    a_statement(
        host,
        held,
        "Треба нам листа саветовалишта. Đorđe je to rekao.",
        keep_findings=True,
        women_specific=True,
    )

    reader, text = read(minutes.preview_pdf(meeting=held, language=language))

    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).partition("-")[0] == language.partition("-")[0]
    assert "Viele Frauen fragen nach dem Aufenthaltsrecht." in text
    assert "Треба нам листа саветовалишта. Đorđe je to rekao." in text


@needs_fonts
def test_arabic_in_the_pdf_is_joined(host, held):
    """A joined ه, written four times, has a form for each place in the word."""
    a_statement(host, held, "ههه ه", keep_findings=True)

    reader, _ = read(minutes.preview_pdf(meeting=held, language="de"))

    fonts = {
        str(font.get_object()["/BaseFont"]): font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    arabic = next(font for name, font in fonts.items() if "Arabic" in name)
    mapped = arabic["/ToUnicode"].get_object().get_data().decode()
    assert mapped.count("<0647>") >= 4


@needs_fonts
def test_long_minutes_and_strange_signs_become_a_pdf(host, held):
    for number in range(60):
        a_statement(
            host,
            held,
            f"#{number} *stern* $x$ \\n <b> @ref [klammer] ```code``` 😀 漢字\nzweite Zeile",
            keep_findings=True,
        )

    reader, text = read(minutes.preview_pdf(meeting=held, language="de"))

    assert len(reader.pages) > 3
    assert "*stern* $x$" in text


@needs_fonts
def test_pdf_of_lost_file_is_written_anew(host, held):
    minutes.close_meeting(by=host, meeting=held, summary="Alle machen weiter.")
    row = minutes.send_minutes(by=host, meeting=held)[0]
    stored = minutes.pdf_of(row)
    Minutes.objects.filter(pk=row.pk).update(pdf="0" * 64)

    assert len(minutes.pdf_of(Minutes.objects.get(pk=row.pk))) == pytest.approx(len(stored), rel=0.05)


@needs_fonts
def test_link_opens_its_own_minutes_only(host, held):
    minutes.close_meeting(by=host, meeting=held, summary="")
    row = minutes.send_minutes(by=host, meeting=held)[0]
    invitation = held.invitations.first()

    assert outside.guest_minutes(holder_of(invitation, "minutes", row.pk)) == row
    assert outside.guest_minutes(holder_of(invitation, "invitation", row.pk)) is None
    assert outside.guest_invitation(holder_of(invitation)) == invitation
    assert outside.guest_invitation(holder_of(invitation, "minutes", row.pk)) is None
