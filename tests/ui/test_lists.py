"""Long lists: every row once, forwards and backwards, whatever is empty, and no name in the address."""

from __future__ import annotations

from random import Random
from urllib.parse import urlsplit

import pytest
from django import forms
from django.test import RequestFactory

from treffpunkt.network.models import Space
from treffpunkt.ui.lists import Filters, Sort, capped_count, chosen_rows, listing
from treffpunkt.vocabulary.models import Platform

pytestmark = pytest.mark.django_db
SORTS = (
    Sort("name", "Name", ("sorting",)),
    Sort("size", "Size", ("-members", "sorting")),
    Sort("state", "State", ("state", "sorting")),
)


class SpaceFilters(Filters):
    """Two filters and a search."""

    state = forms.MultipleChoiceField(label="State", choices=Space.State.choices)
    women_only = forms.BooleanField(label="Women only")

    def filter_q(self, rows, text):
        return rows.filter(name__icontains=text)


@pytest.fixture
def spaces():
    platform = Platform.objects.get_or_create(key="facebook", defaults={"name": "Facebook"})[0]
    dice = Random(7)
    for number in range(131):
        Space.objects.create(
            name=f"Group {dice.randrange(60):03}",  # some names twice, so that the id has to decide
            platform=platform,
            members=dice.choice([None, None, 10, 20, dice.randrange(9999)]),
            state=dice.choice(["found", "contacted"]),
            women_only=number % 3 == 0,
        )
    return Space.objects.all()


def read(url, rows, **options):
    return listing(RequestFactory().get(url), rows, sorts=SORTS, size=20, **options)


@pytest.mark.parametrize("sort", ["name", "-name", "size", "-size", "state", "-state"])
def test_reader_meets_every_row_once_forwards_and_backwards(spaces, sort):
    request = RequestFactory().get(f"/?sort={sort}")
    everything = [space.pk for space in chosen_rows(request, spaces, filters=None, sorts=SORTS)]
    forwards, pages, page = [], [], read(f"/?sort={sort}", spaces)
    while True:
        pages.append([space.pk for space in page.rows])
        forwards += pages[-1]
        assert page.first == everything.index(pages[-1][0]) + 1
        if not page.next_url:
            break
        page = read(page.next_url, spaces)
    assert forwards == everything

    backwards = [pages[-1]]
    while page.previous_url:
        page = read(page.previous_url, spaces)
        backwards.insert(0, [space.pk for space in page.rows])
        assert page.first == everything.index(backwards[0][0]) + 1
    assert backwards == pages


def test_empty_sizes_come_last_in_both_directions(spaces):
    for sort in ("size", "-size"):
        request = RequestFactory().get(f"/?sort={sort}")
        sizes = [space.members for space in chosen_rows(request, spaces, filters=None, sorts=SORTS)]
        assert sizes == [size for size in sizes if size is not None] + [size for size in sizes if size is None]


def test_page_costs_at_most_three_queries(spaces, django_assert_max_num_queries):
    second = read("/", spaces).next_url
    with django_assert_max_num_queries(3):
        read(second, spaces)


def test_address_of_a_page_names_no_row(spaces):
    page = read("/", spaces)

    assert "Group" not in page.next_url
    assert page.rows[-1].sorting not in page.next_url


@pytest.mark.parametrize(
    "place", ["after=nonsense", "after=2d9fcc60-ba60-4ffc-88b2-2853e28bd845", "before=1", "at=x&after="]
)
def test_unknown_place_begins_at_the_start(spaces, place):
    assert [s.pk for s in read(f"/?{place}", spaces)] == [s.pk for s in read("/", spaces)]


def test_reader_narrows_and_takes_a_filter_away(spaces):
    url = "/?state=found&women_only=on&q=Group+0"
    page = read(url, spaces, filters=SpaceFilters(RequestFactory().get(url).GET))

    assert {space.state for space in page} == {"found"}
    assert all(space.women_only for space in page)
    found = str(Space.State.FOUND.label)
    assert found in {chip.label for chip in page.chips}
    assert len(page.chips) == 3
    without = next(chip.url for chip in page.chips if chip.label == found)
    assert "state" not in without
    assert "women_only" in without


def test_filter_that_cannot_be_read_is_ignored(spaces):
    url = "/?state=nonsense"
    page = read(url, spaces, filters=SpaceFilters(RequestFactory().get(url).GET))

    assert not page.chips
    assert page.count.number == 131


def test_filters_survive_paging_and_ordering(spaces):
    url = "/?women_only=on"
    page = read(url, spaces, filters=SpaceFilters(RequestFactory().get(url).GET))

    assert "women_only=on" in urlsplit(page.next_url).query
    assert "women_only=on" in page.columns["size"].url
    assert page.columns["name"].direction == "ascending"
    assert "sort=-name" in page.columns["name"].url


def test_count_stops_at_the_cap(spaces, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert capped_count(spaces, cap=100).capped
    assert not capped_count(spaces, cap=131).capped
    assert str(capped_count(spaces)) == "131"


def test_whoever_reads_to_the_end_of_a_long_list_is_told_how_long_it_is(spaces, monkeypatch):
    monkeypatch.setattr("treffpunkt.ui.lists.capped_count", lambda rows: capped_count(rows, cap=100))
    page = read("/", spaces)
    assert page.count.capped
    while page.next_url:
        page = read(page.next_url, spaces)
    assert str(page.count) == "131"
