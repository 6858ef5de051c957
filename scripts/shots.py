"""A picture of every page: `python scripts/shots.py [--only WORD,WORD] [--address URL]`, into shots/.

Starts the demo in a folder of its own unless an address is given, signs in as coordination with the code from the
demo's Outbox, and takes each page at desktop and phone width, light and dark; guests' pages in Arabic as well.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright  # noqa: E402

from tests.support.browser import arguments, executable  # noqa: E402
from tests.support.mail import free_port  # noqa: E402

SIZES = {"desktop": {"width": 1360, "height": 940}, "phone": {"width": 390, "height": 844}}
COORDINATION = "koordination@example.org"
# Pages by name: an address, or the address of a list and the link on it to follow.
PAGES: dict[str, tuple[str, ...]] = {
    "today": ("/",),
    "spaces": ("/network/spaces/",),
    "space": ("/network/spaces/", "main tbody a.name"),
    "space-add": ("/network/spaces/add/",),
    "people": ("/network/people/",),
    "person": ("/network/people/", "main tbody a.name"),
    "plan": ("/network/people/next/",),
    "plan-print": ("/network/people/next/print/",),
    "plan-losses": ("/network/people/losses/",),
    "plan-single": ("/network/spaces/single/",),
    "plan-bridges": ("/network/people/bridges/",),
    "plan-pairs": ("/network/communities/pairs/",),
    "map": ("/network/map/",),
    "round": ("/network/round/",),
    "people-board": ("/network/people/board/",),
    "first-messages": ("/network/people/messages/",),
    "profiles": ("/network/profiles/",),
    "organisations": ("/network/organisations/",),
    "organisation": ("/network/organisations/", "main tbody a.name"),
    "communities": ("/network/communities/",),
    "contact": ("/network/contacts/add/",),
    "import": ("/import/",),
    "meetings": ("/meetings/",),
    "meeting": ("/meetings/", "main a.name"),
    "meeting-add": ("/meetings/add/",),
    "guest-texts": ("/meetings/texts/",),
    "guest-text": ("/meetings/texts/invitation/ar/",),
    "series": ("/meetings/series/",),
    "meetings-said": ("/meetings/said/?q=frauen",),
    "meetings-attended": ("/meetings/attended/",),
    "meetings-missed": ("/meetings/missed/",),
    "meetings-promised": ("/meetings/promised/?state=all",),
    "meetings-series-said": ("/meetings/series/", "main a.name", "main a[href$='/said/']"),
    "agreements": ("/agreements/",),
    "agreements-board": ("/agreements/board/",),
    "agreements-timeline": ("/agreements/timeline/",),
    "agreement": ("/agreements/?sort=since", "main tbody a.name"),
    "agreement-changed": ("/agreements/?state=offered", "main tbody a.name"),
    "agreement-text": ("/agreements/?state=draft", "main tbody a.name", "a[href$='/text/']"),
    "agreement-offer": ("/agreements/?state=draft", "main tbody a.name", "a[href$='/offer/']"),
    "agreement-sentences": ("/agreements/sentences/",),
    "access": ("/access/",),
    "access-may-i": ("/access/may-i/",),
    "access-may-i-here": ("/access/may-i/", "main a.row"),
    "access-rights": ("/access/rights/",),
    "access-women": ("/access/women/",),
    "access-women-topic": ("/access/women/", "main th a.name"),
    "access-languages": ("/access/languages/",),
    "access-language": ("/access/languages/", "main a.row"),
    "access-promises": ("/access/promises/",),
    "duplicates": ("/network/duplicates/",),
    "compare": ("/network/spaces/compare/",),
    "tasks": ("/tasks/",),
    "task": ("/tasks/", "main a.name"),
    "outbox": ("/outbox/",),
    "by-hand": ("/outbox/by-hand/",),
    "search": ("/search/?q=Berlin",),
    "settings": ("/settings/",),
    "calendars": ("/settings/calendars/",),
    "styleguide": ("/styleguide/",),
}
OUTSIDE = {"sign-in": "/sign-in/", "public": "/de/", "public-ar": "/ar/"}


def main() -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    parser.add_argument("--address", default="")
    parser.add_argument("--out", type=Path, default=ROOT / "shots")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with _site(options.address) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=arguments())
        state = _signed_in(browser, address)
        for size in SIZES:
            for scheme in ("light", "dark"):
                _round(browser, address, state, size, scheme, options)
        browser.close()
    return 0


def _round(browser: Browser, address: str, state: Any, size: str, scheme: str, options: argparse.Namespace) -> None:
    def wanted(name: str) -> bool:
        return any(word in name for word in options.only.split(","))

    inside = _context(browser, size, scheme, state)
    page = inside.new_page()
    for name, steps in PAGES.items():
        if wanted(name):
            page.goto(address + steps[0])
            for link in steps[1:]:
                page.goto(page.locator(link).first.evaluate("link => link.href"))
            _take(page, options.out / f"{name}-{size}-{scheme}.png")
    links = _guests(page, address) if wanted("guest") else []
    inside.close()
    outside = _context(browser, size, scheme, None)
    page = outside.new_page()
    for name, path in OUTSIDE.items():
        if wanted(name):
            page.goto(address + path)
            _take(page, options.out / f"{name}-{size}-{scheme}.png")
    for number, link in enumerate(links):
        page.goto(link)
        _take(page, options.out / f"guest-{number}-{size}-{scheme}.png")
    outside.close()


def _take(page: Page, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(path), full_page=True)
    print(path.name, flush=True)


def _context(browser: Browser, size: str, scheme: str, state: Any) -> BrowserContext:
    return browser.new_context(
        viewport=SIZES[size], color_scheme=scheme, locale="de-DE", storage_state=state, device_scale_factor=1
    )  # type: ignore[arg-type]


def _signed_in(browser: Browser, address: str) -> Any:
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    page.fill("input[name=email]", COORDINATION)
    page.press("input[name=email]", "Enter")
    page.wait_for_url("**/sign-in/code/**")
    page.fill("input[name=code]", newest_code(address, context))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(f"{address}/")
    return context.storage_state()


def newest_code(address: str, context: BrowserContext) -> str:
    """Read the newest sign-in code out of the demo's Outbox."""
    page = context.new_page()
    for _ in range(60):
        page.goto(f"{address}/outbox/demo/")
        text = page.locator("article").first.inner_text() if page.locator("article").count() else ""
        if found := re.search(r"^\s*([A-Z0-9-]{6,9})\s*$", text, re.MULTILINE):
            page.close()
            return found.group(1)
        time.sleep(0.25)
    raise SystemExit("No code arrived in the demo's Outbox: does the worker run?")


def _guests(page: Page, address: str) -> list[str]:
    """Collect some guests' links from the Outbox: invitations and minutes."""
    page.goto(f"{address}/outbox/by-hand/")
    texts = page.locator("main").inner_text()
    page.goto(f"{address}/outbox/demo/")
    texts += page.locator("main").inner_text()
    return list(dict.fromkeys(re.findall(r"https?://[^\s]+/l/[\w-]+/", texts)))[:6]


@contextmanager
def _site(address: str) -> Iterator[str]:
    if address:
        yield address.rstrip("/")
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="treffpunkt-shots-") as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "treffpunkt.launch", "up", "--demo", "--port", str(port)],
            env=os.environ | {"TREFFPUNKT_HOME": home},
        )
        address = f"http://127.0.0.1:{port}"
        try:
            for _ in range(240):
                if COORDINATION.encode() in _first_page(address):  # the story is told beside the first page
                    break
                time.sleep(0.5)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


def _first_page(address: str) -> bytes:
    try:
        with urllib.request.urlopen(f"{address}/sign-in/", timeout=2) as answer:
            return answer.read()
    except OSError:
        return b""


if __name__ == "__main__":
    sys.exit(main())
