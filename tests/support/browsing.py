"""A person at a browser, without the browser: a session's cookies, pages, forms filled in as they stand."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4


class Refused(Exception):
    """The installation answered with an error."""


@dataclass
class Answer:
    """What came back."""

    status: int
    location: str
    text: str

    def form(self, having: str) -> dict[str, str]:
        """Give the fields of the form that has a field of this name, filled as they stand on the page."""
        reader = _Forms()
        reader.feed(self.text)
        for fields in reader.forms:
            if having in fields:
                return fields
        raise Refused(f"no form has a field {having}")

    def json(self) -> Any:
        """Read the answer as JSON."""
        return json.loads(self.text)


@dataclass
class Browser:
    """One person's browser; anything but a page, a redirect or a stated refusal of a form is an error."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"  # as the proxy says it
    _line: http.client.HTTPConnection | None = None

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, headers)

    def post(
        self, path: str, fields: Mapping[str, str], file: tuple[str, bytes] | None = None, **headers: str
    ) -> Answer:
        """Send a form, with a file where one is given."""
        token = self.cookies.get("csrftoken", "")
        fields = {"csrfmiddlewaretoken": token, **fields}
        if file is None:
            return self._ask("POST", path, urlencode(fields).encode(), headers)
        edge = uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n')
        body = "".join(parts).encode() + file[1] + f"\r\n--{edge}--\r\n".encode()
        return self._ask("POST", path, body, {**headers, "Content-Type": f"multipart/form-data; boundary={edge}"})

    def close(self) -> None:
        """Close the line to the server."""
        if self._line is not None:
            self._line.close()
            self._line = None

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        told = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": self.address,
            "Accept-Language": "de",
            "Origin": f"http://127.0.0.1:{self.port}",
            **({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}),
            **headers,
        }
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self._line.request(method, path, body, told)
            answer = self._line.getresponse()
            text = answer.read().decode(errors="replace")
        except (http.client.RemoteDisconnected, ConnectionResetError):
            self.close()  # the server closes a line that rested for long; a browser opens a new one
            if method != "GET":
                raise
            return self._ask(method, path, body, headers)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if answer.status not in (200, 302):
            raise Refused(f"{method} {path.split('?')[0]} answers {answer.status}")
        return Answer(answer.status, answer.getheader("Location") or "", text)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._select = ""
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        fields, name = self.forms[-1], said.get("name", "")
        if tag == "input" and name:
            kind = said.get("type", "text")
            if kind not in ("checkbox", "radio", "submit", "file") or (
                kind in ("checkbox", "radio") and "checked" in said
            ):
                fields[name] = said.get("value", "")
        elif tag == "select":
            self._select = name
            fields.setdefault(name, "")
        elif tag == "option" and self._select and "selected" in said:
            fields[self._select] = said.get("value", "")
        elif tag == "textarea":
            self._area = name
            fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._area and self.forms:
            self.forms[-1][self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
