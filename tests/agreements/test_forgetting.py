"""Who agreed can be forgotten: the text stays, the name goes, and nobody finds it anywhere."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.factories.agreements import a_leader, a_picture, an_agreement, holder_of, in_force, offered, signed
from tests.factories.network import a_community, a_coordinator, a_space, an_actor
from tests.support.dumps import dump
from treffpunkt.agreements import composing
from treffpunkt.agreements.models import Agreement, Evidence, Party, Remark, Signature
from treffpunkt.agreements.services import concluding, ending
from treffpunkt.agreements.services.drafting import add_party
from treffpunkt.agreements.services.remarks import ask
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now
from treffpunkt.jobs import retention
from treffpunkt.jobs.work.meetings import actor_erased
from treffpunkt.links.services import LinkClosed, find, issue
from treffpunkt.network.models import Actor
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.merging import merge_records, undo_merge
from treffpunkt.network.services.telling import note_told
from treffpunkt.network.stored import stored_about
from treffpunkt.tasks.models import Task

pytestmark = pytest.mark.django_db
NAME, SIGNED, SAID = "Leila Mansourova", "Lela_m77", "Gern, Lela"


@pytest.fixture
def coordinator():
    return a_coordinator()


@pytest.fixture
def space():
    return a_space(a_community())


def agreed_in_a_chat(coordinator, space, **parts) -> Agreement:
    """Let somebody agree in a chat, with a picture and a question."""
    agreement = an_agreement(coordinator, a_leader(space, name=NAME), spaces=[space], **parts)
    party = agreement.parties.get()
    concluding.note_agreed(
        by=coordinator, party=party, way="chat", name=SIGNED, at=now(), quote=SAID, evidence=a_picture(SIGNED)
    )
    ask(by=holder_of(party), party=party, text=f"Wie oft? {SIGNED}")
    return Agreement.objects.get(pk=agreement.pk)


def erased(actor: Actor, by) -> None:
    erase_actor(by=by, actor=actor)
    actor_erased(actor_id=str(actor.pk))


def stored_files() -> list[Path]:
    return [
        path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file() and SIGNED.encode() in path.read_bytes()
    ]


def test_what_is_stored_is_told(coordinator, space):
    agreement = agreed_in_a_chat(coordinator, space)

    told = {one.key: one.lines for one in stored_about(agreement.parties.get().actor, by=SYSTEM)}["agreements"]

    said = " ".join(value for _name, value in told)
    assert agreement.name in said
    assert SIGNED in said
    assert SAID in said
    assert "Wie oft?" in said
    assert any("Bild" in value for _name, value in told)


def test_erased_name_leaves_the_text_and_ends_what_nobody_is_left_for(coordinator, space):
    agreement = agreed_in_a_chat(coordinator, space)
    party = agreement.parties.get()
    token = issue("agreement", subject_kind=party.kind, subject_id=party.pk, holder_id=party.actor_id).split("/")[-2]
    text = agreement.current.text
    assert stored_files()

    for _ in range(2):
        erased(party.actor, coordinator) if Party.objects.get().actor else actor_erased(actor_id=str(party.actor_id))

    agreement.refresh_from_db()
    assert (agreement.state, agreement.ending) == ("ended", "gone")
    assert agreement.current.text == text
    assert composing.is_whole(agreement.current)
    signature = Signature.objects.get()
    assert (signature.name, signature.quote, signature.way) == ("", "", "chat")
    assert signature.erased_at
    assert signature.sha256 == agreement.current.sha256
    assert not Evidence.objects.exists()
    assert stored_files() == []
    assert Remark.objects.get().text == "…"
    with pytest.raises(LinkClosed):
        find(token)
    assert Task.objects.filter(about_id=agreement.pk).count() == 1
    held = str(dump())
    assert [word for word in (NAME, SIGNED, SAID) if word in held] == []


def test_file_kept_afterwards_goes_with_the_name(coordinator, space):
    agreement = agreed_in_a_chat(coordinator, space)
    party = agreement.parties.get()
    concluding.add_evidence(by=coordinator, agreement=agreement, content=a_picture(f"{SIGNED}, page two"))
    told = {one.key: one.lines for one in stored_about(party.actor, by=SYSTEM)}["agreements"]
    assert sum("Bild" in value for _name, value in told) == 2

    erased(party.actor, coordinator)

    assert not Evidence.objects.exists()
    assert stored_files() == []


def test_file_kept_afterwards_goes_some_years_after_the_end(coordinator, space):
    agreement = agreed_in_a_chat(coordinator, space)
    concluding.add_evidence(by=coordinator, agreement=agreement, content=a_picture(f"{SIGNED}, page two"))
    ending.end(by=coordinator, agreement=agreement, tell=False)

    with as_of(now() + timedelta(days=1200)):
        assert retention.WORK["agreements"](now() - timedelta(days=36 * 30.5)) == 1

    assert stored_files() == []


def test_file_that_comes_again_with_a_signature_belongs_to_it(coordinator, space):
    one, other = a_leader(space, name=NAME), a_leader(space)
    agreement = an_agreement(coordinator, one, other, spaces=[space])
    scan = a_picture("of the other")
    first, second = agreement.parties.order_by("id")
    concluding.add_evidence(by=coordinator, agreement=agreement, content=scan)
    signature = concluding.note_agreed(by=coordinator, party=second, way="paper", name="Rana", at=now(), evidence=scan)
    assert Evidence.objects.get().signature == signature
    concluding.note_agreed(by=coordinator, party=first, way="paper", name=SIGNED, at=now(), evidence=scan)
    assert Evidence.objects.get().signature == signature

    erased(one, coordinator)

    assert Evidence.objects.get().signature == signature


def test_goes_on_with_the_others_where_one_is_enough(coordinator, space):
    one, other = a_leader(space, name=NAME), a_leader(space)
    agreement = offered(coordinator, one, other, spaces=[space], needs="one")
    first, second = agreement.parties.order_by("id")
    signed(first)
    agreement.refresh_from_db()
    concluding.agree(by=holder_of(second), party=second, version=agreement.current, name="Rana")

    erased(one, coordinator)

    agreement.refresh_from_db()
    assert agreement.state == "in_force"
    assert [party.left for party in agreement.parties.order_by("id")] == ["gone", ""]
    assert Task.objects.filter(about_id=agreement.pk).count() == 1


def test_goes_on_with_the_others_where_whoever_is_erased_had_not_agreed(coordinator, space):
    agreement = in_force(coordinator, spaces=[space])
    late = add_party(by=coordinator, agreement=agreement, actor=a_leader(space, name=NAME))

    erased(late.actor, coordinator)

    agreement.refresh_from_db()
    assert agreement.state == "in_force"


def test_name_goes_some_years_after_the_end(coordinator, space):
    agreement = agreed_in_a_chat(coordinator, space)
    party = agreement.parties.get()
    ending.end(by=coordinator, agreement=agreement, tell=False)

    with as_of(now() + timedelta(days=1000)):
        assert retention.WORK["agreements"](now() - timedelta(days=36 * 30.5)) == 0
    with as_of(now() + timedelta(days=1200)):
        assert retention.WORK["agreements"](now() - timedelta(days=36 * 30.5)) == 1
        assert retention.WORK["agreements"](now() - timedelta(days=36 * 30.5)) == 0

    assert Signature.objects.get().name == ""
    assert Party.objects.get(pk=party.pk).actor is None
    assert Agreement.objects.get().current is not None
    assert stored_files() == []


class TestWhileItRuns:
    def test_who_agreed_on_paper_was_talked_to(self, coordinator, space):
        leila = an_actor(space, name=NAME)
        day = now() - timedelta(days=1)
        agreement = an_agreement(coordinator, leila, spaces=[space])

        concluding.note_agreed(
            by=coordinator, party=agreement.parties.get(), way="paper", name=SIGNED, at=day, evidence=a_picture()
        )

        leila.refresh_from_db()
        assert (leila.told_at, leila.told_how) == (day, "talk")
        assert stored_about(leila, by=SYSTEM)

    def test_how_they_heard_of_it_first_stays(self, coordinator, space):
        leila = an_actor(space, name=NAME)
        note_told(by=coordinator, ids=[leila.pk], how="public")
        leila.refresh_from_db()
        first = leila.told_at

        concluding.note_agreed(
            by=coordinator, party=an_agreement(coordinator, leila, spaces=[space]).parties.get(), way="chat",
            name=SIGNED, at=now(), quote=SAID,
        )  # fmt: skip

        leila.refresh_from_db()
        assert (leila.told_at, leila.told_how) == (first, "public")

    @pytest.mark.parametrize("told", [True, False])
    def test_no_name_goes_by_itself_and_with_the_end_its_time_goes_on(self, client, coordinator, space, told):
        agreement = agreed_in_a_chat(coordinator, space)
        leila = agreement.parties.get().actor
        if not told:
            Actor.objects.filter(pk=leila.pk).update(told_at=None, told_how="")

        client.force_login(coordinator)
        with as_of(now() + timedelta(days=38 * 31)):
            assert NAME not in client.get("/network/people/leaving/").content.decode()
            assert "geht in den nächsten" not in client.get("/").content.decode()
            gone = retention.run()
        agreement.refresh_from_db()
        assert (agreement.state, gone["untold"], gone["quiet"]) == ("in_force", 0, 0)
        assert Actor.objects.get(pk=leila.pk).name == NAME
        assert set(agreement.rights.values_list("state", flat=True)) == {"agreed"}

        ending.end(by=coordinator, agreement=agreement, tell=False)
        with as_of(now() + timedelta(days=38 * 31)):
            gone = retention.run()
        assert gone["untold"] + gone["quiet"] == 1
        assert Actor.objects.get(pk=leila.pk).name == ""

    def test_who_was_added_and_never_asked_goes_as_ever_and_it_goes_on(self, coordinator, space):
        agreement = in_force(coordinator, spaces=[space])
        late = a_leader(space, name=NAME)
        add_party(by=coordinator, agreement=agreement, actor=late)

        with as_of(now() + timedelta(days=100)):
            assert retention.run()["untold"] == 1

        agreement.refresh_from_db()
        assert (agreement.state, Actor.objects.get(pk=late.pk).name) == ("in_force", "")
        assert not Task.objects.exists()


def test_two_records_of_one_person_become_one_party(coordinator, space):
    """Both had agreed; one signature stays, and what was signed is untouched. Taken back, both are there again."""
    kept, gone = a_leader(space, name="Leila A"), a_leader(space, name="Leila B")
    both = in_force(coordinator, kept, gone, spaces=[space])
    other = in_force(coordinator, gone, spaces=[space])

    merge = merge_records(by=coordinator, kept=kept, gone=gone)

    assert [party.actor for party in both.parties.all()] == [kept]
    assert both.current.signatures.count() == 1
    assert other.parties.get().actor == kept
    assert other.current.signatures.get().sha256 == other.current.sha256

    undo_merge(by=coordinator, merge=merge)

    assert {party.actor_id for party in both.parties.all()} == {kept.pk, gone.pk}
    assert both.current.signatures.count() == 2


def test_two_records_of_one_group_become_one(coordinator):
    community = a_community()
    kept, gone = a_space(community), a_space(community)
    agreement = in_force(coordinator, spaces=[kept, gone], rights=("links",))
    in_force(coordinator, spaces=[gone], rights=("links",))

    merge_records(by=coordinator, kept=kept, gone=gone)

    assert list(agreement.spaces.all()) == [kept]
    assert Agreement.objects.filter(spaces=kept).count() == 2
