"""A real browser for the journeys."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "src" / "treffpunkt" / "ui" / "static" / "ui" / "built"
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """Find a Chromium: the one named by CHROMIUM, the system's, or the one npm brings."""
    if given := os.environ.get("CHROMIUM"):
        return given
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    return _from_npm()


def arguments() -> list[str]:
    """Give the switches that keep it quiet; its sandbox does not work for root."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


# What pages did against their own Content-Security-Policy, whichever test opened them.
violations: list[str] = []
_NOTICE = """document.addEventListener("securitypolicyviolation", (event) => window.noticePolicy(
    [event.violatedDirective, event.blockedURI, event.sourceFile, location.pathname].join(" ")))"""


def _watch_policy(chromium: Any) -> None:
    """Let every context of this browser tell of violations, however a test makes it."""
    new_context = chromium.new_context

    def watched(**options: Any) -> Any:
        context = new_context(**options)
        context.expose_function("noticePolicy", lambda said: violations.append(said))  # noqa: PLW0108
        context.add_init_script(_NOTICE)
        return context

    chromium.new_context = watched


@pytest.fixture(autouse=True)
def no_policy_violation(request) -> Iterator[None]:
    """Fail a test of the browser on anything its pages did against their policy."""
    violations.clear()
    yield
    if "browser" in request.fixturenames:
        assert violations == []


def _from_npm() -> str | None:
    """Ask `@sparticuz/chromium` to unpack its browser, where somebody has installed that package."""
    node = shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "@sparticuz" / "chromium").exists():
        return None
    script = "import('@sparticuz/chromium').then(async ({default: it}) => console.log(await it.executablePath()))"
    done = subprocess.run([node, "-e", script], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or None


def need(*files: Path) -> None:
    """Skip where what was to be built is not there; fail instead with REQUIRE_BROWSER=1."""
    if all(file.exists() for file in files):
        return
    message = "needs the built pages: npm ci && npm run build"
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser():
    """Give a running Chromium; without one the test is skipped, or fails with REQUIRE_BROWSER=1."""
    path = executable()
    if path is None:
        message = "needs Chromium: apt install chromium, or name one in CHROMIUM"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; the ORM beside it is used by one thread all the same.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments())
        _watch_policy(chromium)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
