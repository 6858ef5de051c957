"""The people of a working day: what staff and guests do, in the shares they do it in."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from tests.support.browsing import Browser, Refused

JSON = {"Accept": "application/json"}


@dataclass
class Day:
    """What there is to open, and what happened: steps by name, errors by what went wrong."""

    port: int
    spaces: list[str]
    actors: list[str]
    names: list[str]
    meeting: str
    item: str
    steps: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self, step: Callable[[], None], name: str) -> None:
        """Do one step and count it; the kind of an error is kept, never what it was about."""
        try:
            step()
            self.steps[name] += 1
        except (Refused, OSError, ValueError, KeyError) as error:
            self.errors[f"{name}: {type(error).__name__} {error if isinstance(error, Refused) else ''}"] += 1


class Worker:
    """Somebody of the staff, all day."""

    def __init__(self, day: Day, browser: Browser, *, seed: int, pause: float) -> None:
        self.day, self.browser, self.pause = day, browser, pause
        self.dice = random.Random(seed)
        self.seq = 0
        self.steps: dict[str, tuple[int, Callable[[], None]]] = {
            "today": (10, lambda: self.open("/")),
            "list": (20, self.lists),
            "record": (20, self.record),
            "search": (12, self.search),
            "live": (16, self.live),
            "note": (8, self.note),
            "check": (4, self.check),
            "meeting": (4, lambda: self.open(f"/meetings/{day.meeting}/")),
            "tasks": (4, lambda: self.open("/tasks/")),
            "task": (2, self.task),
            "outbox": (3, lambda: self.open("/outbox/")),
            "export": (1, lambda: self.open("/network/spaces/export/?q=a&platform=reddit")),
        }

    def work(self) -> None:
        """Go on until the day is over."""
        names = list(self.steps)
        weights = [weight for weight, _step in self.steps.values()]
        while not self.day.over.is_set():
            name = self.dice.choices(names, weights)[0]
            self.day.run(self.steps[name][1], name)
            self.day.over.wait(self.dice.expovariate(1 / self.pause))

    def open(self, path: str) -> None:
        """Open a page."""
        self.browser.get(path)

    def lists(self) -> None:
        """Look through a list, filtered and sorted in one of the ways there are."""
        self.open(self.dice.choice([
            "/network/spaces/", "/network/spaces/?state=found&sort=members", "/network/spaces/?platform=reddit",
            "/network/people/", "/network/people/next/", "/network/organisations/", "/network/communities/",
            "/network/spaces/board/", "/meetings/", "/import/",
        ]))  # fmt: skip

    def record(self) -> None:
        """Read one group or person."""
        if self.dice.random() < 0.5:
            self.open(f"/network/spaces/{self.dice.choice(self.day.spaces)}/")
        else:
            self.open(f"/network/people/{self.dice.choice(self.day.actors)}/")

    def search(self) -> None:
        """Type a name, look at the suggestions, then at the results."""
        name = self.dice.choice(self.day.names)
        self.open(f"/search/suggest/?q={name[:4]}")
        self.open(f"/search/?q={name}")

    def live(self) -> None:
        """Ask what the others have noted."""
        self.seq = self.browser.get(f"/meetings/{self.day.meeting}/live/since/?seq={self.seq}", **JSON).json()["seq"]

    def note(self) -> None:
        """Note what is said."""
        said = f"Viele fragen nach Deutschkursen am Abend ({self.dice.randrange(10**6)})."
        fields = {"id": str(uuid4()), "item": self.day.item, "text": said}
        if self.browser.post(f"/meetings/{self.day.meeting}/live/note/", fields, **JSON).json()["state"] != "stored":
            raise Refused("a note was not stored")

    def check(self) -> None:
        """Say that one has looked into a group."""
        self.browser.post(f"/network/spaces/{self.dice.choice(self.day.spaces)}/checked/", {})

    def task(self) -> None:
        """Write down a task and find it in the list."""
        form = self.browser.get("/tasks/add/").form("title")
        done = self.browser.post("/tasks/add/", form | {"title": "Rückfrage klären"})
        if done.status != 302:
            raise Refused("a task was not stored")


class Importer(Worker):
    """Somebody who brings in a list, looks at the dry run, applies it and takes it back."""

    def work(self) -> None:
        """Import one list after the other until the day is over."""
        while not self.day.over.is_set():
            self.day.run(self.bring_in, "import")
            self.day.over.wait(self.pause)

    def bring_in(self) -> None:
        """Import a list of groups and undo it."""
        mark = self.dice.randrange(10**9)
        lines = [f"Gruppe {mark}-{n};https://www.facebook.com/groups/{mark}x{n};{n * 7}" for n in range(300)]
        form = self.browser.get("/import/upload/").form("target")
        content = "\n".join(["Name;Link;Mitglieder", *lines]).encode()
        place = self.browser.post("/import/upload/", form | {"target": "spaces"}, ("gruppen.csv", content)).location
        if not place:
            raise Refused("a file was not taken")
        here = place.removesuffix("columns/")
        fields = self.browser.get(place).form("column_0")
        self.browser.post(place, fields)
        self.wait_for(here, "apply/")
        self.browser.post(f"{here}apply/", {})
        self.wait_for(here, "undo/")
        self.browser.post(f"{here}undo/", {})
        self.wait_for(here, "columns/")

    def wait_for(self, here: str, step: str) -> None:
        """Look at the progress until the next step is offered."""
        until = time.monotonic() + 120
        while time.monotonic() < until:
            if f"{here}{step}" in self.browser.get(here).text:
                return
            time.sleep(1)
        raise Refused(f"an import did not come as far as {step}")


class Guests:
    """People who open their link and answer, each from a phone of her own."""

    def __init__(self, day: Day, links: list[str], pause: float) -> None:
        self.day, self.links, self.pause = day, links, pause
        self.dice = random.Random(7)

    def work(self) -> None:
        """Open one link after the other until the day is over; whoever answered may come again."""
        number = 0
        while not self.day.over.is_set():
            with suppress(IndexError):
                path = self.links[number % len(self.links)]
                number += 1
                phone = Browser(self.day.port, address=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")
                self.day.run(lambda phone=phone, path=path: self.answer(phone, path), "answer")  # type: ignore[misc]
            self.day.over.wait(self.dice.expovariate(1 / self.pause))

    def answer(self, phone: Browser, path: str) -> None:
        """Read the invitation and answer it."""
        form = phone.get(path).form("csrfmiddlewaretoken")
        phone.cookies.setdefault("csrftoken", "")
        given = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"], "remark": ""}
        choice = self.dice.choice(["accepted", "tentative", "declined"])
        phone.post(f"{path}answer/", given | {"answer": choice})
