"""How a name of another script is read stands beside it, finds it, and goes with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template import Context, Template

from tests.factories.network import a_community, a_coordinator, a_space, an_actor, an_organisation
from treffpunkt.core.agent import SYSTEM
from treffpunkt.core.clock import now
from treffpunkt.core.text import read_as
from treffpunkt.network.models import Actor, Space
from treffpunkt.network.services.actors import change_actor
from treffpunkt.network.services.contacts import findings
from treffpunkt.network.services.erasing import erase_actor, export_actor, words_of
from treffpunkt.network.services.letting_go import let_go_untold
from treffpunkt.network.services.merging import merge_records
from treffpunkt.network.services.organisations import change_organisation
from treffpunkt.network.stored import stored_about
from treffpunkt.search.queries import find_ids
from treffpunkt.web.network.finding import told


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("ليلى منصور", "Layla Mansour", "Layla Mansour"),
        ("ليلى منصور", "", ""),
        ("Милица Јовић", "", "Milica Jović"),
        ("Милица Јовић", "Milica J.", "Milica J."),
        ("Ana Beltrán", "", ""),
        ("Cuidadoras unidas", "Pflegerinnen gemeinsam", "Pflegerinnen gemeinsam"),
        ("", "", ""),
    ],
)
def test_a_name_of_another_script_is_read(name, given, said):
    assert read_as(name, given) == said


def test_both_are_set_apart_in_their_own_direction():
    space = Space(name="نساء برلين", short_name="Frauen Berlin", language_id="ar")

    html = Template("{{ space|called }}").render(Context({"space": space}))

    assert '<bdi lang="ar" dir="rtl">نساء برلين</bdi>' in html
    assert '<span class="called" lang="de"><bdi dir="ltr">Frauen Berlin</bdi></span>' in html


@pytest.mark.django_db
def test_people_and_organisations_are_found_by_it():
    actor = an_actor(name="ليلى منصور", reading="Layla Mansour")
    organisation = an_organisation(name="Женски центар", reading="Frauenzentrum")
    everybody = Actor.objects.values("pk")

    assert list(find_ids("layla mansur", "network.actor", everybody)) == [actor.pk]
    change_actor(by=a_coordinator(), actor=actor, reading="Leila Mansour")
    assert list(find_ids("Leila Mansour", "network.actor", everybody))[:1] == [actor.pk]
    rows = type(organisation).objects.values("pk")
    assert list(find_ids("Frauenzentrum", "network.organisation", rows)) == [organisation.pk]
    change_organisation(by=a_coordinator(), organisation=organisation, reading="Haus der Frauen")
    assert list(find_ids("Haus der Frauen", "network.organisation", rows)) == [organisation.pk]


@pytest.mark.django_db
def test_it_counts_as_their_name_and_is_told_and_handed_out():
    actor = an_actor(name="ليلى منصور", reading="Layla Mansour")

    assert "Layla Mansour" in words_of(actor).sure
    assert findings("Layla Mansour rief an", actor)
    assert ("In lateinischer Schrift", "Layla Mansour") in stored_about(actor, by=SYSTEM)[0].lines
    assert export_actor(by=a_coordinator(), actor=actor)["in_latin_letters"] == "Layla Mansour"
    assert told(actor) == "\u2068ليلى منصور\u2069 (Layla Mansour)"


@pytest.mark.django_db
def test_it_goes_with_the_name():
    erased, untold = (an_actor(a_space(a_community()), name="ليلى", reading="Layla Mansour") for _one in range(2))
    erase_actor(by=a_coordinator(), actor=erased)
    Actor.objects.filter(pk=untold.pk).update(created_at=now() - timedelta(days=200))
    let_go_untold(now() - timedelta(days=100), lambda ids: None)

    assert list(Actor.objects.exclude(reading="")) == []
    assert list(find_ids("Layla Mansour", "network.actor", Actor.objects.values("pk"))) == []


@pytest.mark.django_db
def test_merging_keeps_it():
    kept, gone = an_actor(name="ليلى منصور"), an_actor(name="ليلى منصور", reading="Layla Mansour")

    merge_records(by=a_coordinator(), kept=kept, gone=gone)

    kept.refresh_from_db()
    assert kept.reading == "Layla Mansour"
