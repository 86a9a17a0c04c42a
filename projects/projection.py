"""From degrees to the drawing of the land (`PORTAL["map"]`).

The drawing is a plate carrée: longitude and latitude grow evenly along its edges, and its proportions are chosen so that
both have the same scale in the middle of the region (720 × 600 for 4.4° × 2.05° at 55.5° N: the cosine of the latitude
is 0.57). A portal of another region draws its own: every point (longitude, latitude) of the land goes to
((longitude - west) / (east - west) * width, (north - latitude) / (north - south) * height), as `Projection.place` says,
and the outlines stand in a symbol with the id `land`.
"""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Projection:
    """Bounds in degrees and the size of the drawing in its own units."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    def place(self, longitude, latitude):
        """`(x, y)` on the drawing to one decimal, or None for a point outside of it."""
        if not (self.west <= longitude <= self.east and self.south <= latitude <= self.north):
            return None
        x = (longitude - self.west) / (self.east - self.west) * self.width
        y = (self.north - latitude) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)


def portal_projection():
    """The projection of the portal's own region."""
    return Projection(*settings.PORTAL["map"]["bounds"], *settings.PORTAL["map"]["drawing_size"])
