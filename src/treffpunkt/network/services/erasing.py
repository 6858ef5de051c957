"""What is stored about a person: handed out to them, and erased."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import require
from treffpunkt.core.jobs import defer
from treffpunkt.core.mentions import Mention, find, take_out
from treffpunkt.core.subject import as_system
from treffpunkt.core.text import read_as
from treffpunkt.core.words import Words
from treffpunkt.intake import forgetting, memory
from treffpunkt.journal.services import record
from treffpunkt.links import services as links
from treffpunkt.network import rules
from treffpunkt.network.document import document
from treffpunkt.network.models import Actor, Channel, Contact, Pick, Role, Tie
from treffpunkt.network.queries import erased_key
from treffpunkt.network.services.counts import recount_spaces
from treffpunkt.network.services.forgetting_merges import forget_merges
from treffpunkt.network.services.marks import marks_of
from treffpunkt.network.services.names import forget
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.network.stored import Category, stored_about
from treffpunkt.post import services as post
from treffpunkt.search.services import rename
from treffpunkt.upkeep.services import note_erasure

# Where the same words name somebody else.
_NAMESAKES = frozenset({"network.actor.name", "network.actor.reading", "network.actor.handle", "network.channel.value"})

__all__ = ["erase_actor", "erased_key", "export_actor", "export_document", "mentions_of", "words_of"]


@transaction.atomic
def erase_actor(*, by: Agent, actor: Actor, spare: Collection[str] = (), also: Collection[str] = ()) -> Actor:
    """Erase a person: their row is blanked, what names them goes, their links close; the count of contacts stays.

    Texts of others that surely mention them lose the name, but for those whose keys are in `spare`; of those that
    may mention them, those in `also` (see `mentions_of`). Higher modules hear of it by the job
    `network.actor_erased` and blank what they hold.
    """
    actor = Actor.objects.select_for_update().get(pk=actor.pk)
    require(rules.may_erase_actor(by, actor))
    with as_system():  # also where others wrote in confidence, which nobody is shown
        decided = _take_out_mentions(actor, spare, also)
    roles = list(Role.objects.filter(actor=actor).values_list("id", "space_id"))
    rows = [actor.pk, *(pk for pk, _space in roles)]
    spaces = [space for _pk, space in roles if space]
    marks = marks_of(actor)
    former, merged_rows = forget_merges([actor.pk])
    Channel.objects.filter(actor=actor).delete()
    # A role in a group that everybody can look into tells who somebody is.
    Role.objects.filter(actor=actor).delete()
    Tie.objects.filter(Q(one_id=actor.pk) | Q(other_id=actor.pk)).delete()
    Pick.objects.filter(actor=actor).delete()
    with as_system():  # what others wrote down in confidence goes as well
        Contact.objects.filter(actor=actor).update(note="", next_step="", language="")
    memory.forget([*rows, *former, *merged_rows])
    memory.keep_aliases(actor.kind, dict.fromkeys(marks))
    blank = Actor(
        id=actor.pk,
        created_at=actor.created_at,
        version=actor.version + 1,
        erased_at=now(),
    )
    blank.standing, blank.not_a_person = actor.standing, actor.not_a_person
    blank.source_key = erased_key(actor.source_key)
    blank.save(force_update=True)
    recount_spaces(spaces)
    post.forget_receiver(receiver_id=actor.pk)
    links.revoke(holder_id=actor.pk)
    links.revoke(subject_id=actor.pk)
    forget([actor.pk])
    record(by, "actor.erased", blank)
    note_erasure(blank, decided)
    for pk in former:  # an older backup knows them by these ids as well
        note_erasure(Actor(pk=pk), decided)
    defer("network.actor_erased", actor_id=str(actor.pk))
    ask_for_new_plan()
    return blank


def words_of(actor: Actor) -> Words:
    """Give the words by which texts mention a person."""
    channels = [one.value for one in actor.channels.all()]
    words = Words.of(name=actor.name, handle=actor.handle, channels=channels)
    return words.also(read_as(actor.name, actor.reading))


def mentions_of(actor: Actor) -> list[Mention]:
    """Find the texts of others that mention a person, or may; one query over every table, for nobody's eyes yet."""
    theirs = [actor.pk, *Contact.objects.filter(actor=actor).values_list("pk", flat=True)]
    return find(words_of(actor), but=theirs, passing_over=_NAMESAKES)


