"""Whatever people do with an agreement, in whatever order: it moves only as allowed, and what was agreed stays."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.factories.agreements import a_leader, an_agreement, holder_of
from tests.factories.network import a_community, a_coordinator, a_space
from treffpunkt.agreements import composing
from treffpunkt.agreements.models import Agreement, AgreementVersion, Party, Signature
from treffpunkt.agreements.services import concluding, drafting, ending, offering
from treffpunkt.core.clock import now
from treffpunkt.core.errors import DomainError, Forbidden

pytestmark = pytest.mark.django_db
people = st.integers(0, 1)


class Lifecycle(RuleBasedStateMachine):
    """An agreement with two people, and a plain picture of what must be so."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.coordinator = a_coordinator()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(needs=st.sampled_from(["all", "one"]))
    def prepared(self, needs: str) -> None:
        """Begin with a draft."""
        space = a_space(a_community())
        agreement = an_agreement(self.coordinator, a_leader(space), a_leader(space), spaces=[space], needs=needs)
        self.pk, self.needs = agreement.pk, needs
        self.parties = [party.pk for party in agreement.parties.all()]
        self.state, self.open = "draft", "draft"
        self.signed: set[int] = set()
        self.declined: set[int] = set()
        self.current: set[int] | None = None
        self.left: set[int] = set()
        self.sealed: dict[object, tuple[str, str, str]] = {}
        self.days = 2

    @property
    def agreement(self) -> Agreement:
        return Agreement.objects.get(pk=self.pk)

    @property
    def remaining(self) -> set[int]:
        return {0, 1} - self.left

    @property
    def runs(self) -> bool:
        return self.state in ("in_force", "suspended")

    def party(self, who: int) -> Party:
        return Party.objects.get(pk=self.parties[who])

    def expect(self, allowed: bool, act) -> None:
        """Do something, which is refused in words exactly where it is not allowed."""
        if allowed:
            act()
            return
        with pytest.raises((DomainError, Forbidden)), transaction.atomic():
            act()

    def conclude(self) -> None:
        """Let the text on offer hold where enough have agreed."""
        enough = self.remaining <= self.signed if self.needs == "all" else bool(self.signed & self.remaining)
        if enough:
            self.current, self.open = set(self.signed), None
            self.state = self.state if self.runs else "in_force"

    @rule()
    def offer(self) -> None:
        allowed = self.open == "draft" and self.state != "ended" and bool(self.remaining)
        self.expect(allowed, lambda: offering.offer(by=self.coordinator, agreement=self.agreement))
        if allowed:
            self.open, self.signed, self.declined = "offered", set(), set()
            self.state = "offered" if self.state == "draft" else self.state

    @rule()
    def take_back(self) -> None:
        allowed = self.open == "offered"
        self.expect(allowed, lambda: offering.take_back_offer(by=self.coordinator, agreement=self.agreement))
        if allowed:
            self.open = "draft" if self.state == "offered" else None
            self.state = "draft" if self.state == "offered" else self.state

    @rule(who=people, by_hand=st.booleans())
    def agree(self, who: int, by_hand: bool) -> None:
        """By link or in a chat; a text that is being written is sealed by what is noted by hand."""
        agreement = self.agreement
        on_offer = agreement.versions.filter(state="offered").first()
        can_seal = by_hand and self.open == "draft" and self.state != "ended"
        allowed = (
            who not in self.left and self.state != "ended" and bool(on_offer or self.current is not None or can_seal)
        )
        version = on_offer or agreement.current or agreement.versions.first()

        def act() -> None:
            if by_hand:
                concluding.note_agreed(
                    by=self.coordinator, party=self.party(who), way="chat", name="L", at=now(), quote="ja"
                )
            else:
                concluding.agree(by=holder_of(self.party(who)), party=self.party(who), version=version, name="L")

        self.expect(allowed, act)
        if not allowed:
            return
        if can_seal:
            self.open, self.signed, self.declined = "offered", set(), set()
            self.state = "offered" if self.state == "draft" else self.state
        if self.open == "offered":
            self.declined.discard(who)
            self.signed.add(who)
            self.conclude()
        elif self.current is not None:
            self.current.add(who)

    @rule(who=people)
    def decline(self, who: int) -> None:
        agreement = self.agreement
        version = agreement.versions.filter(state="offered").first() or agreement.current or agreement.versions.first()
        to_offer = self.open == "offered" and who not in self.signed
        to_what_holds = self.runs and self.open != "offered" and who not in (self.current or ())
        allowed = who not in self.left and (to_offer or to_what_holds)
        self.expect(
            allowed, lambda: concluding.decline(by=holder_of(self.party(who)), party=self.party(who), version=version)
        )
        if allowed and to_offer:
            self.declined.add(who)
            if self.needs == "all" or not self.remaining - self.declined:
                self.open = None
                self.state = "ended" if self.state == "offered" else self.state

    @rule(who=people)
    def withdraw(self, who: int) -> None:
        """At any moment, and never refused."""
        ending.withdraw(by=holder_of(self.party(who)), party=self.party(who))
        if who in self.left or self.state == "ended":
            return
        self.left.add(who)
        if self.runs:
            goes_on = self.needs == "one" and bool((self.current or set()) & self.remaining)
        else:
            may_come = self.open == "draft" or bool(self.remaining - self.declined)
            goes_on = bool(self.remaining) and self.needs == "one" and may_come
        if not goes_on:
            self.state, self.open = "ended", None

    @rule()
    def begin(self) -> None:
        allowed = self.open == "draft" or (self.runs and self.open is None)
        self.expect(allowed, lambda: drafting.begin_version(by=self.coordinator, agreement=self.agreement))
        if allowed and self.open is None:
            self.open = "draft"
            self.days = 3 if self.days == 2 else 2
            drafting.change_agreement(
                by=self.coordinator, agreement=self.agreement, version=self.agreement.version, answer_days=self.days
            )

    @rule()
    def drop(self) -> None:
        drafting.drop_draft(by=self.coordinator, agreement=self.agreement)
        if self.open == "draft":
            self.open = None
            self.state = "ended" if self.state == "draft" else self.state

    @rule()
    def suspend(self) -> None:
        self.expect(self.runs, lambda: ending.suspend(by=self.coordinator, agreement=self.agreement))
        self.state = "suspended" if self.runs else self.state

    @rule()
    def resume(self) -> None:
        self.expect(self.runs, lambda: ending.resume(by=self.coordinator, agreement=self.agreement))
        self.state = "in_force" if self.runs else self.state

    @rule()
    def review(self) -> None:
        self.expect(self.runs, lambda: ending.review(by=self.coordinator, agreement=self.agreement))

    @rule()
    def end(self) -> None:
        ending.end(by=self.coordinator, agreement=self.agreement)
        self.state, self.open = "ended", None

    @invariant()
    def is_as_pictured(self) -> None:
        if not hasattr(self, "pk"):
            return
        agreement = self.agreement
        assert agreement.state == self.state
        assert bool(agreement.ending) == (self.state == "ended")
        found = list(agreement.versions.filter(state__in=("draft", "offered")).values_list("state", flat=True))
        assert found == ([self.open] if self.open else [])
        assert (agreement.current is None) == (self.current is None)
        assert set(agreement.parties.exclude(left="").values_list("pk", flat=True)) == {
            self.parties[who] for who in self.left
        }
        if agreement.current:
            signed = set(agreement.current.signatures.values_list("party_id", flat=True))
            assert signed == {self.parties[who] for who in self.current or ()}
        if self.state == "ended":
            assert set(agreement.rights.values_list("state", flat=True)) <= {"ended"}

    @invariant()
    def what_was_offered_stays_word_for_word(self) -> None:
        if not hasattr(self, "pk"):
            return
        for version in AgreementVersion.objects.filter(agreement=self.pk, sealed_at__isnull=False):
            text = (version.text, version.text_de, version.sha256)
            assert self.sealed.setdefault(version.pk, text) == text
            assert composing.is_whole(version)
        for signature in Signature.objects.filter(version__agreement=self.pk).select_related("version"):
            assert signature.sha256 == signature.version.sha256


def test_whatever_is_done_in_whatever_order():
    run_state_machine_as_test(
        Lifecycle,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
