"""Two people who act on one agreement at the same moment leave one truth."""

from __future__ import annotations

import pytest

from tests.factories.agreements import a_leader, an_agreement, holder_of, in_force, offered, on_offer
from tests.factories.network import a_community, a_coordinator, a_space
from tests.support.at_once import at_once
from treffpunkt.agreements.models import Agreement, AgreementVersion, Party, Signature
from treffpunkt.agreements.services import concluding, drafting, ending, offering
from treffpunkt.journal.models import Entry
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_two_do_at_once_leaves_one_truth():
    coordinator = a_coordinator()
    space = a_space(a_community())

    # Both agree at once: it comes into force once.
    agreement = offered(coordinator, a_leader(space), a_leader(space), spaces=[space])
    version, parties = on_offer(agreement), list(agreement.parties.all())
    at_once(
        *(
            lambda party=party: concluding.agree(by=holder_of(party), party=party, version=version, name="L")
            for party in (*parties, *parties)
        )
    )
    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    assert Signature.objects.filter(version=version).count() == 2
    assert Entry.objects.filter(verb="agreement.in_force", subject_id=agreement.pk).count() == 1
    assert Message.objects.filter(template="agreements/messages/concluded").count() == 2

    # One agrees while we take the offer back: either it holds, or nobody signed.
    raced = offered(coordinator, spaces=[space])
    party, read = raced.parties.get(), on_offer(raced)
    at_once(
        lambda: concluding.agree(by=holder_of(party), party=party, version=read, name="L"),
        lambda: offering.take_back_offer(by=coordinator, agreement=raced),
    )
    raced.refresh_from_db()
    signatures = Signature.objects.filter(version__agreement=raced).count()
    assert (raced.state, signatures) in (("in_force", 1), ("draft", 0))

    # One ends it while we pause it, and again and again: it has ended, once.
    held = in_force(coordinator, spaces=[space])
    leaver = held.parties.get()
    at_once(
        lambda: ending.withdraw(by=holder_of(leaver), party=leaver),
        lambda: ending.suspend(by=coordinator, agreement=held),
        lambda: ending.withdraw(by=holder_of(leaver), party=Party.objects.get(pk=leaver.pk)),
        lambda: ending.end(by=coordinator, agreement=held),
    )
    held.refresh_from_db()
    assert held.state == "ended"
    assert Entry.objects.filter(subject_id=held.pk, verb="agreement.ended").count() == 1

    # Two begin a new text, two offer it: there is one.
    changed = in_force(coordinator, spaces=[space])
    at_once(*(lambda: drafting.begin_version(by=coordinator, agreement=changed) for _ in range(3)))
    fresh = Agreement.objects.get(pk=changed.pk)
    drafting.change_agreement(by=coordinator, agreement=fresh, version=fresh.version, answer_days=4)
    at_once(*(lambda: offering.offer(by=coordinator, agreement=changed) for _ in range(3)))
    texts = AgreementVersion.objects.filter(agreement=changed).order_by("number")
    assert [(one.number, one.state) for one in texts] == [(1, "accepted"), (2, "offered")]

    # A form sent twice makes one agreement.
    made = an_agreement(coordinator, spaces=[space])
    again = {"by": coordinator, "spaces": [space], "actors": [a_leader(space)], "id": made.pk}
    assert {one.pk for one in at_once(*(lambda: drafting.create_agreement(**again) for _ in range(3)))} == {made.pk}
