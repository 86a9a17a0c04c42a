"""Projects that answer: the catalogue's own search."""

from functools import cached_property

from django.http import QueryDict
from django.utils.html import escape
from django.utils.translation import gettext as _

from projects.catalogue import Catalogue
from projects.counts import count
from projects.enums import Phase
from projects.filters import ProjectFilter
from projects.text_search import mark_hits
from search.hits import Hit

THEMES = 6


class ProjectHits:
    """Count, hits, themes of the hits, and what comes nearest where there is none."""

    def __init__(self, question):
        self.question, self.search = question, question.search
        parameters = QueryDict(mutable=True)
        parameters["q"] = self.search.typed
        self.filter = ProjectFilter(parameters, question.user)
        self._catalogue = Catalogue(self.filter, parameters)

    @cached_property
    def _counts(self):
        return count(self.filter, shown=THEMES)

    @property
    def count(self):
        return self._counts.total

    def hits(self, start, stop):
        cards = mark_hits(list(self.filter.page(start, stop).for_cards()), self.search)
        return [_hit(card) for card in cards]

    @property
    def suggested(self):
        """(words that were probably meant) or None."""
        suggestion = self._catalogue.suggestion
        return self.search.reworded(suggestion).typed if suggestion else None

    @property
    def nearest(self):
        """Hits that have some of the words, or those that were probably meant."""
        return [_hit(card) for card in self._catalogue.nearest]

    @property
    def themes(self):
        """[(theme, projects among the hits, address in the catalogue)], the most first."""
        numbers = {term.partition(":")[2]: number for term, number in self._counts.terms.items() if term.startswith("theme:")}
        found = sorted((theme for theme in self.question.themes if theme.slug in numbers), key=lambda theme: -numbers[theme.slug])
        url = self._catalogue.url
        return [(theme, numbers[theme.slug], url + self.filter.address(theme=[theme.slug])) for theme in found[:THEMES]]


def _hit(card):
    return Hit(
        kind=_("Project"),
        icon="project",
        url=card.get_absolute_url(),
        title=card.marked.get("title") or escape(card.text["title"]),
        text=card.marked.get("summary") or escape(card.summary),
        language=card.text["language"],
        note=" · ".join(part for part in (card.place, card.organisation, str(Phase(card.phase).label)) if part),
    )
