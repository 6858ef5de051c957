"""What is stored about a person: each kind of data with its purpose, legal basis, source and end.

One description for the team's page, the page behind the person's link, and the file that is handed out. Modules
above tell of what they hold through `tell_of`. Staff read only what they may read elsewhere too; of the rest it says
that there is something.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from babel.dates import format_date
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from treffpunkt.core.agent import SYSTEM, Agent
from treffpunkt.core.clock import now
from treffpunkt.core.subject import as_system
from treffpunkt.core.together import together
from treffpunkt.intake.models import Import, Result
from treffpunkt.journal.models import Touched
from treffpunkt.links.models import Link
from treffpunkt.network.models import Actor, Channel, Contact, Role, Spot
from treffpunkt.network.queries import roles_of
from treffpunkt.network.rules import is_themselves
from treffpunkt.post.models import Message
from treffpunkt.retention.queries import Periods, chosen, periods
from treffpunkt.tasks import rules as tasks
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
Rows = list[dict[str, Any]]
Asks = Callable[[Actor, Agent], list[QuerySet[Any, Any]]]
Tells = Callable[[Actor, Periods, list[Rows]], list[Category]]
_tellers: list[tuple[Asks, Tells]] = []


def tell_of(asks: Asks, tells: Tells) -> None:
    """Let a module above tell what it holds of a person: by which queries, and what their rows say."""
    if (asks, tells) not in _tellers:
        _tellers.append((asks, tells))


def stored_about(actor: Actor, *, by: Agent) -> list[Category]:
    """Say what is stored about a person, kind by kind, in the language spoken; empty kinds are left out; one query.

    All of it to the person and to the system; to staff what they may read, and that there is more.
    """
    reader = SYSTEM if is_themselves(by, actor) else by
    tellers = [(_asks, _tells), *_tellers]
    asked = [asks(actor, reader) for asks, _tells_of in tellers]
    # That something is noted is told to whoever may not read it as well; what it says is not.
    with as_system():
        kept, *found = together([chosen(), *(query for queries in asked for query in queries)])
    present, categories, rows = periods(kept), [], iter(found)
    for (_asks_of, tells), queries in zip(tellers, asked, strict=True):
        categories += tells(actor, present, list(islice(rows, len(queries))))
    return [one for one in categories if one.lines]


def marked(rows: QuerySet[Any, Any], readable: QuerySet[Any, Any], which: str = "pk") -> QuerySet[Any, Any]:
    """Mark as `seen` the rows whose values may be told, because they, or what they name, are among the readable."""
    found: QuerySet[Any, Any] = rows.annotate(seen=Exists(readable.filter(pk=OuterRef(which))))
    return found


def told(rows: Rows, line: Callable[[dict[str, Any]], Line]) -> list[Line]:
    """Write a line for each row that is seen, and one that says that there are others."""
    lines = [line(row) for row in rows if row["seen"]]
    return lines if len(lines) == len(rows) else [*lines, (_("Noted"), _("not shown to you"))]


def day(moment: date | datetime | None) -> str:
    """Write a day in the language spoken."""
    if moment is None:
        return ""
    language = (translation.get_language() or "en").replace("sr-latn", "sr-Latn")
    local = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return str(format_date(local, "medium", locale=language.replace("-", "_")))


def untold_until(actor: Actor, present: Periods) -> datetime:
    """Say when the name of somebody goes whom nobody told: counted from when they were entered or last spoken to."""
    return present.after("untold", max(filter(None, [actor.created_at, actor.last_contact_at])))


def _goes_on(actor: Actor, present: Periods, messages: Rows) -> datetime:
    """Say when the name goes by itself, if nothing is heard until then."""
    if actor.told_at is None and actor.consent_at is None:
        return max(untold_until(actor, present), now())
    heard = [actor.told_at, actor.last_contact_at, *(row["created_at"] for row in messages)]
    return max(present.after("quiet", max(filter(None, heard), default=actor.created_at)), now())


def _asks(actor: Actor, by: Agent) -> list[QuerySet[Any, Any]]:
    file = Result.objects.filter(record_id=actor.pk, before__isnull=True).values("file")[:1]
    return [
        Language.objects.filter(tag__in=actor.languages).values("tag", "own_name", "names"),
        Import.objects.filter(pk__in=file).values("created_at")[:1],
        Channel.objects.filter(actor=actor).values("channel_kind", "value"),
        marked(Role.objects.filter(actor=actor), roles_of(by, actor.pk)).values(
            "seen", "role", "since", "until", "evidence", place=Coalesce("space__name", "organisation__name")
        ),
        Contact.objects.filter(actor=actor).values(
            "at", "channel_kind", "outcome", "confidential", "note", "next_step"
        ),
        marked(Task.objects.filter(Q(promised_by_id=actor.pk) | Q(about_id=actor.pk)), tasks.viewable(by))
        .order_by("id")
        .values("seen", "title", "due", "promised_by_id"),
        Message.objects.filter(to_id=actor.pk).order_by("id").values("created_at", "channel", "state", "address"),
        Link.objects.filter(holder_id=actor.pk, revoked_at=None, expires_at__gt=now())
        .order_by("expires_at")
        .values("expires_at"),
        Spot.objects.filter(record_id=actor.pk).values("x", "y"),
        Touched.objects.filter(record_id=actor.pk).order_by().values("record_id").annotate(number=Count("pk")),
    ]


def _tells(actor: Actor, present: Periods, found: list[Rows]) -> list[Category]:
    languages, imports, channels, roles, contacts, noted, messages, links, spots, journal = found
    basis = CONSENT if actor.consent_for else INTEREST
    source = _source(actor, imports)
    ends = _goes_on(actor, present, messages)
    return [
        Category(
            "person", gettext_lazy("Name and handle"), gettext_lazy("to know with whom we speak"), basis, source, ends,
            _person(actor, languages),
        ),
        Category(
            "channels", gettext_lazy("Ways to reach them"), gettext_lazy("to invite them and to answer"), basis,
            source, ends, [(one.get_channel_kind_display(), one.value) for one in (Channel(**row) for row in channels)],
        ),
        Category(
            "roles", gettext_lazy("Groups and organisations"), gettext_lazy("to know what they lead"), basis, source,
            ends, told(roles, _role),
        ),
        Category(
            "consent", gettext_lazy("Consent and what they were told"), gettext_lazy("so that we can show it"), DUTY,
            OURSELVES, ends, _consent(actor),
        ),
        _contacts(contacts, present, basis),
        Category(
            "tasks", gettext_lazy("Promises and tasks"), gettext_lazy("so that nothing agreed on is forgotten"), basis,
            gettext_lazy("from talks and meetings"), None, told(noted, lambda row: _task(actor, row)),
        ),
        _messages(messages, present),
        _links(links, present),
        Category(
            "map", gettext_lazy("Place on the map of our network"), gettext_lazy("so that we find them in the same place"),
            INTEREST, OURSELVES, ends, [(_("On the map at"), f"{row['x']:.0f}, {row['y']:.0f}") for row in spots],
        ),
        Category(
            "journal", gettext_lazy("Journal"), gettext_lazy("to know who of us did what and when"), DUTY, OURSELVES,
            None, _journal(journal),
        ),
    ]  # fmt: skip


def _person(actor: Actor, languages: Rows) -> list[Line]:
    names = {row["tag"]: str(Language(**row)) for row in languages}
    lines = [
        (_("Name"), actor.name),
        (_("In Latin letters"), actor.reading),
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


def _source(actor: Actor, imports: Rows) -> str:
    for row in imports:
        return _("from a list of %(day)s of those who lead public groups") % {"day": day(row["created_at"])}
    if actor.told_how == Actor.Told.THEMSELVES:
        return str(THEMSELVES)
    return _("from public pages and from talks, entered by us")


def _role(row: dict[str, Any]) -> Line:
    parts = (row["place"], day(row["since"]), day(row["until"]), row["evidence"])
    return str(Role.Kind(row["role"]).label), " · ".join(part for part in parts if part)


def _consent(actor: Actor) -> list[Line]:
    lines = [
        (_("Agreed to"), actor.consent_for),
        (_("How"), actor.consent_how),
        (_("On"), day(actor.consent_at)),
        (_("Told what is stored"), day(actor.told_at)),
    ]
    return [line for line in lines if line[1]]


def _contacts(found: Rows, present: Periods, basis: Text) -> Category:
    rows = [Contact(**row) for row in found]
    lines = []
    for row in rows:
        said = (_("confidential note"),) if row.confidential else (row.note, row.next_step)
        parts = (row.get_channel_kind_display(), row.get_outcome_display(), *said)
        lines.append((day(row.at), " · ".join(part for part in parts if part)))
    return Category(
        "contacts", gettext_lazy("Contacts"), gettext_lazy("so that nobody asks them twice"), basis, OURSELVES,
        present.after("contact_notes", max(row.at for row in rows)) if rows else None, lines,
    )  # fmt: skip


def _task(actor: Actor, row: dict[str, Any]) -> Line:
    kind = _("Promise") if row["promised_by_id"] == actor.pk else _("Task")
    return kind, " · ".join(part for part in (row["title"], day(row["due"])) if part)


def _messages(found: Rows, present: Periods) -> Category:
    rows = [Message(**row) for row in found if row["address"]]
    return Category(
        "messages", gettext_lazy("Messages to them"), gettext_lazy("to know what reached them"), INTEREST, OURSELVES,
        present.after("messages", rows[-1].created_at) if rows else None,
        [
            (day(row.created_at), " · ".join((row.get_channel_display(), row.get_state_display(), row.address)))
            for row in rows
        ],
    )  # fmt: skip


def _links(rows: Rows, present: Periods) -> Category:
    ends = [row["expires_at"] for row in rows]
    number = len(ends)
    text = ngettext("%(count)s open link", "%(count)s open links", number) % {"count": number}
    return Category(
        "links", gettext_lazy("Personal links"), gettext_lazy("so that they can answer without an account"), INTEREST,
        OURSELVES, present.after("links", ends[-1]) if ends else None,
        [(_("Number"), text)] if number else [],
    )  # fmt: skip


def _journal(rows: Rows) -> list[Line]:
    number = sum(row["number"] for row in rows)
    text = ngettext("%(count)s entry, without any content", "%(count)s entries, without any content", number)
    return [(_("Number"), text % {"count": number})] if number else []
