"""Living labs on the map, with their list beside it. The map is drawn like that of the projects, by the same tiles and the same script."""

from collections import Counter
from functools import cached_property

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.formats import number
from common.markup import is_other_language
from livinglabs.filters import LabFilter
from projects.tilemap import Place, tile_map
from taxonomy.boundaries import loaded_boundaries
from taxonomy.models import Municipality, Theme

#: The labs of a region fit on one map and in one list; beyond it the list says so and the filter helps.
MOST = 200


class LabMap(LabFilter):
    """The labs of a filter on the map: numbers by municipality on the tiles, one pin each with script, all of them in the list."""

    url_name = "livinglabs:map"

    @cached_property
    def labs(self):
        return list(self.queryset.for_cards()[:MOST])

    @cached_property
    def total(self):
        return len(self.labs) if len(self.labs) < MOST else self.queryset.count()

    @property
    def count(self):
        return self.total

    @property
    def sentence(self):
        words = ngettext("%(count)s living lab", "%(count)s living labs", self.total) % {"count": number(self.total)}
        if self.total <= MOST:
            return words
        return _("%(labs)s, the newest %(most)s are shown") % {"labs": words, "most": number(MOST)}

    @cached_property
    def places(self):
        """`{slug of the municipality: Place}` for the tiles: how many labs, and the theme most of them have."""
        counts, themes = Counter(), {}
        for lab in self.labs:
            for slug in {site.municipality.slug for site in lab.sites.all() if site.municipality_id}:
                counts[slug] += 1
                themes.setdefault(slug, Counter()).update(theme.slug for theme in lab.themes.all())
        return {slug: Place(n, self._leading(themes[slug])) for slug, n in counts.items()}

    @staticmethod
    def _leading(themes):
        return min(themes, key=lambda slug: (-themes[slug], slug)) if themes else ""

    @cached_property
    def _tiles(self):
        return list(Municipality.objects.on_tiles())

    @cached_property
    def tile_map(self):
        themes = {theme.slug: str(theme) for theme in Theme.objects.only("slug", "names")}
        return tile_map(self.places, self._tiles, themes, self._link, self.chosen.get("municipality", ()), words=LabWords)

    def _link(self, slug):
        return self.url + self.address(municipality=[slug])

    @cached_property
    def boundaries(self):
        return loaded_boundaries()

    @property
    def note(self):
        """Who made what is drawn."""
        land = _("Land: %(source)s") % {"source": settings.PORTAL["map"]["source"]}
        return f"{land}. " + _("Boundaries: %(source)s") % {"source": self.boundaries.source} if self.boundaries.source else land

    @property
    def settings(self):
        """What the script has to know; no word of it is for people."""
        of_boundaries = f"{reverse('projects:boundaries')}?v={self.boundaries.version}" if self.boundaries.count else ""
        names = sorted((one for one in self._tiles if one.in_portal), key=lambda one: -(one.population or 0))
        return {
            "data": reverse("livinglabs:map_data") + self.query,
            "page": reverse("livinglabs:map") + self.query,
            "land": static(settings.PORTAL["map"]["land"]),
            "boundaries": of_boundaries,
            "bounds": settings.PORTAL["map"]["bounds"],
            "box": None,
            "zoom": 0,
            "chosen": list(self.chosen.get("municipality", ())),
            "detail_zoom": 0,
            "names": [[str(one), one.latitude, one.longitude] for one in names],
            "follows_view": False,
        }

    def as_data(self):
        """What the script draws: each lab at its first site that has a place."""
        drawn = [(lab, point) for lab in self.labs if (point := _point(lab))]
        return {"kind": "projects", "total": self.total, "projects": [_drawn(lab, *point) for lab, point in drawn]}


class LabWords:
    """What the tiles say, in words."""

    @staticmethod
    def none(place):
        return _("%(place)s: no living lab yet") % {"place": place}

    @staticmethod
    def some(place, count, theme):
        words = ngettext("%(place)s: %(count)s living lab", "%(place)s: %(count)s living labs", count)
        return words % {"place": place, "count": number(count)}

    @staticmethod
    def empty(count):
        words = ngettext("%(count)s has no living lab yet.", "%(count)s have no living lab yet.", count)
        return words % {"count": count}


def _point(lab):
    for site in lab.sites.all():
        if site.latitude is not None:
            return site.latitude, site.longitude, str(site.municipality or site.label)
        if site.municipality_id:
            return site.municipality.latitude, site.municipality.longitude, str(site.municipality)
    return None


def _drawn(lab, latitude, longitude, place):
    text, themes = lab.text, list(lab.themes.all())
    return {
        "key": f"lab-{lab.pk}",
        "title": text.name,
        "lang": text.language if is_other_language(text.language) else "",
        "url": lab.get_absolute_url(),
        "theme": themes[0].slug if themes else "",
        "lat": round(latitude, 5),
        "lon": round(longitude, 5),
        "place": place,
    }
