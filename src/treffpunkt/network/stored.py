"""What is stored about a person: each kind of data with its purpose, legal basis, source and end.

One description for the team's page, the page behind the person's link, and the file that is handed out. Modules
above tell of what they hold through `tell_of`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.clock import now
from treffpunkt.core.subject import as_system
from treffpunkt.intake.models import Import, Result
from treffpunkt.journal.models import Touched
from treffpunkt.links.models import Link
from treffpunkt.network.models import Actor, Contact
from treffpunkt.post.models import Message
from treffpunkt.retention.queries import Periods, periods
from treffpunkt.tasks.models import Task
from treffpunkt.vocabulary.models import Language

Text = str | Promise
Line = tuple[str, str]

INTEREST = gettext_lazy("Art. 6 (1) (f) GDPR: our legitimate interest in working with the people who lead groups")
CONSENT = gettext_lazy("Art. 6 (1) (a) GDPR: consent")
DUTY = gettext_lazy("Art. 6 (1) (c) GDPR: our duty to be able to show what we did")
OURSELVES = gettext_lazy("our own work")
THEMSELVES = gettext_lazy("from the person themselves")


@dataclass(frozen=True)
class Category:
    """One kind of data about a person, as it is stored now."""

    key: str
    title: Text
    purpose: Text
    basis: Text
    source: Text
    # The day on which it goes by itself; without one, what ends it.
    until: datetime | None
    lines: Sequence[Line]

    def plain(self) -> dict[str, Any]:
        """Give it as plain values, for a file."""
        return {
            "what": str(self.title),
            "purpose": str(self.purpose),
            "legal_basis": str(self.basis),
            "source": str(self.source),
            "kept_until": self.until.date().isoformat() if self.until else str(WITH_NAME),
            "stored": [{"name": name, "value": value} for name, value in self.lines],
        }


WITH_NAME = gettext_lazy("as long as the name")
Teller = Callable[[Actor, Periods], list[Category]]
_tellers: list[Teller] = []


def tell_of(teller: Teller) -> None:
    """Let a module above tell what it holds of a person."""
    if teller not in _tellers:
        _tellers.append(teller)


def stored_about(actor: Actor) -> list[Category]:
    """Say what is stored about a person, kind by kind, in the language spoken; empty kinds are left out."""
    present = periods()
    found = [*_own(actor, present)]
    for teller in _tellers:
        found += teller(actor, present)
    return [one for one in found if one.lines]


def day(moment: date | datetime | None) -> str:
    """Write a day in the language spoken."""
    if moment is None:
        return ""
    language = (translation.get_language() or "en").replace("sr-latn", "sr-Latn")
    local = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return str(format_date(local, "medium", locale=language.replace("-", "_")))


def goes_on(actor: Actor, present: Periods) -> datetime:
    """Say when the name goes by itself, if nothing is heard until then."""
    if actor.told_at is None and actor.consent_at is None:
        return max(present.after("untold", actor.created_at), now())
    written = Message.objects.filter(to_id=actor.pk).order_by("-id").values_list("created_at", flat=True).first()
    heard = [moment for moment in (actor.told_at, actor.last_contact_at, written) if moment]
    return max(present.after("quiet", max(heard, default=actor.created_at)), now())


def _own(actor: Actor, present: Periods) -> list[Category]:
    basis = CONSENT if actor.consent_for else INTEREST
    source = _source(actor)
    ends = goes_on(actor, present)
    return [
        Category(
            "person", gettext_lazy("Name and handle"), gettext_lazy("to know with whom we speak"), basis, source, ends,
            _person(actor),
        ),
        Category(
            "channels", gettext_lazy("Ways to reach them"), gettext_lazy("to invite them and to answer"), basis,
            source, ends, [(one.get_channel_kind_display(), one.value) for one in actor.channels.all()],
        ),
        Category(
            "roles", gettext_lazy("Groups and organisations"), gettext_lazy("to know what they lead"), basis, source,
            ends, _roles(actor),
        ),
        Category(
            "consent", gettext_lazy("Consent and what they were told"), gettext_lazy("so that we can show it"), DUTY,
            OURSELVES, ends, _consent(actor),
        ),
        _contacts(actor, present, basis),
        Category(
            "tasks", gettext_lazy("Promises and tasks"), gettext_lazy("so that nothing agreed on is forgotten"), basis,
            gettext_lazy("from talks and meetings"), None, _tasks(actor),
        ),
        _messages(actor, present),
        _links(actor, present),
        Category(
            "journal", gettext_lazy("Journal"), gettext_lazy("to know who of us did what and when"), DUTY, OURSELVES,
            None, _journal(actor),
        ),
    ]  # fmt: skip


def _person(actor: Actor) -> list[Line]:
    names = {one.tag: str(one) for one in Language.objects.filter(tag__in=actor.languages)}
    lines = [
        (_("Name"), actor.name),
        (_("Handle"), actor.handle),
        (_("Languages"), ", ".join(names.get(tag, tag) for tag in actor.languages)),
        (_("Kind"), actor.get_actor_kind_display()),
        (_("Works with us"), actor.get_standing_display()),
        (_("Known by"), actor.owner.name if actor.owner else ""),
        (_("Note"), actor.note),
        (_("Entered on"), day(actor.created_at)),
        (_("Last contact"), day(actor.last_contact_at)),
    ]
    return [line for line in lines if line[1]]


def _source(actor: Actor) -> str:
    file = Result.objects.filter(record_id=actor.pk, before__isnull=True).values("file")[:1]
    found = Import.objects.filter(pk__in=file).first()
    if found is not None:
        return _("from a list of %(day)s of those who lead public groups") % {"day": day(found.created_at)}
    if actor.told_how == Actor.Told.THEMSELVES:
        return str(THEMSELVES)
    return _("from public pages and from talks, entered by us")


def _roles(actor: Actor) -> list[Line]:
    return [
        (
            role.get_role_display(),
            " · ".join(
                part
                for part in (str(role.space or role.organisation), day(role.since), day(role.until), role.evidence)
                if part
            ),
        )
        for role in actor.roles.select_related("space", "organisation")
    ]


def _consent(actor: Actor) -> list[Line]:
    lines = [
        (_("Agreed to"), actor.consent_for),
        (_("How"), actor.consent_how),
        (_("On"), day(actor.consent_at)),
        (_("Told what is stored"), day(actor.told_at)),
    ]
    return [line for line in lines if line[1]]


def _contacts(actor: Actor, present: Periods, basis: Text) -> Category:
    with as_system():  # what is confidential stays with whoever noted it; that it is there is no secret
        rows = list(Contact.objects.filter(actor=actor))
    lines = []
    for row in rows:
        said = (_("confidential note"),) if row.confidential else (row.note, row.next_step)
        parts = (row.get_channel_kind_display(), row.get_outcome_display(), *said)
        lines.append((day(row.at), " · ".join(part for part in parts if part)))
    return Category(
        "contacts", gettext_lazy("Contacts"), gettext_lazy("so that nobody asks them twice"), basis, OURSELVES,
        present.after("contact_notes", max(row.at for row in rows)) if rows else None, lines,
    )  # fmt: skip


def _tasks(actor: Actor) -> list[Line]:
    rows = Task.objects.filter(Q(promised_by_id=actor.pk) | Q(about_id=actor.pk)).order_by("id")
    return [
        (
            _("Promise") if task.promised_by_id == actor.pk else _("Task"),
            " · ".join(part for part in (task.title, day(task.due)) if part),
        )
        for task in rows
    ]


def _messages(actor: Actor, present: Periods) -> Category:
    rows = list(Message.objects.filter(to_id=actor.pk).exclude(address="").order_by("id"))
    return Category(
        "messages", gettext_lazy("Messages to them"), gettext_lazy("to know what reached them"), INTEREST, OURSELVES,
        present.after("messages", rows[-1].created_at) if rows else None,
        [
            (day(row.created_at), " · ".join((row.get_channel_display(), row.get_state_display(), row.address)))
            for row in rows
        ],
    )  # fmt: skip


def _links(actor: Actor, present: Periods) -> Category:
    open_ones = Link.objects.filter(holder_id=actor.pk, revoked_at=None, expires_at__gt=now())
    ends = list(open_ones.order_by("expires_at").values_list("expires_at", flat=True))
    number = len(ends)
    text = ngettext("%(count)s open link", "%(count)s open links", number) % {"count": number}
    return Category(
        "links", gettext_lazy("Personal links"), gettext_lazy("so that they can answer without an account"), INTEREST,
        OURSELVES, present.after("links", ends[-1]) if ends else None,
        [(_("Number"), text)] if number else [],
    )  # fmt: skip


def _journal(actor: Actor) -> list[Line]:
    number = Touched.objects.filter(record_id=actor.pk).count()
    text = ngettext("%(count)s entry, without any content", "%(count)s entries, without any content", number)
    return [(_("Number"), text % {"count": number})] if number else []
