"""Issuing, opening and revoking signed links."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from treffpunkt.core.agent import LinkHolder
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError
from treffpunkt.links.models import Link

DEFAULT_LIFE = timedelta(days=60)
# A key that begins so makes a token short enough to be typed from a screen: for links that open little, for hours.
_SHORT = "short:"
# Without letters and digits that look alike.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


class LinkClosed(DomainError):
    """The link does not exist, was revoked or opens something else; which of these is not told."""


class LinkExpired(LinkClosed):
    """The link's time is over; its holder may ask for a fresh one."""

    def __init__(self, link: Link) -> None:
        super().__init__(_("This link is no longer valid."))
        self.link = link


@dataclass(frozen=True)
class Wanted:
    """A link to be issued; `key` is a random text from which its token can be derived again."""

    key: str
    purpose: str
    subject_kind: str
    subject_id: UUID
    holder_id: UUID | None = None
    expires: datetime | None = None
    language: str = ""
    fresh: bool = False


def issue(
    purpose: str,
    *,
    subject_kind: str,
    subject_id: UUID,
    holder_id: UUID | None = None,
    expires: datetime | None = None,
) -> str:
    """Make a link for one purpose on one record and return its address."""
    key = secrets.token_urlsafe(18)
    issue_many([Wanted(key, purpose, subject_kind, subject_id, holder_id, expires)])
    return address(key)


def short_key() -> str:
    """Make the key of a link whose address is short enough to be typed."""
    return _SHORT + secrets.token_urlsafe(18)


def issue_many(wanted: Iterable[Wanted]) -> None:
    """Make many links at once: one insert a thousand; only the hashes of their tokens are stored."""
    Link.objects.bulk_create(
        (
            Link(
                purpose=link.purpose,
                subject_kind=link.subject_kind,
                subject_id=link.subject_id,
                holder_id=link.holder_id,
                token_hash=_hash(_token(link.key)),
                expires_at=link.expires or now() + DEFAULT_LIFE,
                language=link.language,
                fresh=link.fresh,
            )
            for link in wanted
        ),
        batch_size=1000,
    )


def address(key: str) -> str:
    """Give the full address of the link issued under this key."""
    return f"{settings.BASE_URL}/l/{_token(key)}/"


def find(token: str, *purposes: str) -> Link:
    """Find the open link of a token, for one of these purposes; raises LinkExpired or LinkClosed otherwise."""
    link = Link.objects.filter(token_hash=_hash(token), revoked_at=None).first()
    if link is None or (purposes and link.purpose not in purposes):
        raise LinkClosed(_("This link is no longer valid."))
    if link.expires_at <= now():
        raise LinkExpired(link)
    return link


def holder(link: Link) -> LinkHolder:
    """Turn a link into the agent with exactly that right."""
    return LinkHolder(
        purpose=link.purpose,
        subject_kind=link.subject_kind,
        subject_id=link.subject_id,
        agent_id=link.holder_id,
    )


@transaction.atomic
def take(link: Link, browser: str) -> bool:
    """Bind the link to the first browser that acts through it; say whether this is that browser."""
    link = Link.objects.select_for_update().get(pk=link.pk)
    if not link.browser_hash:
        link.browser_hash = _hash(browser)
        link.first_used_at = now()
        link.save(update_fields=["browser_hash", "first_used_at"])
    return link.browser_hash == _hash(browser)


def is_own_browser(link: Link, browser: str) -> bool:
    """Say whether this browser acted first through the link."""
    return bool(browser) and link.browser_hash == _hash(browser)


def revoke(*, subject_id: UUID | None = None, holder_id: UUID | None = None, purpose: str = "") -> int:
    """Close every open link of a record or of a holder, of one purpose or of all, at once; return how many."""
    links = Link.objects.filter(revoked_at=None, **({"purpose": purpose} if purpose else {}))
    if subject_id is not None:
        links = links.filter(subject_id=subject_id)
    if holder_id is not None:
        links = links.filter(holder_id=holder_id)
    if subject_id is None and holder_id is None:
        return 0
    return links.update(revoked_at=now())


def revoke_all(ids: Iterable[UUID]) -> int:
    """Close every open link that is about or belongs to one of these records, at once; return how many."""
    every = list(ids)
    links = Link.objects.filter(revoked_at=None).filter(Q(subject_id__among=every) | Q(holder_id__among=every))
    return links.update(revoked_at=now())


def revoke_again(ids: Iterable[UUID]) -> int:
    """Close the links of these ids that an older database has brought back as open; return how many."""
    return Link.objects.filter(pk__among=list(ids), revoked_at=None).update(revoked_at=now())


def forget_expired(before: datetime) -> int:
    """Delete the links that expired or were closed before a moment; return how many."""
    return Link.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)).delete()[0]


def end_by(*, subject_id: UUID, purpose: str, until: datetime) -> int:
    """Let the open links of one purpose on a record end at a moment, sooner or later than they would; return how many."""
    return Link.objects.filter(subject_id=subject_id, purpose=purpose, revoked_at=None).update(expires_at=until)


def open_links(holder_id: UUID) -> int:
    """Count the links of a holder that open at present."""
    return Link.objects.filter(holder_id=holder_id, revoked_at=None, expires_at__gt=now()).count()


def renew_many(keys: Iterable[str]) -> dict[str, str]:
    """Issue the links of some keys anew, for a text that has not gone out yet; gives the new key of each old one."""
    hashes = {_hash(_token(key)): key for key in keys}
    renewed: dict[str, str] = {}
    fresh = []
    for link in Link.objects.filter(token_hash__in=hashes):
        new = renewed[hashes[link.token_hash]] = secrets.token_urlsafe(18)
        fresh.append(
            Wanted(
                new, link.purpose, link.subject_kind, link.subject_id, link.holder_id, link.expires_at,
                language=link.language, fresh=link.fresh,
            )
        )  # fmt: skip
    issue_many(fresh)
    return renewed


def _token(key: str) -> str:
    """Derive the token from the installation's secret, so that neither a dump nor the key alone opens anything."""
    digest = salted_hmac("treffpunkt.links", key, algorithm="sha256").digest()
    if key.startswith(_SHORT):
        number, letters = int.from_bytes(digest), []
        for _place in range(8):
            number, rest = divmod(number, len(_LETTERS))
            letters.append(_LETTERS[rest])
        return "".join(letters)
    return base64.urlsafe_b64encode(digest[:18]).decode()


def _hash(token: str) -> str:
    if len(token) <= 12:  # typed by hand
        token = token.lower().replace("-", "").replace(" ", "")
    return hashlib.sha256(token.encode()).hexdigest()
