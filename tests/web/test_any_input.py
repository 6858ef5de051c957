"""Whatever anybody types, every form and every list answers: done, an error beside the field, or a page that says why.

The pages of the demo story are walked link by link, as coordination, as counselling and as guests; every form found on
them is sent with texts that attack parsers, every list is asked with parameters that name nothing. Each time a view
calls a service on the real database, and what it wrote is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import treffpunkt
from tests.support.forms import Form, forms_of, links_of
from tests.support.going_on import something_going_on
from treffpunkt.ui.lists import Filters

SOURCES = Path(treffpunkt.__file__).parent
# A form or list answers with one of these; 5xx is a fault, and so is anything that is raised.
ANSWERS = {200, 302, 303, 400, 403, 404, 405, 409, 410, 413, 422, 429}
# What is looked at of one kind of page: a few records differ in what their pages offer.
PAGES_OF_A_KIND = 2
# Sent again each time it is asked for: the button says "Invite again".
ON_PURPOSE = ("web:settings:invite_staff",)
NEVER = ("account_logout", "ui:language")
HOSTILE = [
    "\x00", "a\x00b", "\ufffe\uffff", "\u202eabc\u202c", "\u2067\u2066", "👩‍👧‍👦" * 40, "Z̷̢͎̓a̸l̶g̵ó" * 20, "x" * 10_000,
    "-1", "0", "9" * 4, "9" * 10, "9" * 19, "9" * 20, "9" * 400, "1e400", "nan", "-0.0", "٢٠٢١", "²", "1_000", "0x1f",
    "0000-01-01", "0001-01-01", "9999-12-31", "99999-01-01", "2021-02-30", "24:00", "23:59:60", "2031-05-04T99:99",
    "0001-01-01T00:00", "9999-12-31T23:59", "=1+1", "' OR 1=1 --", "%s%n%(x)s", "{{ 7*7 }}", "{% now %}", "<script>x</script>",
    "../../etc/passwd", "http://[", "https://例え.テスト/%zz", "javascript:alert(1)", "@", "a@b", "tel:+49", "+" * 80,
    "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "network.actor:x", "{}", "[", "null",
    "\r\nSet-Cookie: a=b", "\t", " ", "", "\u2028", "İ", "ß" * 301, "\ud7ff\ue000", "ﷺ" * 100, "de-DE-x-y-z", "\\N", "\\.",
]  # fmt: skip
HEADERS = [{}, {"HX-Request": "true", "HX-Target": "list"}, {"Accept": "application/json"}]
WORST_HEADERS = [
    "\x00", 'sessionid="\\000aaaaaaaaaaaa"; treffpunkt_language="\\000\\377"; csrftoken="\\000"', "9" * 4000,
    "ar;q=nan,,;", "[::1", "\xff\xfe",
]  # fmt: skip
BODIES = [
    b"", b"{", b"null", b"[]", b'"x"', b'{"text": "\\ud800", "id": 1}', b'{"a": "\\u0000"}', b"\xff\xfe\x00",
    b"a=%00&text=%ED%A0%80&id=%FF", b"[" * 5000,
    b'--x\r\nContent-Disposition: form-data; name="\x00"\r\n\r\n\x00\r\n--x--',
]  # fmt: skip
KINDS = [
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data",
    "text/plain", "x/y; charset=nix",
]  # fmt: skip
FIRST, SECOND = "Das steht jetzt da", "Das habe ich geschrieben"
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40), st.text("0123456789-:.,T+ ", max_size=20))
thorough = settings(
    max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip


@dataclass
class Visitor:
    """Somebody who walks through the pages: her client, where she begins, what she found."""

    client: Client
    starts: list[str]
    forms: dict[Any, Form] = field(default_factory=dict)
    pages: dict[str, list[str]] = field(default_factory=dict)

    def walk(self) -> None:
        """Open every kind of page a few times and collect the forms."""
        waiting = list(self.starts)
        while waiting:
            address = waiting.pop(0)
            name = name_of(address)
            path = urlsplit(address).path
            seen = self.pages.setdefault(name, [])
            if not name or name in NEVER or path in seen or len(seen) >= PAGES_OF_A_KIND:
                continue
            seen.append(path)
            answer = self.client.get(address)
            assert answer.status_code < 500, address
            if answer.streaming or not answer["Content-Type"].startswith("text/html"):
                continue
            html = answer.content.decode()
            for form in forms_of(path, html):
                self.forms.setdefault((name_of(form.action), form.method, tuple(sorted(form.fields))), form)
            waiting += links_of(html)


def name_of(address: str) -> str:
    """Name an address of ours; empty where it is none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


@pytest.fixture(scope="module")
def busy(story_database) -> None:
    """Let a meeting run and an import wait for decisions."""
    something_going_on()


