"""A small network of two communities, whose records everybody is tried on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.factories import agreements as agreed
from tests.factories import meetings as meeting
from tests.factories import network, people, polls, post
from treffpunkt.agreements.models import Clause
from treffpunkt.agreements.services.concluding import add_evidence
from treffpunkt.agreements.services.promises import promise
from treffpunkt.agreements.services.remarks import ask
from treffpunkt.agreements.services.successions import follow_up
from treffpunkt.core.agent import SYSTEM, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.intake.models import Import
from treffpunkt.links.services import issue, revoke
from treffpunkt.meetings.models import Ballot, Contribution, Minutes, Series
from treffpunkt.meetings.rules import PHONES
from treffpunkt.meetings.services.meetings import end_meeting, start_meeting
from treffpunkt.meetings.services.minutes import close_meeting, send_minutes
from treffpunkt.meetings.services.phones import contribute, open_phones
from treffpunkt.meetings.services.presenting import give_slot
from treffpunkt.meetings.services.series import create_series
from treffpunkt.network.models import Suspect
from treffpunkt.network.services.looking import look_into
from treffpunkt.network.services.merging import merge_records
from treffpunkt.people.models import Staff
from treffpunkt.tasks.services import create_task
from treffpunkt.vocabulary.models import Topic

# What stands in every record of the community that is not the counsellor's; no page shows it to her.
FOREIGN = "Fremdes"
# What stands in everything confidential that somebody else wrote down; no page shows it to anybody.
SECRET = "Verschwiegenes"


@dataclass
class World:
    """Who is tried, and on what: by kind, a record of the own community, another's, one of none, one that is gone."""

    staff: dict[str, Staff]
    records: dict[str, dict[str, UUID]]
    links: dict[str, str] = field(default_factory=dict)

    def ids(self, kind: str) -> dict[str, UUID]:
        """Give the records of a kind to try, and one id that names nothing."""
        return {**self.records[kind], "gone": uuid4()}


def a_world() -> World:
    """Make the network: the counsellor works with the first community only; nobody tried has written anything."""
    own, other = network.a_community("ar", name="Eigene"), network.a_community("sr", name=f"{FOREIGN} Community")
    staff = {
        "coordinator": people.a_coordinator(),
        "counsellor": people.a_counsellor(),
        "legal reviewer": network.a_member_of_staff("legal_reviewer"),
        "system administrator": people.a_system_administrator(),
    }
    own.counsellors.add(staff["counsellor"])
    host = people.a_coordinator(name="Wirtin")
    records: dict[str, dict[str, UUID]] = {"community": {"own": own.pk, "other": other.pk}}
    for which, community, mark in (("own", own, ""), ("other", other, FOREIGN), ("none", None, FOREIGN)):
        for kind, pk in _in(community, mark, host).items():
            records.setdefault(kind, {})[which] = pk
    records["import"] = {"own": _an_import(host)}
    records["topic"] = {"own": Topic.objects.exclude(parent=None)[0].pk}
    records["women's topic"] = {"own": Topic.objects.filter(women_specific=True)[0].pk}
    records["account"] = {"own": host.pk}
    records["clause"] = {"own": Clause.objects.get(key="answer").pk}
    records["profile"] = {
        "own": network.a_profile(staff=staff["counsellor"]).pk,
        "other": network.a_profile(staff=host, name=FOREIGN).pk,
    }
    return World(staff, records, _links(own, host))


