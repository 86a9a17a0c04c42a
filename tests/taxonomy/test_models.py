"""What a place or theme is called, and where."""

import pytest
from django.utils.translation import override

from taxonomy.models import Municipality, Theme
from tests.factories import MunicipalityFactory


@pytest.mark.parametrize(("language", "name"), [("en", "Copenhagen"), ("da", "København"), ("sv", "Köpenhamn"), ("pl", "København")])
def test_a_municipality_is_called_as_the_language_calls_it(language, name):
    copenhagen = Municipality(name="København", names={"en": "Copenhagen", "sv": "Köpenhamn"})
    with override(language):
        assert str(copenhagen) == name


def test_search_words_of_a_municipality_stand_once():
    assert Municipality(name="Malmö", names={"da": "Malmø", "en": "Malmö"}).search_words() == ["Malmö", "Malmø"]


def test_a_theme_without_the_language_speaks_the_portals_own():
    with override("sv"):
        assert str(Theme(slug="air", names={"en": "Air"})) == "Air"


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["gadelys", "Street  Light", "LIGHTING", "gadelys på stierne", "Vägbelysning", "vagbelysning"])
def test_people_mean_a_theme_by_its_synonyms(typed):
    assert [theme.slug for theme in Theme.objects.meant_by(typed)] == ["lighting"]


@pytest.mark.django_db
def test_nobody_means_a_theme_by_any_other_word():
    assert Theme.objects.meant_by("street of the sleepers") == []


@pytest.mark.django_db
def test_the_tile_map_is_read_row_by_row():
    low = MunicipalityFactory(tile_row=91, tile_column=0)
    high = MunicipalityFactory(tile_row=90, tile_column=3)
    assert list(Municipality.objects.on_tiles())[-2:] == [high, low]
