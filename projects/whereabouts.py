"""The small map that shows where something is: land and points, drawn on the server, without script."""

from dataclasses import dataclass

from django.conf import settings

from projects.projection import portal_projection

SMALLEST = 260  # units of the drawing: about 1.6°, enough to see on which shore a town lies
MARGIN = 1.6  # how much wider than its points a map is
SHAPE = 0.72  # height by width
MOST_NAMES = 6  # with more points, names would cover each other
LONGEST = 22  # characters of a name


@dataclass(frozen=True)
class Pin:
    """A point of the small map; its name is written from `text_x` on, towards the end or the start (`side`)."""

    x: float
    y: float
    name: str
    side: str
    text_x: float

    @property
    def text(self):
        """As much of the name as fits beside the point."""
        return self.name if len(self.name) <= LONGEST else self.name[: LONGEST - 1].rstrip() + "…"


@dataclass(frozen=True)
class WhereMap:
    """A section of the drawing with its points; sizes in its units, `radius` of a point and `type_size` of its name.

    `land` is the static file with the outlines, `source` who made them.
    """

    view_box: str
    width: int
    height: int
    pins: tuple
    radius: float
    type_size: float
    land: str
    source: str

    @property
    def is_named(self):
        """Whether the names are written beside the points."""
        return len(self.pins) <= MOST_NAMES

    @property
    def names(self):
        """The names of its points, each once."""
        return ", ".join(dict.fromkeys(pin.name for pin in self.pins if pin.name))


def map_of_sites(sites):
    """The small map of a project's sites (`municipality` selected); None when none of them lies on the drawing.

    A site without a point of its own stands in the middle of its municipality.
    """
    return where_map(point for site in sites if (point := _point(site)))


def map_of_municipality(municipality):
    """The small map of one municipality, None outside of the drawing."""
    return where_map([(municipality.latitude, municipality.longitude, str(municipality))])


def where_map(points):
    """The small map of `(latitude, longitude, name)` in degrees; several points at one place become one."""
    projection = portal_projection()
    placed = {}
    for latitude, longitude, name in points:
        spot = projection.place(longitude, latitude)
        if spot:
            placed.setdefault(spot, name)
    if not placed:
        return None
    left, top, width, height = _section(list(placed), projection)
    radius = round(width / 32, 1)
    pins = tuple(_pin(x, y, name, left + width / 2, radius) for (x, y), name in placed.items())
    view_box = f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}"
    return WhereMap(
        view_box=view_box,
        width=projection.width,
        height=projection.height,
        pins=pins,
        radius=radius,
        type_size=round(width / 22, 1),
        land=settings.PORTAL["map"]["drawing"],
        source=settings.PORTAL["map"]["source"],
    )


def _pin(x, y, name, middle, radius):
    """Its name stands on the side where there is more room."""
    towards_end = x <= middle
    away = round(1.6 * radius, 1)
    return Pin(x, y, name, "start" if towards_end else "end", round(x + away if towards_end else x - away, 1))


def _point(site):
    place = site.municipality
    name = str(place) if place else site.label
    if site.latitude is not None and site.longitude is not None:
        return site.latitude, site.longitude, name
    return (place.latitude, place.longitude, name) if place else None


def _section(spots, projection):
    across, down = zip(*spots, strict=True)
    wanted = max(max(across) - min(across), (max(down) - min(down)) / SHAPE) * MARGIN
    width = min(max(wanted, SMALLEST), projection.width, projection.height / SHAPE)
    height = width * SHAPE
    left = _within((min(across) + max(across) - width) / 2, projection.width - width)
    top = _within((min(down) + max(down) - height) / 2, projection.height - height)
    return left, top, width, height


def _within(value, most):
    return min(max(value, 0), most)
