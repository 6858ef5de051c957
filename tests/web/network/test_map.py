"""The map's page: the table that says the same, what the browser is given to draw, what leaves the house."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import networkx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import network as make
from treffpunkt.core.agent import SYSTEM
from treffpunkt.journal.models import Entry
from treffpunkt.network.models import Handout, Spot
from treffpunkt.network.services.erasing import erase_actor
from treffpunkt.network.services.roles import add_role

MAP, DATA, SPOTS, EXPORT = "/network/map/", "/network/map/data/", "/network/map/spots/", "/network/map/export/"
CODE = re.compile(r"[CGPO]-[2-9A-HJKMNP-TV-Z]{6}\Z")


def shown(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def landscape(arabic, french):
    """Make a small network: two groups of one person, one group of another community."""
    make.a_platform("telegram")
    hers = make.a_space(arabic, name="نساء برلين", short_name="Frauen Berlin", members=23400, language="ar")
    bot = make.a_space(arabic, name="=2+2", address="https://t.me/arbeit", platform="telegram", members=50)
    actor = make.an_actor(hers, bot, name="Amal Haddad")
    club = make.an_organisation(arabic, name="Beratung e.V.")
    add_role(by=SYSTEM, actor=actor, organisation=club, role="contact")
    make.an_actor(make.a_space(french, name="Femmes"), name="Nadia Fremd")
    return {"space": hers, "actor": actor, "organisation": club, "community": arabic}


class TestTable:
    def test_says_what_the_map_shows_and_what_is_tied(self, counselling, landscape):
        page = shown(counselling.get(MAP))

        assert '<bdi lang="ar" dir="rtl">نساء برلين</bdi>' in page
        assert "Frauen Berlin · Facebook group" in page
        assert "only one admin" in page
        assert f'href="/network/people/{landscape["actor"].pk}/"' in page
        assert "5 records with 6 ties, nothing left out" in page
        assert "Femmes" not in page
        assert "Nadia Fremd" not in page

    def test_pages_and_orders(self, coordination, arabic):
        for number in range(60):
            make.a_space(arabic, name=f"Gruppe {number:02}", members=number)

        first = coordination.get(MAP, {"sort": "name"})
        second = coordination.get(first.context["list"].next_url)
        back = coordination.get(second.context["list"].previous_url)

        assert [row.name for row in first.context["list"].rows][:2] == ["Arabischsprachige Community", "Gruppe 00"]
        assert "51–61" in shown(second)
        assert back.context["list"].rows == first.context["list"].rows
        assert 'aria-sort="ascending"' in shown(first)
        assert 'aria-sort="descending"' in shown(coordination.get(MAP))

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ({"platform": "telegram"}, {"=2+2", "Amal Haddad", "Beratung e.V.", "Arabischsprachige Community"}),
            ({"q": "femmes"}, {"Femmes", "Nadia Fremd", "Frankophone Community"}),
            ({"q": "t.me/s/arbeit"}, {"=2+2", "Amal Haddad", "Arabischsprachige Community"}),
            ({"q": "xxxxxxx"}, set()),
            (
                {"without": ["people", "organisations", "communities"], "only": "single"},
                {"نساء برلين", "=2+2", "Femmes"},
            ),
        ],
    )
    def test_filters_are_those_of_the_list(self, coordination, landscape, query, names):
        page = coordination.get(MAP, query)

        assert {row.name for row in page.context["list"].rows} == names
        assert page.context["list"].filtered

    def test_neighbourhood_is_opened_from_a_record_and_widened(self, coordination, landscape):
        actor = landscape["actor"]
        assert f"map/?around=person:{actor.pk}" in shown(coordination.get(f"/network/people/{actor.pk}/"))

        near = coordination.get(MAP, {"around": f"space:{landscape['space'].pk}"})
        wide = coordination.get(MAP, {"around": f"space:{landscape['space'].pk}:2"})

        assert {row.name for row in near.context["list"].rows} == {
            "نساء برلين", "Amal Haddad", "Arabischsprachige Community",
        }  # fmt: skip
        assert {row.name for row in wide.context["list"].rows} >= {"=2+2", "Beratung e.V."}
        assert "3 records around" in shown(near)
        assert 'type="hidden" name="around"' in shown(near)

    def test_what_one_may_not_see_is_no_middle(self, counselling, landscape, french):
        foreign = make.a_space(french, name="Geheim")

        page = shown(counselling.get(MAP, {"around": f"space:{foreign.pk}"}))

        assert "Geheim" not in page
        assert "5 records" in page

    def test_htmx_gets_the_part_with_its_sum(self, coordination, landscape):
        page = shown(coordination.get(MAP, headers={"HX-Request": "true", "HX-Target": "list"}))

        assert page.startswith('<div id="list">')
        assert 'id="sum" hx-swap-oob="true"' in page

    def test_empty_map_teaches(self, coordination):
        assert "Nothing on the map yet" in shown(coordination.get(MAP))

    def test_costs_under_ten_queries_however_much_there_is(self, coordination, counselling, arabic):
        def once(client, path):
            with CaptureQueriesContext(connection) as context:
                client.get(path)
            return len([one for one in context.captured_queries if one["sql"].startswith(("SELECT", "(SELECT"))])

        def count(client, path):
            # The least of three: what the menu counts is asked for anew once a minute.
            return min(once(client, path) for _ in range(3))

        def fill(number):
            for _ in range(number):
                make.an_actor(make.a_space(arabic), make.a_space(arabic))
                make.an_organisation(arabic)

        fill(1)
        few = [count(client, path) for client in (coordination, counselling) for path in (MAP, DATA)]
        fill(29)

        assert [count(client, path) for client in (coordination, counselling) for path in (MAP, DATA)] == few
        assert max(few) <= 10


class TestDrawing:
    def test_browser_gets_nodes_edges_and_where_they_lie(self, counselling, landscape):
        Spot.objects.create(record_id=landscape["space"].pk, record_kind="network.space", x=3, y=4)

        given = json.loads(shown(counselling.get(DATA)))

        by_name = {node[2]: node for node in given["nodes"]}
        assert set(by_name) == {"نساء برلين", "=2+2", "Amal Haddad", "Beratung e.V.", "Arabischsprachige Community"}
        kind, pk, _name, short, line, state, reach, flags, x, y = by_name["نساء برلين"]
        assert (kind, pk, short, line) == (1, str(landscape["space"].pk), "Frauen Berlin", "Facebook group")
        assert given["states"][state] == ["found", "quiet"]
        assert (reach, flags, x, y) == (23400, 1, 3, 4)
        assert by_name["Amal Haddad"][7:] == [2, None, None]
        pairs = {frozenset(given["nodes"][one][2] for one in edge) for edge in given["edges"]}
        assert frozenset({"Amal Haddad", "=2+2"}) in pairs
        assert len(pairs) == 6

    def test_erased_people_are_not_drawn(self, coordination, coordinator, landscape):
        erase_actor(by=coordinator, actor=landscape["actor"])

        assert "Amal" not in shown(coordination.get(DATA))

    def test_places_are_kept_by_whoever_laid_them_out(self, counselling, landscape):
        pk = str(landscape["space"].pk)
        sent = {"spots": [[1, pk, 10.5, -3]], "anew": False}

        answer = counselling.post(SPOTS, json.dumps(sent), content_type="application/json")

        assert answer.status_code == 204
        assert Spot.objects.values_list("record_kind", "x", "y").get(pk=pk) == ("network.space", 10.5, -3)
        anew = counselling.post(SPOTS, json.dumps({**sent, "anew": True}), content_type="application/json")
        assert anew.status_code == 403

    @pytest.mark.parametrize(
        "body",
        [
            "", "{", "[]", "null", '{"spots": 1}', '{"spots": [[1]]}', '{"spots": [["x", "y", 1, 2]]}',
            '{"spots": [[9, "00000000-0000-0000-0000-000000000000", 1, 2]]}', "[" * 5000,
            '{"spots": [[1, "00000000-0000-0000-0000-000000000000", 1' + "0" * 400 + ', 2]]}',
        ],
    )  # fmt: skip
    def test_nonsense_is_refused(self, coordination, body):
        assert coordination.post(SPOTS, body, content_type="application/json").status_code == 400


class TestExport:
    def send(self, client, file_format, query="", **given):
        values = {"export-file_format": file_format, "export-people": "codes"} | {
            f"export-{name}": value for name, value in given.items()
        }
        return client.post(f"{EXPORT}{query}", values)

    @pytest.mark.parametrize(("name", "read"), [("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)])
    def test_graph_holds_codes_in_place_of_people(self, counselling, landscape, tmp_path, name, read):
        answer = self.send(counselling, name)
        path = tmp_path / f"map.{name}"
        path.write_bytes(answer.content)
        graph = read(path)

        labels = {data["label"] for _node, data in graph.nodes(data=True)}
        assert answer["Content-Disposition"].endswith(f'.{name}"')
        assert labels > {"نساء برلين", "Beratung e.V.", "Arabischsprachige Community", "=2+2"}
        assert "Amal Haddad" not in answer.content.decode()
        assert str(landscape["actor"].pk) not in answer.content.decode()
        assert all(CODE.match(node) for node in graph.nodes)
        person = next(node for node, data in graph.nodes(data=True) if data["Kind"] == "Person")
        assert graph.nodes[person]["label"] == person
        assert graph.degree(person) == 3
        assert graph.number_of_edges() == 6
        assert not Handout.objects.exists()

    def test_tables_are_what_is_shown_and_no_formula(self, counselling, landscape):
        answer = self.send(counselling, "csv", "?platform=telegram")
        packed = zipfile.ZipFile(io.BytesIO(answer.content))
        nodes = list(csv.DictReader(io.StringIO(packed.read("nodes.csv").decode("utf-8-sig"))))
        edges = list(csv.DictReader(io.StringIO(packed.read("edges.csv").decode("utf-8-sig"))))

        assert {row["Label"] for row in nodes if row["Kind"] == "Group or channel"} == {"'=2+2"}
        assert {row["State"] for row in nodes if row["Kind"] == "Group or channel"} == {"found"}
        assert {row["Source"] for row in edges} | {row["Target"] for row in edges} <= {row["Id"] for row in nodes}

    def test_german_tables_have_semicolons_and_words(self, browser_of, landscape):
        german = browser_of(make.a_member_of_staff("coordinator", language="de"))
        packed = zipfile.ZipFile(io.BytesIO(self.send(german, "csv").content))
        rows = list(csv.DictReader(io.StringIO(packed.read("nodes.csv").decode("utf-8-sig")), delimiter=";"))

        assert {row["Art"] for row in rows} == {"Community", "Gruppe oder Kanal", "Person", "Organisation"}
        assert "Frauen Berlin" in {row["Deutscher Kurzname"] for row in rows}

    def test_codes_are_new_in_each_file(self, counselling, landscape):
        first, second = (set(re.findall(rb"P-\w{6}", self.send(counselling, "gexf").content)) for _ in range(2))

        assert len(first) == 1
        assert not first & second

    def test_names_want_a_reason_which_is_kept_and_journalled(self, counselling, counsellor, landscape):
        refused = self.send(counselling, "gexf", people="names")
        assert refused.status_code == 422
        assert "Please say why you need the names." in refused.content.decode()
        assert not Handout.objects.exists()

        answer = self.send(counselling, "gexf", people="names", reason="Auswertung")

        assert "Amal Haddad" in answer.content.decode()
        handout = Handout.objects.get()
        assert (handout.staff, handout.people, handout.reason, handout.file_format) == (
            counsellor,
            1,
            "Auswertung",
            "gexf",
        )
        assert Entry.objects.filter(verb="map.exported", touched__record_id=landscape["actor"].pk).exists()
        assert "Name taken along with the map" in shown(counselling.get(f"/network/people/{landscape['actor'].pk}/"))

    def test_picture_with_names_asks_for_leave_first(self, counselling, landscape):
        values = {"export-file_format": "png", "export-people": "names", "export-reason": "Vortrag"}

        plain = counselling.post(EXPORT, values)
        assert plain.status_code == 422
        assert not Handout.objects.exists()

        assert counselling.post(EXPORT, values, headers={"Accept": "application/json"}).status_code == 204
        assert Handout.objects.get().people == 1

    def test_coordination_sees_who_took_names_others_do_not(self, counselling, coordination, landscape):
        self.send(counselling, "csv", people="names", reason="Für den Bericht")

        assert "Für den Bericht" in shown(coordination.get(EXPORT))
        assert "Für den Bericht" not in shown(counselling.get(EXPORT))

    @pytest.mark.parametrize("role", ["legal_reviewer", "system_administrator"])
    def test_others_take_nothing(self, browser_of, landscape, role):
        client = browser_of(make.a_member_of_staff(role))

        assert self.send(client, "gexf", people="names", reason="Neugier").status_code == 403
        assert "Beratung" not in self.send(client, "gexf").content.decode()
