"""Signed links: for whom, for what, until when, used when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from treffpunkt.core.models import Record
from treffpunkt.core.references import Named, named


class Link(Record):
    """A link that opens exactly one thing; only the hash of its token is kept."""

    purpose = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    holder_id = models.UUIDField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    first_used_at = models.DateTimeField(null=True)
    browser_hash = models.CharField(max_length=64, blank=True)
    # The language its holder reads, for when it does not open any more.
    language = models.CharField(max_length=12, blank=True)
    # Asked for through another link: whoever has it in their hands may see what is theirs.
    fresh = models.BooleanField(default=False)

    NAMES: ClassVar = (named("subject"), Named("holder_id"))

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["subject_id"], name="link_subject"),
            models.Index(fields=["holder_id"], name="link_holder"),
        ]
