"""The small map: where points lie on the drawing, and which section is shown."""

from django.template import Context, Template

from projects.models import Site
from projects.projection import Projection, portal_projection
from projects.whereabouts import map_of_municipality, map_of_sites, where_map
from taxonomy.models import Municipality
from tests.factories import MunicipalityFactory


def test_corners_of_the_region_are_corners_of_the_drawing():
    region = Projection(10.9, 54.5, 15.3, 56.55, 720, 600)
    assert (region.place(10.9, 56.55), region.place(15.3, 54.5)) == ((0.0, 0.0), (720.0, 600.0))


def test_a_point_outside_of_the_region_has_no_place():
    assert portal_projection().place(18.07, 59.33) is None


def test_a_project_outside_of_the_region_has_no_map():
    assert where_map([(59.33, 18.07, "Stockholm")]) is None


def test_nowhere_is_no_map():
    assert map_of_sites([]) is None


def town(**fields):
    return MunicipalityFactory.build(region=None, pk=1, **fields)


def test_a_site_without_a_point_stands_in_its_municipality():
    koge = town(name="Prøveby", latitude=55.45, longitude=12.1)
    drawn = map_of_sites([Site(municipality=koge)])
    assert [(pin.name, pin.x, pin.y) for pin in drawn.pins] == [("Prøveby", 196.4, 322.0)]


def test_a_site_stands_at_its_own_point():
    drawn = map_of_sites([Site(latitude=55.6, longitude=13.0, label="Sege Park")])
    assert [(pin.name, pin.x) for pin in drawn.pins] == [("Sege Park", 343.6)]


def test_half_a_point_is_none():
    assert map_of_sites([Site(latitude=55.6, label="Sege Park")]) is None


def test_places_are_drawn_once_and_named_away_from_the_edge():
    drawn = where_map([(55.6, 13.0, "Malmö"), (55.6, 13.0, "Malmö"), (55.7, 13.19, "Lund")])
    assert [(pin.name, pin.side) for pin in drawn.pins] == [("Malmö", "start"), ("Lund", "end")]


def test_many_points_have_no_names_and_long_names_are_cut():
    drawn = where_map([(55 + step / 10, 13.0, "A municipality with a long name") for step in range(7)])
    assert (drawn.is_named, drawn.pins[0].text) == (False, "A municipality with a…")


def test_the_section_stays_inside_of_the_drawing():
    left, top, width, height = map(float, where_map([(54.51, 15.29, "Corner")]).view_box.split())
    assert (left + width, top + height) == (720, 600)


def test_points_far_apart_show_the_whole_region():
    drawn = where_map([(54.6, 11.0, "West"), (56.4, 15.2, "East")])
    assert drawn.view_box == "0 48 720 518"


def test_the_component_draws_land_and_point_and_names_its_source(db):
    drawn = map_of_municipality(Municipality.objects.get(slug="koge"))
    html = Template('{% load ui %}{% component "site_map" map=map %}').render(Context({"map": drawn}))
    assert html.count("<circle") == 1
    assert 'aria-label="Map with Køge"' in html
    assert "Land: Natural Earth" in html


def test_no_map_draws_nothing():
    assert Template('{% load ui %}{% component "site_map" map=None %}').render(Context()).strip() == ""
