"""Reference data: what stands in the files, and that loading it is safe at any time."""

from io import StringIO

import pytest
from django.core.management import call_command

from taxonomy import reference
from taxonomy.models import Goal, Municipality, Region, Theme
from taxonomy.reference.sync import Changes
from tests.factories import ProjectFactory

LANGUAGES = {"en", "da", "sv"}


COUNTS = {"themes": 14, "goals": 17, "regions": 26, "municipalities": 388, "neighbours": 342}


@pytest.fixture
def empty(db):
    for model in (Municipality, Region, Goal, Theme):
        model.objects.all().delete()


@pytest.fixture
def loaded(db):
    return reference.load()


def test_everything_is_made(empty):
    assert {noun: changes.created for noun, changes in reference.load().items()} == COUNTS


def test_everything_is_there(loaded):
    assert {noun: sum(changes) for noun, changes in loaded.items()} == COUNTS


def test_both_countries_are_complete(loaded):
    assert Municipality.objects.filter(country="DK").count() == 98
    assert Municipality.objects.filter(country="SE").count() == 290


def test_a_second_run_writes_nothing(loaded, django_assert_num_queries):
    # Seven reads and a savepoint's two ends.
    with django_assert_num_queries(9):
        again = reference.load()
    assert sum(changes.created + changes.updated for changes in again.values()) == 0


def test_a_changed_name_is_an_update(loaded):
    Theme.objects.filter(slug="energy").update(names={"en": "Power"})
    Municipality.objects.filter(slug="koge").update(population=1)
    again = reference.load()
    assert again["themes"] == Changes(created=0, updated=1, unchanged=13)
    assert again["municipalities"] == Changes(created=0, updated=1, unchanged=387)
    assert Theme.objects.get(slug="energy").names["da"] == "Energi"


def test_tiles_may_change_places(loaded):
    one, other = Municipality.objects.get(slug="copenhagen"), Municipality.objects.get(slug="malmo")
    places = (one.tile_row, one.tile_column), (other.tile_row, other.tile_column)
    Municipality.objects.filter(pk=one.pk).update(tile_row=90, tile_column=90)
    Municipality.objects.filter(pk=other.pk).update(tile_row=places[0][0], tile_column=places[0][1])
    reference.load()
    assert Municipality.objects.get(slug="malmo").tile_row == places[1][0]


def test_what_stands_on_a_renamed_theme_is_stale(loaded):
    project = ProjectFactory(themes=[Theme.objects.get(slug="energy")])
    ProjectFactory(themes=[Theme.objects.get(slug="water")])
    Theme.objects.filter(slug="energy").update(names={"en": "Power"})
    reference.load()
    assert list(type(project).objects.filter(index_stale=True)) == [project]


def test_the_portal_of_another_region_brings_its_own_file(loaded, settings, tmp_path):
    shown = tmp_path / "fyn.csv"
    shown.write_text("country,code,tile_row,tile_column\nDK,0461,0,0\nDK,0450,0,1\n")
    settings.PORTAL = settings.PORTAL | {"municipalities": str(shown)}
    reference.load()
    assert [str(one) for one in Municipality.objects.in_portal()] == ["Nyborg", "Odense"]


def test_names_and_synonyms_stand_in_every_language(loaded):
    for theme in Theme.objects.all():
        assert set(theme.names) == set(theme.synonyms) == LANGUAGES
        assert min(len(words) for words in theme.synonyms.values()) >= 20
    assert all(set(row.names) == LANGUAGES for row in [*Goal.objects.all(), *Region.objects.all()])


def test_every_municipality_shown_has_a_tile_of_its_own(loaded):
    tiles = Municipality.objects.on_tiles().values_list("tile_row", "tile_column")
    assert len(set(tiles)) == len(tiles) == Municipality.objects.in_portal().count() == 79


def test_every_municipality_shown_but_the_island_has_neighbours(loaded):
    alone = Municipality.objects.in_portal().filter(neighbours=None)
    assert [one.slug for one in alone] == ["bornholm"]


def test_neighbours_stand_close_on_the_tiles(loaded):
    pairs = Municipality.neighbours.through.objects.values_list(
        "from_municipality__tile_row", "from_municipality__tile_column", "to_municipality__tile_row", "to_municipality__tile_column"
    )
    touching = [max(abs(row - other_row), abs(column - other_column)) == 1 for row, column, other_row, other_column in pairs]
    assert sum(touching) / len(touching) > 0.8


def test_the_sound_divides_the_two_countries(loaded):
    copenhagen = Municipality.objects.get(slug="copenhagen")
    assert {one.country for one in copenhagen.neighbours.all()} == {"DK"}


def test_facts_carry_source_and_year(loaded):
    koge = Municipality.objects.get(slug="koge")
    assert (koge.code, koge.population, koge.population_year, koge.population_source) == ("0259", 60979, 2020, "Statistics Denmark")


def test_the_command_ends_with_counts(empty, settings):
    settings.REFERENCE_LOADERS = ["taxonomy.reference.load"]
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert out.getvalue().splitlines()[-1] == (
        "themes=14 goals=17 regions=26 municipalities=388 neighbours=342 created=787 updated=0 unchanged=0"
    )
