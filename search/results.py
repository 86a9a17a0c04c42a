"""What the page of results is made of."""

from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.search import parse
from search.hits import Counted, look_ahead
from search.sources import SOURCES, Question

A_PAGE = 20
A_SHARE = 5  # of each kind, where all kinds stand on one page


class _Slices:
    """A source as a paginator wants it."""

    def __init__(self, source):
        self.source = source

    def count(self):
        return self.source.count

    def __getitem__(self, part):
        return self.source.hits(part.start, part.stop)


class Results:
    """The answer to `q`; `kind` chooses one kind of hits, and `page` counts only there. Unknown values are ignored."""

    def __init__(self, parameters, user):
        self.search = parse(parameters.get("q"))
        asked = parameters.get("kind")
        self.kind = asked if asked in {source.kind for source in SOURCES} else ""
        question = Question(self.search, user, get_language(), A_PAGE if self.kind else A_SHARE)
        self.sources = {source.kind: source.find(question) for source in SOURCES}
        look_ahead([found for source in self.sources.values() if isinstance(found := getattr(source, "found", None), Counted)])
        self._page = parameters.get("page")

    @property
    def url(self):
        return reverse("search:results")

    def _address(self, **more):
        return f"{self.url}?{urlencode({'q': self.search.typed, **more})}"

    @cached_property
    def total(self):
        return sum(source.count for source in self.sources.values()) if self.search else 0

    @property
    def tabs(self):
        """Everything, and each kind, with numbers."""
        kinds = [(source.kind, source.label, self.sources[source.kind].count) for source in SOURCES]
        everything = {"label": _("Everything"), "url": self._address(), "count": self.total, "current": not self.kind}
        return [
            everything,
            *(
                {"label": label, "url": self._address(kind=kind), "count": number, "current": kind == self.kind}
                for kind, label, number in kinds
            ),
        ]

    @property
    def sections(self):
        """Some hits of each kind that has any: what stands under "Everything"."""
        return [
            {"kind": source.kind, "label": source.label, "count": found.count, "url": self._address(kind=source.kind),
             "hits": found.hits(0, A_SHARE)}
            for source in SOURCES
            if (found := self.sources[source.kind]).count
        ]  # fmt: skip

    @cached_property
    def page_obj(self):
        """The hits of the chosen kind, on the page asked for or the nearest there is."""
        return Paginator(_Slices(self.sources[self.kind]), A_PAGE).get_page(self._page)

    @cached_property
    def suggested(self):
        """(words that were probably meant, address), where nothing was found."""
        words = self.sources["projects"].suggested if self.search.wanted and not self.total else None
        return (words, f"{self.url}?{urlencode({'q': words})}") if words else None

    @property
    def nearest(self):
        return self.sources["projects"].nearest

    @property
    def themes(self):
        return self.sources["projects"].themes
