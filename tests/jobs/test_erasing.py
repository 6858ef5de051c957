"""A person who touched everything is erased: afterwards no byte of the dump, the files or the logs names them."""

from __future__ import annotations

import base64
import gzip
import io
import os
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from django.db import connection

from tests.factories.agreements import a_picture, an_agreement
from tests.factories.agreements import holder_of as holder_of_party
from tests.factories.meetings import a_coordinator, a_meeting, a_statement, holder_of, invited
from tests.factories.network import a_platform, a_space, an_actor, an_organisation
from tests.support.cluster import named
from treffpunkt.agreements.models import Agreement
from treffpunkt.agreements.services.concluding import note_agreed
from treffpunkt.agreements.services.drafting import change_agreement
from treffpunkt.agreements.services.remarks import ask
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now
from treffpunkt.intake import running
from treffpunkt.intake import services as intake
from treffpunkt.intake.models import Import
from treffpunkt.jobs.work.meetings import actor_erased, documents_changed
from treffpunkt.launch.binaries import find as programs
from treffpunkt.links.services import issue
from treffpunkt.meetings.models import Minutes, Statement
from treffpunkt.meetings.services.invitations import answer, note_attendance
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.minutes import close_meeting, pdf_of, send_minutes
from treffpunkt.network.models import Actor, Contact, Space
from treffpunkt.network.services import telling
from treffpunkt.network.services.actors import add_channel, change_actor
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.network.services.erasing import erase_actor, mentions_of
from treffpunkt.network.services.map import hand_out_names, keep_spots
from treffpunkt.network.services.merging import merge_records, undo_merge
from treffpunkt.network.services.roles import add_role
from treffpunkt.network.services.spaces import change_space
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message
from treffpunkt.search import services as search
from treffpunkt.tasks.services import create_task
from treffpunkt.upkeep.models import Erasure

NAME, HANDLE, MAIL = "Samira Haddadova", "samira.hv_77", "samira.hv@example.net"
PHONE, TELEGRAM = "+4915123456789", "samira_hv77"
READING = "Zamira Hadadofa"
WORDS = (NAME, HANDLE, MAIL, PHONE, TELEGRAM, READING)
LIST = f"""Name,Handle,Gruppe,Rolle,Mail
{NAME},{HANDLE},Frauen in Köln,Administrator,{MAIL}
Sana Karim,sana.k,Frauen in Köln,Administrator,
"""
BROKEN = f"""Name,Handle,Gruppe,Rolle,Mail
{NAME},anders,Frauen in Köln,Administrator,keine Adresse
"""