@pytest.fixture(scope="module")
def visitors(busy) -> dict[str, Visitor]:
    """Let coordination, counselling and guests walk through the story."""
    from treffpunkt.people.models import Staff

    every = {}
    for role in ("coordinator", "counsellor"):
        client = Client()
        client.force_login(Staff.objects.filter(roles__contains=[role], is_active=True).order_by("email")[0])
        every[role] = Visitor(client, ["/"])
    every["guest"] = Visitor(Client(), ["/de/", "/sign-in/", *links()])
    for one in every.values():
        one.walk()
    return every


def links() -> Iterator[str]:
    """Make links of the story as guests get them."""
    from treffpunkt.agreements.models import Party
    from treffpunkt.links.services import issue
    from treffpunkt.meetings.models import Ballot, Invitation, Minutes, PollGuest

    found: list[tuple[str, Any, Any]] = [
        ("invitation", one, one.actor_id)
        for state in ("sent", "accepted")
        for one in Invitation.objects.filter(state=state, meeting__state="inviting", actor__isnull=False)[:1]
    ]
    for one in Minutes.objects.order_by("-pk")[:1]:
        guest = one.meeting.invitations.filter(attendance="attended", actor__isnull=False).order_by("pk")[0]
        found.append(("minutes", one, guest.actor_id))
    found += [("evaluation", one, None) for one in Ballot.objects.filter(used=False)[:1]]
    for state in ("offered", "in_force"):
        party = Party.objects.filter(agreement__state=state, left="", actor__isnull=False).order_by("pk")[0]
        found.append(("agreement", party, party.actor_id))
    found += [("poll", one, one.actor_id) for one in PollGuest.objects.filter(actor__isnull=False).order_by("pk")[:1]]
    for purpose, subject, holder in found:
        yield urlsplit(issue(purpose, subject_kind=subject.kind, subject_id=subject.pk, holder_id=holder)).path


def tried(act: Callable[[], Any]) -> Any:
    """Do something and take back whatever it wrote."""
    with transaction.atomic():
        answer = act()
        if not answer.streaming:
            _whole = answer.content
        transaction.set_rollback(True)
    return answer


@pytest.fixture(scope="module")
def forms(visitors) -> list[tuple[str, Client, Form]]:
    """Give every form that is sent, once, with its address' name and the client of who found it."""
    met = {
        key: (key[0], visitor.client, form)
        for visitor in visitors.values()
        for key, form in visitor.forms.items()
        if form.method == "post" and form.fields and key[0] not in NEVER
    }
    return list(met.values())


@pytest.fixture(scope="module")
def pages(visitors) -> list[tuple[str, Client, str]]:
    """Give one page of each kind with its name and the client of who found it."""
    met = {
        name: (name, visitor.client, found[0])
        for visitor in reversed(visitors.values())
        for name, found in visitor.pages.items()
        if found
    }
    return list(met.values())


def test_forms_and_pages_are_found(forms, pages):
    assert len({name for name, _client, _form in forms}) > 40
    assert len(pages) > 60


def test_every_form_sent_twice_makes_one_record(forms):
    doubled = {}
    for name, client, form in forms:
        with transaction.atomic():
            first = client.post(form.action, form.plausible)
            before = how_many()
            second = client.post(form.action, form.plausible)
            after = how_many()
            transaction.set_rollback(True)
        assert first.status_code in ANSWERS
        assert second.status_code in ANSWERS
        if first.status_code == 302 and after != before and name not in ON_PURPOSE:
            doubled[name] = sorted(set(after.items()) - set(before.items()))

    assert doubled == {}


def test_every_stale_form_shows_both_texts(forms):
    """Two tabs: what the first one saved stands beside what the second one typed, and neither is lost."""
    wrong = {}
    edits = [
        (name, client, form)
        for name, client, form in forms
        if "version" in form.fields
        and any(form.fields["version"].values)
        and any(field.kind in ("text", "textarea") for field in form.fields.values())  # there is something to lose
    ]
    for name, client, form in edits:
        written = next(
            (one.name for one in form.fields.values() if one.kind in ("text", "textarea") and any(one.values)), ""
        )
        with transaction.atomic():
            first = client.post(form.action, form.plausible | {written: [FIRST]})
            second = client.post(form.action, form.plausible | {written: [SECOND]})
            transaction.set_rollback(True)
        if first.status_code == 403:  # the minutes are out
            continue
        shown = second.content.decode()
        if not written or first.status_code not in (200, 302):
            wrong[name] = f"{written!r}: {first.status_code}, {sorted(form.fields)}"
        elif second.status_code not in (409, 422) or FIRST not in shown or SECOND not in shown:
            wrong[name] = f"{second.status_code}: {FIRST in shown}, {SECOND in shown}"

    assert len(edits) >= 8
    assert wrong == {}


