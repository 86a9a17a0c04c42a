"""Outlines of municipalities: read from an operator's GeoJSON, checked, simplified, stored.

Neighbours share their border: lines are cut where three outlines meet, and each piece is simplified once, the same for
both sides, so that no gaps open between them.
"""

import json
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from taxonomy.geometry import GeometryError, checked_polygons, simplified_together
from taxonomy.models import Municipality, MunicipalityBoundary

#: Properties in which official files keep the code of a municipality, most telling first.
CODE_PROPERTIES = ("code", "kommunekode", "KOMKODE", "komkode", "kode", "KnKod", "kommunkod", "KOMMUNKOD", "id")
COUNTRY_PROPERTIES = ("country", "land", "country_code")

#: How far, in degrees, the middle of a municipality may lie outside its outline's frame: centres of islands and bays.
LEEWAY = 0.15


class FileRefused(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True)
class Outline:
    """A municipality with its polygons: lists of rings of `(longitude, latitude)`."""

    municipality: Municipality
    polygons: list


def read_outlines(path, country=""):
    """`(outlines, problems)` of a GeoJSON file; `problems` are sentences that name the municipality.

    `country` is meant where the file has no country of its own. Raises `FileRefused` for what is no GeoJSON.
    """
    known = {(one.country, one.code): one for one in Municipality.objects.all()}
    outlines, problems, seen = [], [], set()
    for number, feature in enumerate(_features(path), start=1):
        try:
            municipality = _municipality(feature, known, country)
            if municipality.pk in seen:
                raise GeometryError(_("it stands in the file more than once"))
            seen.add(municipality.pk)
            polygons = checked_polygons(feature.get("geometry"))
            _check_place(municipality, polygons)
        except GeometryError as error:
            problems.append(f"{_name_of(feature, number)}: {error}")
        else:
            outlines.append(Outline(municipality, polygons))
    return outlines, problems


def simplify(outlines, tolerance):
    """The outlines with lines simplified to `tolerance` degrees of latitude (0.001 is about 110 m)."""
    polygons = simplified_together([outline.polygons for outline in outlines], tolerance)
    return [Outline(outline.municipality, simple) for outline, simple in zip(outlines, polygons, strict=True)]


@transaction.atomic
def store_outlines(outlines, source="", year=None):
    """Write the boundaries of these municipalities, replacing what was there; returns how many."""
    for outline in outlines:
        MunicipalityBoundary.objects.update_or_create(
            municipality=outline.municipality,
            defaults={"geometry": _geometry(outline.polygons), "source": source, "year": year},
        )
    return len(outlines)


@dataclass(frozen=True)
class Loaded:
    """What the operator has loaded: how many boundaries, a word that changes with them, and who made them."""

    count: int
    version: str
    source: str


def loaded_boundaries():
    """`Loaded`, in one query."""
    rows = MunicipalityBoundary.objects.values("source", "year").annotate(count=Count("pk"), latest=Max("updated_at"))
    rows = list(rows.order_by("source", "year"))
    count = sum(row["count"] for row in rows)
    version = f"{count}-{max(row['latest'] for row in rows):%Y%m%d%H%M%S%f}" if rows else ""
    sources = dict.fromkeys(" ".join(str(part) for part in (row["source"], row["year"]) if part) for row in rows)
    return Loaded(count, version, ", ".join(source for source in sources if source))


def as_geojson():
    """All stored boundaries as one FeatureCollection; each feature knows the slug of its municipality."""
    rows = MunicipalityBoundary.objects.order_by("pk").values_list("municipality__slug", "geometry")
    return {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "properties": {"slug": slug}, "geometry": geometry} for slug, geometry in rows],
    }


def _features(path):
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise FileRefused(_("%(file)s cannot be read: %(reason)s.") % {"file": path, "reason": error.strerror}) from error
    except ValueError as error:
        raise FileRefused(_("%(file)s is no JSON file in UTF-8.") % {"file": path}) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise FileRefused(_("%(file)s is no GeoJSON FeatureCollection.") % {"file": path})
    if not features:
        raise FileRefused(_("%(file)s holds no outline.") % {"file": path})
    return features


def _property(feature, names):
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    return next((str(properties[name]).strip() for name in names if properties.get(name) not in (None, "")), "")


def _name_of(feature, number):
    name, code = _property(feature, ("name", "navn", "namn", "KOMNAVN", "KnNamn")), _property(feature, CODE_PROPERTIES)
    return " ".join(part for part in (name, f"({code})" if code else "") if part) or _("Outline %(number)s") % {"number": number}


def _municipality(feature, known, country):
    code = _property(feature, CODE_PROPERTIES)
    if not code:
        raise GeometryError(_("it has no official code"))
    of_file = _property(feature, COUNTRY_PROPERTIES).upper() or country.upper()
    code = code.zfill(4)
    if of_file:
        found = [known[of_file, code]] if (of_file, code) in known else []
    else:
        found = [one for (_country, known_code), one in known.items() if known_code == code]
    if len(found) > 1:
        raise GeometryError(_("its code is used in several countries; name the country with --country"))
    if not found:
        raise GeometryError(_("no municipality has this code"))
    return found[0]


def _check_place(municipality, polygons):
    points = [point for polygon in polygons for point in polygon[0]]
    across, down = [x for x, _y in points], [y for _x, y in points]
    inside = (
        min(across) - LEEWAY <= municipality.longitude <= max(across) + LEEWAY
        and min(down) - LEEWAY <= municipality.latitude <= max(down) + LEEWAY
    )
    if not inside:
        raise GeometryError(_("its outline does not lie around %(place)s; are longitude and latitude exchanged?") % {"place": municipality})


def _geometry(polygons):
    coordinates = [[[list(point) for point in ring] for ring in polygon] for polygon in polygons]
    if len(coordinates) == 1:
        return {"type": "Polygon", "coordinates": coordinates[0]}
    return {"type": "MultiPolygon", "coordinates": coordinates}