class Life:
    """Everything a person can leave behind."""

    def __init__(self) -> None:
        a_platform("facebook")
        self.staff = a_coordinator()
        self.group = a_space(name="Frauen in Köln")
        self.imported = self.bring_in("liste.csv", LIST.encode())
        self.broken = self.bring_in("kaputt.csv", BROKEN.encode(), apply=False)
        self.waiting = intake.upload(
            by=self.staff, name=f"Kontakte {NAME}.csv", pieces=[LIST.replace("Köln", "Bonn").encode("utf-16")]
        )
        self.actor = Actor.objects.get(handle=HANDLE)
        self.profile = a_space(name=f"Seite von {NAME}")
        self.other = an_actor(name="Nour Aziz")
        self.be_in_touch()
        self.meet()
        self.agree()
        self.be_entered_twice()

    def bring_in(self, name: str, content: bytes, *, apply: bool = True) -> Import:
        """Import a file, or only check it."""
        found = intake.upload(by=self.staff, name=name, pieces=[content], target="people")
        found = intake.choose_mapping(
            by=self.staff, found=found, mapping=found.mapping, fixed=found.fixed | {"platform": "facebook"}, wait=True
        )
        running.check(found.pk)
        found.refresh_from_db()
        if apply:
            intake.apply_import(by=self.staff, found=found, wait=True)
            running.apply(found.pk)
            found.refresh_from_db()
            assert found.state == "applied", found.problem
        return found

    def be_in_touch(self) -> None:
        """Write, talk, note, owe."""
        staff, actor = self.staff, self.actor
        change_actor(by=staff, actor=actor, note=f"{NAME} ist abends da.", consent_for="Einladungen", reading=READING)
        add_channel(by=staff, actor=actor, channel_kind="whatsapp", value=PHONE)
        add_channel(by=staff, actor=actor, channel_kind="telegram", value=TELEGRAM)
        add_role(by=staff, actor=actor, space=self.profile, evidence=f"steht auf der Seite von {NAME}")
        told = {"keep_findings": True, "by": staff}
        log_contact(**told, actor=actor, note=f"{NAME} mag Treffen.", outcome="talked", next_step=f"{HANDLE} schreiben")
        log_contact(**told, actor=actor, note=f"Vertraulich: {MAIL}", confidential=True)
        log_contact(**told, space=self.group, note=f"Nach {NAME}s Rat: erst {HANDLE} fragen, {MAIL} oder {PHONE}.")
        log_contact(**told, actor=self.other, note=f"Kennt {NAME.upper()} gut.", next_step=f"@{TELEGRAM} fragen")
        change_space(by=staff, space=self.group, content=f"Gegründet von {NAME}", audience=f"wie {HANDLE}")
        an_organisation(note=f"Ansprechperson war {NAME} ({PHONE})", purpose={"de": f"{NAME} berät"})
        create_task(by=staff, title=f"{NAME} anrufen", note=f"unter {PHONE}, spricht man {READING}", about=actor)
        create_task(by=staff, title=f"Regeln teilen, sagt {NAME}", promised_by=actor, owner=staff)
        keep_spots(by=staff, spots=[((actor.kind, actor.pk), 1, 2)])
        hand_out_names(by=staff, file_format="csv", reason=f"Gespräch über {NAME}", people=[actor.pk])
        telling.tell(by=SYSTEM, ids=[actor.pk])
        self.link = issue("about", subject_kind=actor.kind, subject_id=actor.pk, holder_id=actor.pk)

    def meet(self) -> None:
        """Be invited by mail and by chat, answer, come, say something, get the minutes."""
        staff = self.staff
        meeting = self.meeting = a_meeting(staff, languages=["de", "ar"], greeting={"de": f"Mit {NAME}"})
        by_mail = invited(staff, meeting, self.actor)[0]
        deliver_due()
        self.actor.channels.filter(channel_kind="mail").update(safe=False)
        second = a_meeting(staff, name=f"Treffen mit {NAME}")
        invited(staff, second, Actor.objects.get(pk=self.actor.pk))
        answer(by=holder_of(by_mail), invitation=by_mail, state="accepted", remark=f"Ich bin {NAME}, {PHONE}")
        start_meeting(by=staff, meeting=meeting)
        said = a_statement(staff, meeting, f"قالت {NAME} إنها تساعد.", gist=f"{NAME} hilft.", keep_findings=True)
        Statement.objects.filter(pk=said.pk).update(said_by=self.actor)
        a_statement(staff, meeting, f"Vertraulich über {HANDLE}", language="de", confidential=True, keep_findings=True)
        note_attendance(by=staff, meeting=meeting, attendance={by_mail.pk: "attended"})
        end_meeting(by=staff, meeting=meeting)
        close_meeting(by=staff, meeting=meeting, summary=f"Danke an {NAME}.", summaries={"ar": f"شكرًا {NAME}"})
        send_minutes(by=staff, meeting=meeting)
        deliver_due()

    def agree(self) -> None:
        """Agree in a chat, with a picture and a question; somebody else agrees about a page that bears their name."""
        agreement = an_agreement(self.staff, self.actor, spaces=[self.group, self.profile])
        party = agreement.parties.get()
        note_agreed(
            by=self.staff, party=party, way="chat", name=NAME, at=now(), quote=f"Ja, {HANDLE}",
            evidence=a_picture(f"{NAME} {PHONE}"),
        )  # fmt: skip
        ask(by=holder_of_party(party), party=party, text=f"Ruft {NAME} an: {PHONE}")
        change_agreement(by=self.staff, agreement=agreement, version=fresh_version(agreement), note=f"{NAME} fragen")
        add_role(by=self.staff, actor=self.other, space=self.profile)
        about_her_page = an_agreement(self.staff, self.other, spaces=[self.profile])
        note_agreed(by=self.staff, party=about_her_page.parties.get(), way="chat", name="N", at=now(), quote="Ja")

    def be_entered_twice(self) -> None:
        """Be merged with a second record of themselves, and hold the same role in two groups that are merged."""
        twin = an_actor(self.group, name=f"{NAME}-Twin", note=f"Auch {NAME}, {PHONE}")
        add_channel(by=self.staff, actor=twin, channel_kind="whatsapp", value=PHONE)
        self.twin = merge_records(by=self.staff, kept=self.actor, gone=twin).gone_id
        second = a_space(name="Frauen in Köln (alt)")
        add_role(by=self.staff, actor=self.actor, space=second, evidence=f"{NAME} sagt es")
        self.merged = merge_records(by=self.staff, kept=self.group, gone=second)


