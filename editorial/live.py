"""Live lists that stand between editors' words. Each is read when a template asks for it, so an unused one costs nothing."""

from functools import cached_property, partial

from django.urls import reverse

from common.navigation import address
from common.sorting import sort_key, sorted_by_name
from editorial.figures import figures_of, region_figures
from editorial.models.news import ArticlePage
from livinglabs.filters import listed_labs
from organisations.models import Organisation
from projects.models import Project
from projects.tilemap import tile_map
from taxonomy.models import Municipality, Theme
from workinggroups.filters import listed_groups

#: The most a section shows; a block of the home page takes its share of it.
MOST_PROJECTS, MOST_ARTICLES, MOST_BESIDE, MOST_GROUPS, MOST_LABS = 12, 9, 6, 6, 6


def catalogue(language, **chosen):
    """The catalogue with one facet chosen; "" while there is none."""
    url = address("projects:list", language)
    return f"{url}?{'&'.join(f'{key}={value}' for key, value in chosen.items())}" if url and chosen else url


class Lists:
    """Live lists for one reader: the newest projects, the newest articles, and counts."""

    def __init__(self, user, language):
        self.user, self.language = user, language

    @cached_property
    def projects(self):
        return Project.objects.visible_to(self.user).listed()

    @cached_property
    def latest(self):
        """The newest projects, ready for cards."""
        return list(self.projects.for_cards()[:MOST_PROJECTS])

    @cached_property
    def figures(self):
        return region_figures(self.user)

    @property
    def project_count(self):
        return self.figures.projects

    @cached_property
    def theme_rows(self):
        return list(Theme.objects.order_by("position", "slug"))

    @cached_property
    def themes(self):
        """[(theme, number of projects)] in the order of the themes."""
        return [(theme, self.figures.of("theme").get(theme.slug, 0)) for theme in self.theme_rows]

    @cached_property
    def municipality_rows(self):
        """The municipalities of the region, in the reader's alphabetical order."""
        return sorted_by_name(Municipality.objects.in_portal().select_related("region"))

    @cached_property
    def municipalities(self):
        """[(municipality, number of projects)]"""
        counts = self.figures.of("municipality")
        return [(place, counts.get(place.slug, 0)) for place in self.municipality_rows]

    @cached_property
    def by_region(self):
        """[{region, place, number}] of all municipalities, region by region, each in alphabetical order."""
        rows = [{"region": place.region, "place": place, "number": number} for place, number in self.municipalities]
        return sorted(rows, key=lambda row: (row["region"].country, sort_key(row["region"])))

    @cached_property
    def tiles(self):
        """The tile map; a tile leads to its municipality's page."""
        placed = [place for place in self.municipality_rows if place.tile_row is not None]
        placed.sort(key=lambda place: (place.tile_row, place.tile_column))
        themes = {theme.slug: str(theme) for theme in self.theme_rows}
        return tile_map(self.figures.places, placed, themes, partial(_place_url, "editorial:municipality"))

    def chosen_articles(self):
        return ArticlePage.objects.listed().once_each(self.language)

    @property
    def catalogue_url(self):
        return catalogue(self.language)

    @property
    def news_url(self):
        """The page above the newest article, where all of them are."""
        return self.articles[0].address.rstrip("/").rpartition("/")[0] + "/" if self.articles else ""

    @cached_property
    def articles(self):
        return list(self.chosen_articles().for_cards()[:MOST_ARTICLES])


class RegionLists(Lists):
    """The lists of the home page."""

    @cached_property
    def numbers(self):
        """Key numbers of the region. What is nought is left out by the template."""
        with_projects = [place for place, number in self.municipalities if number]
        return {
            "projects": self.figures.projects,
            "in_operation": self.figures.of("phase").get("operation", 0),
            "municipalities": len(with_projects),
            "of_municipalities": len(self.municipality_rows),
            "organisations": len(self.figures.of("organisation")),
        }


class FacetLists(Lists):
    """The lists of a theme's or a municipality's page: `term` is the facet that is fixed, such as `theme:energy`."""

    def __init__(self, user, language, facet, slug):
        super().__init__(user, language)
        self.facet, self.slug = facet, slug

    @cached_property
    def projects(self):
        return super().projects.filter(facet_terms__contains=[f"{self.facet}:{self.slug}"])

    @cached_property
    def figures(self):
        return figures_of(self.projects)

    @property
    def catalogue_url(self):
        return catalogue(self.language, **{self.facet: self.slug})

    @cached_property
    def groups(self):
        """Working groups on this theme; of a municipality those that an organisation in it founded or has a seat in."""
        if self.facet == "theme":
            return list(listed_groups(self.user, themes__slug=self.slug)[:MOST_GROUPS])
        return list(listed_groups(self.user, near=self.slug)[:MOST_GROUPS])

    @cached_property
    def labs(self):
        """Living labs on this theme or in this municipality."""
        return list(listed_labs(self.user, **{self.facet: self.slug})[:MOST_LABS])

    @property
    def labs_url(self):
        return f"{address('livinglabs:list', self.language)}?{self.facet}={self.slug}"

    @property
    def groups_url(self):
        url = address("workinggroups:list", self.language)
        return f"{url}?theme={self.slug}" if self.facet == "theme" else url

    def _leading(self, facet, rows):
        """[(row, number of projects)] of the values of `facet` with most projects; `rows` are those one may see."""
        most = dict(self.figures.most(facet, MOST_BESIDE))
        found = {row.slug: row for row in rows.filter(slug__in=most)}
        return [(found[slug], number) for slug, number in most.items() if slug in found]

    @cached_property
    def leading_organisations(self):
        return self._leading("organisation", Organisation.objects.visible_to(self.user))

    @cached_property
    def leading_municipalities(self):
        """Those of the region; a project may have sites elsewhere too."""
        counts = self.figures.of("municipality")
        found = [(place, counts[place.slug]) for place in Municipality.objects.in_portal().filter(slug__in=counts)]
        return sorted(found, key=lambda pair: (-pair[1], sort_key(pair[0])))[:MOST_BESIDE]

    @cached_property
    def leading_themes(self):
        return self._leading("theme", Theme.objects.order_by())


def _place_url(name, slug):
    return reverse(name, args=[slug])
