"""What goes on beside the notes: phones write along, small groups talk, the screen waits; and an organisation that
explains what it does.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import as_of
from treffpunkt.jobs.demo.cast import Cast
from treffpunkt.meetings.models import AgendaItem, Contribution, Meeting, Presentation
from treffpunkt.meetings.rules import PHONES, PRESENTING
from treffpunkt.meetings.services import groups as grouping
from treffpunkt.meetings.services import phones
from treffpunkt.meetings.services.notes import note_statement
from treffpunkt.meetings.services.presenting import ask_to_present, give_slot, tell_entry
from treffpunkt.meetings.services.screen import let_screen_wait
from treffpunkt.network.models import Organisation
from treffpunkt.network.services import bulk
from treffpunkt.network.services.roles import add_role
from treffpunkt.people.models import Staff

# What came from phones: words, the name chosen, whether it was released.
SENT = (
    ("Код нас у групи највише питају за вртић, јер без њега нема ни курса.", "Јелена", True),
    ("Kod nas pišu latinicom, molimo vas da i kartice budu na latinici.", "", True),
    ("Може ли мало гласније?", "", False),
)
# What small groups noted: words, German gist.
IN_GROUPS = (
    ("Једна жена у групи је већ прошла признавање дипломе и радо би причала о томе.", "Eine Frau der Gruppe hat die Anerkennung hinter sich und würde gern davon erzählen."),
    ("Администраторке би волеле кратак подсетник једном недељно.", "Die Admins hätten gern einmal in der Woche eine kurze Erinnerung."),
)  # fmt: skip


def write_along(one: Cast, meeting: Meeting, begun: datetime) -> None:
    """After an hour phones are invited, two small groups talk for a quarter of an hour, and come back."""
    by, item = one.counsellor, meeting.agenda.get(position=6)
    with as_of(begun + timedelta(minutes=60)):
        let_screen_wait(by=by, meeting=meeting, waits=True)
        phones.open_phones(by=by, meeting=meeting)
        rooms = grouping.split(by=by, meeting=meeting, count=2)
    guest = meeting.invitations.filter(attendance="attended").order_by("pk")[0]
    for number, (text, name, released) in enumerate(SENT):
        with as_of(begun + timedelta(minutes=62 + 3 * number)):
            link = LinkHolder("invitation", guest.kind, guest.pk, guest.actor_id) if name else _phone(meeting)
            sent = phones.contribute(by=link, meeting=meeting, id=_id(), text=text, shown_name=name, item=item)
            _decide(by, sent, released=released)
    for number, (text, gist) in enumerate(IN_GROUPS):
        with as_of(begun + timedelta(minutes=70 + number)):
            note_statement(
                by=by, meeting=meeting, id=_id(), item=item, text=text, language="sr", gist=gist, group=rooms[number],
                keep_findings=True,
            )  # fmt: skip
    with as_of(begun + timedelta(minutes=76)):
        grouping.close_groups(by=by, meeting=meeting)


def let_explain(coordinator: Staff, meeting: Meeting, *, asked: datetime, answered: datetime) -> AgendaItem:
    """A women's centre gets five minutes; its contact person has looked at the entry and changed it."""
    organisation = Organisation.objects.get(name="Frauenzentrum Morgenrot")
    with as_of(asked):
        contact = bulk.create_actors(
            by=coordinator,
            rows=[
                {
                    "name": "Petra Neumann", "handle": "petra.demo", "languages": ["de"],
                    "channels": [("mail", "petra.neumann@example.org")],
                }
            ],
        )[0]  # fmt: skip
        add_role(by=coordinator, actor=contact, organisation=organisation, role="contact")
        item = give_slot(by=coordinator, meeting=meeting, organisation=organisation)
        slot = Presentation.objects.get(item=item)
        ask_to_present(by=coordinator, presentation=slot, actor=contact)
    with as_of(answered):
        slot.refresh_from_db()
        tell_entry(
            by=LinkHolder(PRESENTING, slot.kind, slot.pk, contact.pk),
            presentation=slot,
            entry={
                "purpose": {
                    "de": "Berät Frauen zu Trennung, Sorgerecht und Schutz vor Gewalt, auch anonym.",
                    "ar": "نقدّم للنساء استشارات حول الانفصال والحضانة والحماية من العنف، ويمكن أن تبقى المرأة مجهولة الاسم.",
                },
                "audience": {"de": "Für Frauen ab 16 Jahren, mit und ohne Kinder.", "ar": "للنساء من سنّ ١٦، مع أطفال أو بدونهم."},
                "languages": ["de", "ar", "fr"],
                "phone": "+49 30 23125 040",
            },
        )  # fmt: skip
    return item


def _phone(meeting: Meeting) -> LinkHolder:
    return LinkHolder(PHONES, meeting.kind, meeting.pk, None)


def _decide(by: Staff, sent: Contribution, *, released: bool) -> None:
    if released:
        phones.release_contribution(by=by, contribution=sent, keep_findings=True)
    else:
        phones.put_aside(by=by, contribution=sent)


def _id() -> UUID:
    return uuid7()