def _in(community: Any, mark: str, host: Staff) -> dict[str, UUID]:
    """Make one record of each kind in a community, or in none."""
    of = [community] if community else []
    space = network.a_space(*of, name=f"Gruppe {mark}")
    actor = network.an_actor(space, name=f"Person {mark}")
    organisation = network.an_organisation(*of, name=f"Verein {mark}")
    words = {"note": f"Gespräch {mark}", "keep_findings": True}
    found = {
        "space": space.pk,
        "actor": actor.pk,
        "organisation": organisation.pk,
        "role": network.role_of(actor, space).pk,
        "channel": actor.channels.create(channel_kind="telegram", value=f"handle_{mark}").pk,
        "contact": network.a_contact(host, space=space, **words).pk,
        "secret contact": network.a_contact(host, space=space, confidential=True, **words | {"note": SECRET}).pk,
        "task": create_task(by=SYSTEM, title=f"Aufgabe {mark}", about=space).pk,
        "look": look_into(by=host, space=space, outcome="nothing").pk,
        "message": post.a_chat_text(host, context={"x": mark}).pk,
    }
    found |= _twice(space, mark) | _agreements(space, mark, host)
    return found | (_meetings(community, mark, host, organisation) if community else {})


def _twice(space: Any, mark: str) -> dict[str, UUID]:
    """Suspect one pair of people, and merge another."""
    one, other, third, fourth = (network.an_actor(space, name=f"Doppelt {mark} {number}") for number in range(4))
    pair = sorted([one.pk, other.pk])
    suspect = Suspect.objects.create(
        record_kind="network.actor", one_id=pair[0], other_id=pair[1], score=1.0, reasons=["same_name"]
    )
    merge = merge_records(by=SYSTEM, kept=third, gone=fourth)
    return {"suspect": suspect.pk, "merge": merge.pk}


def _agreements(space: Any, mark: str, host: Staff) -> dict[str, UUID]:
    """Make what is agreed about a space, with everything that hangs on it; its evidence is only for who works on it."""
    leader = agreed.a_leader(space, name=f"Leitung {mark}")
    women = Topic.objects.filter(women_specific=True)[:1]
    held = agreed.in_force(host, leader, spaces=[space], name=f"Vereinbarung {mark}", topics=women)
    party = held.parties.get()
    return {
        "agreement": held.pk,
        "party": party.pk,
        "right": held.rights.get().pk,
        "commitment": promise(by=host, agreement=held, side="ours", what=f"Karte {mark}", due=now().date()).pk,
        "remark": ask(by=agreed.holder_of(party), party=party, text=f"Wie oft? {mark}").pk,
        "evidence": add_evidence(by=host, agreement=held, content=agreed.a_picture(f"Nachweis {mark}")).pk,
    }


def _meetings(community: Any, mark: str, host: Staff, organisation: Any) -> dict[str, UUID]:
    planned = meeting.a_meeting(host, name=f"Treffen {mark}", communities=[community], hosts=[host])
    running = meeting.a_meeting(host, name=f"Läuft {mark}", communities=[community], hosts=[host])
    invitation = meeting.invited(host, planned, meeting.an_actor(name=f"Gast {mark}"))[0]
    looked_for = polls.a_poll(host, planned, meeting.an_actor(name=f"Gast {mark}"))
    start_meeting(by=host, meeting=running)
    said = {"gist": f"Gesagt {mark}", "keep_findings": True}
    season = {"begins": now().date(), "ends": now().date() + timedelta(days=90), "communities": [community]}
    series: Series = create_series(by=host, name=f"Reihe {mark}", **season)
    return {
        "series": series.pk,
        "meeting": planned.pk,
        "running meeting": running.pk,
        "invitation": invitation.pk,
        "wave": meeting.a_wave(host, planned, meeting.an_actor(name=f"Gast {mark}")).pk,
        "poll guest": polls.asked(looked_for)[0].pk,
        "presentation": give_slot(by=host, meeting=planned, organisation=organisation).presentation.pk,
        "calendar reply": meeting.an_answer_of_a_stranger(invitation).pk,
        "correction": _proposed(community, mark, host),
        "contribution": _sent(running, f"Es geht auch. {mark}").pk,
        "statement": meeting.a_statement(host, running, f"Es geht gut. {mark}", **said).pk,
        "secret statement": meeting.a_statement(host, running, SECRET, confidential=True, **said).pk,
    }


