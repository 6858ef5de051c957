"""One page for two askers, and the frame around it."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import OperationalError
from django.test import RequestFactory, override_settings
from django.utils import translation

from treffpunkt.people.models import Staff
from treffpunkt.ui import errors, views
from treffpunkt.ui.context import Shell
from treffpunkt.ui.pages import page, wanted_part


class NameForm(forms.Form):
    """One field."""

    name = forms.CharField()


@pytest.fixture
def ask():
    def build(path="/styleguide/", *, user=None, **headers):
        request = RequestFactory().get(path, headers=headers)
        request.user = user or Staff(name="Ayla Demir", email="ayla@example.org", roles=["coordinator"])
        request.session = {}
        request._messages = CookieStorage(request)
        return request

    return build


@pytest.fixture
def parts(tmp_path, settings):
    """Two templates: a page and its part."""
    folder = tmp_path / "sample"
    folder.mkdir()
    (folder / "page.html").write_text('<html>{% include "sample/page__list.html" %}</html>')
    (folder / "page__list.html").write_text('<div id="list">{{ word }}</div>')
    engine = {**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}
    engine["OPTIONS"] = {
        **engine["OPTIONS"],
        "loaders": [
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
        ],
    }
    settings.TEMPLATES = [engine]
    return folder


def body(response):
    return response.content.decode()


def test_browser_gets_the_whole_page_and_htmx_its_part(parts, ask):
    whole = page(ask(), "sample/page.html", {"word": "salam"})
    part = page(ask(**{"HX-Request": "true", "HX-Target": "list"}), "sample/page.html", {"word": "salam"})
    other = page(ask(**{"HX-Request": "true", "HX-Target": "other"}), "sample/page.html", {"word": "salam"})

    assert body(whole) == '<html><div id="list">salam</div></html>'
    assert body(part) == '<div id="list">salam</div>'
    assert body(other) == body(whole)
    assert "HX-Request" in whole["Vary"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"HX-Target": "list"},
        {"HX-Request": "true", "HX-Target": "../../etc"},
        {"HX-Request": "true", "HX-Target": "list", "HX-Boosted": "true"},
        {"HX-Request": "true", "HX-Target": "list", "HX-History-Restore-Request": "true"},
    ],
)
def test_whole_page_where_no_part_is_meant(ask, headers):
    assert wanted_part(ask(**headers)) == ""


def test_refused_form_answers_422(parts, ask):
    assert page(ask(), "sample/page.html", {"form": NameForm({})}).status_code == 422
    assert page(ask(), "sample/page.html", {"form": NameForm({"name": "a"})}).status_code == 200
    assert page(ask(), "sample/page.html", {"form": NameForm()}).status_code == 200


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@override_settings(DEMO=True)
def test_style_guide_keeps_to_the_rules(ask, language):
    with translation.override(language):
        html = body(views.styleguide(ask()))

    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert " style=" not in html
    assert "<script>" not in html
    assert not re.search(r"\son[a-z]+=", html)
    assert len(re.findall("<h1", html)) == 1
    refused_twice = {"id_"}  # the guide shows the same form twice
    doubled = {key for key, times in Counter(re.findall(r'\bid="([^"]+)"', html)).items() if times > 1}
    assert {key for key in doubled if not key.startswith(tuple(refused_twice))} == set()


def test_theme_of_the_account_is_used_and_otherwise_the_device_decides(ask):
    assert Shell(ask(user=Staff(name="A", theme="treffpunkt-dark"))).theme == "treffpunkt-dark"
    assert Shell(ask(user=AnonymousUser())).theme == ""


@pytest.mark.parametrize(
    ("handler", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.csrf_failure, 403),
        (errors.not_found, 404),
        (errors.not_processed, 422),
        (errors.too_many, 429),
        (errors.broken, 500),
        (errors.away, 503),
    ],
)
def test_error_pages_need_no_database_and_speak_the_browsers_language(handler, status):
    request = RequestFactory().get("/", headers={"accept-language": "ar"})
    response = handler(request)

    assert response.status_code == status
    assert '<html lang="ar" dir="rtl"' in body(response)
    assert response["Cache-Control"] == "no-store"


def test_database_away_is_said_as_503():
    request = RequestFactory().get("/")
    try:
        raise OperationalError
    except OperationalError:
        response = errors.broken(request)

    assert response.status_code == 503
    assert response["Retry-After"]


def test_button_pressed_twice_says_why_it_is_not_possible(rf):
    from treffpunkt.core.errors import DomainError
    from treffpunkt.ui.errors import refused

    handler = refused(errors.broken)
    answer = handler.process_exception(rf.get("/"), DomainError("It was sent already."))

    assert answer.status_code == 409
    assert "It was sent already." in answer.content.decode()
    assert handler.process_exception(rf.get("/"), ValueError()) is None
