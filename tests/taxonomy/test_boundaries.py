"""The operator's boundaries: what is taken, what is refused and in which words."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from taxonomy.boundaries import as_geojson, loaded_boundaries
from taxonomy.geometry import GeometryError, area, checked_polygons, simplified_together
from taxonomy.models import MunicipalityBoundary
from tests.factories import MunicipalityFactory

SQUARE = [[12.3, 55.5], [12.5, 55.5], [12.5, 55.7], [12.3, 55.7], [12.3, 55.5]]


@pytest.fixture
def koge(db):
    return MunicipalityFactory(code="T900", name="Prøveby", slug="proveby", latitude=55.6, longitude=12.4)


@pytest.fixture
def geojson(tmp_path):
    def write(*features, text=None):
        path = tmp_path / "outlines.geojson"
        document = {"type": "FeatureCollection", "features": list(features)}
        path.write_text(text if text is not None else json.dumps(document), encoding="utf-8")
        return path

    return write


def outline(code="T900", ring=SQUARE, country="DK", name="Prøveby", kind="Polygon"):
    properties = {"code": code, "country": country, "name": name}
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": [ring]}}


def load(path, **options):
    out, err = StringIO(), StringIO()
    try:
        call_command("import_boundaries", path, stdout=out, stderr=err, **options)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}".splitlines()
    return out.getvalue(), []


def test_a_boundary_is_stored_with_its_source(koge, geojson):
    said, problems = load(geojson(outline()), source="Geodata", year=2024)
    assert (said, problems) == ("boundaries=1 points=5 simplified=5 stored=1\n", [])
    assert loaded_boundaries().source == "Geodata 2024"


def test_a_second_file_replaces_the_first(koge, geojson):
    load(geojson(outline()))
    before = loaded_boundaries().version
    load(geojson(outline()))
    assert MunicipalityBoundary.objects.count() == 1
    assert loaded_boundaries().version != before


def test_a_dry_run_writes_nothing(koge, geojson):
    said, _problems = load(geojson(outline()), dry_run=True)
    assert said == "boundaries=1 points=5 simplified=5 stored=0\n"
    assert not MunicipalityBoundary.objects.exists()


def test_the_country_may_be_named_by_hand(koge, geojson):
    said, _problems = load(geojson(outline(country="")), country="dk")
    assert said == "boundaries=1 points=5 simplified=5 stored=1\n"


def test_boundaries_are_one_collection(koge, geojson):
    load(geojson(outline()))
    assert as_geojson() == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"slug": "proveby"},
                "geometry": {"type": "Polygon", "coordinates": [[[12.3, 55.5], [12.5, 55.5], [12.5, 55.7], [12.3, 55.7], [12.3, 55.5]]]},
            }
        ],
    }


REFUSED = {
    "it has no official code": outline(code=""),
    "no municipality has this code": outline(code="T999"),
    "its geometry is Point, not a polygon": outline(kind="Point"),
    "it has no coordinates": outline(ring=SQUARE) | {"geometry": {"type": "Polygon", "coordinates": []}},
    "a ring has fewer than four points": outline(ring=SQUARE[:3]),
    "a ring does not end where it begins": outline(ring=SQUARE[:4]),
    "a ring has no area": outline(ring=[[12.3, 55.5], [12.4, 55.5], [12.5, 55.5], [12.3, 55.5]]),
    "a coordinate is no pair of numbers": outline(ring=[["12.3", "55.5"], *SQUARE[1:]]),
    "its coordinates are no degrees (WGS 84 is needed)": outline(ring=[[700000, 6170000]] * 4),
    "its outline crosses itself near 12.3, 55.8": outline(ring=[[12.3, 55.5], [12.5, 55.7], [12.5, 55.5], [12.3, 55.8], [12.3, 55.5]]),
    "its outline does not lie around Prøveby; are longitude and latitude exchanged?": outline(ring=[[y, x] for x, y in SQUARE]),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_wrong_outline_is_refused_by_name(koge, geojson, reason):
    feature = REFUSED[reason]
    code = f" ({feature['properties']['code']})" if feature["properties"]["code"] else ""
    _said, problems = load(geojson(feature))
    assert problems == [f"Prøveby{code}: {reason}", "Nothing stored: 1 of 1 outlines refused."]


def test_one_wrong_outline_keeps_all_of_them_out(koge, geojson):
    _said, problems = load(geojson(outline(), outline()))
    assert problems[0] == "Prøveby (T900): it stands in the file more than once"
    assert not MunicipalityBoundary.objects.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": []}', '{"features": [1]}', "\x00", '{"features": "x"}'])
def test_what_is_no_geojson_is_said_in_one_sentence(koge, geojson, text):
    _said, problems = load(geojson(text=text))
    assert len(problems) == 1


def test_a_missing_file_is_said_in_one_sentence(koge, tmp_path):
    _said, problems = load(tmp_path / "nowhere.geojson")
    assert problems == [f"{tmp_path / 'nowhere.geojson'} cannot be read: No such file or directory."]


@pytest.mark.parametrize("options", [{"tolerance": -1.0}, {"tolerance": 5.0}, {"year": 70_000}])
def test_numbers_that_make_no_sense_are_refused(koge, geojson, options):
    _said, problems = load(geojson(outline()), **options)
    assert len(problems) == 1


def test_islets_that_rounding_swallows_are_left_out():
    islet = [[[12.30001, 55.5], [12.30002, 55.5], [12.30002, 55.50001], [12.30001, 55.5]]]
    assert len(checked_polygons({"type": "MultiPolygon", "coordinates": [[SQUARE], islet]})) == 1
    with pytest.raises(GeometryError):
        checked_polygons({"type": "MultiPolygon", "coordinates": [islet]})


def test_neighbours_keep_their_common_border():
    border = [(1.0, y / 10 + (0.001 if y % 2 else 0)) for y in range(11)]
    border = [(1.0 + (0.001 if index % 2 else 0), y) for index, (_x, y) in enumerate(border)]
    left = [(0.0, 0.0), *border, (0.0, 1.0), (0.0, 0.0)]
    right = [(2.0, 0.0), (2.0, 1.0), *reversed(border), (2.0, 0.0)]
    (((simple_left,),), ((simple_right,),)) = simplified_together([[[left]], [[right]]], 0.01)
    assert len(simple_left) < len(left)
    assert abs(area(simple_left)) + abs(area(simple_right)) == pytest.approx(4.0)


def test_the_region_fits_into_150_kilobytes(db, shared_data):
    said, problems = load(shared_data / "municipalities.geojson", source="Geodata", year=2014)
    assert problems == []
    assert said.startswith("boundaries=79 ")
    import gzip

    assert len(gzip.compress(json.dumps(as_geojson()).encode())) < 150_000
