"""Evidence: known by its content, kept once, behind the second lock."""

from __future__ import annotations

import hashlib

import pytest
from django.db import ProgrammingError, connection, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from tests.factories.agreements import a_pdf, a_picture, in_force
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space
from treffpunkt.agreements import rules
from treffpunkt.agreements.looking import kind_of
from treffpunkt.agreements.models import Evidence
from treffpunkt.agreements.services.concluding import add_evidence
from treffpunkt.core import files
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.core.subject import NOBODY, acting_as, subject_of

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100 + b"\xff\xd9"
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 "


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (a_picture(), "image/png"),
        (JPEG, "image/jpeg"),
        (WEBP, "image/webp"),
        (a_pdf(), "application/pdf"),
        (a_pdf(packed=b"BT (Hallo) Tj ET"), "application/pdf"),
        (b"", ""),
        (b"GIF89a", ""),
        (b"<svg onload='x'/>", ""),
        (b"<html></html>", ""),
        (b"%PDF-1.7 cut off", ""),
        (a_pdf(says=b"/OpenAction << /S /JavaScript >>"), ""),
        (a_pdf(says=b"/J#61vaScript (x)"), ""),
        (a_pdf(says=b"/AA << >>"), ""),
        (a_pdf(packed=b"<< /S /Launch >>"), ""),
        (a_pdf(packed=b"/EmbeddedFile"), ""),
        (a_pdf(says=b"/Encrypt 4 0 R"), ""),
        (a_pdf(packed=b"0" * (65 * 2**20)), ""),
    ],
)
def test_a_file_is_what_it_holds(content, kind):
    assert kind_of(content) == kind


@given(st.binary(max_size=300))
@example(b"%PDF-stream\n\x00endstream%%EOF")
def test_any_bytes_are_looked_at_without_harm(content):
    assert kind_of(content) in ("", "image/png", "image/jpeg", "image/webp", "application/pdf")
    assert kind_of(b"%PDF-1.4\n" + content + b"\n%%EOF") in ("", "application/pdf")


@pytest.mark.django_db
class TestKept:
    def test_by_its_hash_and_once(self):
        coordinator = a_coordinator()
        agreement = in_force(coordinator)
        for _ in range(2):
            add_evidence(by=coordinator, agreement=agreement, content=a_picture())

        kept = Evidence.objects.get()
        assert kept.file == hashlib.sha256(a_picture()).hexdigest()
        assert files.load(kept.file) == a_picture()

    def test_too_large_is_refused(self):
        coordinator = a_coordinator()
        with pytest.raises(DomainError, match="10 MB"):
            add_evidence(by=coordinator, agreement=in_force(coordinator), content=a_picture() + b"0" * (10 * 2**20))

    def test_only_who_works_on_it_reaches_the_row(self):
        """Past the application's rules: the database itself is asked."""
        mine = a_community()
        owner, colleague, stranger = a_counsellor(mine), a_counsellor(mine), a_counsellor()
        coordinator = a_coordinator()
        agreement = in_force(coordinator, spaces=[a_space(mine)], owner=owner)
        kept = add_evidence(by=coordinator, agreement=agreement, content=a_picture())

        def seen(subject: str) -> bool:
            with acting_as(subject), connection.cursor() as cursor:
                cursor.execute("select 1 from agreements_evidence where id = %s", [kept.pk])
                return cursor.fetchone() is not None

        for staff in (owner, coordinator):
            assert seen(subject_of(staff))
            assert list(rules.viewable_evidence(staff)) == [kept]
        for staff in (colleague, stranger):
            assert not seen(subject_of(staff))
            assert list(rules.viewable_evidence(staff)) == []
        assert seen(subject_of(SYSTEM))
        party = agreement.parties.get()
        for subject in (f"agreement:{party.pk}", NOBODY, "' or true --"):
            assert not seen(subject)
        with pytest.raises(Forbidden):
            add_evidence(by=colleague, agreement=agreement, content=a_picture("other"))

    def test_no_other_way_leads_around(self):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("alter table agreements_evidence disable row level security")
