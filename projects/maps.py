"""What the map shows of the filtered projects: a number for each municipality, or the single projects.

Single projects are shown inside one municipality, when all of them fit on one page of the list, or when the reader has
come close enough and at most `MOST_POINTS` are in view.
"""

import math
from dataclasses import dataclass

from django.db.models import Case, F, FloatField, Q, When
from django.utils.translation import gettext as _

from common.markup import is_other_language
from projects.models import Project, Site

DETAIL_ZOOM = 10
MOST_POINTS = 500
LIST_SIZE = 24
SINGLE = LIST_SIZE  # so few projects are shown one by one: all their numbers stand in the list


class BadView(ValueError):
    """The part of the map asked for cannot be read; the message is a sentence for people."""


@dataclass(frozen=True)
class View:
    """The part of the map the reader looks at: `box` is west, south, east, north in degrees, or None for all of it."""

    box: tuple | None = None
    zoom: float = 0

    @property
    def is_close(self):
        return self.box is not None and self.zoom >= DETAIL_ZOOM


def read_view(parameters):
    """The `View` that `bbox` and `zoom` of an address describe. Raises `BadView`."""
    return View(_box(parameters.get("bbox", "")), _zoom(parameters.get("zoom", "")))


def _box(text):
    if not text:
        return None
    parts = text.split(",", 4)
    edges = [_degrees(part) for part in parts]
    if len(edges) != 4 or None in edges:
        raise BadView(_("bbox needs four numbers: west,south,east,north in degrees."))
    west, south, east, north = edges
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise BadView(_("bbox needs west before east between -180 and 180, and south before north between -90 and 90."))
    return west, south, east, north


def _zoom(text):
    if not text:
        return 0
    zoom = _degrees(text)
    if zoom is None or not 0 <= zoom <= 24:
        raise BadView(_("zoom needs a number from 0 to 24."))
    return zoom


def _degrees(text):
    try:
        number = float(text) if len(text) <= 40 else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _own_point():
    return Q(latitude__isnull=False, longitude__isnull=False)


def sites_on_map(projects, box=None, municipalities=()):
    """The sites of these projects that have a place, with `lat` and `lon`: their own point or their municipality's middle."""
    sites = Site.objects.filter(_own_point() | Q(municipality__isnull=False), project__in=projects.order_by().values("pk"))
    if municipalities:
        sites = sites.filter(municipality__slug__in=municipalities)
    sites = sites.annotate(
        lat=Case(When(_own_point(), then=F("latitude")), default=F("municipality__latitude"), output_field=FloatField()),
        lon=Case(When(_own_point(), then=F("longitude")), default=F("municipality__longitude"), output_field=FloatField()),
    )
    if box:
        west, south, east, north = box
        sites = sites.filter(lat__range=(south, north), lon__range=(west, east))
    return sites


def in_box(projects, box):
    """Those of the projects that stand in a part of the map."""
    return projects.filter(pk__in=sites_on_map(projects, box).order_by().values("project"))


def points(projects, box=None, municipalities=(), most=MOST_POINTS):
    """One site for each project, the first in view, at most `most` and one more (so that the caller sees there are more)."""
    sites = sites_on_map(projects, box, municipalities).select_related("municipality")
    return list(sites.order_by("project_id", "position", "pk").distinct("project_id")[: most + 1])


def described(sites):
    """What the map draws of each site: a list of plain values, in one query whatever their number."""
    cards = Project.objects.filter(pk__in=[site.project_id for site in sites]).order_by().for_cards()
    by_project = {card.pk: card for card in cards}
    return [_described(site, by_project[site.project_id]) for site in sites if site.project_id in by_project]


def _described(site, card):
    language = card.text["language"]
    return {
        "key": f"project-{card.pk}",
        "title": card.text["title"],
        "lang": language if is_other_language(language) else "",
        "url": card.get_absolute_url(),
        "theme": card.theme.slug if card.theme else "",
        "lat": round(site.lat, 5),
        "lon": round(site.lon, 5),
        "place": str(site.municipality) if site.municipality_id else site.label,
    }
