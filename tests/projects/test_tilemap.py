"""The tile map: numbers, leading themes and what each tile says."""

import pytest

from projects.models import Project
from projects.tilemap import NOWHERE, Place, places, portal_tile_map, tile_map
from taxonomy.models import Municipality
from tests.factories import MunicipalityFactory, ProjectFactory, ThemeFactory


@pytest.fixture
def koge(db):
    return Municipality.objects.get(slug="koge")


@pytest.fixture
def lund(db):
    return Municipality.objects.get(slug="lund")


@pytest.fixture
def energy(db):
    return ThemeFactory(slug="energy")


@pytest.fixture
def water(db):
    return ThemeFactory(slug="water")


def found():
    return places(Project.objects.listed())


def link(slug):
    return f"?municipality={slug}"


def test_a_project_counts_in_each_of_its_municipalities(koge, lund, energy):
    ProjectFactory(municipalities=[koge, lund], themes=[energy])
    assert found() == {NOWHERE: Place(0), "koge": Place(1, "energy"), "lund": Place(1, "energy")}


def test_two_sites_in_one_municipality_count_once(koge):
    ProjectFactory(municipalities=[koge, koge])
    assert found()["koge"] == Place(1, "")


def test_the_most_frequent_theme_leads(koge, energy, water):
    ProjectFactory(municipalities=[koge], themes=[energy, water])
    ProjectFactory(municipalities=[koge], themes=[water])
    assert found()["koge"] == Place(2, "water")


def test_between_equals_the_first_by_name_leads(koge, energy, water):
    ProjectFactory(municipalities=[koge], themes=[water, energy])
    assert found()["koge"].theme == "energy"


def test_projects_without_a_place_are_counted_apart(db):
    ProjectFactory()
    assert found() == {NOWHERE: Place(1)}


def test_nothing_found_is_nothing_shown(db):
    assert places(Project.objects.none()) == {}


def test_one_query_whatever_the_number(koge, django_assert_num_queries):
    for _ in range(5):
        ProjectFactory(municipalities=[koge])
    with django_assert_num_queries(1):
        assert found()["koge"].count == 5


def test_every_municipality_of_the_region_has_its_tile(db, django_assert_num_queries):
    with django_assert_num_queries(3):
        drawn = portal_tile_map(Project.objects.listed(), link)
    assert len(drawn.tiles) == 79
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 79
    assert max(tile.x for tile in drawn.tiles) + 64 == drawn.width


@pytest.mark.parametrize(
    ("place", "label", "url"),
    [
        (Place(), "Prøveby: no project yet", ""),
        (Place(1, "energy"), "Prøveby: 1 project, Energy", "?municipality=proveby"),
        (Place(1200, "energy"), "Prøveby: 1,200 projects, most about Energy", "?municipality=proveby"),
        (Place(3), "Prøveby: 3 projects", "?municipality=proveby"),
    ],
)
def test_a_tile_says_what_it_shows(place, label, url):
    town = MunicipalityFactory.build(slug="proveby", name="Prøveby", region=None, tile_row=2, tile_column=1)
    (tile,) = tile_map({"proveby": place}, [town], {"energy": "Energy"}, link).tiles
    assert (tile.label, tile.url, tile.x, tile.y) == (label, url, 68, 136)


def test_the_whole_map_is_summed_up_in_words():
    towns = [MunicipalityFactory.build(slug=f"town-{i}", region=None, tile_row=0, tile_column=i) for i in range(3)]
    drawn = tile_map({"town-0": Place(2, "energy")}, towns, {"energy": "Energy"}, link)
    assert drawn.label == "Tile map of 3 municipalities. The most frequent themes are: Energy. 2 have no project yet."


def test_large_numbers_fit_on_a_tile():
    town = MunicipalityFactory.build(slug="big", region=None, tile_row=0, tile_column=0)
    (tile,) = tile_map({"big": Place(12_345)}, [town], {}, link).tiles
    assert (tile.short_count, tile.plate <= 64) == ("12k", True)


def test_without_tiles_there_is_an_empty_map():
    assert tile_map({}, [], {}, link).tiles == ()