def _sent(running: Any, text: str) -> Contribution:
    """Send something from a phone."""
    phone = LinkHolder(PHONES, running.kind, running.pk, None)
    return contribute(by=phone, meeting=running, id=uuid4(), text=text, keep_findings=True)


def _proposed(community: Any, mark: str, host: Staff) -> UUID:
    """Let a guest propose a correction of minutes that are out for it."""
    held = meeting.a_meeting(host, name=f"Zur Korrektur {mark}", communities=[community], hosts=[host])
    return meeting.a_correction(host, held, f"Es geht sehr gut. {mark}").pk


def _an_import(host: Staff) -> UUID:
    made = Import(by=host, target="spaces", file_name="liste.csv", file="0" * 64, state=Import.State.APPLIED)
    made.save()
    return made.pk


def _links(community: Any, host: Staff) -> dict[str, str]:
    """Make one link of each kind, open and closed."""
    gathering = meeting.a_meeting(host, name="Mit Gästen", communities=[community], hosts=[host])
    guest = meeting.an_actor(name="Samira Haddad")
    invitation = meeting.invited(host, gathering, guest)[0]
    closed = meeting.a_meeting(host, name="Vorbei", communities=[community], hosts=[host])
    meeting.invited(host, closed, meeting.an_actor(name="Leila"))
    start_meeting(by=host, meeting=closed)
    end_meeting(by=host, meeting=closed)
    close_meeting(by=host, meeting=closed, summary="Gut war es.")
    send_minutes(by=host, meeting=closed)
    minutes = Minutes.objects.filter(meeting=closed, language="ar")[0]

    def token(purpose: str, subject: Any, **more: Any) -> str:
        address = issue(purpose, subject_kind=subject.kind, subject_id=subject.pk, **more)
        return address.rstrip("/").rpartition("/")[2]

    space = network.a_space(community)
    offer = agreed.offered(host, spaces=[space]).parties.get()
    held = agreed.in_force(host, spaces=[space]).parties.get()
    leaves = follow_up(by=host, actor=agreed.a_leader(space))
    gone = meeting.invited(host, gathering, meeting.an_actor(name="Widerrufen"))[0]
    talking = start_meeting(by=host, meeting=meeting.a_meeting(host, name="Gespräch", communities=[community]))
    found = {
        "revoked": token("invitation", gone),
        "calendar": token("calendar_feed", host, holder_id=host.pk),
        "invitation": token("invitation", invitation, holder_id=guest.pk),
        "minutes": token("minutes", minutes, holder_id=guest.pk),
        "offer": token("agreement", offer, holder_id=offer.actor_id),
        "agreement": token("agreement", held, holder_id=held.actor_id),
        "succession": token("succession", leaves, holder_id=leaves.actor_id),
        "phones": open_phones(by=host, meeting=talking).rstrip("/").rpartition("/")[2],
        "did": token("did", held, holder_id=held.actor_id),
        "other purpose": token("something", invitation),
        "expired": token("invitation", invitation, expires=now() - timedelta(seconds=1)),
        "wrong record": token("minutes", invitation),
        "unknown": "nonsense",
    }
    found |= _links_without_invitation(community, host, closed, token)
    revoke(subject_id=gone.pk)
    return found


def _links_without_invitation(community: Any, host: Staff, closed: Any, token: Any) -> dict[str, str]:
    """Make the links of whoever is asked for a date, for an opinion, or what her organisation does."""
    planned = meeting.a_meeting(host, name="Noch ohne Tag", communities=[community], hosts=[host])
    asked = polls.asked(polls.a_poll(host, planned, meeting.an_actor(name="Ohne Termin")))[0]
    ballot = Ballot.objects.create(meeting=closed)
    slot = give_slot(by=host, meeting=planned, organisation=network.an_organisation(community)).presentation
    return {
        "poll": token("poll", asked, holder_id=asked.actor_id),
        "evaluation": token("evaluation", ballot),
        "presentation": token("presentation", slot, holder_id=meeting.an_actor(name="Vom Verein").pk),
    }
