"""What there is in the region, counted once for a page: projects by every facet, and the tiles' leading themes."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection

from projects.models import Project
from projects.tilemap import Place

#: Seconds for which the counts of signed-out readers may be old; the catalogue counts anew on every request.
FRESH = 60

_COUNTS = """
WITH chosen AS MATERIALIZED ({chosen})
SELECT term, '', count(*) FROM chosen, unnest(facet_terms) AS term GROUP BY term
UNION ALL
SELECT place, theme, count(*) FROM chosen, unnest(facet_terms) AS place, unnest(facet_terms) AS theme
WHERE place LIKE 'municipality:%%' AND theme LIKE 'theme:%%' GROUP BY place, theme
"""


@dataclass(frozen=True)
class Figures:
    """`counts[facet][value]` projects; `places` as the tile map wants them."""

    counts: dict
    places: dict

    @property
    def projects(self):
        # Every project has exactly one kind.
        return sum(self.of("kind").values())

    def of(self, facet):
        return self.counts.get(facet, {})

    def most(self, facet, number):
        """Values of a facet with most projects: [(value, projects)]; ties in the order of their names."""
        return sorted(self.of(facet).items(), key=lambda pair: (-pair[1], pair[0]))[:number]


def region_figures(user):
    """Figures of all that `user` sees in lists. The signed-out see the same, so theirs are kept for a minute."""
    projects = Project.objects.visible_to(user).listed()
    if getattr(user, "may_act", False):
        return figures_of(projects)
    return cache.get_or_set("editorial:figures", lambda: figures_of(projects), FRESH)


def figures_of(projects):
    """Figures of a queryset of projects, in one query."""
    try:
        sql, parameters = projects.order_by().values("facet_terms").query.sql_with_params()
    except EmptyResultSet:
        return Figures({}, {})
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS.format(chosen=sql), parameters)
        rows = cursor.fetchall()
    counts, leading = defaultdict(dict), {}
    for term, theme, number in rows:
        facet, _colon, value = term.partition(":")
        if theme:
            leading[value] = min(leading.get(value, (0, "")), (-number, theme.partition(":")[2]))
        else:
            counts[facet][value] = number
    places = {slug: Place(number, leading.get(slug, (0, ""))[1]) for slug, number in counts["municipality"].items()}
    return Figures(dict(counts), places)
