"""What an agreement is about and with whom changes, and what hangs on it goes along."""

from __future__ import annotations

import pytest

from tests.factories.agreements import a_leader, an_agreement, holder_of, in_force, offered, signed
from tests.factories.network import a_community, a_coordinator, a_space
from treffpunkt.agreements.in_use import rights_in, spaces_with_rights
from treffpunkt.agreements.models import Agreement, GrantedRight
from treffpunkt.agreements.services import drafting, ending
from treffpunkt.agreements.services.offering import offer, offer_to, take_back_offer
from treffpunkt.agreements.services.rights import grant_right
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.errors import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(db):
    """Give who looks after the agreements."""
    return a_coordinator()


def changed(by, agreement: Agreement, **changes) -> Agreement:
    """Change an agreement as it is now."""
    fresh = Agreement.objects.get(pk=agreement.pk)
    return drafting.change_agreement(by=by, agreement=fresh, version=fresh.version, **changes)


class TestGroups:
    def test_rights_in_a_group_taken_out_end_and_the_others_stay(self, coordinator):
        community = a_community()
        kept, gone = a_space(community), a_space(community)
        agreement = in_force(coordinator, spaces=[kept, gone], rights=("links",))
        grant_right(by=coordinator, agreement=agreement, space=gone, right_kind="moderate")

        changed(coordinator, agreement, spaces=[kept])

        right = GrantedRight.objects.get(space=gone)
        assert (right.state, right.version) == ("ended", 2)
        assert right.state_since is not None
        assert rights_in([gone]) == {}
        assert list(spaces_with_rights(SYSTEM)) == [kept]

    def test_new_text_grants_nothing_of_a_group_taken_out(self, coordinator):
        community = a_community()
        kept, gone = a_space(community), a_space(community)
        agreement = an_agreement(coordinator, a_leader(kept, gone), spaces=[kept, gone], rights=())
        grant_right(by=coordinator, agreement=agreement, space=gone, right_kind="links")
        assert "Links posten" in agreement.versions.get().text_de

        changed(coordinator, agreement, spaces=[kept])

        assert "Links posten" not in agreement.versions.get().text_de


class TestParties:
    def test_who_ended_it_may_come_back(self, client, coordinator):
        space = a_space(a_community())
        leila, other = a_leader(space), a_leader(space)
        agreement = offered(coordinator, leila, other, spaces=[space], needs="one")
        first, second = agreement.parties.order_by("id")
        signed(second)
        ending.withdraw(by=holder_of(first), party=first)
        client.force_login(coordinator)

        response = client.post(f"/agreements/{agreement.pk}/parties/add/", {"actor": str(leila.pk)})

        assert response.status_code == 302
        assert sorted(agreement.parties.filter(actor=leila).values_list("left", flat=True)) == ["", "withdrew"]
        assert client.get(f"/agreements/{agreement.pk}/").status_code == 200
        again = drafting.add_party(by=coordinator, agreement=agreement, actor=leila)
        assert agreement.parties.filter(actor=leila).count() == 2
        offer_to(by=coordinator, party=again)
        assert again.offers.get().answer == ""

    def test_machine_is_no_party(self, client, coordinator):
        space = a_space(a_community())
        agreement = an_agreement(coordinator, a_leader(space), spaces=[space])
        machine = a_leader(space, name="Rose", not_a_person=True)
        client.force_login(coordinator)

        assert str(machine.pk) not in client.get(f"/agreements/{agreement.pk}/parties/add/").content.decode()
        assert str(machine.pk) not in client.get(f"/agreements/add/?space={space.pk}").content.decode()
        with pytest.raises(DomainError, match="keine Person"):
            drafting.add_party(by=coordinator, agreement=agreement, actor=machine)
        with pytest.raises(DomainError, match="keine Person"):
            drafting.create_agreement(by=coordinator, spaces=[space], actors=[machine])


class TestNewText:
    def test_begins_from_the_one_taken_back_and_not_from_one_given_up(self, coordinator):
        agreement = in_force(coordinator)
        first = drafting.begin_version(by=coordinator, agreement=agreement)
        said = {"text": "نلتقي مرة في الشهر.", "de": "Wir treffen uns einmal im Monat."}
        drafting.compose(
            by=coordinator, agreement=agreement, version=first.version, own=[said],
            clauses=[row["clause"] for row in first.sentences], left_out=dict(first.left_out) | {"women-topics": "x"},
        )  # fmt: skip
        offer(by=coordinator, agreement=agreement)
        take_back_offer(by=coordinator, agreement=agreement)

        again = drafting.begin_version(by=coordinator, agreement=agreement)
        assert said["de"] in again.text_de
        assert again.left_out == {"women-topics": "x"}

        drafting.drop_draft(by=coordinator, agreement=agreement)
        assert said["de"] not in drafting.begin_version(by=coordinator, agreement=agreement).text_de