def how_many() -> dict[str, int]:
    """Count the records of every kind that people make; what is noted beside them may be noted twice."""
    models = [one for one in apps.get_models() if one.__module__.startswith("treffpunkt.")]
    return {
        one._meta.label: one._default_manager.count()
        for one in models
        if one._meta.app_label not in ("journal", "search")
    }


def test_every_form_takes_any_text(forms):
    def attack(client: Client, form: Form) -> Callable[[], None]:
        @thorough
        @given(st.data())
        def send(data: Any) -> None:
            values = dict(form.plausible)
            for one in data.draw(st.sets(st.sampled_from(sorted(values)), min_size=1)):
                values[one] = data.draw(st.lists(texts, min_size=1, max_size=2))
            headers = data.draw(st.sampled_from(HEADERS))
            status = tried(lambda: client.post(form.action, values, headers=headers)).status_code
            assert status in ANSWERS, f"{status} for {values}"

        return send

    assert faults((name, attack(client, form)) for name, client, form in forms) == {}


def test_every_form_refuses_any_body(forms):
    def attack(client: Client, form: Form) -> Callable[[], None]:
        @settings(thorough, max_examples=2)
        @given(st.sampled_from(BODIES), st.sampled_from(KINDS))
        def send(body: bytes, kind: str) -> None:
            status = tried(lambda: client.generic("POST", form.action, body, content_type=kind)).status_code
            assert status in ANSWERS, f"{status} for {body!r} as {kind}"

        return send

    assert faults((name, attack(client, form)) for name, client, form in forms) == {}


def test_every_page_takes_any_parameters(pages):
    names = parameters()

    def attack(client: Client, page: str) -> Callable[[], None]:
        @settings(thorough, max_examples=3)
        @given(st.dictionaries(st.sampled_from(names), texts, min_size=1, max_size=8), st.sampled_from(HEADERS))
        def ask(values: dict[str, str], headers: dict[str, str]) -> None:
            status = tried(lambda: client.get(page, values, headers=headers)).status_code
            assert status in ANSWERS, f"{status} for {values}"

        return ask

    assert faults((name, attack(client, page)) for name, client, page in pages) == {}


@pytest.mark.parametrize("text", ["\x00", "9" * 400, "x" * 10_000, "0001-01-01"], ids=["nul", "huge", "long", "old"])
def test_every_page_takes_the_worst_in_every_parameter(pages, text):
    values = dict.fromkeys(parameters(), text)

    def ask(client: Client, page: str) -> Callable[[], None]:
        def act() -> None:
            assert tried(lambda: client.get(page, values)).status_code in ANSWERS

        return act

    assert faults((name, ask(client, page)) for name, client, page in pages) == {}


@pytest.mark.parametrize("header", ["HX-Target", "HX-Current-URL", "Accept", "Accept-Language", "User-Agent", "Cookie"])
def test_no_header_breaks_a_page(visitors, header):
    for text in WORST_HEADERS:
        for role, page in (("coordinator", "/network/spaces/"), ("guest", "/sign-in/"), ("guest", "/de/")):
            fresh = Client(headers={"HX-Request": "true", header: text})
            if header != "Cookie":
                fresh.cookies = visitors[role].client.cookies
            assert tried(lambda fresh=fresh, page=page: fresh.get(page)).status_code in ANSWERS, (header, text)


def faults(tests: Iterable[tuple[str, Callable[[], None]]]) -> dict[str, str]:
    """Run a test for each page and note the faults, so that one run names all of them."""
    found: dict[str, str] = {}
    for name, test in tests:
        try:
            test()
        except Exception as error:
            where = error.__traceback__
            while where is not None and where.tb_next is not None:
                where = where.tb_next
            line = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
            found[name] = f"{type(error).__name__}: {str(error)[:300]} ({line})"
    return found


def parameters() -> list[str]:
    """List the names of all parameters that pages read from the address, by their forms or by hand."""
    found: set[str] = {"after", "before", "at", "sort", "q", "next"}
    for path in SOURCES.rglob("*"):
        if path.suffix in (".py", ".html"):
            text = path.read_text()
            found |= set(re.findall(r'GET\.get(?:list)?\("(\w+)"', text))
            found |= set(re.findall(r"GET\.([a-z_]+)\b(?!\()", text))
            found |= set(re.findall(r'"(\w+)" in (?:self\.)?request\.GET', text))
    for filters in Filters.__subclasses__():
        found |= set(filters.base_fields)
    return sorted(found - {"get", "getlist", "items", "urlencode", "copy"})
