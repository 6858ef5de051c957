"""Names that go by themselves after their time; groups and figures stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now, today
from treffpunkt.core.text import sort_key
from treffpunkt.intake import memory
from treffpunkt.journal.services import record_many
from treffpunkt.links import services as links
from treffpunkt.network import queries
from treffpunkt.network.models import Actor, Channel, Contact, Pick, Role, Tie
from treffpunkt.network.services.forgetting_merges import forget_merges
from treffpunkt.network.services.marks import marks_of
from treffpunkt.network.services.names import forget
from treffpunkt.network.services.planning import ask_for_new_plan
from treffpunkt.post import services as post

PIECE = 1000
Told = Callable[[list[UUID]], None]


def let_go_untold(before: datetime, told: Told, kept: queries.Kept | None = None) -> int:
    """Let the names of people go who were never told that they are stored; `told` hears whose, in the transaction.

    `kept` gives the ids of people whose names stay, for a reason that is known above.
    """
    return _let_go(lambda: queries.but(queries.untold_since(before), kept), told)


def let_go_quiet(before: datetime, told: Told, kept: queries.Kept | None = None) -> int:
    """Let the names of people go of whom nothing was heard for long, but those that are `kept`."""
    return _let_go(lambda: queries.but(queries.quiet_since(before, today()), kept), told)


def forget_notes(before: datetime) -> int:
    """Blank what was said in old contacts; that they were, and what came of them, stays."""
    old = Contact.objects.filter(at__lt=before).exclude(note="", next_step="")
    return old.update(note="", next_step="", language="", version=F("version") + 1)


def _let_go(due: Callable[[], QuerySet[Actor]], told: Told) -> int:
    gone = 0
    while True:
        with transaction.atomic():
            rows = due().order_by("id").select_for_update(skip_locked=True)[:PIECE]
            people = list(rows.prefetch_related("channels"))
            if people:
                _blank(people)
                told([person.pk for person in people])
        if not people:
            break
        gone += len(people)
    if gone:
        ask_for_new_plan()
    return gone


def _blank(people: list[Actor]) -> None:
    """Blank some people in a dozen statements, whatever their number: their roles stay without a name."""
    ids = [person.pk for person in people]
    memory.keep_aliases(people[0].kind, {mark: None for person in people for mark in marks_of(person)})
    former, merged_rows = forget_merges(ids)
    # A row of a file that made a role says who holds it.
    memory.forget(
        [*ids, *former, *merged_rows, *Role.objects.filter(actor__among=ids).order_by().values_list("pk", flat=True)]
    )
    Channel.objects.filter(actor__among=ids).delete()
    Role.objects.filter(actor__among=ids).exclude(evidence="").update(evidence="")
    Tie.objects.filter(Q(one_id__among=ids) | Q(other_id__among=ids)).delete()
    Pick.objects.filter(actor__among=ids).delete()
    Contact.objects.filter(actor__among=ids).update(note="", next_step="", language="")
    keyed = [person for person in people if person.source_key]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE network_actor a SET source_key = marked.key FROM unnest(%s::uuid[], %s::text[]) AS marked(id, key) "
            "WHERE a.id = marked.id",
            [[person.pk for person in keyed], [queries.erased_key(person.source_key) for person in keyed]],
        )
    Actor.objects.filter(pk__among=ids).update(
        name="", reading="", handle="", sorting=sort_key(""), note="", languages=[], owner=None, next_touch=None,
        consent_for="", consent_how="", consent_at=None, erased_at=now(), version=F("version") + 1,
        changed_at=Now(),
    )  # fmt: skip
    post.forget_receivers(receiver_ids=ids)
    links.revoke_all(ids)
    forget(ids)
    record_many(SYSTEM, "actor.let_go", [(person, ()) for person in people])
