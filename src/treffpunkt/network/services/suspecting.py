"""The list of records that may be the same: worked out anew, and decided on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import combinations, islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from treffpunkt.core.agent import Agent
from treffpunkt.core.clock import now
from treffpunkt.core.errors import require
from treffpunkt.journal.services import record
from treffpunkt.network import rules
from treffpunkt.network.models import Actor, Organisation, Space, Suspect
from treffpunkt.network.suspects.judging import Looked, Suspicion, judge
from treffpunkt.network.suspects.looking import looked

KINDS: dict[str, Any] = {"network.actor": Actor, "network.space": Space, "network.organisation": Organisation}
# What more records than this share tells nothing of any of them.
_BLOCK = 30
# As much as people will ever look through, and as long as a job may take, in seconds.
_MOST, _LONGEST = 5_000, 300.0
_GROUPS = 2_000
Found = dict[tuple[UUID, UUID], Suspicion]


def renew_suspects() -> int:
    """Work out anew which records may be the same; returns how many pairs nobody has decided on."""
    return sum(_renew(kind) for kind in KINDS)


@transaction.atomic
def decide_different(*, by: Agent, suspect: Suspect) -> Suspect:
    """Note that two records are two, for good; whoever keeps both says so."""
    suspect = Suspect.objects.select_for_update().get(pk=suspect.pk)
    model = KINDS[suspect.record_kind]
    pair = {one.pk: one for one in model.objects.filter(pk__in=[suspect.one_id, suspect.other_id])}
    require(len(pair) == 2 and rules.may_merge(by, *pair.values()))
    if suspect.decided_at is None:
        suspect.decided_at = now()
        suspect.decided_by_id = by.agent_id if by.agent_kind == "staff" else None
        suspect.save(update_fields=["decided_at", "decided_by"])
        one, other = (pair[pk] for pk in (suspect.one_id, suspect.other_id))
        record(by, f"{one._meta.model_name}.different", one, other)
    return suspect


@transaction.atomic
def _renew(kind: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('network.renew_suspects'))")
    found: Found = {}
    until = time.monotonic() + _LONGEST
    for groups in _groups(kind):
        _judge_groups(kind, groups, found)
        if len(found) >= _MOST or time.monotonic() > until:
            break
    return _store(kind, found)


def _groups(kind: str) -> Iterator[list[list[UUID]]]:
    """Bring together what shares a key, the smallest groups first; the database sorts, so that memory stays small."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.shared, pg_temp.brought")
        cursor.execute("CREATE TEMPORARY TABLE shared (key bigint, record uuid) ON COMMIT DROP")
        every = looked(kind)
        while piece := list(islice(every, _GROUPS)):
            with cursor.copy("COPY shared FROM STDIN") as copy:
                for one in piece:
                    for key in one.keys:
                        copy.write_row((_number(key), one.id))
        cursor.execute(
            "CREATE TEMPORARY TABLE brought ON COMMIT DROP AS "
            "SELECT records, row_number() OVER (ORDER BY cardinality(records), records) AS number FROM ("
            "SELECT DISTINCT array_agg(record ORDER BY record) AS records FROM shared GROUP BY key "
            "HAVING count(*) BETWEEN 2 AND %s) groups",
            [_BLOCK],
        )
        cursor.execute("DROP TABLE shared")
        cursor.execute("CREATE INDEX ON brought (number)")
        start = 0
        while True:
            cursor.execute("SELECT records FROM brought WHERE number > %s AND number <= %s", [start, start + _GROUPS])
            groups = [row[0] for row in cursor.fetchall()]
            if not groups:
                break
            start += _GROUPS
            yield groups


def _judge_groups(kind: str, groups: Sequence[Sequence[UUID]], found: Found) -> None:
    records: dict[UUID, Looked] = {one.id: one for one in looked(kind, {pk for group in groups for pk in group})}
    for group in groups:
        for pair in combinations(sorted(group), 2):
            if pair in found or not all(pk in records for pk in pair):
                continue
            suspicion = judge(kind, records[pair[0]], records[pair[1]])
            if suspicion is not None:
                found[pair] = suspicion


def _store(kind: str, found: Found) -> int:
    """Write down what was found; what was decided stays decided, what is not suspected any more goes."""
    known = Suspect.objects.filter(record_kind=kind)
    gone = [one.pk for one in known.filter(decided_at=None) if (one.one_id, one.other_id) not in found]
    Suspect.objects.filter(pk__in=gone).delete()
    Suspect.objects.bulk_create(
        [
            Suspect(record_kind=kind, one_id=one, other_id=other, score=why.score, reasons=list(why.reasons))
            for (one, other), why in found.items()
        ],
        update_conflicts=True,
        unique_fields=["one_id", "other_id"],
        update_fields=["score", "reasons"],
        batch_size=1000,
    )
    return known.filter(decided_at=None).count()


def _number(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)
