"""What was agreed on about access in the demo story, how it goes, and where it does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from treffpunkt.agreements.models import Agreement, Commitment, GrantedRight
from treffpunkt.agreements.services.clauses import load_clauses
from treffpunkt.agreements.services.concluding import note_agreed
from treffpunkt.agreements.services.drafting import create_agreement
from treffpunkt.agreements.services.measures import note_measure
from treffpunkt.agreements.services.promises import note_kept, promise
from treffpunkt.agreements.services.rights import grant_right
from treffpunkt.agreements.services.uses import note_use
from treffpunkt.core.clock import as_of
from treffpunkt.core.clock import today as this_day
from treffpunkt.jobs.demo.moments import moment
from treffpunkt.network.models import Space
from treffpunkt.network.services.spaces import change_space
from treffpunkt.vocabulary.models import Topic

BEFORE = 240


@dataclass(frozen=True)
class Told:
    """An agreement: which community and group, their words, what was granted (kind, how), about which topics."""

    community: int
    group: int
    words: str
    rights: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    # What became of a right, by its kind: days since it was used each time, or (days, False) where it failed.
    used: tuple[tuple[str, int, bool], ...] = ()
    # Side, what, days until due (negative: past), again every so many days, how it was kept before.
    promised: tuple[tuple[str, str, int, int | None, tuple[bool, ...]], ...] = ()
    done: tuple[tuple[str, str, int], ...] = ()
    policy: tuple[str, str] = ("ask", "yes")


TOLD = (
    Told(
        0, 0, "موافقة، ابدؤوا متى شئتم.",
        (("links", "Zweimal im Monat; der Text geht vorher an die Leitung."), ("pin", "Eine Faktenkarte, zwei Wochen lang."),
         ("join", "")),
        ("residence-own-permit", "family-divorce-custody", "violence-domestic"),
        used=(("links", 33, True), ("links", 19, True), ("links", 4, True), ("pin", 19, True)),
        promised=(
            ("ours", "Antworten innerhalb von zwei Werktagen", 5, 30, (True, True, True, False, True)),
            ("theirs", "Faktenkarte anheften", -2, 14, (True, True, False, True)),
            ("ours", "Faktenkarte zum Sorgerecht auf Arabisch schicken", 3, None, ()),
        ),
        done=(("residence-own-permit", "material", 96), ("family-divorce-custody", "material", 40), ("residence-own-permit", "training", 12)),
    ),
    Told(
        1, 8, "Fine with us. Welcome!",
        (("links", "Only answers to questions, never on its own."), ("tagged", "")),
        ("family-single-parents",),
        used=(("links", 58, True), ("links", 6, False)),
        promised=(("ours", "Fragestunde für Alleinerziehende anbieten", -6, 60, (True,)),),
        done=(("family-single-parents", "quick", 64),),
        policy=("no", "no"),
    ),
    Told(
        3, 0, "Važi, dogovoreno.",
        (("links", "Nach Absprache im Chat der Admins."), ("live", "Einmal im Vierteljahr, abends.")),
        ("family-childcare",),
        used=(("links", 126, True),),
        promised=(("theirs", "Fragestunde ankündigen", 9, 90, (True, True)),),
    ),
    Told(
        4, 10, "De acuerdo, gracias por preguntar.",
        (("links", "Jederzeit; bitte mit einem Satz, worum es geht."), ("announce", "")),
        (),
        used=(("links", 2, True), ("links", 9, True), ("links", 27, True)),
        policy=("yes", "no"),
    ),
)  # fmt: skip


def conclude(cast: list[Any]) -> None:
    """Tell what was agreed on in a chat some months ago."""
    load_clauses()
    for told in TOLD:
        one = cast[told.community]
        space = Space.objects.get(pk=one.spaces[told.group].pk)
        day = this_day() - timedelta(days=BEFORE - 20 * told.community)
        with as_of(moment(day)):
            links, approval = told.policy
            change_space(by=one.counsellor, space=space, link_policy=links, post_approval=approval)
            agreement = create_agreement(
                by=one.counsellor, spaces=[space], actors=[space.roles.order_by("pk")[0].actor], owner=one.counsellor,
                topics=Topic.objects.filter(key__in=told.topics),
            )  # fmt: skip
            for kind, how in told.rights:
                grant_right(by=one.counsellor, agreement=agreement, space=space, right_kind=kind, how=how)
            for side, what, due, every, _kept in told.promised:
                promise(by=one.counsellor, agreement=agreement, side=side, what=what, due=_first(due, every, _kept),
                        every_days=every)  # fmt: skip
            party = agreement.parties.select_related("actor").get()
            name = party.actor.handle if party.actor else "…"
            note_agreed(by=one.counsellor, party=party, way="chat", name=name, at=moment(day), quote=told.words)


def practise(cast: list[Any]) -> None:
    """Tell how it went since: what was used, kept and done."""
    for told in TOLD:
        one = cast[told.community]
        agreement = Agreement.objects.get(spaces=one.spaces[told.group].pk, owner=one.counsellor)
        rights = {right.right_kind: right for right in GrantedRight.objects.filter(agreement=agreement)}
        for kind, ago, worked in sorted(told.used, key=lambda use: -use[1]):
            used = moment(this_day() - timedelta(days=ago), 14)
            with as_of(used):
                note_use(by=one.counsellor, right=rights[kind], at=used, worked=worked)
        for _side, what, _due, _every, kept in told.promised:
            for was_kept in kept:
                made = Commitment.objects.get(agreement=agreement, what=what)
                with as_of(moment(made.due or this_day(), 16)):
                    note_kept(by=one.counsellor, commitment=made, kept=was_kept, due=made.due)
        topics = {topic.key: topic for topic in agreement.topics.all()}
        for key, kind, ago in told.done:
            day = this_day() - timedelta(days=ago)
            with as_of(moment(day)):
                note_measure(by=one.counsellor, agreement=agreement, topic=topics[key], measure_kind=kind, done_on=day)


def _first(due: int, every: int | None, kept: tuple[bool, ...]) -> date:
    """Give the first day of a promise that has been due so often before it is due now."""
    return this_day() + timedelta(days=due - (every or 0) * len(kept))
