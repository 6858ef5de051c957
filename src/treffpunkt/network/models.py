"""Communities, the spaces they meet in, and the people who hold the keys to them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from treffpunkt.core.clock import today
from treffpunkt.core.fields import SortKey
from treffpunkt.core.models import Edited, Record, Stateful
from treffpunkt.post.wording import explain
from treffpunkt.vocabulary.models import Language, Place, Platform


class Community(Edited):
    """A language community, with the counsellors who work with it."""

    name = models.CharField(_("name"), max_length=120)
    sorting = SortKey("name")
    language = models.ForeignKey(Language, models.PROTECT, related_name="+", verbose_name=_("language"))
    countries = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("countries"),
        default=list,
        blank=True,
    )
    platforms = models.ManyToManyField(Platform, related_name="+", verbose_name=_("main platforms"), blank=True)
    counsellors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        related_name="+",
        verbose_name=_("counsellors"),
        blank=True,
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("sorting", "id")

    def __str__(self) -> str:
        return self.name


class Space(Stateful, Edited):
    """A group, page, channel, profile, blog or forum in which a community meets."""

    class Kind(models.TextChoices):
        GROUP = "group", _("Group")
        PAGE = "page", _("Page")
        CHANNEL = "channel", _("Channel")
        PROFILE = "profile", _("Profile")
        BLOG = "blog", _("Blog")
        FORUM = "forum", _("Forum")

    class State(models.TextChoices):
        FOUND = "found", _("found")
        CONTACTED = "contacted", _("contacted")
        JOINED = "joined", _("joined")
        COOPERATING = "cooperating", _("cooperating")
        DORMANT = "dormant", _("dormant")
        LOST = "lost", _("lost")

    class Visibility(models.TextChoices):
        UNKNOWN = "", _("not known")
        OPEN = "open", _("open to all")
        CLOSED = "closed", pgettext_lazy("visible to members", "closed")
        HIDDEN = "hidden", _("hidden")

    class Policy(models.TextChoices):
        UNKNOWN = "", _("not known")
        YES = "yes", _("yes")
        ASK = "ask", _("after asking")
        NO = "no", _("no")

    _ALIVE = frozenset({"found", "contacted", "joined", "cooperating"})
    MOVES: ClassVar = {
        "found": frozenset({"contacted", "joined", "dormant", "lost"}),
        "contacted": frozenset({"found", "joined", "dormant", "lost"}),
        "joined": frozenset({"contacted", "cooperating", "dormant", "lost"}),
        "cooperating": frozenset({"joined", "dormant", "lost"}),
        "dormant": _ALIVE | {"lost"},
        "lost": _ALIVE | {"dormant"},
    }

    name = models.CharField(_("name"), max_length=300)
    sorting = SortKey("name")
    short_name = models.CharField(_("German short name"), max_length=120, blank=True)
    name_language = models.CharField(max_length=12, blank=True)
    platform = models.ForeignKey(Platform, models.PROTECT, related_name="+", verbose_name=_("platform"))
    space_kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GROUP)
    # The one address to which every spelling of it is reduced; empty only where there is none.
    address = models.CharField(_("address"), max_length=500, blank=True)
    # The source's own id of an imported space ("reddit:12345").
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    language = models.ForeignKey(
        Language,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("language"),
    )
    communities = models.ManyToManyField(Community, related_name="+", verbose_name=_("communities"), blank=True)
    members = models.PositiveIntegerField(_("members"), null=True, blank=True)
    members_counted_on = models.DateField(null=True, blank=True, editable=False)
    audience = models.CharField(_("who meets here"), max_length=300, blank=True)
    content = models.TextField(_("what it is about"), blank=True)
    visibility = models.CharField(_("visibility"), max_length=8, choices=Visibility, blank=True)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("region"),
    )
    women_only = models.BooleanField(_("women only"), default=False)
    rules = models.TextField(_("rules of the group, in short"), blank=True)
    link_policy = models.CharField(_("links allowed"), max_length=4, choices=Policy, blank=True)
    post_approval = models.CharField(_("posts wait for approval"), max_length=4, choices=Policy, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.FOUND)
    state_since = models.DateTimeField(null=True, editable=False)
    state_reason = models.CharField(max_length=300, blank=True, editable=False)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True, editable=False)
    check_due = models.DateField(_("next check"), null=True, blank=True)
    # How many administrators the space has, kept by the services of roles; lists sort and filter by it.
    administrator_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("sorting", "id")
        indexes: ClassVar = [
            models.Index(fields=["sorting", "id"], name="space_sorting"),
            # As the lists order them: the largest first, those nobody has counted last.
            models.Index(F("members").desc(nulls_last=True), F("id").desc(), name="space_size"),
            models.Index(fields=["state", "sorting", "id"], name="space_state"),
            models.Index(fields=["platform", "sorting", "id"], name="space_platform"),
            models.Index(fields=["language", "sorting", "id"], name="space_language"),
            models.Index(fields=["check_due"], name="space_check_due"),
            models.Index(fields=["checked_at", "id"], name="space_checked"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["address"], condition=~Q(address=""), name="space_address_once"),
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="space_source_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(Edited):
    """A provider organisation, an authority, an association."""

    name = models.CharField(_("name"), max_length=300)
    sorting = SortKey("name")
    organisation_kind = models.CharField(_("kind"), max_length=120, blank=True)
    # What it does, in one sentence, by language.
    purpose = models.JSONField(_("what it does"), default=dict, blank=True)
    website = models.CharField(_("website"), max_length=500, blank=True)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    # As people write it, several perhaps: "0221 123456 / 0221 123457".
    phone = models.CharField(_("phone"), max_length=200, blank=True)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    place = models.ForeignKey(
        Place,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("place"),
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # Metres around the point in which it works.
    radius = models.PositiveIntegerField(_("works within (metres)"), null=True, blank=True)
    communities = models.ManyToManyField(Community, related_name="+", verbose_name=_("communities"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ("sorting", "id")
        indexes: ClassVar = [models.Index(fields=["sorting", "id"], name="organisation_sorting")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="organisation_source_once",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Actor(Edited):
    """Every outside person, team or page we deal with: administrators, key actors, contact persons, guests."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        MODERATOR = "moderator", _("Moderator")
        KEY_ACTOR = "key_actor", _("Key actor")
        BLOGGER = "blogger", _("Blogger")
        MULTIPLIER = "multiplier", _("Multiplier")
        CONTACT = "contact", _("Contact person")

    class Standing(models.TextChoices):
        UNKNOWN = "unknown", _("not yet contacted")
        ASKED = "asked", _("asked")
        WON = "won", _("works with us")
        DECLINED = "declined", _("does not want to")

    class Told(models.TextChoices):
        """How somebody heard that they are stored here."""

        MESSAGE = "message", _("by a message with the link to it")
        TALK = "talk", _("in a talk")
        THEMSELVES = "themselves", _("gave it to us themselves")
        PUBLIC = "public", _("by a public notice")
        OTHER = "other", _("in another way")

    name = models.CharField(_("name"), max_length=200, blank=True)
    sorting = SortKey("name", "handle")
    handle = models.CharField(_("handle"), max_length=120, blank=True)
    source_key = models.CharField(max_length=120, blank=True, editable=False)
    actor_kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.ADMINISTRATOR)
    languages = ArrayField(
        models.CharField(max_length=12),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    standing = models.CharField(_("standing"), max_length=8, choices=Standing, default=Standing.UNKNOWN)
    not_a_person = models.BooleanField(_("not a person (a machine or a shared account)"), default=False)
    consent_for = models.CharField(_("agreed that we store"), max_length=300, blank=True)
    consent_how = models.CharField(_("agreed how"), max_length=120, blank=True)
    consent_at = models.DateField(_("agreed on"), null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("who of us knows them"),
    )  # fmt: skip
    next_touch = models.DateField(_("next contact"), null=True, blank=True)
    last_contact_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(_("note"), blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    # When they heard that they are stored here and what (GDPR Art. 14), and how; `telling_at` as long as the text
    # is on its way.
    told_at = models.DateTimeField(null=True, editable=False)
    told_how = models.CharField(max_length=10, choices=Told, blank=True, editable=False)
    telling_at = models.DateTimeField(null=True, editable=False)
    # The sum of the members of their spaces, kept by the services of roles; lists sort by it.
    potential_reach = models.BigIntegerField(default=0, editable=False)

    class Meta:
        ordering = ("sorting", "id")
        indexes: ClassVar = [
            models.Index(fields=["sorting", "id"], name="actor_sorting"),
            models.Index(fields=["-potential_reach", "-id"], name="actor_reach"),
            models.Index(fields=["standing", "sorting", "id"], name="actor_standing"),
            models.Index(fields=["next_touch"], name="actor_next_touch"),
            models.Index(fields=["owner"], name="actor_owner"),
            # Who still has to hear that they are stored, and who is being told: both are few, or soon will be.
            models.Index(
                fields=["created_at", "id"],
                name="actor_untold",
                condition=Q(told_at=None, telling_at=None, consent_at=None, erased_at=None, not_a_person=False),
            ),
            models.Index(
                fields=["telling_at"], name="actor_telling", condition=Q(told_at=None, telling_at__isnull=False)
            ),
            models.Index(fields=["told_at", "id"], name="actor_told", condition=Q(erased_at=None)),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_key"],
                condition=~Q(source_key=""),
                name="actor_source_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.handle or str(_("without a name"))


class Channel(Record):
    """A way to reach an actor: mail, chat, phone; preferred or not, safe or not."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("Mail")
        PHONE = "phone", _("Phone")
        WHATSAPP = "whatsapp", "WhatsApp"
        TELEGRAM = "telegram", "Telegram"
        MESSENGER = "messenger", _("Facebook Messenger")
        INSTAGRAM = "instagram", "Instagram"
        SIGNAL = "signal", "Signal"
        OTHER = "other", _("Other chat")

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="channels")
    channel_kind = models.CharField(_("channel"), max_length=10, choices=Kind)
    value = models.CharField(_("address or handle"), max_length=320)
    preferred = models.BooleanField(_("preferred"), default=False)
    safe = models.BooleanField(_("safe: nobody else reads it"), default=True)
    # Since when mail comes back from it, and what the mail server said (a code, no words).
    fails_since = models.DateTimeField(null=True, editable=False)
    fails_why = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ("-preferred", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["actor", "channel_kind", "value"], name="channel_once")
        ]

    def __str__(self) -> str:
        return self.value

    @property
    def why_it_fails(self) -> str:
        """Say in words why mail does not arrive."""
        trouble = explain("failed", self.fails_why)
        return str(trouble.what) if trouble else ""


class RoleQuerySet(models.QuerySet["Role"]):
    """Roles, and which of them hold at present."""

    def present(self, day: date | None = None) -> RoleQuerySet:
        """Leave out the roles that have ended by today; one whose last day is still to come holds until then."""
        return self.filter(Q(until=None) | Q(until__gt=day or today()))


class Role(Record):
    """What an actor is in a space or in an organisation, since when and until when."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        MODERATOR = "moderator", _("Moderator")
        AUTHOR = "author", _("Author")
        OPINION_LEADER = "opinion_leader", _("Opinion leader")
        CONTACT = "contact", _("Contact person")

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="roles")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="roles")
    role = models.CharField(_("role"), max_length=14, choices=Kind, default=Kind.ADMINISTRATOR)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    evidence = models.CharField(_("known from"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(space=None) ^ Q(organisation=None),
                name="role_in_space_or_organisation",
            ),
            models.UniqueConstraint(
                fields=["actor", "space", "role"],
                condition=Q(until=None, organisation=None),
                name="role_space_once",
            ),
            models.UniqueConstraint(
                fields=["actor", "organisation", "role"],
                condition=Q(until=None, space=None),
                name="role_organisation_once",
            ),
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def is_present(self) -> bool:
        """Say whether the role holds at present."""
        return self.until is None or self.until > today()


class Contact(Edited):
    """An entry of the contact log: when, by which channel, what came of it, what is next."""

    class Direction(models.TextChoices):
        OUT = "out", _("we to them")
        IN = "in", _("they to us")

    class Outcome(models.TextChoices):
        NO_ANSWER = "no_answer", _("no answer")
        TALKED = "talked", _("talked")
        INTERESTED = "interested", _("interested")
        AGREED = "agreed", _("wants to work with us")
        LATER = "later", _("not now, ask again")
        DECLINED = "declined", _("does not want to")

    actor = models.ForeignKey(Actor, models.CASCADE, null=True, blank=True, related_name="contacts")
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="contacts")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="contacts")
    at = models.DateTimeField(_("when"))
    channel_kind = models.CharField(_("channel"), max_length=10, choices=Channel.Kind, blank=True)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, default=Direction.OUT)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("what was said"), blank=True)
    language = models.CharField(max_length=12, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)

    class Meta:
        ordering = ("-at", "-id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(actor=None, space=None, organisation=None),
                name="contact_with_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}"


class Tie(Record):
    """A tie between two organisations, actors or communities, named by kind and id."""

    one_kind = models.CharField(max_length=60)
    one_id = models.UUIDField()
    other_kind = models.CharField(max_length=60)
    other_id = models.UUIDField()
    what = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["one_id", "other_id"], name="tie_once")]


class Pick(models.Model):
    """A line of the stored plan of whom to talk to next, renewed by a job after each outcome and import."""

    id = models.BigAutoField(primary_key=True)
    # Empty for the plan over everything.
    community = models.ForeignKey(Community, models.CASCADE, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+")
    reach_added = models.PositiveBigIntegerField()
    reach_so_far = models.PositiveBigIntegerField()
    spaces_open = models.PositiveIntegerField()
    communities_bridged = ArrayField(models.UUIDField(), default=list)

    class Meta:
        ordering = ("position",)
        indexes: ClassVar = [models.Index(fields=["community", "position"], name="pick_position")]
