"""From the first sentence to the last signature."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories.agreements import a_leader, a_picture, an_agreement, holder_of, in_force, offered, on_offer, signed
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space, an_organisation
from treffpunkt.agreements import composing, rules
from treffpunkt.agreements.models import Agreement, AgreementVersion, Evidence, Party, Signature
from treffpunkt.agreements.services import concluding, drafting, ending, offering
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.journal.models import Entry
from treffpunkt.post.models import Message
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db
A = Agreement.State


@pytest.fixture
def coordinator():
    """Give who looks after the agreements."""
    return a_coordinator()


def test_new_agreement_is_a_few_plain_sentences_in_both_languages(coordinator):
    space = a_space(a_community(), name="نساء برلين")
    agreement = an_agreement(coordinator, spaces=[space])

    version = agreement.versions.get()

    assert 6 <= len(version.sentences) <= 8
    assert version.sentences[-1]["clause"] == "end"
    assert "«نساء برلين»" in version.text
    assert "„نساء برلين“" in version.text_de
    assert "women" in {row["clause"] for row in version.sentences}
    assert "Links posten" in version.text_de
    assert "{" not in version.text + version.text_de


def test_both_sides_get_the_text_with_date_and_hash(coordinator):
    agreement = offered(coordinator)
    party = agreement.parties.get()

    signature = signed(party, "  ليلى  ")

    agreement.refresh_from_db()
    version = agreement.current
    assert agreement.state == A.IN_FORCE
    assert (signature.name, signature.way, signature.sha256) == ("ليلى", "link", version.sha256)
    assert version.sha256 == hashlib.sha256(f"{version.text}\n\n{version.text_de}".encode()).hexdigest()
    assert composing.is_whole(version)
    assert agreement.review_on is not None
    told = Message.objects.filter(to_id=party.actor_id).order_by("id").values_list("template", "language")
    assert list(told) == [("agreements/messages/offer", "ar"), ("agreements/messages/concluded", "ar")]


def test_who_agrees_twice_agrees_once(coordinator):
    agreement = offered(coordinator)
    party, version = agreement.parties.get(), on_offer(agreement)
    for _ in range(2):
        concluding.agree(by=holder_of(party), party=party, version=version, name="Leila")

    assert Signature.objects.count() == 1
    assert Entry.objects.filter(verb="agreement.in_force").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        "update agreements_agreementversion set text = text || 'x'",
        "update agreements_agreementversion set text_de = ''",
        "update agreements_agreementversion set sentences = '[]'",
        "update agreements_agreementversion set sha256 = repeat('0', 64)",
        "update agreements_agreementversion set sealed_at = null, sha256 = '', state = 'draft'",
        "update agreements_signature set sha256 = repeat('0', 64)",
        "update agreements_signature set at = now() + interval '1 day'",
        "update agreements_signature set way = 'paper'",
    ],
)
def test_what_was_agreed_can_never_be_altered(coordinator, change):
    agreement = in_force(coordinator)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert composing.is_whole(Agreement.objects.get(pk=agreement.pk).current)


def test_what_was_agreed_cannot_be_deleted(coordinator):
    agreement = in_force(coordinator)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("delete from agreements_agreementversion where agreement_id = %s", [agreement.pk])


def test_hash_of_another_text_is_refused(coordinator):
    version = an_agreement(coordinator).versions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementVersion.objects.filter(pk=version.pk).update(state="offered", sealed_at=now(), sha256="0" * 64)


def test_only_what_was_offered_is_signed(coordinator):
    version = an_agreement(coordinator).versions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(
            version=version, party=version.agreement.parties.get(), name="x", way="chat", at=now(), sha256="0" * 64
        )


def test_text_names_nobody_with_whom_it_is(coordinator):
    space = a_space(a_community(), name="صفحة ليلى منصور")
    actor = a_leader(space, name="ليلى منصور")
    agreement = an_agreement(coordinator, actor, spaces=[space])

    assert "منصور" not in agreement.versions.get().text
    draft = agreement.versions.get()
    keys = [row["clause"] for row in draft.sentences]
    drafting.compose(
        by=coordinator, agreement=agreement, version=draft.version, clauses=keys,
        own=[{"text": "نشكر ليلى منصور.", "de": "Wir danken ihr."}], left_out={"women-topics": "noch offen"},
    )  # fmt: skip
    with pytest.raises(DomainError, match="Namen"):
        offering.offer(by=coordinator, agreement=agreement)


def test_leaving_out_what_women_need_asks_why(coordinator):
    agreement = an_agreement(coordinator)
    draft = agreement.versions.get()
    keys = [row["clause"] for row in draft.sentences if row["clause"] != "women"]
    parts = {"by": coordinator, "agreement": agreement, "version": draft.version}

    with pytest.raises(DomainError, match="Fragen von Frauen"):
        drafting.compose(**parts, clauses=keys)

    why = {"women": "Die Gruppe hat nur Männer.", "women-topics": "ebenso"}
    changed = drafting.compose(**parts, clauses=keys, left_out=why)
    assert changed.left_out == why
    assert "women" not in {row["clause"] for row in changed.sentences}


def test_that_it_can_be_ended_is_never_left_out(coordinator):
    agreement = an_agreement(coordinator)
    draft = agreement.versions.get()

    with pytest.raises(DomainError, match="Jederzeit"):
        drafting.compose(
            by=coordinator, agreement=agreement, version=draft.version,
            clauses=["answer", "women"], left_out={"women-topics": "x", "end": "x"},
        )  # fmt: skip


def test_amendment_is_agreed_to_again_and_the_old_text_holds_until_then(coordinator):
    agreement = in_force(coordinator)
    first = agreement.current
    draft = drafting.begin_version(by=coordinator, agreement=agreement)
    keys = [row["clause"] for row in draft.sentences]
    drafting.compose(
        by=coordinator, agreement=agreement, version=draft.version, clauses=[*keys[:-1], "facts", "end"],
        left_out=first.left_out | {"women-topics": "noch offen"},
    )  # fmt: skip
    offering.offer(by=coordinator, agreement=agreement)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.current) == (A.IN_FORCE, first)
    second = on_offer(agreement)
    assert composing.new_since(second, first) == [row["clause"] == "facts" for row in second.sentences]

    signed(agreement.parties.get())

    agreement.refresh_from_db()
    assert agreement.current == second
    assert first.signatures.count() == second.signatures.count() == 1


def test_declined_amendment_leaves_the_old_text_in_force(coordinator):
    agreement = in_force(coordinator)
    drafting.begin_version(by=coordinator, agreement=agreement)
    with pytest.raises(DomainError, match="unterscheidet"):
        offering.offer(by=coordinator, agreement=agreement)
    drafting.change_agreement(
        by=coordinator, agreement=agreement, version=Agreement.objects.get().version, answer_days=5
    )
    offering.offer(by=coordinator, agreement=agreement)
    party = agreement.parties.get()

    concluding.decline(by=holder_of(party), party=party, version=on_offer(agreement))

    agreement.refresh_from_db()
    assert agreement.state == A.IN_FORCE
    assert agreement.current.number == 1


def test_nobody_agrees_to_a_text_that_was_taken_back(coordinator):
    agreement = offered(coordinator)
    party, read = agreement.parties.get(), on_offer(agreement)
    offering.take_back_offer(by=coordinator, agreement=agreement)

    with pytest.raises(DomainError, match="inzwischen"):
        concluding.agree(by=holder_of(party), party=party, version=read, name="Leila")
    agreement.refresh_from_db()
    assert agreement.state == A.DRAFT


def test_rather_not_ends_an_offer_quietly(coordinator):
    agreement = offered(coordinator)
    party = agreement.parties.get()
    before = Message.objects.count()

    concluding.decline(by=holder_of(party), party=party, version=on_offer(agreement))

    agreement.refresh_from_db()
    assert (agreement.state, agreement.ending) == (A.ENDED, "declined")
    assert Message.objects.count() == before


class TestSeveral:
    def test_everybody_signs_before_it_holds(self, coordinator):
        space = a_space(a_community())
        agreement = offered(coordinator, a_leader(space), a_leader(space), spaces=[space])
        one, other = agreement.parties.all()

        signed(one)
        agreement.refresh_from_db()
        assert agreement.state == A.OFFERED
        signed(other)

        agreement.refresh_from_db()
        assert agreement.state == A.IN_FORCE
        assert Message.objects.filter(template="agreements/messages/concluded").count() == 2

    def test_one_is_enough_where_the_rule_says_so(self, coordinator):
        space = a_space(a_community())
        agreement = offered(coordinator, a_leader(space), a_leader(space), spaces=[space], needs="one")
        one, other = agreement.parties.all()

        signed(one)
        agreement.refresh_from_db()
        assert agreement.state == A.IN_FORCE
        concluding.agree(by=holder_of(other), party=other, version=agreement.current, name="رنا")
        ending.withdraw(by=holder_of(one), party=one)

        agreement.refresh_from_db()
        assert agreement.state == A.IN_FORCE
        ending.withdraw(by=holder_of(other), party=other)
        agreement.refresh_from_db()
        assert (agreement.state, agreement.ending) == (A.ENDED, "withdrawn")

    def test_one_person_for_several_groups_with_an_organisation_behind(self, coordinator):
        community = a_community()
        spaces = [a_space(community, name="Gruppe A"), a_space(community, name="Gruppe B")]
        behind = an_organisation(community, name="Verein Brücke e. V.")
        agreement = in_force(coordinator, a_leader(*spaces), spaces=spaces, organisation=behind)

        assert "„Gruppe A“ und „Gruppe B“" in agreement.current.text_de
        assert "Verein Brücke e. V." in agreement.current.text


class TestSomebodyComesLater:
    @pytest.fixture
    def agreement(self, coordinator) -> Agreement:
        """Give what holds already with one person, who had to agree."""
        return in_force(coordinator)

    def added(self, coordinator, agreement) -> Party:
        party = drafting.add_party(by=coordinator, agreement=agreement, actor=a_leader(*agreement.spaces.all()))
        offering.offer_to(by=coordinator, party=party)
        return party

    def test_says_rather_not_and_it_goes_on(self, coordinator, agreement):
        late = self.added(coordinator, agreement)

        for _ in range(2):
            concluding.decline(by=holder_of(late), party=late, version=agreement.current)

        agreement.refresh_from_db()
        assert (agreement.state, agreement.current.state) == (A.IN_FORCE, "accepted")
        assert late.offers.get().answer == "declined"
        assert concluding.agree(by=holder_of(late), party=late, version=agreement.current, name="Rana")

    def test_leaves_before_she_agreed_and_it_goes_on_with_the_others(self, coordinator, agreement):
        late, other = self.added(coordinator, agreement), self.added(coordinator, agreement)

        ending.withdraw(by=holder_of(late), party=late)
        agreement.refresh_from_db()
        assert agreement.state == A.IN_FORCE
        assert set(agreement.rights.values_list("state", flat=True)) == {"agreed"}

        concluding.agree(by=holder_of(other), party=other, version=agreement.current, name="Rana")
        ending.withdraw(by=holder_of(other), party=other)
        agreement.refresh_from_db()
        assert (agreement.state, agreement.ending) == (A.ENDED, "withdrawn")

    def test_new_text_that_waited_for_her_alone_holds_once_she_left(self, coordinator, agreement):
        late = self.added(coordinator, agreement)
        drafting.begin_version(by=coordinator, agreement=agreement)
        agreement.refresh_from_db()
        drafting.change_agreement(by=coordinator, agreement=agreement, version=agreement.version, answer_days=5)
        offering.offer(by=coordinator, agreement=agreement)
        signed(agreement.parties.exclude(pk=late.pk).get())
        agreement.refresh_from_db()
        assert agreement.current.number == 1

        ending.withdraw(by=holder_of(late), party=late)

        agreement.refresh_from_db()
        assert (agreement.state, agreement.current.number) == (A.IN_FORCE, 2)


class TestByHand:
    def test_on_paper_with_the_scan(self, coordinator):
        agreement = an_agreement(coordinator)
        party = agreement.parties.get()
        parts = {
            "by": coordinator,
            "party": party,
            "way": "paper",
            "name": "L. Mansour",
            "at": now() - timedelta(days=1),
        }
        with pytest.raises(DomainError, match="Scan"):
            concluding.note_agreed(**parts)

        signature = concluding.note_agreed(**parts, evidence=a_picture())

        agreement.refresh_from_db()
        assert agreement.state == A.IN_FORCE
        assert Evidence.objects.get().signature == signature
        assert Message.objects.values_list("template", flat=True).get() == "agreements/messages/concluded"

    def test_in_a_chat_with_their_words(self, coordinator):
        agreement = offered(coordinator)
        party = agreement.parties.get()

        signature = concluding.note_agreed(
            by=coordinator, party=party, way="chat", name="leila.m", at=now(), quote="نعم، موافقة"
        )

        assert signature.quote == "نعم، موافقة"
        assert Agreement.objects.get().state == A.IN_FORCE


class TestEnding:
    def test_withdrawn_by_link_at_once_and_quietly(self, coordinator):
        agreement = in_force(coordinator)
        party = agreement.parties.get()
        before = Message.objects.count()

        for _ in range(2):
            ending.withdraw(by=holder_of(party), party=party)

        agreement.refresh_from_db()
        assert (agreement.state, agreement.ending) == (A.ENDED, "withdrawn")
        assert Message.objects.count() == before
        assert set(agreement.rights.values_list("state", flat=True)) == {"ended"}
        assert Task.objects.get(about_id=agreement.pk).owner == coordinator

    def test_paused_and_taken_up_again(self, coordinator):
        agreement = in_force(coordinator)
        assert ending.suspend(by=coordinator, agreement=agreement).state == A.SUSPENDED
        assert ending.resume(by=coordinator, agreement=agreement).state == A.IN_FORCE

    def test_replaced_by_another_both_lead_to_each_other(self, coordinator):
        old, new = in_force(coordinator), in_force(coordinator)

        ending.replace(by=coordinator, agreement=old, successor=new)

        old.refresh_from_db()
        assert (old.state, old.ending, old.replaced_by) == (A.ENDED, "replaced", new)

    def test_nothing_ends_unnoticed(self, coordinator):
        agreement = in_force(coordinator, ends_on=now().date() + timedelta(days=40))
        assert ending.look_after_dates() == 0
        with as_of(now() + timedelta(days=20)):
            assert [ending.look_after_dates() for _ in range(2)] == [1, 0]
        assert Task.objects.filter(about_id=agreement.pk).count() == 1
        with as_of(now() + timedelta(days=42)):
            ending.look_after_dates()

        agreement.refresh_from_db()
        assert (agreement.state, agreement.ending) == (A.ENDED, "lapsed")
        assert Task.objects.filter(about_id=agreement.pk).count() == 2

    def test_is_looked_at_again_after_its_time(self, coordinator):
        agreement = in_force(coordinator)
        with as_of(now() + timedelta(days=370)):
            assert [ending.look_after_dates() for _ in range(2)] == [1, 0]
            reviewed = ending.review(by=coordinator, agreement=agreement)
            assert reviewed.review_on > now().date() + timedelta(days=360)
            assert ending.look_after_dates() == 0


class TestWhoMay:
    def test_counsellor_sees_what_is_agreed_about_her_communities(self, coordinator):
        mine, other = a_community(), a_community("sr")
        counsellor = a_counsellor(mine)
        seen = an_agreement(coordinator, spaces=[a_space(mine)])
        an_agreement(coordinator, spaces=[a_space(other)])

        assert list(rules.viewable(counsellor)) == [seen]
        with pytest.raises(Forbidden):
            offering.offer(by=counsellor, agreement=seen)

    def test_counsellor_offers_what_she_looks_after(self, coordinator):
        mine = a_community()
        counsellor = a_counsellor(mine)
        agreement = an_agreement(coordinator, spaces=[a_space(mine)], owner=counsellor)

        offering.offer(by=counsellor, agreement=agreement)

        assert Agreement.objects.get().state == A.OFFERED

    def test_link_opens_its_own_agreement_alone(self, coordinator):
        mine, other = in_force(coordinator), in_force(coordinator)
        holder = holder_of(mine.parties.get())

        assert list(rules.viewable(holder)) == [mine]
        assert list(rules.viewable_versions(holder)) == [mine.current]
        with pytest.raises(Forbidden):
            ending.withdraw(by=holder, party=other.parties.get())
        assert list(rules.viewable_evidence(holder)) == []
        assert rules.viewable(SYSTEM).count() == 2
