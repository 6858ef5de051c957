"""`python -m bench.sink PORT FILE`: a mail server that takes every mail and writes its Message-ID down."""

from __future__ import annotations

import asyncio
import sys
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Sink:
    """Takes mail; a line in the file stands for each, written before the sender hears that it was taken."""

    def __init__(self, path: Path) -> None:
        self.file = path.open("ab", buffering=0)
        self.headers = BytesHeaderParser()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Write a mail's Message-ID, its receivers and its length down."""
        head = self.headers.parsebytes(envelope.content.partition(b"\r\n\r\n")[0])
        self.file.write(f"{head['Message-ID']} {len(envelope.rcpt_tos)} {len(envelope.content)}\n".encode())
        return "250 OK"


async def main(port: int, path: Path) -> None:
    """Serve until killed."""
    sink = Sink(path)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(sink, hostname="sink.example.org", decode_data=False), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), Path(sys.argv[2])))
