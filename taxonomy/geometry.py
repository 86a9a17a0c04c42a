"""Arithmetic of outlines in degrees: checks, and simplification that keeps shared borders shared."""

import math
from collections import defaultdict
from itertools import pairwise

from django.utils.translation import gettext as _

DECIMALS = 4  # of a degree: about 11 m, finer than any screen shows


class GeometryError(ValueError):
    """A geometry that cannot be drawn; the message goes on after the name of what it belongs to."""


def checked_polygons(geometry):
    """The polygons of a GeoJSON geometry, rounded: `[[ring, …], …]`, a ring a closed list of `(longitude, latitude)`.

    Raises `GeometryError` for other kinds of geometry, coordinates outside of the world, rings that are open, too short,
    without area or crossing themselves.
    """
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise GeometryError(_("its geometry is %(kind)s, not a polygon") % {"kind": kind or _("missing")})
    coordinates = geometry.get("coordinates")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons or not all(isinstance(one, list) and one for one in polygons):
        raise GeometryError(_("it has no coordinates"))
    found = [rings for polygon in polygons if (rings := _drawable(polygon))]
    if not found:
        raise GeometryError(_("it is smaller than anything that can be drawn"))
    return found


def _drawable(polygon):
    """The rings of a polygon that are left after rounding; nothing when its outer ring is not (an islet)."""
    rings = [_checked_ring(ring) for ring in polygon]
    return [ring for ring in rings if ring] if rings[0] else []


def _checked_ring(ring):
    if not isinstance(ring, list) or len(ring) < 4:
        raise GeometryError(_("a ring has fewer than four points"))
    exact = [_point(one) for one in ring]
    if exact[0] != exact[-1]:
        raise GeometryError(_("a ring does not end where it begins"))
    if not area(exact):
        raise GeometryError(_("a ring has no area"))
    points = [(round(longitude, DECIMALS), round(latitude, DECIMALS)) for longitude, latitude in exact]
    points = [points[0]] + [after for before, after in pairwise(points) if after != before]
    if len(points) < 4 or not area(points):
        return []
    crossing = first_crossing(points)
    if crossing:
        said = {"longitude": crossing[0], "latitude": crossing[1]}
        raise GeometryError(_("its outline crosses itself near %(longitude)s, %(latitude)s") % said)
    return points


def _point(value):
    numbers = value[:2] if isinstance(value, list) and len(value) >= 2 else [None]
    if not all(isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one) for one in numbers):
        raise GeometryError(_("a coordinate is no pair of numbers"))
    longitude, latitude = numbers
    if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
        raise GeometryError(_("its coordinates are no degrees (WGS 84 is needed)"))
    return float(longitude), float(latitude)


def area(ring):
    """Twice the signed area of a closed ring, in square degrees."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def first_crossing(ring):
    """A point where two edges of a closed ring cross, or None. Edges that only touch do not cross."""
    edges = sorted((min(a, b), max(a, b)) for a, b in pairwise(ring))
    running = []
    for edge in edges:
        running = [other for other in running if other[1][0] >= edge[0][0]]
        for other in running:
            if _cross(edge, other):
                return edge[0]
        running.append(edge)
    return None


def _side(a, b, point):
    turn = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    return (turn > 1e-12) - (turn < -1e-12)


def _cross(one, other):
    (a, b), (c, d) = one, other
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def simplified_together(shapes, tolerance):
    """Polygons of several neighbours with fewer points: what two of them share stays shared.

    `tolerance` is the largest deviation, in degrees of latitude. A ring that would lose its area keeps its points.
    """
    rings = [ring for polygons in shapes for polygon in polygons for ring in polygon]
    joints = _joints(rings)
    memory = {}
    return [[[_simple_ring(ring, joints, tolerance, memory) for ring in polygon] for polygon in polygons] for polygons in shapes]


def _joints(rings):
    """Points where lines meet or part: those with other than two different neighbours in all rings together."""
    beside = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return {point for point, others in beside.items() if len(others) != 2}


def _simple_ring(ring, joints, tolerance, memory):
    points = ring[:-1]
    start = next((i for i, point in enumerate(points) if point in joints), points.index(min(points)))
    turned = [*points[start:], *points[:start], points[start]]
    result = [turned[0]]
    for arc in _arcs(turned, joints):
        result.extend(_simple_arc(arc, tolerance, memory)[1:])
    return result if len(result) >= 4 and area(result) else ring


def _arcs(ring, joints):
    arc = [ring[0]]
    for point in ring[1:]:
        arc.append(point)
        if point in joints:
            yield arc
            arc = [point]
    if len(arc) > 1:
        yield arc


def _simple_arc(arc, tolerance, memory):
    """Simplified in one direction, whichever way it is asked for, and remembered."""
    forward = arc if arc <= arc[::-1] else arc[::-1]
    key = tuple(forward)
    if key not in memory:
        memory[key] = _douglas_peucker(forward, tolerance)
    return memory[key] if forward is arc else memory[key][::-1]


def _douglas_peucker(points, tolerance):
    """Points that deviate less than the tolerance are left out; without recursion, coasts are long."""
    kept, spans = {0, len(points) - 1}, [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, deviation = None, tolerance
        for index in range(first + 1, last):
            distance = _deviation(points[index], points[first], points[last])
            if distance > deviation:
                far, deviation = index, distance
        if far is not None:
            kept.add(far)
            spans += [(first, far), (far, last)]
    return [points[index] for index in sorted(kept)]


def _deviation(point, a, b):
    """Distance from a point to a stretch, in degrees of latitude."""
    shrink = math.cos(math.radians(point[1]))
    px, py = (point[0] - a[0]) * shrink, point[1] - a[1]
    bx, by = (b[0] - a[0]) * shrink, b[1] - a[1]
    length = bx * bx + by * by
    along = max(0.0, min(1.0, (px * bx + py * by) / length)) if length else 0.0
    return math.hypot(px - along * bx, py - along * by)
