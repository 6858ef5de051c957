"""What machines ask, and what the log tells."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from tests.factories.people import a_coordinator
from tests.factories.post import a_mail
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.jobs import defer
from treffpunkt.upkeep.services import note_backup

pytestmark = pytest.mark.django_db


def figures(client, **headers: str) -> dict[str, float]:
    lines = client.get("/metrics", headers=headers).content.decode().splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if line and line[0] != "#"}


def test_live_and_ready_answer_whatever_the_host(client):
    assert client.get("/health/live/", headers={"Host": "10.1.2.3"}).content == b"alive"
    assert client.get("/health/", headers={"Host": "10.1.2.3"}).content == b"ready"


@pytest.mark.django_db(transaction=True)
def test_process_is_alive_but_not_ready_without_its_database(client):
    kept = dict(connection.settings_dict)
    connection.close()
    try:
        connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1"}
        ready, alive = client.get("/health/"), client.get("/health/live/")
        down = figures(client)
    finally:
        connection.settings_dict.clear()
        connection.settings_dict |= kept

    assert (ready.status_code, alive.status_code) == (503, 200)
    assert down["treffpunkt_database_up"] == 0


def test_figures_count_jobs_messages_and_requests_by_route(client):
    client.force_login(a_coordinator())
    a_mail(address="amina@example.org")
    defer("network.renew_plan")
    note_backup(by=SYSTEM, version="0.1.0", size=1, rows=1, files=0, encrypted=False)
    client.get("/search/?q=Amina")

    found = figures(client)

    assert found['treffpunkt_messages{channel="mail",state="queued"}'] == 1
    assert found['treffpunkt_jobs{state="due"}'] == 2
    assert found["treffpunkt_workers"] == 0
    assert 0 <= found["treffpunkt_backup_age_seconds"] < 60
    route = 'treffpunkt_request_seconds_count{method="GET",route="web:search:results",status="200"}'
    assert found[route] >= 1
    assert not re.search("amina|example.org|/search", " ".join(found), re.IGNORECASE)


def test_figures_are_for_this_machine_only(client):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404


def test_behind_a_proxy_everything_comes_from_this_machine_so_a_token_is_needed(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client.get("/metrics").status_code == 404

    settings.METRICS_TOKEN = "a long secret"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    answer = client.get("/metrics", headers={"Authorization": "Bearer a long secret"}, REMOTE_ADDR="192.0.2.7")
    assert answer.status_code == 200
