"""The pages of agreements, as coordination and counselling use them."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid4

from tests.factories.agreements import (
    a_leader,
    a_pdf,
    a_picture,
    an_agreement,
    holder_of,
    in_force,
    offered,
    signed,
)
from tests.factories.meetings import a_meeting, a_statement
from tests.factories.network import a_community, a_coordinator, a_counsellor, a_space, role_of
from treffpunkt.agreements.models import Agreement, Clause, Evidence, Remark
from treffpunkt.agreements.services import concluding, drafting
from treffpunkt.agreements.services.clauses import load_clauses
from treffpunkt.agreements.services.offering import offer_to
from treffpunkt.agreements.services.remarks import ask
from treffpunkt.core.clock import now
from treffpunkt.journal.models import Origin
from treffpunkt.meetings.services.meetings import start_meeting
from treffpunkt.post.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator(client):
    """Give coordination, signed in."""
    staff = a_coordinator()
    client.force_login(staff)
    return staff


def words(response) -> str:
    return response.content.decode()


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    quiet = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    return sum(not one["sql"].startswith(quiet) and "set_config" not in one["sql"] for one in seen.captured_queries)


def test_from_a_group_to_an_offer(client, coordinator):
    load_clauses()
    space = a_space(a_community(), name="نساء برلين", short_name="Frauen Berlin")
    leader = a_leader(space)
    page = words(client.get(f"/network/spaces/{space.pk}/"))
    assert f"/agreements/add/?space={space.pk}" in page

    form = words(client.get(f"/agreements/add/?space={space.pk}"))
    assert f'value="{leader.pk}"' in form
    given = {
        "id": str(uuid4()), "spaces": [str(space.pk)], "actors": [str(leader.pk)], "language": "ar",
        "rights": ["links", "pin"], "answer_days": "2", "needs": "all", "review_every": "12", "owner": str(coordinator.pk),
    }  # fmt: skip
    for _ in range(2):
        made = client.post(f"/agreements/add/?space={space.pk}", given)
        assert made.status_code == 302
    agreement = Agreement.objects.get()
    assert agreement.name == "Frauen Berlin"
    draft = words(client.get(made["Location"]))
    assert "Links posten und Beiträge anheften lassen" in draft
    assert "noch nicht vereinbart" in draft

    assert leader.name in words(client.get(f"/agreements/{agreement.pk}/offer/"))
    client.post(f"/agreements/{agreement.pk}/offer/")

    agreement.refresh_from_db()
    assert agreement.state == "offered"
    assert Message.objects.get().template == "agreements/messages/offer"
    assert "Frauen Berlin" in words(client.get(f"/network/spaces/{space.pk}/"))
    assert "Frauen Berlin" in words(client.get(f"/network/people/{leader.pk}/"))


def test_group_and_person_are_found_by_name(client, coordinator):
    space = a_space(a_community(), name="Mütter in Köln")

    page = words(client.get("/agreements/add/?q=Mütter"))

    assert f"?space={space.pk}" in page


def test_statement_becomes_an_agreement_and_both_lead_to_each_other(client, coordinator):
    load_clauses()
    community = a_community()
    space = a_space(community)
    leader = a_leader(space)
    meeting = a_meeting(coordinator, communities=[community], hosts=[coordinator])
    start_meeting(by=coordinator, meeting=meeting)
    said = a_statement(coordinator, meeting, "نعم، نتعاون.", gist="Ja, wir arbeiten zusammen.")
    door = client.get(f"/agreements/from/{said.pk}/")
    assert door["Location"] == f"/agreements/add/?statement={said.pk}"

    given = {
        "id": str(uuid4()), "spaces": [str(space.pk)], "actors": [str(leader.pk)], "language": "ar",
        "answer_days": "2", "needs": "all", "review_every": "12",
    }  # fmt: skip
    for _ in range(2):
        client.post(f"{door['Location']}&space={space.pk}", given)

    agreement = Agreement.objects.get()
    assert Origin.objects.filter(source_id=said.pk, result_id=agreement.pk).count() == 1
    page = words(client.get(f"/agreements/{agreement.pk}/"))
    assert "Ja, wir arbeiten zusammen." in page
    assert f"/meetings/statements/{said.pk}/" in page
    assert f"/agreements/{agreement.pk}/" in words(client.get(f"/meetings/{meeting.pk}/"))
    notes = words(client.get(f"/meetings/{meeting.pk}/live/?topic={said.item_id}"))
    assert f"/agreements/{agreement.pk}/" in notes


def test_leaving_out_a_sentence_for_women_asks_why(client, coordinator):
    agreement = an_agreement(coordinator)
    draft = agreement.versions.get()
    path = f"/agreements/{agreement.pk}/text/"
    page = words(client.get(path))
    assert draft.sentences[0]["text"] in page
    keys = [row["clause"] for row in draft.sentences if row["clause"] != "women"]

    refused = client.post(path, {"version": draft.version, "clauses": keys})
    assert refused.status_code == 422
    assert "Sag bitte, warum „Fragen von Frauen“ fehlt" in words(refused)
    taken = client.post(
        path,
        {
            "version": draft.version, "clauses": keys, "why_women": "Nur Männer", "why_women-topics": "ebenso",
            "own_text_0": "نلتقي مرة في السنة.", "own_de_0": "Wir treffen uns einmal im Jahr.",
        },
    )  # fmt: skip

    assert taken.status_code == 302
    page = words(client.get(f"/agreements/{agreement.pk}/"))
    assert "Wir treffen uns einmal im Jahr." in page
    assert "Nur Männer" in page


def test_own_sentence_that_names_somebody_is_shown_before_it_goes_out(client, coordinator):
    agreement = an_agreement(coordinator)
    draft = agreement.versions.get()
    drafting.compose(
        by=coordinator, agreement=agreement, version=draft.version, left_out={"women-topics": "offen"},
        clauses=[row["clause"] for row in draft.sentences],
        own=[{"text": "اتصلوا بنا.", "de": "Ruf an: 0221 1234567."}],
    )  # fmt: skip
    path = f"/agreements/{agreement.pk}/offer/"

    asked = client.post(path)
    assert asked.status_code == 422
    assert "<mark>0221 1234567</mark>" in words(asked)
    client.post(path, {"keep": "1"})

    assert Agreement.objects.get().state == "offered"


def test_second_writer_is_told_that_somebody_was_quicker(client, coordinator):
    agreement = an_agreement(coordinator)
    draft = agreement.versions.get()
    given = {
        "version": draft.version, "clauses": [row["clause"] for row in draft.sentences], "why_women-topics": "offen",
    }  # fmt: skip

    assert client.post(f"/agreements/{agreement.pk}/text/", given).status_code == 302
    assert client.post(f"/agreements/{agreement.pk}/text/", given).status_code == 422


class TestByHand:
    def test_scan_is_kept_and_given_only_to_who_works_on_it(self, client, coordinator):
        mine = a_community()
        agreement = offered(coordinator, spaces=[a_space(mine)])
        party = agreement.parties.get()
        scan = SimpleUploadedFile("Leila Mansour.png", a_picture(), content_type="text/html")
        given = {"way": "paper", "name": "L. M.", "at": f"{now():%Y-%m-%dT%H:%M}", "evidence": scan}

        assert client.post(f"/agreements/parties/{party.pk}/agreed/", given).status_code == 302

        kept = Evidence.objects.get()
        assert kept.media_type == "image/png"
        got = client.get(f"/agreements/evidence/{kept.pk}/")
        assert (got.content, got["Content-Type"]) == (a_picture(), "image/png")
        assert got["Content-Disposition"].startswith("attachment")
        assert "Leila" not in got["Content-Disposition"]
        client.force_login(a_counsellor(mine))
        page = words(client.get(f"/agreements/{agreement.pk}/"))
        assert str(kept.pk) not in page
        assert client.get(f"/agreements/evidence/{kept.pk}/").status_code == 404

    @pytest.mark.parametrize(
        "content",
        [
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            b"<!doctype html><script>1</script>",
            a_pdf(says=b"/OpenAction 3 0 R"),
            a_pdf(packed=b"<< /S /JavaScript /JS (app.alert(1)) >>"),
            b"MZ\x90\x00",
            b"\x89PNG\r\n\x1a\n cut off",
        ],
    )
    def test_what_can_act_is_not_kept(self, client, coordinator, content):
        agreement = in_force(coordinator)
        file = SimpleUploadedFile("scan.png", content, content_type="image/png")

        refused = client.post(f"/agreements/{agreement.pk}/evidence/add/", {"evidence": file})

        assert refused.status_code == 422
        assert not Evidence.objects.exists()

    def test_question_is_answered(self, client, coordinator):
        agreement = offered(coordinator)
        party = agreement.parties.get()
        remark = ask(by=holder_of(party), party=party, text="كم مرة؟")
        assert "1 Frage wartet auf dich" in words(client.get(f"/agreements/{agreement.pk}/"))
        assert "Eine Frage zu" in words(client.get("/"))

        given = {"id": str(uuid4()), "text": "مرة واحدة."}
        for _ in range(2):
            assert client.post(f"/agreements/remarks/{remark.pk}/answer/", given).status_code == 302

        assert Remark.objects.filter(staff=coordinator).count() == 1
        assert "مرة واحدة." in words(client.get(f"/agreements/{agreement.pk}/"))


class TestSteps:
    def test_pause_go_on_and_end(self, client, coordinator):
        agreement = in_force(coordinator)
        at = f"/agreements/{agreement.pk}/"
        client.post(at + "pause/")
        assert "Pausiert seit" in words(client.get(at))
        client.post(at + "resume/")
        assert "1 Recht endet mit ihr" in words(client.get(at + "end/"))
        client.post(at + "end/", {"tell": "on"})

        agreement.refresh_from_db()
        assert (agreement.state, agreement.ending) == ("ended", "by_us")
        assert Message.objects.filter(template="agreements/messages/ended").count() == 1

    def test_new_text_begins_from_the_old_one(self, client, coordinator):
        agreement = in_force(coordinator)
        at = f"/agreements/{agreement.pk}/"

        assert client.post(at + "text/begin/")["Location"] == at + "text/"
        client.post(
            at + "edit/",
            {"version": Agreement.objects.get().version, "name": "Neu", "answer_days": "3", "needs": "all",
             "review_every": "12", "spaces": [str(agreement.spaces.get().pk)]},
        )  # fmt: skip
        page = words(client.get(at))

        assert "innerhalb von 3 Werktagen" in page
        assert "Der Text, der bis dahin gilt" in page
        client.post(at + "offer/")
        signed(agreement.parties.get())
        assert "Text 1" in words(client.get(at))
        assert "innerhalb von zwei Werktagen" in words(client.get(at + "text/1/"))
        assert client.get(at + "text/1.pdf")["Content-Type"] == "application/pdf"

    def test_who_came_later_would_rather_not(self, client, coordinator):
        agreement = in_force(coordinator)
        late = drafting.add_party(by=coordinator, agreement=agreement, actor=a_leader(*agreement.spaces.all()))
        offer_to(by=coordinator, party=late)
        path = f"/agreements/{agreement.pk}/"
        no = f"/agreements/parties/{late.pk}/rather-not/"
        assert no in words(client.get(path))

        client.post(no)

        agreement.refresh_from_db()
        assert agreement.state == "in_force"
        assert "lieber nicht" in words(client.get(path))
        assert no not in words(client.get(path))
        client.post(f"/agreements/parties/{late.pk}/ended/")
        agreement.refresh_from_db()
        assert agreement.state == "in_force"

    def test_looked_at_again(self, client, coordinator):
        agreement = in_force(coordinator)

        client.post(f"/agreements/{agreement.pk}/review/", {"next_on": "2040-01-01"})

        agreement.refresh_from_db()
        assert agreement.review_on.year == 2040


class TestSentences:
    def test_coordination_changes_one_and_old_agreements_stay(self, client, coordinator):
        agreement = in_force(coordinator)
        before = agreement.current.text
        clause = Clause.objects.get(key="openly")
        page = words(client.get(f"/agreements/sentences/{clause.pk}/"))
        assert "نكتب دائمًا" in page
        texts = clause.versions.get().texts
        given = {"version": clause.version, "name": "Offen", "standard": "on", "note": "kürzer"}
        given |= {f"text_{tag}": text for tag, text in texts.items()} | {
            "text_de": "Wir schreiben offen als {network}."
        }

        assert client.post(f"/agreements/sentences/{clause.pk}/edit/", given).status_code == 302

        assert list(clause.versions.values_list("number", flat=True)) == [2, 1]
        agreement.refresh_from_db()
        assert agreement.current.text == before
        draft = drafting.begin_version(by=coordinator, agreement=agreement)
        assert "Wir schreiben offen als Treffpunkt." in draft.text_de

    @pytest.mark.parametrize(("gap", "said"), [("{name}", "{name}"), ("{network", "{"), ("{network.x}", "{network.x}")])
    def test_gap_that_cannot_be_filled_is_named(self, client, coordinator, gap, said):
        load_clauses()
        clause = Clause.objects.get(key="openly")
        texts = clause.versions.get().texts | {"de": f"Wir schreiben als {gap}."}
        given = {"version": clause.version, "name": "x"} | {f"text_{tag}": text for tag, text in texts.items()}

        refused = client.post(f"/agreements/sentences/{clause.pk}/edit/", given)

        assert refused.status_code == 422
        assert f"Es gibt keine Lücke „{said}“" in words(refused)
        assert clause.versions.count() == 1

    def test_counsellors_read_them(self, client):
        load_clauses()
        client.force_login(a_counsellor())
        clause = Clause.objects.get(key="end")

        assert client.get("/agreements/sentences/").status_code == 200
        assert client.get(f"/agreements/sentences/{clause.pk}/edit/").status_code == 403


class TestRegister:
    def test_narrowed_and_exported(self, client, coordinator):
        held, asked = in_force(coordinator, name="Gilt schon"), offered(coordinator, name="Noch offen")

        page = words(client.get("/agreements/?state=in_force"))
        assert held.name in page
        assert asked.name not in page
        assert held.name in words(client.get("/agreements/?q=gilt"))
        rows = b"".join(client.get("/agreements/export/?state=offered")).decode()
        assert asked.name in rows
        assert held.name not in rows
        board = words(client.get("/agreements/board/"))
        assert held.name in board
        assert asked.name in board
        assert held.name in words(client.get("/agreements/timeline/"))

    @pytest.mark.parametrize("path", ["/agreements/", "/agreements/board/", "/agreements/timeline/"])
    def test_costs_the_same_for_one_and_for_thirty(self, client, coordinator, path):
        space = a_space(a_community())
        leader = a_leader(space)
        in_force(coordinator, leader, spaces=[space])
        client.get(path)
        one = queries(client, path)
        for _ in range(29):
            agreement = an_agreement(coordinator, leader, spaces=[space])
            concluding.note_agreed(
                by=coordinator, party=agreement.parties.get(), way="chat", name="L", at=now(), quote="ja"
            )

        client.get(path)
        assert queries(client, path) == one < 10

    def test_agreement_page_costs_few_queries(self, client, coordinator):
        space = a_space(a_community())
        agreement = offered(coordinator, *(a_leader(space) for _ in range(6)), spaces=[space])
        for party in agreement.parties.all():
            ask(by=holder_of(party), party=party, text="؟")
        path = f"/agreements/{agreement.pk}/"
        client.get(path)

        assert queries(client, path) < 10


def test_whoever_leaves_a_group_can_still_be_found_beside_it(client, coordinator):
    """The party is who agreed, not who leads today."""
    space = a_space(a_community())
    leader = a_leader(space)
    agreement = in_force(coordinator, leader, spaces=[space])
    role_of(leader, space).delete()

    assert leader.name in words(client.get(f"/agreements/{agreement.pk}/"))
