"""The plan of whom to talk to next; records that may be the same; addresses that fail; people who are to be told."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from treffpunkt.network.services import failing, feeds, telling
from treffpunkt.network.services.plan import renew_plan
from treffpunkt.network.services.suspecting import renew_suspects
from treffpunkt.people.models import Staff


@app.task(name="network.renew_plan")
def renew() -> None:
    """Store anew whom to talk to next."""
    renew_plan()


@app.task(name="network.renew_suspects")
def suspects() -> None:
    """Work out anew which records may be the same."""
    renew_suspects()


@app.task(name="network.mail_failed")
def mail_failed(message_id: str) -> None:
    """Mark the address from which a mail came back."""
    failing.mail_failed(UUID(message_id))


@app.task(name="network.tell_people")
def tell_people(staff_id: str) -> None:
    """Write to everybody whom mail reaches what is stored about them."""
    staff = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if staff is not None:
        telling.tell_all_by_mail(by=staff)


@app.task(name="network.fetch_feed", pass_context=False)
def fetch_feed(feed_id: str) -> None:
    """Ask a feed when its posts appeared."""
    feeds.fetch_feed(UUID(feed_id))