def _take_out_mentions(actor: Actor, spare: Collection[str], also: Collection[str]) -> set[str]:
    """Take a name out of the texts chosen; gives what differs from what goes without asking, to be done again."""
    words = words_of(actor)
    found = mentions_of(actor)
    chosen = [one for one in found if (one.sure and one.key not in spare) or one.key in also]
    in_files = [one for one in found if one.sure and one.kind in ("intake.row", "intake.result")]
    forgetting.forget_rows(
        rows=[int(one.pk) for one in in_files if one.kind == "intake.row"],
        results=[int(one.pk) for one in in_files if one.kind == "intake.result"],
    )
    forgetting.forget_in_files(words.usual)
    instead = _("[name removed]")
    changed = take_out(words, [one for one in chosen if one not in in_files], instead)
    rename(
        [UUID(pk) for kind, pk in changed if not kind.startswith("intake.")],
        lambda text: words.without(text, instead, perhaps=True),
    )
    for kind, pk in sorted(changed):
        if kind == "meetings.minutes":
            defer("meetings.documents_changed", minutes_id=pk)
    left = {f"-{one.key}" for one in found if one.sure and one.key in spare}
    return left | {f"+{one.key}" for one in found if not one.sure and one.key in also}


@transaction.atomic
def export_actor(*, by: Agent, actor: Actor) -> dict[str, Any]:
    """Hand out what is stored about a person, as plain values; confidential notes stay with their note-takers."""
    actor = Actor.objects.select_related("owner").get(pk=actor.pk)
    require(rules.may_export_actor(by, actor))
    contacts = Contact.objects.filter(actor=actor, confidential=False).select_related("space", "organisation")
    record(by, "actor.exported", actor)
    return {
        "name": actor.name,
        "in_latin_letters": actor.reading,
        "handle": actor.handle,
        "kind": actor.actor_kind,
        "languages": actor.languages,
        "standing": actor.standing,
        "consent": {
            "for": actor.consent_for,
            "how": actor.consent_how,
            "at": actor.consent_at.isoformat() if actor.consent_at else None,
        },
        "known_by": actor.owner.name if actor.owner else None,
        "note": actor.note,
        "entered_at": actor.created_at.isoformat(),
        "last_contact_at": actor.last_contact_at.isoformat() if actor.last_contact_at else None,
        "channels": [
            {
                "kind": one.channel_kind,
                "value": one.value,
                "preferred": one.preferred,
                "safe": one.safe,
            }
            for one in actor.channels.all()
        ],
        "roles": [
            {
                "role": one.role,
                "in": str(one.space or one.organisation),
                "since": one.since.isoformat() if one.since else None,
                "until": one.until.isoformat() if one.until else None,
                "known_from": one.evidence,
            }
            for one in actor.roles.select_related("space", "organisation")
        ],
        "contacts": [
            {
                "at": one.at.isoformat(),
                "channel": one.channel_kind,
                "direction": one.direction,
                "about": str(one.space or one.organisation or ""),
                "note": one.note,
                "outcome": one.outcome,
                "next_step": one.next_step,
            }
            for one in contacts
        ],
        "stored": [one.plain() for one in _all_about(actor)],
    }


def export_document(*, by: Agent, actor: Actor) -> str:
    """Hand out what is stored about a person as a document to read and keep, in the language spoken."""
    require(rules.may_export_actor(by, actor))
    record(by, "actor.exported", actor)
    return document(_all_about(actor))


def _all_about(actor: Actor) -> list[Category]:
    # The file is theirs: it tells all of it, whoever hands it out.
    return stored_about(actor, by=SYSTEM)
