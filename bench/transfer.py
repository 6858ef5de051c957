"""What a browser fetches for a page: with an empty cache, and with what it has kept."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.browser import arguments, executable
from tests.support.mail import free_port

if TYPE_CHECKING:
    from django.test import Client


def weigh(folder: Path, client: Client, pages: Mapping[str, str]) -> dict[str, tuple[int, int]]:
    """Give for each page the bytes transferred the first and the second time; nothing without a browser."""
    path = executable()
    if path is None:
        print("No Chromium: what pages weigh is not measured.", file=sys.stderr)
        return {}
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    session = client.cookies["sessionid"].value
    with server(folder) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments())
        try:
            return {name: _weighed(browser, address, page, session) for name, page in pages.items()}
        finally:
            browser.close()


def _weighed(browser: Any, address: str, path: str, session: str) -> tuple[int, int]:
    context = browser.new_context(locale="de-DE", viewport={"width": 1360, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    spent = [0]
    protocol.on("Network.loadingFinished", lambda event: spent.append(event["encodedDataLength"]))
    sizes = []
    for _ in range(2):
        spent.clear()
        page.goto(address + path, wait_until="networkidle")
        sizes.append(int(sum(spent)))
        page.goto("about:blank")
    context.close()
    return sizes[0], sizes[1]


@contextmanager
def server(folder: Path) -> Iterator[str]:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "treffpunkt.launch", "web", "--host", "127.0.0.1", "--port", str(port)],
        env=os.environ | {"TREFFPUNKT_BASE_URL": address, "TREFFPUNKT_HOME": str(folder)},
    )
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise SystemExit("The web server did not start; its reason stands above.")
            try:
                urllib.request.urlopen(f"{address}/sign-in/", timeout=2).close()
                break
            except OSError:  # also where a busy machine answers too late
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.wait(10)
