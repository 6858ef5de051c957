"""A server that speaks BigBlueButton's API as the real one does: it checks each checksum and remembers its rooms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import pytest

from treffpunkt.site.env import Bbb

SECRET = "the-secret-of-the-room-server"


@dataclass
class RoomServer:
    """Its address, the rooms it holds and who entered them, each as the server was told."""

    url: str = ""
    rooms: dict[str, dict[str, str]] = field(default_factory=dict)
    entered: list[dict[str, str]] = field(default_factory=list)

    @property
    def settings(self) -> Bbb:
        """Give what the settings would say."""
        return Bbb(self.url, SECRET)

    def answer(self, target: str) -> str:
        """Do what a call asks, or refuse it as BigBlueButton would."""
        parts = urlsplit(target)
        call = parts.path.rpartition("/")[2]
        query, _mark, checksum = parts.query.rpartition("&checksum=")
        if hashlib.sha256(f"{call}{query}{SECRET}".encode()).hexdigest() != checksum:
            return _failed("checksumError")
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        room = self.rooms.get(asked.get("meetingID", ""))
        if call == "create":
            self.rooms.setdefault(asked["meetingID"], asked)
            return "<response><returncode>SUCCESS</returncode></response>"
        if room is None:
            return _failed("notFound")
        if call == "join" and asked["password"] in (room["attendeePW"], room["moderatorPW"]):
            self.entered.append(asked)
        elif call == "end" and asked["password"] == room["moderatorPW"]:
            del self.rooms[asked["meetingID"]]
        else:
            return _failed("invalidPassword")
        return "<response><returncode>SUCCESS</returncode></response>"


def _failed(key: str) -> str:
    return f"<response><returncode>FAILED</returncode><messageKey>{escape(key)}</messageKey></response>"


@pytest.fixture
def room_server() -> Iterator[RoomServer]:
    """Start it on a free port of this machine."""
    server = RoomServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = server.answer(self.path).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}/bigbluebutton"
    thread = Thread(target=http.serve_forever, daemon=True)
    thread.start()
    yield server
    http.shutdown()
    http.server_close()
    thread.join()
