"""Files that show that something was agreed: looked at before they are kept, private, named by their SHA-256."""

from __future__ import annotations

from django.utils.translation import gettext as _

from treffpunkt.agreements.looking import MOST, kind_of
from treffpunkt.agreements.models import Agreement, Evidence, Signature
from treffpunkt.core import files
from treffpunkt.core.agent import Agent
from treffpunkt.core.errors import DomainError
from treffpunkt.core.subject import as_system


def keep(*, by: Agent, agreement: Agreement, content: bytes, signature: Signature | None = None) -> Evidence:
    """Keep a file, or say why it is not kept; the caller has asked the rule and holds the agreement's lock."""
    if not content:
        raise DomainError(_("The file is empty."))
    if len(content) > MOST:
        raise DomainError(_("The file is larger than %(size)s MB.") % {"size": MOST // 2**20})
    media_type = kind_of(content)
    if not media_type:
        raise DomainError(_("Only pictures (JPEG, PNG, WebP) and plain PDF files are kept, nothing that can act."))
    digest = files.store(content)
    staff = by.agent_id if by.agent_kind == "staff" else None
    with as_system():  # whoever keeps it may not be the one who kept it first
        found, made = Evidence.objects.get_or_create(
            agreement=agreement, file=digest,
            defaults={"media_type": media_type, "size": len(content), "signature": signature, "kept_by_id": staff},
        )  # fmt: skip
        if signature and not made and found.signature_id is None:
            found.signature = signature
            found.save(update_fields=["signature"])
    return found


def discard(rows: list[Evidence]) -> None:
    """Throw files of evidence away, but for those that another row still names; acts as the system."""
    with as_system():
        digests = {row.file for row in rows}
        Evidence.objects.filter(pk__in=[row.pk for row in rows]).delete()
        for digest in digests - set(Evidence.objects.filter(file__in=digests).values_list("file", flat=True)):
            files.discard(digest)
