"""What the demo story agrees on with those who lead groups: ten agreements in five communities and every state."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from treffpunkt.agreements.models import Agreement, AgreementVersion, Party
from treffpunkt.agreements.services import concluding, drafting, ending, offering, remarks, rights
from treffpunkt.agreements.services.growing import turn_into_agreement
from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import as_of
from treffpunkt.core.clock import today as this_day
from treffpunkt.jobs.demo.moments import moment
from treffpunkt.meetings.models import Statement
from treffpunkt.post.delivery import deliver_due
from treffpunkt.post.models import Message
from treffpunkt.post.services import mark_sent
from treffpunkt.vocabulary.models import Topic


def make_agreements(cast: Sequence[Any]) -> None:
    """Tell of them in the order of the communities: Arabic, English, French, Serbian, Spanish."""
    arabs, english_speakers, french_speakers, serbs, spaniards = cast
    _for_years(arabs)
    _asked_about(arabs)
    _being_changed(english_speakers)
    _in_a_chat(english_speakers)
    _on_paper(french_speakers)
    _rather_not(french_speakers)
    _paused(serbs)
    _prepared(serbs)
    _to_be_looked_at(spaniards)
    _withdrawn(spaniards)


def _for_years(one: Any) -> None:
    """Since the first season, from what was said in a meeting."""
    said = Statement.objects.filter(meeting__communities=one.community, statement_kind="promise").earliest("noted_at")
    with as_of(moment(date(2021, 6, 10))):
        agreement = turn_into_agreement(
            by=one.counsellor, statement=said, spaces=[one.spaces[11]], actors=[one.actors[17]], owner=one.counsellor,
            topics=_topics(), rights=("post", "links", "pin"),
        )  # fmt: skip
        offering.offer(by=one.counsellor, agreement=agreement)
        _by_hand(one)
    with as_of(moment(date(2021, 7, 2), 21, 40)):
        _agree(agreement, "أم ليان")
        _by_hand(one)
    with as_of(moment(_days(-300))):
        ending.review(by=one.counsellor, agreement=agreement)


def _asked_about(one: Any) -> None:
    """A page on studying and work: on offer, with a proposal that waits."""
    with as_of(moment(_days(-6))):
        agreement = _offered(one, 2, [2], rights=("links", "announce"))
    party = agreement.parties.get()
    with as_of(moment(_days(-2), 21, 10)):
        remarks.ask(
            by=_holder(party), party=party, proposal=True, language="ar",
            text="هل يمكن أن تنشروا الروابط مرة واحدة في الأسبوع فقط؟",
        )  # fmt: skip


def _being_changed(one: Any) -> None:
    """Two lead the group; the new text has one answer of two."""
    with as_of(moment(_days(-310))):
        agreement = _offered(one, 0, [0, 1], rights=("post", "badge"), topics=_topics()[:2])
    with as_of(moment(_days(-306), 19)):
        _agree(agreement, "Grace")
    with as_of(moment(_days(-305), 20)):
        _agree(agreement, "ify.n", 1)
        deliver_due()
    with as_of(moment(_days(-3))):
        rights.grant_right(
            by=one.counsellor, agreement=agreement, space=one.spaces[0], right_kind="live", how="einmal im Vierteljahr"
        )
        drafting.begin_version(by=one.counsellor, agreement=agreement)
        offering.offer(by=one.counsellor, agreement=agreement)
        deliver_due()
    with as_of(moment(_days(-2), 18)):
        _agree(agreement, "Grace")
        deliver_due()


def _in_a_chat(one: Any) -> None:
    """Mothers in Hamburg, whose admin answered in the chat."""
    with as_of(moment(_days(-90))):
        agreement = _offered(one, 2, [4], rights=("join", "tagged"))
    with as_of(moment(_days(-88), 12)):
        concluding.note_agreed(
            by=one.counsellor, party=agreement.parties.get(), way="chat", name="akua", at=moment(_days(-88), 11, 30),
            quote="Yes, that is fine for us. Thank you!",
        )  # fmt: skip
        _by_hand(one)


def _on_paper(one: Any) -> None:
    """Signed on paper at a table in Cologne; one of two is enough."""
    with as_of(moment(_days(-200))):
        agreement = _made(one, 0, [0, 1], rights=("post", "links"), needs=Agreement.Needs.ONE)
    with as_of(moment(_days(-196), 17)):
        concluding.note_agreed(
            by=one.counsellor, party=agreement.parties.all()[0], way="paper", name="A. Sow", at=moment(_days(-197), 15),
            evidence=_scan(),
        )  # fmt: skip
        deliver_due()


def _rather_not(one: Any) -> None:
    with as_of(moment(_days(-40))):
        agreement = _offered(one, 2, [3], rights=("join",))
    with as_of(moment(_days(-38), 22)):
        party = agreement.parties.get()
        concluding.decline(by=_holder(party), party=party, version=_on_offer(agreement))


def _paused(one: Any) -> None:
    with as_of(moment(_days(-400))):
        agreement = _offered(one, 3, [7], rights=("post", "announce"), topics=_topics()[1:])
    with as_of(moment(_days(-397), 20)):
        _agree(agreement, "Јелена")
        deliver_due()
    with as_of(moment(_days(-35))):
        ending.review(by=one.counsellor, agreement=agreement)
    with as_of(moment(_days(-14))):
        ending.suspend(by=one.counsellor, agreement=agreement)


def _prepared(one: Any) -> None:
    with as_of(moment(_days(-1))):
        agreement = _made(one, 1, [2], rights=("join", "links"), topics=_topics())
        draft = agreement.versions.get()
        drafting.compose(
            by=one.counsellor, agreement=agreement, version=draft.version,
            clauses=[row["clause"] for row in draft.sentences],
            own=[{"text": "Једном у три месеца видимо се онлајн.", "de": "Einmal im Vierteljahr sehen wir uns online."}],
        )  # fmt: skip


def _to_be_looked_at(one: Any) -> None:
    with as_of(moment(_days(-380))):
        agreement = _offered(one, 0, [0, 1], rights=("pin", "links", "moderate"), topics=_topics()[:1])
    with as_of(moment(_days(-377), 18)):
        _agree(agreement, "Lucía F.")
        _agree(agreement, "Carmen", 1)
        deliver_due()


def _withdrawn(one: Any) -> None:
    with as_of(moment(_days(-250))):
        agreement = _offered(one, 2, [5], rights=("links",))
    with as_of(moment(_days(-248), 19)):
        _agree(agreement, "Dani")
        _by_hand(one)
    with as_of(moment(_days(-36), 23)):
        party = agreement.parties.get()
        ending.withdraw(by=_holder(party), party=party)


def _made(one: Any, space: int, actors: Sequence[int], **parts: Any) -> Agreement:
    return drafting.create_agreement(
        by=one.counsellor, spaces=[one.spaces[space]], actors=[one.actors[number] for number in actors],
        owner=one.counsellor, **parts,
    )  # fmt: skip


def _offered(one: Any, space: int, actors: Sequence[int], **parts: Any) -> Agreement:
    agreement = _made(one, space, actors, **parts)
    offering.offer(by=one.counsellor, agreement=agreement)
    deliver_due()
    _by_hand(one)
    return agreement


def _agree(agreement: Agreement, name: str, number: int = 0) -> None:
    party = agreement.parties.order_by("id")[number]
    concluding.agree(by=_holder(party), party=party, version=_on_offer(agreement), name=name)


def _on_offer(agreement: Agreement) -> AgreementVersion:
    return agreement.versions.get(state=AgreementVersion.State.OFFERED)


def _holder(party: Party) -> LinkHolder:
    return LinkHolder(purpose="agreement", subject_kind=party.kind, subject_id=party.pk, agent_id=party.actor_id)


def _by_hand(one: Any) -> None:
    """Send in the chats what waits for them about agreements."""
    waiting = Message.objects.filter(state=Message.State.BY_HAND, template__startswith="agreements/")
    for message in waiting:
        mark_sent(by=one.coordinator, message=message)


def _topics() -> list[Topic]:
    return list(Topic.objects.filter(women_specific=True, parent__key="family").order_by("position")[:3])


def _days(number: int) -> date:
    return this_day() + timedelta(days=number)


def _scan() -> bytes:
    """Draw a sheet of paper with a line at its foot."""
    width, height = 84, 119
    rows = [b"\x00" + bytes([40 if y == 100 and 12 < x < 60 else 245 for x in range(width)]) for y in range(height)]

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b"")
