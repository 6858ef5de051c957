"""Keeping where records lie, taking names out, and the files that programs open again."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, timedelta
from math import inf, nan

import networkx
import pytest

from tests.factories.network import (
    a_community,
    a_coordinator,
    a_counsellor,
    a_member_of_staff,
    a_platform,
    a_space,
    an_actor,
    an_organisation,
)
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import as_of, now
from treffpunkt.core.errors import DomainError, Forbidden
from treffpunkt.journal.models import Entry, Touched
from treffpunkt.network.landscape import ACTOR, KINDS, SPACE, Ask, choose, nodes
from treffpunkt.network.landscape.codes import Codes, names_somebody
from treffpunkt.network.landscape.files import FILES, Column, Dot, Drawing, Line
from treffpunkt.network.models import Actor, Handout, Spot
from treffpunkt.network.rules import viewable_spaces
from treffpunkt.network.services import letting_go
from treffpunkt.network.services.bulk_removal import remove_roles, remove_spaces
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.map import MOST_SPOTS, forget_handouts, hand_out_names, keep_spots

NASTY = "=HYPERLINK(\"x\") <&> 'نساء' \u0001 👩"


@pytest.mark.django_db
class TestSpots:
    def test_first_decides_until_coordination_lays_out_anew(self):
        community = a_community()
        space = a_space(community)
        key = (SPACE, space.pk)

        assert keep_spots(by=a_counsellor(community), spots=[(key, 1.5, -2)]) == 1
        keep_spots(by=a_counsellor(community), spots=[(key, 7, 7)])
        assert Spot.objects.values_list("record_kind", "x", "y").get(pk=space.pk) == (SPACE, 1.5, -2.0)

        keep_spots(by=a_coordinator(), spots=[(key, 3, 4)], anew=True)
        assert Spot.objects.values_list("x", "y").get() == (3, 4)

    def test_is_kept_only_for_what_one_sees(self):
        community = a_community()
        hers, foreign = an_actor(a_space(community)), an_actor(a_space(a_community()))

        kept = keep_spots(by=a_counsellor(community), spots=[((ACTOR, one.pk), 1, 1) for one in (hers, foreign)])

        assert kept == 1
        assert [spot.pk for spot in Spot.objects.all()] == [hers.pk]

    def test_a_kind_that_is_not_its_own_keeps_nothing(self):
        space = a_space()

        assert (
            keep_spots(by=a_coordinator(), spots=[((ACTOR, space.pk), 1, 1), (("people.staff", space.pk), 1, 1)]) == 0
        )

    @pytest.mark.parametrize("wrong", [nan, inf, -inf, 1e300])
    def test_places_nobody_can_see_are_not_kept(self, wrong):
        assert keep_spots(by=a_coordinator(), spots=[((SPACE, a_space().pk), wrong, 0)]) == 0

    def test_others_keep_nothing(self):
        spots = [((SPACE, a_space().pk), 1, 1)]

        with pytest.raises(Forbidden):
            keep_spots(by=a_member_of_staff("legal_reviewer"), spots=spots)
        with pytest.raises(Forbidden):
            keep_spots(by=a_counsellor(a_community()), spots=spots, anew=True)
        with pytest.raises(DomainError):
            keep_spots(by=a_coordinator(), spots=spots * (MOST_SPOTS + 1))

    def test_goes_with_its_record(self):
        coordinator = a_coordinator()
        erased, quiet, space = an_actor(a_space()), an_actor(), a_space()
        ids = [(ACTOR, erased.pk), (ACTOR, quiet.pk), (SPACE, space.pk)]
        keep_spots(by=coordinator, spots=[(key, 1, 1) for key in ids])

        erase_actor(by=coordinator, actor=erased)
        assert not Spot.objects.filter(pk=erased.pk).exists()

        Actor.objects.exclude(pk=quiet.pk).delete()
        letting_go.let_go_untold(now() + timedelta(days=1), lambda ids: None)
        assert not Spot.objects.filter(pk=quiet.pk).exists()

        assert remove_spaces(by=coordinator, ids=[space.pk]) == []
        assert not Spot.objects.exists()


@pytest.mark.django_db
class TestTakingNames:
    def test_is_journalled_at_each_person_with_the_reason_kept_beside(self):
        counsellor = a_counsellor(a_community())
        people = [an_actor(), an_actor()]

        handout = hand_out_names(
            by=counsellor,
            file_format="gexf",
            reason="  Auswertung mit dem\tTräger ",
            people=[one.pk for one in people] * 2,
        )

        assert (handout.staff, handout.people, handout.reason) == (counsellor, 2, "Auswertung mit dem Träger")
        entry = Entry.objects.get(verb="map.exported")
        assert (entry.agent_id, entry.subject_id, entry.fields) == (counsellor.pk, handout.pk, ["reason"])
        touched = set(Touched.objects.filter(entry=entry).values_list("record_id", flat=True))
        assert touched == {handout.pk, *(one.pk for one in people)}

    @pytest.mark.parametrize("reason", ["", " \t", "x" * 301])
    def test_wants_a_reason(self, reason):
        with pytest.raises(DomainError):
            hand_out_names(by=a_coordinator(), file_format="csv", reason=reason, people=[])
        assert not Handout.objects.exists()

    @pytest.mark.parametrize("role", ["legal_reviewer", "system_administrator"])
    def test_is_not_for_others(self, role):
        with pytest.raises(Forbidden):
            hand_out_names(by=a_member_of_staff(role), file_format="csv", reason="Neugier", people=[])

    def test_what_it_was_for_goes_in_the_end(self):
        with as_of(now() - timedelta(days=800)):
            hand_out_names(by=a_coordinator(), file_format="csv", reason="Bericht", people=[an_actor().pk])
        hand_out_names(by=a_coordinator(), file_format="csv", reason="Neuer Bericht", people=[])

        assert forget_handouts(now() - timedelta(days=700)) == 1
        assert [one.reason for one in Handout.objects.all()] == ["Neuer Bericht"]
        assert Entry.objects.filter(verb="map.exported").count() == 2

    def test_erasing_somebody_takes_their_name_out_of_the_reason(self):
        coordinator = a_coordinator()
        actor = an_actor(name="Samira Haddadova")
        hand_out_names(by=coordinator, file_format="csv", reason="Für Samira Haddadova", people=[])

        erase_actor(by=coordinator, actor=actor)

        assert "Samira" not in Handout.objects.get().reason


@pytest.mark.django_db
class TestCodes:
    def test_are_random_and_stable_within_one_export(self):
        space = a_space(a_community())
        an_actor(space), an_organisation()
        by = a_coordinator()
        found = nodes(by, choose(Ask(by, viewable_spaces(by))).ids)
        codes, other = Codes(), Codes()

        first = [codes.of(node) for node in found]

        assert [codes.of(node) for node in found] == first
        assert len(set(first)) == len(found) == len(KINDS)
        assert not set(first) & {other.of(node) for node in found}
        assert all(
            str(node.pk).replace("-", "")[:6].upper() not in code for node, code in zip(found, first, strict=True)
        )

    def test_stand_for_people_and_for_profiles_called_after_them(self):
        a_platform("instagram")
        profile = a_space(name="Amal Berater", address="https://www.instagram.com/amal.berater")
        for space in (profile, a_space(name="Frauen in Köln")):
            an_actor(space)
        by = a_coordinator()

        found = nodes(by, choose(Ask(by, viewable_spaces(by))).ids)

        assert {node.name for node in found if not names_somebody(node)} == {"Frauen in Köln"}


class TestFiles:
    drawing = Drawing(
        columns=[Column("kind", "Art", str), Column("reach", "Reichweite", int), Column("single", "Nur eine", bool)],
        dots=[
            Dot("G-1", NASTY, ["Gruppe", 23400, True], 1.5, -2.25),
            Dot("P-1", "Amal", ["Person", None, False]),
            Dot("C-1", "-1+1", ["Community", 0, False], 0, 0),
        ],
        lines=[Line("P-1", "G-1", "Admin"), Line("G-1", "C-1", "")],
        made_on=date(2026, 3, 1),
    )

    @pytest.mark.parametrize("name", ["gexf", "graphml"])
    def test_graph_is_opened_again(self, name, tmp_path):
        write, ending, _type = FILES[name]
        path = tmp_path / f"map.{ending}"
        path.write_bytes(write(self.drawing))

        graph = (networkx.read_gexf if name == "gexf" else networkx.read_graphml)(path)

        assert not graph.is_directed()
        assert set(graph.nodes) == {"G-1", "P-1", "C-1"}
        assert {frozenset(edge) for edge in graph.edges} == {frozenset(("P-1", "G-1")), frozenset(("G-1", "C-1"))}
        assert graph.nodes["G-1"]["label"] == NASTY.replace("\u0001", "")
        assert graph.nodes["G-1"]["Reichweite"] == 23400
        assert graph.nodes["G-1"]["Nur eine"] is True
        assert "Reichweite" not in graph.nodes["P-1"]
        assert graph.edges["P-1", "G-1"]["label"] == "Admin"

    def test_places_are_in_the_file(self, tmp_path):
        path = tmp_path / "map.gexf"
        path.write_bytes(FILES["gexf"][0](self.drawing))

        assert networkx.read_gexf(path).nodes["G-1"]["viz"]["position"] == {"x": 1.5, "y": -2.25, "z": 0.0}

    @pytest.mark.parametrize("delimiter", [",", ";"])
    def test_tables_are_opened_again_and_hold_no_formula(self, delimiter):
        packed = zipfile.ZipFile(io.BytesIO(FILES["csv"][0](self.drawing, delimiter=delimiter)))
        nodes, edges = (
            list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig")), delimiter=delimiter))
            for name in ("nodes.csv", "edges.csv")
        )

        assert [row["Id"] for row in nodes] == ["G-1", "P-1", "C-1"]
        assert nodes[0]["Label"] == f"'{NASTY}"
        assert nodes[2]["Label"] == "'-1+1"
        assert (nodes[0]["Reichweite"], nodes[1]["Reichweite"]) == ("23400", "")
        assert [(row["Source"], row["Target"], row["Label"]) for row in edges] == [
            ("P-1", "G-1", "Admin"),
            ("G-1", "C-1", ""),
        ]

    def test_an_empty_map_is_a_file_too(self, tmp_path):
        empty = Drawing(columns=[], dots=[], lines=[], made_on=date(2026, 3, 1))
        path = tmp_path / "map.graphml"
        path.write_bytes(FILES["graphml"][0](empty))

        assert len(networkx.read_graphml(path)) == 0


@pytest.mark.django_db
def test_taking_back_an_import_is_not_held_up_by_the_map():
    space = a_space()
    actor = an_actor(space)
    keep_spots(by=a_coordinator(), spots=[((ACTOR, actor.pk), 1, 1), ((SPACE, space.pk), 1, 1)])
    remove_roles(by=SYSTEM, ids=actor.roles.values_list("pk", flat=True))

    assert remove_spaces(by=SYSTEM, ids=[space.pk]) == []
