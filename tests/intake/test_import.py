"""A file is checked, applied, applied again without any change, and taken back."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from tests.factories.network import a_community, a_coordinator, a_counsellor, a_platform
from tests.support.importing import applied, checked, reason, taken_back, verdicts
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.intake import queries, running, services
from treffpunkt.intake.models import Import, Result, Row
from treffpunkt.intake.targets import get_target
from treffpunkt.journal.models import Entry
from treffpunkt.network.models import Actor, Channel, Organisation, Role, Space
from treffpunkt.network.services import letting_go
from treffpunkt.network.services.actors import change_actor, erase_actor
from treffpunkt.network.services.contacts import log_contact
from treffpunkt.network.services.roles import end_role
from treffpunkt.network.services.spaces import change_space
from treffpunkt.search import queries as search

pytestmark = pytest.mark.django_db

GROUPS = """Name;Link;Mitglieder;Sprache
Frauen in Köln;https://m.facebook.com/groups/frauenkoeln?ref=share;1.200;Arabisch
Mütter in Berlin;https://t.me/muetterberlin;300;Deutsch
"""
PEOPLE = """Name,Handle,Gruppe,Rolle,Mail
Amira Haddad,amira_h,Frauen in Köln,Administrator,amira@example.org
Amira Haddad,amira_h,Mütter in Berlin,Moderator,
Sana Karim,sana.k,Frauen in Köln,Administrator,
"""


@pytest.fixture
def coordinator():
    a_platform("facebook")
    return a_coordinator()


class TestGroups:
    def test_the_dry_run_writes_nothing(self, coordinator):
        found = checked(coordinator, GROUPS, "spaces")

        assert (verdicts(found), found.counts["makes"]) == (["new", "new"], {"network.space": 2})
        assert Space.objects.count() == 0

    def test_groups_are_made_with_canonical_address_community_journal_and_search(self, coordinator):
        community = a_community()
        applied(checked(coordinator, GROUPS, "spaces", community=str(community.pk)))

        space = Space.objects.get(name="Frauen in Köln")
        assert space.address == "https://www.facebook.com/groups/frauenkoeln"
        assert (space.platform_id, space.members, space.language_id) == ("facebook", 1200, "ar")
        assert space.members_counted_on is not None
        assert space.sorting == "frauen in koln"
        assert list(space.communities.all()) == [community]
        assert Entry.objects.get(subject_id=space.pk).verb == "space.imported"
        assert search.find("frauen koln", visible={"network.space": Space.objects.all()})[0].record_id == space.pk

    def test_the_same_file_again_changes_nothing(self, coordinator):
        applied(checked(coordinator, GROUPS, "spaces"))
        before = list(Space.objects.order_by("pk").values())

        again = applied(checked(coordinator, GROUPS, "spaces"))

        assert verdicts(again) == ["same", "same"]
        assert list(Space.objects.order_by("pk").values()) == before

    def test_a_new_number_changes_the_group_and_undo_puts_it_back(self, coordinator):
        applied(checked(coordinator, GROUPS, "spaces"))
        found = checked(coordinator, GROUPS.replace("1.200", "1.300"), "spaces")
        assert (verdicts(found), reason(found, 2)) == (["changed", "same"], "Changes: members (so far 1200).")

        applied(found)
        assert Space.objects.get(name="Frauen in Köln").members == 1300
        taken_back(found)

        assert Space.objects.get(name="Frauen in Köln").members == 1200
        assert verdicts(checked(coordinator, GROUPS, "spaces")) == ["same", "same"]

    def test_what_people_changed_stays_and_the_row_says_so(self, coordinator):
        applied(checked(coordinator, GROUPS, "spaces"))
        space = Space.objects.get(name="Frauen in Köln")
        change_space(by=coordinator, space=space, members=999)

        assert verdicts(checked(coordinator, GROUPS, "spaces")) == ["same", "same"]
        found = applied(checked(coordinator, GROUPS.replace("1.200", "1.300"), "spaces"))

        assert reason(found, 2) == "Was changed here and stays: members."
        space.refresh_from_db()
        assert space.members == 999

    def test_wrong_rows_say_why(self, coordinator):
        text = (
            "Name;Link;Mitglieder\n;https://t.me/abcde;5\nA B;https://t.me/xyzab;viele\nC D;nix da;3\nE F;;3\nG;1;2;3\n"
        )
        found = checked(coordinator, text, "spaces")

        assert verdicts(found) == ["wrong"] * 5
        assert reason(found, 2) == "“name” is missing."
        assert reason(found, 3) == "“viele” in “members” is not a number."
        assert reason(found, 5) == "“platform” is missing."
        assert reason(found, 6) == "The row has 4 cells, but there are only 3 columns."

    def test_repeated_and_contradicting_rows_of_a_file_are_named(self, coordinator):
        row = "Frauen in Köln;https://www.facebook.com/groups/frauenkoeln;{};Arabisch\n"
        found = checked(coordinator, GROUPS + row.format("1200") + row.format("5"), "spaces")

        assert verdicts(found) == ["new", "new", "same", "doubtful"]
        assert reason(found, 4) == "Row 2 of this file says the same."
        assert applied(found).counts["made"] == {"network.space": 2}

    def test_a_name_nearly_the_same_is_doubtful_until_a_person_decides(self, coordinator):
        applied(checked(coordinator, "Name\nSyrische Frauen Hamburg\n", "spaces", platform="facebook"))
        text = "Name;Mitglieder\nSyrische Frauen in Hamburg;50\n"

        found = checked(coordinator, text, "spaces", platform="facebook")
        assert verdicts(found) == ["doubtful"]
        assert "Syrische Frauen Hamburg" in reason(found, 2)
        services.decide(by=coordinator, found=found, decisions={2: "same"})
        applied(found)

        assert [space.members for space in Space.objects.all()] == [50]
        # Asked once, remembered.
        assert verdicts(checked(coordinator, text, "spaces", platform="facebook")) == ["same"]

    def test_a_doubtful_row_can_be_a_new_one(self, coordinator):
        applied(checked(coordinator, "Name\nSyrische Frauen Hamburg\n", "spaces", platform="facebook"))
        found = checked(coordinator, "Name\nSyrische Frauen in Hamburg\n", "spaces", platform="facebook")
        services.decide_all(by=coordinator, found=found, decision="new")
        applied(found)

        assert Space.objects.count() == 2

    def test_a_name_without_spaces_is_an_identifier(self, coordinator):
        found = checked(coordinator, "name,n_members\ncats_of,1\ncatsof,2\n", "spaces", platform="reddit")

        assert verdicts(found) == ["new", "new"]

    def test_what_was_touched_since_stays_when_an_import_is_taken_back(self, coordinator):
        found = applied(checked(coordinator, GROUPS, "spaces"))
        space = Space.objects.get(name="Mütter in Berlin")
        log_contact(by=coordinator, space=space, note="Talked.")

        taken_back(found)

        assert list(Space.objects.all()) == [space]
        assert [(one.record_id, one.stays) for one in queries.stayed(found)] == [(space.pk, "changed")]
        assert found.counts["removed"] == {"network.space": 1}

    def test_a_group_that_people_took_out_of_a_community_is_not_put_back(self, coordinator):
        community = a_community()
        applied(checked(coordinator, GROUPS, "spaces", community=str(community.pk)))
        space = Space.objects.get(name="Mütter in Berlin")
        change_space(by=coordinator, space=space, communities=[])

        again = checked(coordinator, GROUPS, "spaces", community=str(community.pk))

        assert verdicts(again) == ["same", "same"]


class TestPeople:
    @pytest.fixture
    def groups(self, coordinator):
        return applied(checked(coordinator, GROUPS, "spaces"))

    def test_people_roles_and_channels_are_made(self, coordinator, groups):
        found = checked(coordinator, PEOPLE, "people")
        assert found.counts["makes"] == {"network.actor": 2, "network.role": 3}
        applied(found)

        amira = Actor.objects.get(handle="amira_h")
        assert {(role.space.name, role.role) for role in amira.roles.all()} == {
            ("Frauen in Köln", "administrator"), ("Mütter in Berlin", "moderator"),
        }  # fmt: skip
        assert [(one.channel_kind, one.value, one.preferred) for one in amira.channels.all()] == [
            ("mail", "amira@example.org", True)
        ]
        assert amira.potential_reach == 1500
        assert Space.objects.get(name="Frauen in Köln").administrator_count == 2
        assert verdicts(checked(coordinator, PEOPLE, "people")) == ["same"] * 3

    def test_people_known_by_name_alone_are_made_once_and_known_again(self, coordinator, groups):
        text = "Name,Gruppe\nAmira Haddad,Frauen in Köln\nAmira Haddad,Mütter in Berlin\nSana Karim,\n"
        applied(checked(coordinator, text, "people"))

        assert (Actor.objects.count(), Role.objects.count()) == (2, 2)
        assert verdicts(checked(coordinator, text, "people")) == ["same"] * 3

    def test_somebody_of_the_same_name_is_doubtful(self, coordinator, groups):
        applied(checked(coordinator, PEOPLE, "people"))

        found = checked(coordinator, "Name,Mail\nSana Karim,other@example.org\n", "people")

        assert (verdicts(found), reason(found, 2)) == (
            ["doubtful"],
            "Perhaps it is “Sana Karim”, which is here already.",
        )

    def test_an_unknown_group_is_wrong_or_made_where_the_platform_is_known(self, coordinator):
        found = checked(coordinator, "Person,Gruppe\n17,Unbekannt\n", "roles")
        assert verdicts(found) == ["wrong"]
        assert reason(found, 2).startswith("There is no group called “Unbekannt” yet.")

        found = checked(coordinator, "Person,Gruppe\n17,Unbekannt\n18,Unbekannt\n", "roles", platform="reddit")
        assert found.counts["makes"] == {"network.actor": 2, "network.role": 2, "network.space": 1}
        applied(found)

        assert (Space.objects.count(), Actor.objects.count(), Role.objects.count()) == (1, 2, 2)
        assert Actor.objects.get(handle="17").source_key == "reddit:17"

    def test_a_role_that_people_ended_is_not_begun_again(self, coordinator, groups):
        applied(checked(coordinator, PEOPLE, "people"))
        end_role(by=coordinator, role=Role.objects.get(actor__handle="sana.k"))

        found = checked(coordinator, PEOPLE, "people")

        assert verdicts(found) == ["same"] * 3
        assert reason(found, 4) == "The role was ended here and stays so."

    def test_who_was_erased_does_not_come_back(self, coordinator):
        text = "Person,Gruppe\n17,Katzen\n"
        found = applied(checked(coordinator, text, "roles", platform="reddit"))
        erase_actor(by=coordinator, actor=Actor.objects.get())
        assert Row.objects.get(file=found).values == {}

        again = applied(checked(coordinator, text, "roles", platform="reddit"))

        assert reason(again, 2) == "Was erased by wish and stays so."
        assert Actor.objects.filter(erased_at=None).count() == 0

    def test_whose_name_went_by_itself_stands_in_no_row_and_does_not_come_back(self, coordinator):
        text = "Person,Gruppe\nsamira.h,Katzen\nsamira.h,Hunde\n"
        found = applied(checked(coordinator, text, "roles", platform="reddit"))

        with as_of(now() + timedelta(days=100)):
            letting_go.let_go_untold(now() - timedelta(days=60), lambda _ids: None)

        assert "samira" not in str(list(Row.objects.filter(file=found).values()))
        assert Role.objects.count() == 2
        again = applied(checked(coordinator, text, "roles", platform="reddit"))
        assert reason(again, 2) == "Was erased by wish and stays so."
        assert Actor.objects.filter(erased_at=None).count() == 0

    def test_undo_removes_people_roles_and_channels_but_not_who_was_touched(self, coordinator, groups):
        found = applied(checked(coordinator, PEOPLE, "people"))
        sana = Actor.objects.get(handle="sana.k")
        change_actor(by=coordinator, actor=sana, note="Wants to talk in May.")

        taken_back(found)

        assert list(Actor.objects.all()) == [sana]
        assert (Role.objects.count(), Channel.objects.count()) == (0, 0)
        assert Space.objects.get(name="Frauen in Köln").administrator_count == 0

    def test_groups_can_be_taken_back_once_their_people_are(self, coordinator, groups):
        people = applied(checked(coordinator, PEOPLE, "people"))
        taken_back(people)
        taken_back(groups)

        assert Space.objects.count() == 0


class TestOrganisations:
    def test_the_groups_of_munich_are_brought_in_twice_and_taken_back(self, coordinator, data):
        text = (data / "helferkreise-muenchen/helferkreise_2020-05-15.csv").read_text()
        found = applied(checked(coordinator, text, "organisations"))

        assert Organisation.objects.count() == 50
        one = Organisation.objects.get(name="Helferkreis Asyl Waldperlach")
        assert one.website == "https://www.facebook.com/helferkreiswaldperlach"
        assert one.radius == 1500
        assert set(verdicts(checked(coordinator, text, "organisations"))) == {"same"}
        taken_back(found)
        assert Organisation.objects.count() == 0

    def test_spelling_of_a_name_makes_no_second_one(self, coordinator, data):
        text = (data / "helferkreise-muenchen/helferkreise_2020-05-15.csv").read_text()
        applied(checked(coordinator, text, "organisations"))
        changed = text.replace("Helferkreis Asyl Neuried", "Helferkreis Asyl  Neuried.").replace(
            "Asylhelferkreis Eichenau", "Asylhelferkreis Eichenu"
        )

        found = checked(coordinator, changed, "organisations")

        assert "new" not in verdicts(found)
        assert found.counts.get("doubtful", 0) == 0
        mistyped = Row.objects.get(file=found, values__name="Asylhelferkreis Eichenu")
        assert "Is “Asylhelferkreis Eichenau”, which is here already" in reason(found, mistyped.number)
        applied(found)
        assert Organisation.objects.count() == 50
        taken_back(found)
        assert Organisation.objects.filter(name="Asylhelferkreis Eichenau").exists()

    def test_place_that_contradicts_goes_to_a_person(self, coordinator):
        head = "name,postal_address,phone\n"
        applied(checked(coordinator, f"{head}Frauenhaus Nord,Lange Str. 5 Kiel,0431 123456\n", "organisations"))

        moved = checked(coordinator, f"{head}Frauenhaus Nord,Am Markt 12 Hamburg,0431 123456\n", "organisations")
        same = checked(coordinator, f"{head}Frauenhaus-Nord e.V.,Lange Straße 5 Kiel,+49 431 123456\n", "organisations")

        assert (verdicts(moved), verdicts(same)) == (["doubtful"], ["changed"])

    def test_two_of_one_name_are_told_apart_by_where_they_are(self, coordinator):
        text = "name,postal_address\nBüro,Lange Str. 5 Kiel\nBüro,Am Markt 12 Hamburg\n"
        applied(checked(coordinator, text, "organisations"))

        assert verdicts(checked(coordinator, text, "organisations")) == ["same", "same"]
        assert verdicts(checked(coordinator, "name,postal_address\nBüro,Lange Str 5 Kiel\n", "organisations")) == [
            "changed"
        ]


class TestLikelyDuplicates:
    def test_group_on_another_platform_is_another_group(self, coordinator):
        a_platform("telegram")
        applied(checked(coordinator, "name,platform\nSyrische Frauen Hamburg,facebook\n", "spaces"))

        text = "name,platform\nSyrische Frauen in Hamburg,telegram\nSyrische Frauen in Hamburg,facebook\n"
        found = checked(coordinator, text, "spaces")

        assert verdicts(found) == ["new", "doubtful"]

    def test_person_mistyped_is_asked_about_and_the_answer_is_remembered(self, coordinator):
        applied(checked(coordinator, "name,mail\nAmira Haddad,amira@example.org\n", "people"))
        text = "name,phone\nAmira Hadad,0221 1234567\n"
        found = checked(coordinator, text, "people")
        assert verdicts(found) == ["doubtful"]
        assert Row.objects.get(file=found).record_id == Actor.objects.get().pk

        services.decide(by=coordinator, found=found, decisions={2: "same"})
        applied(found)

        assert Actor.objects.count() == 1
        assert Channel.objects.count() == 2
        assert "new" not in verdicts(checked(coordinator, text, "people"))

    def test_slip_of_the_pen_with_the_same_mail_is_the_same_person(self, coordinator):
        applied(checked(coordinator, "name,mail\nAmira Haddad,amira@example.org\n", "people"))

        found = checked(
            coordinator, "name,mail\nAmira Hadad,amira@example.org\nSana Karim,amira@example.org\n", "people"
        )

        assert verdicts(found)[0] in ("same", "changed")

    def test_another_person_with_the_same_mail_is_asked_about(self, coordinator):
        applied(checked(coordinator, "name,mail\nAmira Haddad,team@example.org\n", "people"))

        assert verdicts(checked(coordinator, "name,mail\nSana Karim,team@example.org\n", "people")) == ["doubtful"]


class TestGoingOn:
    def test_a_killed_worker_goes_on_where_it_stopped(self, coordinator, monkeypatch):
        text = "name\n" + "".join(f"group{number}\n" for number in range(50))
        found = checked(coordinator, text, "spaces", platform="reddit")
        services.apply_import(by=coordinator, found=found, wait=True)
        monkeypatch.setattr(running, "PIECE", 10)
        target = get_target("spaces")
        real, calls = target.apply, []

        def dies_at_the_third(run, judgements):
            calls.append(len(judgements))
            if len(calls) == 3:
                raise KeyboardInterrupt
            return real(run, judgements)

        monkeypatch.setattr(target, "apply", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            running.apply(found.pk)
        assert Space.objects.count() == 20
        running.apply(found.pk)

        found.refresh_from_db()
        assert (found.state, Space.objects.count(), Result.objects.count()) == ("applied", 50, 50)
        assert Entry.objects.filter(verb="space.imported").count() == 50

    def test_rows_that_appeared_meanwhile_are_not_doubled(self, coordinator):
        first = checked(coordinator, GROUPS, "spaces")
        second = checked(coordinator, GROUPS, "spaces")
        applied(first)
        applied(second)

        assert Space.objects.count() == 2

    def test_what_fails_can_be_tried_again(self, coordinator, monkeypatch):
        found = checked(coordinator, GROUPS, "spaces")
        services.apply_import(by=coordinator, found=found, wait=True)
        target = get_target("spaces")
        real = target.settle

        def fails(run):
            raise RuntimeError

        monkeypatch.setattr(target, "settle", fails)
        with pytest.raises(RuntimeError):
            running.apply(found.pk)
        found.refresh_from_db()
        assert found.state == "failed"
        monkeypatch.setattr(target, "settle", real)
        services.try_again(by=coordinator, found=found, wait=True)
        running.apply(found.pk)

        found.refresh_from_db()
        assert (found.state, Space.objects.count()) == ("applied", 2)

    def test_work_is_asked_for_as_a_job(self, coordinator, deferred):
        found = services.upload(by=coordinator, name="x.csv", pieces=[GROUPS.encode()])
        services.choose_mapping(by=coordinator, found=found, mapping=found.mapping, fixed=found.fixed)

        assert deferred == [("intake.check", {"import_id": str(found.pk)})]


class TestAround:
    def test_only_coordination_brings_files_in(self, coordinator):
        with pytest.raises(Forbidden):
            services.upload(by=a_counsellor(), name="x.csv", pieces=[GROUPS.encode()])

    def test_what_a_file_holds_is_guessed(self, coordinator):
        def guessed(text: str) -> str:
            return services.upload(by=coordinator, name="x.csv", pieces=[text.encode()]).target

        assert guessed(GROUPS) == "spaces"
        assert guessed(PEOPLE) == "people"
        assert guessed("moderator_id,subreddit\n1,SVSSS\n2,abc\n") == "roles"
        assert guessed("name,lat,long,radius,homepage\nA,48.1,11.1,1500,http://a.de/\n") == "organisations"

    def test_a_chosen_mapping_is_remembered(self, coordinator):
        text = "Spalte 1;Spalte 2\nFrauen in Köln;https://t.me/abcdef\n"
        checked(coordinator, text, "spaces", mapping={"name": "Spalte 1", "address": "Spalte 2"}, language="ar")

        found = services.upload(by=coordinator, name="x.csv", pieces=[text.encode()], target="spaces")

        assert found.mapping == {"name": "Spalte 1", "address": "Spalte 2"}
        assert found.fixed["language"] == "ar"

    def test_too_large_a_file_is_refused(self, coordinator, settings):
        settings.IMPORT_MAX_BYTES = 100

        with pytest.raises(DomainError, match="larger than"):
            services.upload(by=coordinator, name="x.csv", pieces=[b"a,b\n", b"1,2\n" * 100])

    def test_rows_left_out_are_handed_out_without_formulas(self, coordinator):
        found = checked(
            coordinator, "Name;Link;Mitglieder\n=1+1;https://t.me/abcdef;viele\nA B;https://t.me/xyzab;-5\n", "spaces"
        )

        text = io.StringIO()
        csv.writer(text).writerows(queries.error_lines(found, get_target("spaces"), ("Row", "Reason")))
        lines = list(csv.reader(io.StringIO(text.getvalue())))

        assert lines[0] == ["Row", "Reason", "Name", "Link", "Mitglieder"]
        assert lines[1][0] == "2"
        assert lines[1][2:] == ["'=1+1", "https://t.me/abcdef", "viele"]
        assert lines[2][4] == "-5"

    def test_files_and_rows_are_let_go_after_their_time_and_undo_still_works(self, coordinator):
        with as_of(now() - timedelta(days=100)):
            old = applied(checked(coordinator, GROUPS, "spaces"))
            checked(coordinator, GROUPS + "A B;https://t.me/abcdef;1;Deutsch\n", "spaces")
        recent = checked(coordinator, GROUPS, "spaces")

        assert services.let_go(now() - timedelta(days=90)) == 2

        assert set(Import.objects.all()) == {old, recent}
        assert set(Row.objects.values_list("file", flat=True)) == {recent.pk}
        taken_back(Import.objects.get(pk=old.pk))
        assert Space.objects.count() == 0

    def test_an_import_that_wrote_nothing_can_be_thrown_away(self, coordinator):
        found = checked(coordinator, GROUPS, "spaces")
        services.discard(by=coordinator, found=found)
        assert (Import.objects.count(), Row.objects.count()) == (0, 0)

        kept = applied(checked(coordinator, GROUPS, "spaces"))
        with pytest.raises(DomainError):
            services.discard(by=coordinator, found=kept)


def test_counts_of_members_are_kept_with_their_day_and_go_with_the_import(coordinator):
    with as_of(now() - timedelta(days=30)):
        first = applied(checked(coordinator, GROUPS, "spaces"))
    later = applied(checked(coordinator, GROUPS.replace("1.200", "1.300"), "spaces"))
    space = Space.objects.get(name="Frauen in Köln")

    assert list(space.snapshots.values_list("members", "source")) == [(1200, "imported"), (1300, "imported")]
    taken_back(later)
    space.refresh_from_db()
    assert (space.members, space.members_counted_on) == (1200, space.snapshots.get().day)
    taken_back(first)
    assert list(Space.objects.all()) == [space]  # which the later list has changed since


GROUPS_WITH_LEADERS = """Gruppe;Link;Plattform;Sprache;Mitglieder;Admin;E-Mail
سوريات في لايبزيغ;https://www.facebook.com/groups/suryat.leipzig;Facebook;Arabisch;12.400;أمل الخطيب;amal@example.org
سوريات في لايبزيغ;https://facebook.com/groups/suryat.leipzig/?ref=share;Facebook;Arabisch;12.400;سعاد ناصر;
Schon da;https://www.facebook.com/groups/schon.da;Facebook;Arabisch;90;Đurđa Šćepanović;
Falsch;https://www.facebook.com/groups/a/posts/1;Facebook;Arabisch;viele;Test;
"""


def test_one_list_brings_groups_with_address_and_members_and_who_leads_them(coordinator):
    known = Space.objects.create(name="Schon da", platform_id="facebook", members=80)
    found = checked(coordinator, GROUPS_WITH_LEADERS, "people")
    assert {found.mapping[key] for key in ("space", "space_address", "space_members")} == {
        "Gruppe",
        "Link",
        "Mitglieder",
    }
    assert verdicts(found) == ["new", "new", "new", "wrong"]
    assert found.counts["makes"] == {"network.actor": 3, "network.role": 3, "network.space": 1}
    applied(found)

    space = Space.objects.get(name="سوريات في لايبزيغ")
    assert space.address == "https://www.facebook.com/groups/suryat.leipzig"
    assert (space.members, space.language_id, space.roles.count()) == (12400, "ar", 2)
    assert list(space.snapshots.values_list("members", "source")) == [(12400, "imported")]
    assert Actor.objects.get(name="سعاد ناصر").potential_reach == 12400
    known.refresh_from_db()
    assert (known.members, known.address, known.roles.count()) == (80, "", 1)

    again = checked(coordinator, GROUPS_WITH_LEADERS, "people")
    assert again.counts["makes"] == {}
    taken_back(found)
    assert list(Space.objects.all()) == [known]
