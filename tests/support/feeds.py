"""A web server of a test's own, which says and does what feeds out there do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from treffpunkt.core.fetching import loopback_opened


@dataclass
class Server:
    """Where it answers, what it answers by path, and what it was asked."""

    url: str = ""
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whoever fetches hangs up now and then."""


@contextmanager
def serving(*, opened: bool = True) -> Iterator[Server]:
    """Run a server on this machine, opened for fetching or not."""
    server = Server()
    stopped = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked.append({**self.headers, "path": self.path})
            page = server.pages.get(self.path, {"status": 404})
            self.close_connection = True
            stopped.wait(page.get("wait", 0))
            if "raw" in page:
                self.wfile.write(page["raw"])
                return
            same = "etag" in page and self.headers.get("If-None-Match") == page["etag"]
            body = b"" if same else page.get("body", b"")
            self.send_response(304 if same else page.get("status", 302 if "to" in page else 200))
            headers = {"Content-Type": "application/rss+xml", "Connection": "close"} | page.get("headers", {})
            if "to" in page:
                headers["Location"] = page["to"]
            if "etag" in page:
                headers["ETag"] = page["etag"]
            headers["Transfer-Encoding" if page.get("chunked") else "Content-Length"] = (
                "chunked" if page.get("chunked") else str(len(body))
            )
            for name, value in headers.items():
                self.send_header(name, value)
            if pause := page.get("drip_head"):
                self._drip(b"".join(self._headers_buffer), pause)
                return
            self.end_headers()
            if page.get("chunked"):
                for start in range(0, len(body), 1000):
                    piece = body[start : start + 1000]
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.write(b"0\r\n\r\n")
            elif pause := page.get("drip"):
                self._drip(body, pause)
            else:
                self.wfile.write(body)

        def _drip(self, content: bytes, pause: float) -> None:
            for place in range(len(content)):
                self.wfile.write(content[place : place + 1])
                self.wfile.flush()
                if stopped.wait(pause):
                    return

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the output of tests readable."""

    http = _Quiet(("127.0.0.1", 0), Handler)
    port = http.server_address[1]
    server.url = f"http://127.0.0.1:{port}"
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        with loopback_opened(port) if opened else nullcontext():
            yield server
    finally:
        stopped.set()
        http.shutdown()
        http.server_close()
        thread.join(5)
        time.sleep(0)
