"""A mail as it goes over the line (RFC 5322, 2045, 2047, 5545).

Written here and not by `email.message`, which parses each header it is given, several times: for a thousand
invitations that took twice as long as all the rest together.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.header import Header
from email.utils import formataddr, parseaddr
from functools import lru_cache

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|\r|\n")
_LONGEST_LINE = 76  # characters that a mail server lets stand as they are


@dataclass(frozen=True)
class Part:
    """A text of the mail and what it is, such as `text/plain`."""

    kind: str
    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mail:
    """A mail to one receiver: the bare addresses of both, and the whole of its text."""

    sender: str
    receiver: str
    content: bytes


def write(*, sender: str, receiver: str, subject: str, headers: Mapping[str, str], parts: Sequence[Part]) -> Mail:
    """Write a mail out; the later of several parts say the same in a richer form.

    Raises ValueError where a line end in a header would make two of it.
    """
    written_sender, sender = _sender(sender)
    receiver = parseaddr(_line(receiver))[1]
    head = {
        "From": written_sender,
        "To": receiver,
        "Subject": _encoded(_line(subject)),
        **{name: _line(value) for name, value in headers.items()},
        "MIME-Version": "1.0",
    }
    if len(parts) == 1:
        return Mail(sender, receiver, _head(head) + _written(parts[0]))
    boundary = secrets.token_hex(16)  # nobody can put it into a part
    mark = f"--{boundary}".encode()
    head["Content-Type"] = f'multipart/alternative; boundary="{boundary}"'
    body = (b"\r\n" + mark + b"\r\n" + _written(part) for part in parts)
    return Mail(sender, receiver, b"".join((_head(head), *body, b"\r\n", mark, b"--\r\n")))


def _written(part: Part) -> bytes:
    encoding, content = _body(part.text)
    kind = f'{part.kind}; charset="utf-8"' + "".join(f'; {name}="{value}"' for name, value in part.parameters.items())
    return _head({"Content-Type": _line(kind), "Content-Transfer-Encoding": encoding}, end=True) + content


def _head(headers: Mapping[str, str], *, end: bool = False) -> bytes:
    return ("".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n" * end).encode()


def _body(text: str) -> tuple[str, bytes]:
    """Choose how a text is written so that every server lets it pass: as it is, or in the shorter of two ways."""
    content = _LINE_END.sub("\r\n", text).encode()
    if content.isascii() and max(map(len, content.split(b"\r\n"))) <= _LONGEST_LINE and b"\0" not in content:
        return "7bit", content
    readable = binascii.b2a_qp(content, istext=True)
    packed = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return ("quoted-printable", readable) if len(readable) <= len(packed) else ("base64", packed)


def _line(value: str) -> str:
    if _CONTROL.search(value):
        raise ValueError("a header of several lines")
    return value


@lru_cache(maxsize=256)
def _encoded(subject: str) -> str:
    """Write a subject so that its letters survive servers that know only ASCII."""
    charset = "us-ascii" if subject.isascii() else "utf-8"
    return Header(subject, charset, header_name="Subject", maxlinelen=_LONGEST_LINE).encode(linesep="\r\n")


@lru_cache(maxsize=16)
def _sender(given: str) -> tuple[str, str]:
    name, address = parseaddr(_line(given))
    return formataddr((name, address)), address
