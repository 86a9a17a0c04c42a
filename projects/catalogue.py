"""What the catalogue's page is made of: projects, filters with numbers, chips, and a way on where nothing is found."""

import re
from functools import cached_property

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info, ngettext, override
from django.utils.translation import gettext as _

from common.formats import number
from common.languages import language_codes
from projects.counts import count
from projects.facets import MOST, SHOWN, facets, labels
from projects.filters import FACETS, RANKED, RELEVANCE, SORTS, query_string
from projects.text_search import best_first, mark_hits, nearly_matching
from projects.words import meant, still_found

PAGE_SIZE = 24
NAMED_BY_MEMBERS = ("organisation:", "tag:")
NEAREST = 6
_PAGE = re.compile(r"[1-9][0-9]{0,8}")


class _Pages:
    """What a paginator cuts pages from: the number is known from the counts, a page is one query."""

    def __init__(self, found, total):
        self.found, self.total = found, total

    def count(self):
        return self.total

    def __getitem__(self, part):
        return list(self.found.page(part.start, part.stop).for_cards())


class Catalogue:
    """The catalogue for a `ProjectFilter`. `parameters` are those of the address; `more` and `page` are read from them."""

    def __init__(self, found, parameters):
        self.filter = found
        self.more = tuple(name for name in FACETS if name in parameters.getlist("more")[: len(FACETS)])
        self._page = parameters.get("page", "1")

    @cached_property
    def counts(self):
        return count(self.filter, shown=SHOWN, more=self.more, most=MOST)

    @cached_property
    def page_obj(self):
        """The page asked for. Raises `EmptyPage` for one that there is not."""
        if not _PAGE.fullmatch(self._page):
            raise EmptyPage
        page = Paginator(_Pages(self.filter, self.counts.total), PAGE_SIZE).page(int(self._page))
        mark_hits(page.object_list, self.filter.search)
        return page

    @cached_property
    def _labels(self):
        chosen = [term for name in self.filter.chosen_facets for term in self.filter.terms(name)]
        counted = self.counts.terms
        # A tag or an organisation that only a draft names stays the word that was typed.
        doubtful = [term for term in chosen if term not in counted and term.startswith(NAMED_BY_MEMBERS)]
        unseen = set(doubtful) - self.filter.seen.conditions_met({term: Q(facet_terms__contains=[term]) for term in doubtful})
        return labels([term for term in dict.fromkeys([*counted, *chosen]) if term not in unseen])

    @cached_property
    def facets(self):
        return facets(self.filter, self.counts, self._labels, self.more_url)

    # What is shown, in words

    @property
    def sentence(self):
        """“12 projects with “sensor”, best match first”."""
        total = self.counts.total
        projects = ngettext("%(count)s project", "%(count)s projects", total) % {"count": number(total)}
        said = {"projects": format_html("<b>{}</b>", projects), "words": self.filter.search.typed, "order": self._order}
        if self.filter.search:
            return format_html(_("{projects} for “{words}”, {order}"), **said)
        return format_html(_("{projects}, {order}"), **said)

    @property
    def _order(self):
        if self.filter.sort == RELEVANCE and self.counts.total > RANKED:
            return _("best match among the newest %(number)s first") % {"number": number(RANKED)}
        label = str(SORTS[self.filter.sort])
        return label[:1].lower() + label[1:]

    @property
    def title(self):
        """The document's title: what is searched for and chosen comes first, so that tabs and bookmarks differ."""
        parts = [self.filter.search.typed] if self.filter.search else []
        parts += [chip["label"] for chip in self._filter_chips]
        return f"{', '.join(parts)} · {_('Projects')}" if parts else _("Projects")

    # Where one can go from here

    @cached_property
    def _filter_chips(self):
        return [
            {
                "field": str(FACETS[name]),
                "label": self._labels.get(f"{name}:{value}", value),
                "url": self._url(**{name: [one for one in self.filter.chosen(name) if one != value]}),
            }
            for name in self.filter.chosen_facets
            for value in self.filter.chosen(name)
        ]

    @property
    def chips(self):
        """What is chosen, each with the address without it."""
        words = self.filter.search.typed
        typed = [{"field": _("Words"), "label": words, "url": self._url(q=None)}] if words else []
        return typed + self._filter_chips

    def _url(self, **changes):
        return self.url + self.filter.address(**changes)

    @property
    def url(self):
        return reverse("projects:list")

    @property
    def address(self):
        """The address of what is shown, without parameters that say nothing."""
        page = [("page", self._page)] if self._page != "1" else []
        return self.url + query_string([*self.filter.parameters(), *[("more", name) for name in self.more], *page])

    @property
    def translations(self):
        """The same in the portal's other languages, for the frame: (code, name, address)."""
        query = self.address.removeprefix(self.url)
        return [(code, get_language_info(code)["name_local"], self._in(code) + query) for code in language_codes()]

    def _in(self, code):
        with override(code):
            return self.url

    @property
    def views(self):
        query = self.filter.address()
        return [
            {"label": _("List"), "url": reverse("projects:list") + query, "icon": "grid", "current": True},
            {"label": _("Map"), "url": reverse("projects:map") + query, "icon": "map", "current": False},
        ]

    @property
    def views_label(self):
        return _("View")

    @property
    def files(self):
        """The same projects as feed and files: (label, address)."""
        query = self.filter.address(sort=None)
        names = ((_("Feed"), "feed"), ("CSV", "export_csv"), ("Excel", "export_xlsx"), ("GeoJSON", "export_geojson"))
        return [(label, reverse(f"projects:{name}") + query) for label, name in names]

    def more_url(self, facet):
        """The address of the same with all values of a filter; "" when they stand here."""
        if facet in self.more:
            return ""
        pairs = [*self.filter.parameters(), *[("more", name) for name in (*self.more, facet)]]
        return self.url + query_string(pairs)

    @property
    def sorts(self):
        """(value, label, whether chosen) of the orders that make sense here.

        The usual order has no value: whoever types words after reading the newest gets the best match first.
        """
        return [
            ("" if value == self.filter.default_sort else value, str(label), value == self.filter.sort)
            for value, label in SORTS.items()
            if value != RELEVANCE or self.filter.search.wanted
        ]

    # Nothing found

    @property
    def empty_title(self):
        if self.filter:
            return _("No project has all of this")
        return _("No projects yet. When one is published, it stands here.")

    @cached_property
    def suggestion(self):
        """The words that were probably meant, or None; none that the reader would not find."""
        wanted = self.filter.search.wanted
        words = meant(wanted) or wanted
        found = still_found([word for word in words if word not in wanted], self.filter.seen)
        kept = [new if new in found else old for old, new in zip(wanted, words, strict=True)]
        return kept if kept != list(wanted) else None

    @cached_property
    def suggested(self):
        """(words, address) of what was probably meant, or None."""
        if not self.suggestion:
            return None
        search = self.filter.search.reworded(self.suggestion)
        others = {} if self.filter.answering(search).exists() else dict.fromkeys(self.filter.chosen_facets)
        return search.typed, self._url(q=[search.typed], **others)

    @cached_property
    def dropped(self):
        """What there is without one of the filters: (sentence, address)."""
        ways = [(str(FACETS[name]), n, self._url(**{name: None})) for name, n in self.counts.dropped.items() if n]
        if self.filter.search and self.filter.chosen_facets:
            n = self.filter.answering(None).count()
            ways += [(_("Words"), n, self._url(q=None))] if n else []
        return [(self._without(label, n), url) for label, n, url in ways]

    @staticmethod
    def _without(label, count):
        words = ngettext("%(count)s project without the filter “%(filter)s”", "%(count)s projects without the filter “%(filter)s”", count)
        return words % {"count": number(count), "filter": label}

    @cached_property
    def nearest(self):
        """Some projects that come nearest to the words: those of the suggestion, else those with any of the words."""
        search = self.filter.search
        if not search.wanted:
            return []
        if self.suggestion:
            search = search.reworded(self.suggestion)
        newest = self.filter.seen.filter(nearly_matching(search)).order_by("-published_at", "-pk")[:RANKED]
        return mark_hits(list(best_first(newest, search, every=False)[:NEAREST].for_cards()), search)
