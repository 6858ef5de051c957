"""Each organisation explains what it does: a slot on the agenda, its entry confirmed or changed in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from treffpunkt.core.agent import Agent, LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, require
from treffpunkt.core.text import LANGUAGES, tidy
from treffpunkt.journal.services import record
from treffpunkt.meetings import rules
from treffpunkt.meetings.models import AgendaItem, Meeting, Presentation
from treffpunkt.meetings.services.agenda import add_item
from treffpunkt.meetings.services.numbering import locked, next_number
from treffpunkt.meetings.topics import PRESENTING
from treffpunkt.network.addresses import recognise
from treffpunkt.network.models import Actor, Organisation
from treffpunkt.network.rules import viewable_organisations
from treffpunkt.network.services.organisations import change_organisation
from treffpunkt.network.services.reaching import language_of, receiver_of
from treffpunkt.post.services import send

S = Presentation.State
PRESENT = "meetings/messages/presenting"
# What the organisation itself says of its entry, and how long a text of it may be.
SAID = ("name", "purpose", "audience", "languages", "website", "phone")
LONGEST, LONGEST_NAME, LONGEST_WAY = 400, 300, 200
MOST_LANGUAGES = 40
DAYS_AFTER = 14


@transaction.atomic
def give_slot(*, by: Agent, meeting: Meeting, organisation: Organisation, minutes: int = 5) -> AgendaItem:
    """Give an organisation a slot at the end of the agenda, once a meeting."""
    require(viewable_organisations(by).filter(pk=organisation.pk).exists())
    Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if known := AgendaItem.objects.filter(meeting=meeting, organisation=organisation).first():
        require(rules.may_edit(by, meeting))
        return known
    titles = dict.fromkeys(LANGUAGES, organisation.name)
    item = add_item(by=by, meeting=meeting, titles=titles, questions=PRESENTING, minutes=max(1, min(minutes, 60)))
    item.organisation = organisation
    item.save(update_fields=["organisation"])
    Presentation.objects.create(item=item, organisation=organisation)
    record(by, "agenda.slot_given", meeting, organisation)
    return item


@transaction.atomic
def ask_to_present(*, by: Agent, presentation: Presentation, actor: Actor) -> bool:
    """Send a contact person of the organisation the link to its entry; once a day. Says whether a channel leads to them."""
    presentation = _locked(presentation)
    meeting = presentation.item.meeting
    require(rules.may_edit(by, meeting))
    if not _speaks_for(actor, presentation.organisation):
        raise DomainError(_("This person is no contact of the organisation."))
    to = receiver_of(actor)
    if to is None or not (to.mail or to.chat_url or to.chat_name):
        return False
    host = meeting.hosts.first()
    sent = send(
        PRESENT, to=to, language=language_of(actor), occasion=f"presenting:{presentation.pk}:{actor.pk}:{now():%Y%m%d}",
        context={"host": host.name if host else ""}, about=presentation,
        link={
            "purpose": rules.PRESENTING, "subject_kind": presentation.kind, "subject_id": str(presentation.pk),
            "days": max(0, (meeting.starts - now()) // timedelta(days=1)) + DAYS_AFTER,
        },
    )  # fmt: skip
    if sent:
        presentation.asked_at = now()
        if presentation.state == S.PLANNED:
            presentation.move_to(S.ASKED)
        presentation.advance()
        presentation.save()
        record(by, "agenda.presentation_asked", meeting, presentation.organisation, actor)
    return True


@transaction.atomic
def tell_entry(*, by: LinkHolder, presentation: Presentation, entry: Mapping[str, Any]) -> Presentation:
    """Confirm the entry as it stands, or say what it should be; what differs waits until it is released."""
    presentation = _locked(presentation)
    require(rules.may_tell_entry(by, presentation))
    presentation.proposed = _different(presentation.organisation, _shaped(entry))
    presentation.move_to(S.CHANGED if presentation.proposed else S.CONFIRMED)
    presentation.answered_at = now()
    presentation.advance()
    presentation.save()
    record(by, f"agenda.entry_{presentation.state}", presentation.item.meeting, presentation.organisation)
    return presentation


@transaction.atomic
def release_entry(*, by: Agent, presentation: Presentation, version: int | None = None) -> Organisation:
    """Take over what the organisation said of itself; raises Stale where it has said something else since."""
    meeting = locked(presentation.item.meeting)
    presentation = _locked(presentation)
    require(rules.viewable_presentations(by).filter(pk=presentation.pk).exists())
    if presentation.state != S.CHANGED:
        return presentation.organisation
    presentation.advance(version)
    organisation = change_organisation(by=by, organisation=presentation.organisation, **presentation.proposed)
    presentation.move_to(S.RELEASED)
    presentation.proposed = {}
    presentation.save()
    _rename_slot(presentation.item, organisation)
    # Whoever looks at the notes or at the shared screen reads it anew.
    next_number(meeting)
    record(by, "agenda.entry_released", meeting, organisation)
    return organisation


@transaction.atomic
def put_entry_aside(*, by: Agent, presentation: Presentation, version: int | None = None) -> Presentation:
    """Leave the entry as it is; the organisation may be asked again."""
    presentation = _locked(presentation)
    require(rules.viewable_presentations(by).filter(pk=presentation.pk).exists())
    require(rules.may_write(by, presentation.item.meeting))
    if presentation.state == S.CHANGED:
        presentation.advance(version)
        presentation.move_to(S.ASKED)
        presentation.proposed = {}
        presentation.save()
        record(by, "agenda.entry_put_aside", presentation.item.meeting, presentation.organisation)
    return presentation


def _locked(presentation: Presentation) -> Presentation:
    rows = Presentation.objects.select_for_update(of=("self",)).select_related("item__meeting", "organisation")
    return rows.get(pk=presentation.pk)


def _speaks_for(actor: Actor, organisation: Organisation) -> bool:
    present = actor.roles.filter(organisation=organisation)
    return actor.erased_at is None and present.exists()


def _shaped(entry: Mapping[str, Any]) -> dict[str, Any]:
    unknown = entry.keys() - set(SAID)
    if unknown:
        raise DomainError(_("An entry has no such part."))
    shaped: dict[str, Any] = {}
    for name, value in entry.items():
        if name in ("purpose", "audience"):
            texts = value if isinstance(value, Mapping) else {}
            shaped[name] = {tag: tidy(str(texts.get(tag, "")))[:LONGEST] for tag in LANGUAGES if tag in texts}
        elif name == "languages":
            given = value if isinstance(value, list | tuple) else []
            shaped[name] = list(dict.fromkeys(tidy(str(tag))[:12] for tag in given if tag))[:MOST_LANGUAGES]
        else:
            shaped[name] = tidy(str(value))[: LONGEST_NAME if name == "name" else LONGEST_WAY]
    if shaped.get("website"):
        found = recognise(shaped["website"])
        if found is None:
            raise DomainError(_("This is no web address."))
        shaped["website"] = found.address
    if "name" in shaped and not shaped["name"]:
        raise DomainError(_("Please write the name of your organisation."))
    return shaped


def _different(organisation: Organisation, shaped: Mapping[str, Any]) -> dict[str, Any]:
    """Keep what differs from the entry; texts in languages that were not shown stay as they are."""
    found = {}
    for name, value in shaped.items():
        present = getattr(organisation, name)
        if isinstance(value, dict):
            value = {tag: text for tag, text in {**present, **value}.items() if text}
        if name == "languages" and sorted(value) == sorted(present):
            continue
        if value != present:
            found[name] = value
    return found


def _rename_slot(item: AgendaItem, organisation: Organisation) -> None:
    if set(item.titles.values()) != {organisation.name}:
        item.titles = dict.fromkeys(LANGUAGES, organisation.name)
        item.save(update_fields=["titles"])