def fresh_version(agreement: Agreement) -> int:
    """Read the version that a form would show."""
    return Agreement.objects.values_list("version", flat=True).get(pk=agreement.pk)


def dump(cluster) -> bytes:
    """Write the whole database out as text, as a backup does, with what is packed in it unpacked."""
    database = connection.settings_dict["NAME"]
    program = programs().path("pg_dump")
    done = subprocess.run(
        [program, "--inserts", named(cluster.owner, database)], capture_output=True, check=True, env=os.environ
    )
    text = done.stdout
    assert b"INSERT INTO public.network_actor" in text
    assert b"procrastinate_jobs" in text
    return text + b"".join(_sessions())


def _sessions() -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("select session_data from django_session")
        rows = [row[0].split(":")[0] for row in cursor.fetchall()]
    return [
        zlib.decompress(base64.urlsafe_b64decode(row[1:] + "==")) if row.startswith(".") else row.encode()
        for row in rows
    ]


def on_disk(folder: Path) -> bytes:
    """Read every file, and what is packed in it."""
    found = b""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        found += content
        if content[:2] == b"\x1f\x8b":
            found += gzip.decompress(content)
        if content[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(content)) as box:
                found += b"".join(box.read(name) for name in box.namelist())
        found += b"".join(_inflated(content)) if content[:4] == b"%PDF" else b""
    return found


def _inflated(content: bytes) -> list[bytes]:
    parts = []
    for piece in content.split(b"stream\n")[1:]:
        try:
            parts.append(zlib.decompressobj().decompress(piece))
        except zlib.error:
            continue
    return parts


def traces(heap: bytes) -> list[str]:
    """Name the words that stand in a heap of bytes, in any letter case and in the encodings files come in."""
    lowered = heap.lower()
    return [
        word
        for word in WORDS
        if any(form in lowered for form in (word.lower().encode(), word.lower().encode("utf-16-le")))
    ]


