"""The page that tells system administration how the installation is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.people import a_coordinator, a_system_administrator
from tests.factories.post import a_mail
from treffpunkt.core.agent import SYSTEM
from treffpunkt.post.models import Message
from treffpunkt.upkeep.services import note_backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client):
    client.force_login(a_system_administrator(language="en"))
    return lambda name, **more: client.get(reverse(f"web:system:{name}"), **more)


def test_page_shows_backup_messages_and_jobs_in_few_queries(page):
    Message.objects.filter(pk=a_mail().pk).update(state=Message.State.FAILED)
    note_backup(by=SYSTEM, version="0.1.0", size=5_000_000, rows=1234, files=7, encrypted=True)
    page("home")  # the process' first page looks up more

    with CaptureQueriesContext(connection) as queries:
        text = page("home").content.decode()

    assert len([query for query in queries if "SAVEPOINT" not in query["sql"]]) < 10
    for words in ("1,234 rows", "7 files", "encrypted", 'state=failed">1<'):
        assert words in text


def test_findings_come_as_a_part_and_as_a_page(page):
    part = page("findings", headers={"HX-Request": "true", "HX-Target": "findings"}).content.decode()
    whole = page("findings").content.decode()

    for text in (part, whole):
        assert "No backup was ever made." in text
        assert "treffpunkt backup FILE" in text
    assert "<html" not in part
    assert "<html" in whole


def test_only_system_administration_opens_it(client):
    client.force_login(a_coordinator())
    assert client.get(reverse("web:system:home")).status_code == 403
    assert client.get(reverse("web:system:findings")).status_code == 403
    assert reverse("web:system:home") not in client.get("/settings/").content.decode()
