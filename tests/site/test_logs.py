"""The log of the server."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from treffpunkt.site.logs import WithoutLinks


def test_secret_of_a_link_is_not_logged(caplog):
    caplog.handler.addFilter(WithoutLinks())
    with caplog.at_level(logging.WARNING):
        logging.getLogger("django.request").error("Internal Server Error: %s", "/l/RhiHbEuuVqldinzspnllkjBl/")

    assert caplog.messages[-1] == "Internal Server Error: /l/…/"


@pytest.mark.django_db
def test_a_refused_form_does_not_log_the_link(caplog):
    caplog.handler.addFilter(WithoutLinks())

    Client(enforce_csrf_checks=True).post("/l/RhiHbEuuVqldinzspnllkjBl/answer/")

    assert "RhiHbEuuVqldinzspnllkjBl" not in caplog.text