@pytest.fixture
def files(settings, tmp_path):
    """Give stored files a folder of their own."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.mark.django_db(transaction=True)
def test_nothing_names_a_person_who_was_erased(smtp, files, cluster, client, caplog, capfd):
    life = Life()
    client.force_login(life.staff)
    client.get("/search/", {"q": NAME})
    page = client.get(f"/network/people/{life.actor.pk}/erase/").content.decode()
    before = dump(cluster)
    assert traces(before) == list(WORDS)
    assert NAME.lower().encode() in on_disk(files).lower()
    assert "Ansprechperson war" in page
    assert page.count('name="mention"') >= 8
    contacts = Contact.objects.filter(actor=life.actor).count()
    old_pdfs = {row.pdf for row in Minutes.objects.all()}
    ticked = [one.split('value="')[1].split('"')[0] for one in page.split('name="mention"')[1:]]

    sent = {"sure": "on", "mention": ticked}
    assert client.post(f"/network/people/{life.actor.pk}/erase/", sent).status_code == 302
    actor_erased(str(life.actor.pk))
    for row in Minutes.objects.all():
        documents_changed(str(row.pk))

    assert traces(dump(cluster)) == []
    assert traces(on_disk(files)) == []
    said = capfd.readouterr()
    assert traces((caplog.text + said.out + said.err).encode()) == []
    assert Contact.objects.filter(actor=life.actor).count() == contacts
    # Others stay: the group, the other person of the list, and what was said in general.
    assert Actor.objects.filter(name="Sana Karim").exists()
    assert "hilft." in Statement.objects.get(pk=Statement.objects.order_by("id").first().pk).gist
    minutes = Minutes.objects.filter(language="de").first()
    assert minutes is not None
    assert minutes.pdf not in old_pdfs
    assert pdf_of(minutes).startswith(b"%PDF")
    assert client.get(f"/network/people/{life.actor.pk}/").status_code == 200
    assert Erasure.objects.filter(record_id=life.twin).exists()
    undo_merge(by=life.staff, merge=life.merged)
    assert traces(dump(cluster)) == []
    assert Space.objects.get(pk=life.merged.gone_id).administrator_count == 0
    running.undo(life.imported.pk)


@pytest.mark.django_db(transaction=True)
def test_person_erases_herself_by_link_at_once_and_quietly(smtp, files, cluster, client):
    life = Life()
    path = "/l/" + life.link.rstrip("/").rsplit("/", 1)[-1] + "/"
    mails, texts = len(smtp.mails), Message.objects.count()
    assert client.get(path + "about-you/erase/").status_code == 200
    assert Actor.objects.get(pk=life.actor.pk).name == NAME

    answer_page = client.post(path + "about-you/erase/", {})

    assert answer_page.status_code == 200
    assert client.get(path).status_code == 410
    actor_erased(str(life.actor.pk))
    for row in Minutes.objects.all():
        documents_changed(str(row.pk))
    deliver_due()
    assert (len(smtp.mails), Message.objects.count()) == (mails, texts)
    assert traces(dump(cluster)) == []
    assert traces(on_disk(files)) == []


@pytest.mark.django_db
def test_text_that_is_spared_keeps_the_name_and_namesakes_keep_theirs():
    staff = a_coordinator()
    actor, namesake = an_actor(name="Rana Salim", handle="rana"), an_actor(name="Rana Salim", handle="rana.zwei")
    kept = log_contact(by=staff, actor=namesake, note="Rana Salim, die andere.", keep_findings=True)
    lost = log_contact(by=staff, space=a_space(), note="Rana Salim sagt ja, Rana auch.", keep_findings=True)
    key = f"network.contact:{kept.pk}:note"
    found = {one.key: one.sure for one in mentions_of(actor)}
    assert found[key]
    assert found[f"network.contact:{lost.pk}:note"]

    erase_actor(by=staff, actor=actor, spare=[key])

    kept.refresh_from_db()
    lost.refresh_from_db()
    namesake.refresh_from_db()
    assert (kept.note, namesake.name) == ("Rana Salim, die andere.", "Rana Salim")
    assert "Rana Salim" not in lost.note
    assert lost.version == 2


@pytest.mark.django_db
def test_first_name_alone_is_only_offered():
    staff = a_coordinator()
    actor = an_actor(name="Rana Salim")
    contact = log_contact(by=staff, space=a_space(), note="Mit Rana gesprochen, nicht mit Mariana.", keep_findings=True)
    (mention,) = mentions_of(actor)
    assert not mention.sure

    erase_actor(by=staff, actor=actor, also=[mention.key])

    contact.refresh_from_db()
    assert "Mit Rana" not in contact.note
    assert "Mariana" in contact.note


@pytest.mark.django_db
def test_word_with_an_arabic_prefix_is_found():
    actor = an_actor(name="سميرة حداد")
    contact = log_contact(by=a_coordinator(), space=a_space(), note="تحدثنا وسميرة حداد موافقة", keep_findings=True)

    erase_actor(by=SYSTEM, actor=actor)

    contact.refresh_from_db()
    assert "سميرة" not in contact.note


@pytest.mark.django_db
def test_bent_name_and_number_in_another_notation_are_found():
    staff = a_coordinator()
    actor = an_actor(name="Милица Јовановић")
    add_channel(by=staff, actor=actor, channel_kind="whatsapp", value="+381641234567")
    note = "Mit Milicom Jovanović telefoniert (064/123 45-67), питати МИЛИЦУ ЈОВАНОВИЋ и Марију."
    contact = log_contact(by=staff, space=a_space(), note=note, keep_findings=True)

    erase_actor(by=SYSTEM, actor=Actor.objects.get(pk=actor.pk))

    contact.refresh_from_db()
    assert "Милиц" not in contact.note.title()
    assert not [word for word in ("Milic", "Jovan", "064", "123") if word in contact.note]
    assert "и Марију" in contact.note


@pytest.mark.django_db
def test_names_are_searched_for_in_one_query(django_assert_num_queries):
    actor = an_actor(name="Rana Salim")
    search.renew_frequencies()
    with django_assert_num_queries(3):
        mentions_of(actor)
    assert now()
