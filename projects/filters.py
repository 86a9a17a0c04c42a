"""The catalogue's filter: which projects somebody asked for. List, map, feed and exports read the same parameters.

OR within a filter, AND between filters. Anything not on the lists here is left out, never passed on to the database.
"""

import re
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import F
from django.utils.translation import pgettext_lazy

from common.search import parse
from projects.enums import Kind, Phase
from projects.models import Project
from projects.text_search import best_first, matching

#: The filters by parameter, in the order the page shows them; each is the prefix of its terms in `facet_terms`.
FACETS = {
    "theme": pgettext_lazy("filter", "Theme"),
    "phase": pgettext_lazy("filter", "Phase"),
    "municipality": pgettext_lazy("filter", "Municipality"),
    "region": pgettext_lazy("filter", "Region"),
    "country": pgettext_lazy("filter", "Country"),
    "kind": pgettext_lazy("filter", "Kind"),
    "organisation": pgettext_lazy("filter", "Organisation"),
    "tag": pgettext_lazy("filter", "Tag"),
}
CODED = {"phase": frozenset(Phase.values), "kind": frozenset(Kind.values)}

NEWEST, RELEVANCE, LATEST_START, LATEST_END = "newest", "relevance", "start", "end"
SORTS = {
    NEWEST: pgettext_lazy("sort", "Newest first"),
    RELEVANCE: pgettext_lazy("sort", "Best match first"),
    LATEST_START: pgettext_lazy("sort", "Latest start first"),
    LATEST_END: pgettext_lazy("sort", "Latest end first"),
}
_COLUMNS = {LATEST_START: "start_date", LATEST_END: "end_date"}

MOST_VALUES = 40  # of one filter
RANKED = 960  # forty pages: of more matches only the newest are put in order of relevance
_SLUG = re.compile(r"[\w-]{1,130}")


def _values(parameters, name):
    """The values of a filter that can be a slug or code, each once."""
    given = (value.strip() for value in parameters.getlist(name)[: 5 * MOST_VALUES])
    known = CODED.get(name)
    values = (value for value in given if (value in known if known else _SLUG.fullmatch(value)))
    return tuple(dict.fromkeys(values))[:MOST_VALUES]


class ProjectFilter:
    """The projects that `user` may see and `parameters` (a QueryDict) ask for.

    `search` is what was typed, `sort` one of `SORTS`, `queryset` the projects in no order, `count` how many they are.
    """

    def __init__(self, parameters, user):
        self.user = user
        self.search = parse(parameters.get("q"))
        self._chosen = {name: values for name in FACETS if (values := _values(parameters, name))}
        sort = parameters.get("sort")
        allowed = [one for one in SORTS if one != RELEVANCE or self.search.wanted]
        self.sort = sort if sort in allowed else self.default_sort

    @property
    def default_sort(self):
        return RELEVANCE if self.search.wanted else NEWEST

    def __bool__(self):
        return bool(self.search or self._chosen)

    def chosen(self, name):
        """The chosen values of one filter."""
        return self._chosen.get(name, ())

    def terms(self, name):
        """The chosen values as they stand in `facet_terms`."""
        return [f"{name}:{value}" for value in self.chosen(name)]

    @property
    def chosen_facets(self):
        return list(self._chosen)

    @cached_property
    def is_public(self):
        """Whether the reader sees what everybody sees, so that numbers may be shared."""
        return not getattr(self.user, "may_act", False)

    @cached_property
    def seen(self):
        """Everything listed that the reader may see, before any filter."""
        return Project.objects.visible_to(self.user).listed().order_by()

    @cached_property
    def found(self):
        """What answers the words, before the other filters."""
        return self.seen.filter(matching(self.search)) if self.search else self.seen

    def without(self, *names):
        """The projects of all filters but these."""
        return self._narrowed(self.found, names)

    def answering(self, search):
        """The projects of all filters that answer other words, or whatever their words."""
        return self._narrowed(self.seen.filter(matching(search)) if search else self.seen)

    def _narrowed(self, projects, without=()):
        for name in self._chosen:
            if name not in without:
                projects = projects.filter(facet_terms__overlap=self.terms(name))
        return projects

    @cached_property
    def queryset(self):
        return self.without()

    @cached_property
    def count(self):
        return self.queryset.count()

    def newest(self):
        """The projects by the day they were published."""
        return self.queryset.order_by(F("published_at").desc(), F("id").desc())

    def page(self, start, stop):
        """The projects from place `start` to `stop` in the chosen order."""
        if self.sort == RELEVANCE and start < RANKED:
            return best_first(self.newest()[:RANKED], self.search)[start:stop]
        newest = self.newest()
        if column := _COLUMNS.get(self.sort):
            newest = newest.order_by(F(column).desc(nulls_last=True), *newest.query.order_by)
        return newest[start:stop]

    def parameters(self, **changes):
        """The understood parameters as (name, value) pairs; `changes` replaces those of one name, None takes them away."""
        given = {"q": [self.search.typed] if self.search.typed else [], **{name: self.chosen(name) for name in FACETS}}
        given["sort"] = [self.sort] if self.sort != self.default_sort else []
        given.update({name: [] if value is None else value for name, value in changes.items()})
        return [(name, value) for name, values in given.items() for value in values]

    def address(self, **changes):
        """`?…` of this filter with changes, "" when nothing is asked for."""
        return query_string(self.parameters(**changes))


def query_string(pairs):
    """`?…` of (name, value) pairs, "" without any."""
    return "?" + urlencode(pairs) if pairs else ""
