"""A line that breaks: answers that begin and never come to their end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

HALF = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{"state": "sto'


@pytest.fixture
def broken_line() -> Iterator[Callable[..., Any]]:
    """Break a page's line for a block: `with broken_line(page, "**/live/since/**"):`; gives the requests that met it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_break_off, args=[server], daemon=True).start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"

        @contextmanager
        def broken(page: Any, pattern: str) -> Iterator[list[str]]:
            met: list[str] = []

            def lead_away(route: Any) -> None:
                met.append(route.request.method)
                route.continue_(url=address)

            page.route(pattern, lead_away)
            yield met
            page.unroute(pattern)

        yield broken


def _break_off(server: socket.socket) -> None:
    while True:
        try:
            line, _who = server.accept()
        except OSError:  # the test is over
            return
        with line:
            line.recv(65536)
            line.sendall(HALF)
