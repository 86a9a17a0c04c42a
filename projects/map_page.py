"""What the map's page and its data are made of: one object, so that the map and its list cannot disagree."""

from functools import cached_property
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.core.paginator import Paginator
from django.db.models import Q
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.formats import number
from common.sorting import sort_key
from projects.catalogue import Catalogue
from projects.counts import EXACT, KEPT
from projects.maps import DETAIL_ZOOM, LIST_SIZE, MOST_POINTS, SINGLE, described, in_box, points
from projects.tilemap import NOWHERE, places, tile_map
from taxonomy.boundaries import loaded_boundaries
from taxonomy.models import Municipality, Theme

#: What the script needs of a row; the rest stands in the list.
DRAWN = ("key", "label", "count", "short", "lat", "lon", "url")


class Listed:
    """The projects of a filter in its order, as a paginator wants them."""

    def __init__(self, found, total):
        self.found, self.total = found, total

    def count(self):
        return self.total

    def __getitem__(self, part):
        return self.found.page(part.start, part.stop).for_cards()


class ProjectMap:
    """The projects of a filter on the map, seen at a `projects.maps.View`, with one page of their list."""

    def __init__(self, found, view, page=1):
        self.filter, self.view, self.page = found, view, page
        self.chosen = found.chosen("municipality")

    @cached_property
    def sites(self):
        """The sites of the single projects, one for each."""
        box = self.view.box if self.view.is_close else None
        return points(self.filter.queryset, box, self.chosen)

    @cached_property
    def shows_projects(self):
        """Whether single projects are shown; the sites themselves are asked for only where their number decides."""
        if self.view.is_close:
            return len(self.sites) <= MOST_POINTS
        return not self.follows_view

    @property
    def kind(self):
        return "projects" if self.shows_projects else "municipalities"

    @cached_property
    def total(self):
        return self.filter.count

    @property
    def follows_view(self):
        """Whether coming closer shows more: not when everything is there already."""
        return len(self.chosen) != 1 and self.total > SINGLE

    @property
    def _listed(self):
        """What the list holds: municipalities, or projects, those in view when the reader has come close."""
        if not self.shows_projects:
            return self.rows
        if self.view.is_close:
            return in_box(self.filter.queryset, self.view.box).order_by("-published_at", "-pk").for_cards()
        return Listed(self.filter, self.total)

    @cached_property
    def page_obj(self):
        """One page of the list, the nearest there is to the one asked for."""
        page = Paginator(self._listed, LIST_SIZE).get_page(self.page)
        if not self.shows_projects:
            page.object_list = [row | {"theme_name": self.theme_names.get(row["theme"], "")} for row in page.object_list]
        return page

    @cached_property
    def places(self):
        """Numbers by municipality, whatever municipality is chosen: the others are what one may choose next.

        As those of the filters, numbers too large to be counted for each visitor may be a minute old.
        """
        key = self._key()
        found = cache.get(key)
        if found is None:
            found = places(self.filter.without("municipality"))
            if sum(place.count for place in found.values()) > EXACT:
                cache.set(key, found, KEPT)
        return found

    def _key(self):
        audience = "public" if self.filter.is_public else f"member-{self.filter.user.pk}"
        asked = sha256(repr(self.filter.parameters(sort=None, municipality=None)).encode()).hexdigest()
        return f"project-places:{audience}:{asked}"

    @cached_property
    def _municipalities(self):
        wanted = Q(slug__in=[slug for slug in self.places if slug != NOWHERE]) | Q(tile_row__isnull=False)
        return list(Municipality.objects.filter(wanted).order_by("tile_row", "tile_column"))

    @cached_property
    def theme_names(self):
        """Names of the themes by slug."""
        return {theme.slug: str(theme) for theme in Theme.objects.only("slug", "names")}

    @cached_property
    def rows(self):
        """The municipalities with projects: those of the portal's region, then the others, most projects first."""
        rows = [self._row(one) for one in self._municipalities if self.places.get(one.slug) and self._is_shown(one)]
        return sorted(rows, key=lambda row: (not row["in_portal"], -row["count"], sort_key(row["name"])))

    def _is_shown(self, municipality):
        return not self.chosen or municipality.slug in self.chosen

    def _row(self, municipality):
        place = self.places[municipality.slug]
        said = {"place": str(municipality), "count": number(place.count)}
        return {
            "key": f"place-{municipality.slug}",
            "name": str(municipality),
            "label": ngettext("%(place)s: %(count)s project", "%(place)s: %(count)s projects", place.count) % said,
            "projects": ngettext("%(count)s project", "%(count)s projects", place.count) % said,
            "count": place.count,
            "short": number(place.count),
            "theme": place.theme,
            "in_portal": municipality.in_portal,
            "lat": municipality.latitude,
            "lon": municipality.longitude,
            "url": self.link(municipality.slug),
        }

    @property
    def sentence(self):
        """What the list holds, in words."""
        if not self.shows_projects:
            said = {"count": number(self.total - self.without_place), "places": number(len(self.rows))}
            return (
                ngettext("%(count)s projects in %(places)s municipality", "%(count)s projects in %(places)s municipalities", len(self.rows))
                % said
            )
        count = self.page_obj.paginator.count
        said = {"count": number(count)}
        if self.view.is_close:
            return ngettext("%(count)s project in this part of the map", "%(count)s projects in this part of the map", count) % said
        return ngettext("%(count)s project", "%(count)s projects", count) % said

    @property
    def without_place(self):
        """How many of the projects stand on no municipality's number; single projects are in the list beside the map."""
        return self.places[NOWHERE].count if NOWHERE in self.places and not self.shows_projects and not self.chosen else 0

    @cached_property
    def tile_map(self):
        tiles = [one for one in self._municipalities if one.tile_row is not None]
        return tile_map(self.places, tiles, self.theme_names, self.link, self.chosen)

    @property
    def without_place_sentence(self):
        sentence = ngettext(
            "%(count)s project has no place and is only in the list",
            "%(count)s projects have no place and are only in the list",
            self.without_place,
        )
        return sentence % {"count": number(self.without_place)}

    @property
    def list_url(self):
        return reverse("projects:list") + self.filter.address()

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
        query = self.filter.address()
        of_boundaries = f"{reverse('projects:boundaries')}?v={self.boundaries.version}" if self.boundaries.count else ""
        return {
            "data": reverse("projects:map_data") + query,
            "page": reverse("projects:map") + query,
            "land": static(settings.PORTAL["map"]["land"]),
            "boundaries": of_boundaries,
            "bounds": settings.PORTAL["map"]["bounds"],
            "box": self.view.box if self.view.is_close else None,
            "zoom": self.view.zoom,
            "chosen": list(self.chosen),
            "detail_zoom": DETAIL_ZOOM,
            "names": self._names(),
            "follows_view": self.follows_view,
        }

    def _names(self):
        """Names to write on the land, the largest municipality first."""
        shown = [one for one in self._municipalities if one.in_portal]
        shown.sort(key=lambda one: -(one.population or 0))
        return [[str(one), one.latitude, one.longitude] for one in shown]

    def link(self, slug):
        """The map of the same filter in one municipality."""
        return reverse("projects:map") + self.filter.address(municipality=[slug])

    def as_data(self):
        """What the script draws."""
        if self.shows_projects:
            return {"kind": "projects", "total": self.total, "projects": described(self.sites[:MOST_POINTS])}
        rows = [{name: row[name] for name in DRAWN} for row in self.rows]
        return {"kind": "municipalities", "total": self.total, "municipalities": rows}


class FilterOfMap(Catalogue):
    """The catalogue's filters, chips and words for the address of the map."""

    @property
    def url(self):
        return reverse("projects:map")

    @property
    def title(self):
        """The document's title: what is chosen comes first, as in the catalogue."""
        chosen = ", ".join(str(chip["label"]) for chip in self.chips)
        return f"{chosen} · {_('Projects on the map')}" if chosen else _("Projects on the map")

    @property
    def views(self):
        return [view | {"current": not view["current"]} for view in super().views]


class MapPage(ProjectMap):
    """The map with the filters above it; the number of projects is known from theirs."""

    def __init__(self, found, view, parameters):
        super().__init__(found, view, parameters.get("page"))
        self.catalogue = FilterOfMap(found, parameters)

    @property
    def total(self):
        return self.catalogue.counts.total
