"""The kit in a browser: accessible in both directions and themes, within the policy, light enough."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import treffpunkt.ui
from treffpunkt.people.models import Staff

UI = Path(treffpunkt.ui.__file__).parent
BUILT = UI / "static" / "ui" / "built"
AXE = UI.parents[2] / "node_modules" / "axe-core" / "axe.min.js"
BREAKS = "document.addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))"

needs_build = pytest.mark.skipif(not (BUILT / "ui.css").exists(), reason="run `npm run build` first")


@pytest.fixture
def guide(browser, live_server, settings, client):
    """The address of the style guide, and the cookie of somebody signed in."""
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]

    def sign_in(language):
        staff = Staff.objects.create(
            email="ayla@example.org", name="Ayla Demir", roles=["coordinator"], language=language
        )
        client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        return {"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": live_server.url}

    return f"{live_server.url}/styleguide/", sign_in


def open_guide(browser, guide, *, language="en", **options):
    address, sign_in = guide
    context = browser.new_context(**options)
    context.add_cookies([sign_in(language)])
    context.add_init_script(BREAKS)
    page = context.new_page()
    page.troubles = []
    page.on("console", lambda line: page.troubles.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.goto(address)
    return page


@needs_build
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1360, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_kit_is_accessible(browser, guide, language, scheme, width):
    page = open_guide(browser, guide, language=language, color_scheme=scheme, viewport={"width": width, "height": 900})
    page.evaluate(AXE.read_text())
    broken = page.evaluate("axe.run()")["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.context.close()

    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in broken] == []
    assert page.troubles == []
    assert wide <= 0


@needs_build
@pytest.mark.django_db(transaction=True)
def test_keyboard_opens_and_closes_what_the_mouse_does(browser, guide):
    page = open_guide(browser, guide)
    menu = page.locator("main .menu-box").first
    menu.locator("summary").press("Enter")
    opened = menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    closed = menu.get_attribute("open") is None
    back_at = page.evaluate("document.activeElement.tagName")
    page.locator("[data-dialog]").press("Enter")
    inside = page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    returned = page.evaluate("document.activeElement.dataset.dialog")
    page.context.close()

    assert (opened, closed, back_at) == (True, True, "SUMMARY")
    assert (inside, returned) == (True, "sample-dialog")


@needs_build
@pytest.mark.django_db(transaction=True)
def test_second_tap_sends_nothing(browser, guide):
    page = open_guide(browser, guide)
    sent = []

    def count(route):
        if route.request.method == "POST":
            sent.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    page.route("**/*", count)
    with page.expect_request(lambda request: request.method == "POST"):
        page.evaluate("{const form = document.querySelector('form.form'); form.requestSubmit(); form.requestSubmit();}")
    page.wait_for_timeout(300)
    page.context.close()

    assert len(sent) == 1


@needs_build
@pytest.mark.django_db(transaction=True)
def test_menus_open_without_scripts(browser, guide):
    page = open_guide(browser, guide, java_script_enabled=False, viewport={"width": 390, "height": 844})
    page.locator(".dock-bar summary").last.click()
    visible = page.locator(".dock-bar .sheet").last.is_visible()
    page.context.close()

    assert visible


def packed(name):
    path = BUILT / name
    return path.stat().st_size if path.suffix == ".woff2" else len(gzip.compress(path.read_bytes()))


@needs_build
def test_first_view_is_light():
    frame = packed("ui.css") + packed("staff.js") + packed("icons.svg")
    letters = sum(packed(f"fonts/{name}.woff2") for name in ("latin", "latin-a", "arabic", "cyrillic"))

    assert frame + letters < 105 * 1024  # leaves 15 KB for the page itself
    assert packed("page.js") < 3 * 1024


@needs_build
def test_every_icon_a_template_names_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (BUILT / "icons.svg").read_text()))
    named = {
        name
        for template in UI.parent.rglob("templates/**/*.html")
        for name in re.findall(r'\{%\s*icon "([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"', template.read_text())
        for name in name
        if name
    }

    assert named <= drawn
