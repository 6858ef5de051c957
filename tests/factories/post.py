"""Messages for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from uuid_utils.compat import uuid4

from treffpunkt.post.models import Message
from treffpunkt.post.services import Receiver, send

_number = count(1)


def a_mail(**values: Any) -> Message:
    """Write a mail with a code to somebody."""
    number = next(_number)
    to = Receiver(kind="people.staff", id=uuid4(), mail=values.pop("address", f"jemand{number}@example.org"))
    parts = {"language": "de", "occasion": f"test:{uuid4()}", "secret": {"code": "ABCD-1234"}} | values
    message = send("people/code", to=to, **parts)
    assert message is not None
    return message


def a_chat_text(owner: Any, **values: Any) -> Message:
    """Write a text that `owner` sends by hand."""
    to = Receiver(
        kind="network.actor",
        id=uuid4(),
        chat_url="https://t.me/demo",
        chat_name="demo",
        owner_id=owner.pk if owner else None,
    )
    parts = {"language": "ar", "occasion": f"test:{uuid4()}", "secret": {"code": "ABCD-1234"}} | values
    message = send("people/code", to=to, **parts)
    assert message is not None
    return message
