"""A screen somebody sits at: a browser context that notices whatever goes wrong on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BREAKS = (
    "document.addEventListener('securitypolicyviolation',"
    " (e) => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
)
# Long lists say the same again and again.
REPEATED = "tbody > tr:nth-child(n+4), .rows > li:nth-child(n+4), .thread > li:nth-child(n+4), option:nth-child(n+9)"
# Colours that the page is just about to change are no colours to judge.
DRAWN = """async () => {
    do {
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        await Promise.allSettled(document.getAnimations().map((one) => one.finished));
    } while (document.getAnimations().some((one) => one.playState === "running"));
}"""
# A form with errors is answered with 422, a statement that somebody else changed first with 409: both are said
# on the page, and the browser notes them besides.
SAID_ON_THE_PAGE = ("status of 422", "status of 409")
# Without a graphics card WebGL is drawn by the processor, and the driver remarks that reading the picture is slow.
DRAWN_WITHOUT_A_CARD = ("GPU stall due to ReadPixels",)


class Screen:
    """One browser context with one page; `look` fails on anything that is wrong with what it shows."""

    def __init__(self, browser: Any, url: str, *, scheme: str = "light", phone: bool = False, **options: Any) -> None:
        self.context = browser.new_context(
            base_url=url,
            viewport=PHONE if phone else DESKTOP,
            color_scheme=scheme,
            reduced_motion="reduce",
            **({"has_touch": True, "is_mobile": True} if phone else {}),
            **options,
        )
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(BREAKS)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        self.shown = scheme, phone
        self.troubles: list[str] = []
        self.was_offline = False
        self.page = self.context.new_page()
        self.watch(self.page)

    def watch(self, page: Any) -> None:
        """Note whatever a page complains about."""
        page.on("console", lambda line: self._note(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self._note(str(error)))

    def _note(self, text: str) -> None:
        known = (
            *SAID_ON_THE_PAGE,
            *DRAWN_WITHOUT_A_CARD,
            *(("ERR_INTERNET_DISCONNECTED",) if self.was_offline else ()),
        )
        if not any(one in text for one in known):
            self.troubles.append(text)

    def open(self, address: str, *, status: int = 200) -> Any:
        """Go to an address and look at it."""
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.status == status, f"{address} answers {answer.status}"
        self.look()
        return self.page

    def look(self) -> None:
        """Fail where the page breaks a rule of accessibility, its own policy or the screen's width."""
        assert self.broken_rules() == [], self.page.url
        assert self.too_wide() == [], self.page.url
        assert self.troubles == [], self.page.url

    def broken_rules(self, *only: str) -> list[tuple[str, list[str]]]:
        """List what axe finds: the rule, and the elements that break it."""
        if not self.page.evaluate("typeof axe !== 'undefined'"):
            self.page.evaluate(AXE.read_text())
        run = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": RULES}
        found = self.page.evaluate(
            """(runOnly) => axe.run({runOnly, resultTypes: ["violations"]}).then((done) => done.violations.map(
                (rule) => [rule.id, rule.nodes.map((node) => node.target.join(" ") + ": " + node.html.slice(0, 160)
                + " " + node.any.map((one) => one.message).join())]))""",
            run,
        )
        return [(rule, nodes) for rule, nodes in found]

    def shorten_lists(self) -> None:
        """Leave the first rows of each list, so that looking at every page stays quick."""
        self.page.evaluate("(rows) => document.querySelectorAll(rows).forEach((row) => row.remove())", REPEATED)

    def too_wide(self) -> list[str]:
        """Name what sticks out of the screen sideways, if the page can be scrolled that way."""
        found: list[str] = self.page.evaluate(
            """() => {
                const root = document.documentElement;
                if (root.scrollWidth <= root.clientWidth) return [];
                const out = [...document.querySelectorAll('body *')].filter((one) => {
                    const box = one.getBoundingClientRect();
                    return box.width && (box.right > root.clientWidth + 1 || box.left < -1);
                });
                return [`${root.scrollWidth} of ${root.clientWidth}`, ...out.slice(0, 5).map((one) => one.outerHTML.slice(0, 160))];
            }"""
        )
        return found

    def show(self, *, scheme: str, phone: bool) -> None:
        """Look at the same page in another light and width; nothing is done where it is shown so already."""
        if self.shown == (scheme, phone):
            return
        self.shown = scheme, phone
        self.page.emulate_media(color_scheme=scheme)
        self.page.set_viewport_size(PHONE if phone else DESKTOP)
        self.page.evaluate(DRAWN)

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Lose the connection for a while; what the browser says about that is no trouble."""
        self.was_offline = True
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)

    def close(self) -> None:
        """Leave."""
        self.context.close()
