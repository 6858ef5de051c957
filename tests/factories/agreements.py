"""Agreements for tests, made as people make them: through services."""

from __future__ import annotations

import io
from itertools import count
from typing import Any

from tests.factories.network import a_community, a_coordinator, a_space, an_actor
from treffpunkt.agreements.models import Agreement, AgreementVersion, Party, Signature
from treffpunkt.agreements.services.clauses import load_clauses
from treffpunkt.agreements.services.concluding import agree
from treffpunkt.agreements.services.drafting import create_agreement
from treffpunkt.agreements.services.offering import offer
from treffpunkt.agreements.services.rights import grant_right
from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.network.models import Actor, Space
from treffpunkt.people.models import Staff

_number = count(1)


def a_leader(*spaces: Space, **values: Any) -> Actor:
    """Enter somebody who leads these spaces, reads Arabic and has a mail address."""
    number = next(_number)
    given = {
        "name": f"Leila Mansour {number}",
        "languages": ["ar"],
        "channels": [("mail", f"leila{number}@example.org")],
    }
    return an_actor(*spaces, **(given | values))


def an_agreement(by: Staff | None = None, *actors: Actor, **values: Any) -> Agreement:
    """Prepare an agreement in Arabic about a group, with the right to post links there."""
    load_clauses()
    by = by or a_coordinator()
    spaces = values.pop("spaces", None) or [a_space(a_community())]
    people = actors or (a_leader(*spaces),)
    rights = values.pop("rights", ("links",))
    agreement = create_agreement(by=by, **({"spaces": spaces, "actors": people, "owner": by} | values))
    for kind in rights:
        grant_right(by=by, agreement=agreement, space=spaces[0], right_kind=kind)
    return Agreement.objects.get(pk=agreement.pk)


def offered(by: Staff | None = None, *actors: Actor, **values: Any) -> Agreement:
    """Prepare an agreement and put it before its parties."""
    agreement = an_agreement(by, *actors, **values)
    offer(by=by or SYSTEM, agreement=agreement)
    return Agreement.objects.get(pk=agreement.pk)


def in_force(by: Staff | None = None, *actors: Actor, **values: Any) -> Agreement:
    """Prepare an agreement, and let everybody agree to it by link."""
    agreement = offered(by, *actors, **values)
    for party in agreement.parties.all():
        signed(party)
    return Agreement.objects.get(pk=agreement.pk)


def signed(party: Party, name: str = "ليلى") -> Signature:
    """Let a party agree to the text on offer, by link."""
    return agree(by=holder_of(party), party=party, version=on_offer(party.agreement), name=name)


def on_offer(agreement: Agreement) -> AgreementVersion:
    """Give the text that is on offer."""
    return agreement.versions.get(state="offered")


def holder_of(party: Party) -> LinkHolder:
    """Give the agent that a party's link makes of its holder."""
    return LinkHolder(purpose="agreement", subject_kind=party.kind, subject_id=party.pk, agent_id=party.actor_id)


def a_picture(word: str = "scan") -> bytes:
    """Make a small PNG that differs by a word."""
    import zlib

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    head = chunk(b"IHDR", (1).to_bytes(4, "big") * 2 + b"\x08\x00\x00\x00\x00")
    pixels = chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"tEXt", b"Comment\x00" + word.encode()) + pixels + chunk(b"IEND", b"")


def a_pdf(*, says: bytes = b"", packed: bytes = b"") -> bytes:
    """Make a PDF that openly says something in its catalogue, or keeps it in a packed stream."""
    import zlib

    made = io.BytesIO()
    made.write(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + says + b" >>\nendobj\n")
    if packed:
        stream = zlib.compress(packed)
        made.write(
            b"2 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n%b\nendstream\nendobj\n" % (len(stream), stream)
        )
    made.write(b"trailer\n<< /Root 1 0 R >>\n%%EOF\n")
    return made.getvalue()
