"""Editorial pages, themes and municipalities that answer."""

from functools import cached_property

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, Func, OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from common.markup import theme_icon_name
from common.rich_text import highlight
from common.search import TextQuery, fold, sql_fold
from editorial.models.news import ArticleKind
from editorial.querysets import restricted
from editorial.translations import HOME_DEPTH, address_of
from search.hits import Counted, Excerpt, Hit, answering, marked
from taxonomy.models import Municipality

SHORTEST = 3  # letters of a word that may be the beginning of a place


class _PageVector(Func):
    """Wagtail's index entry as one vector; the title also folded, so that Koge finds Køge."""

    output_field = SearchVectorField()
    template = "%(expressions)s"

    def as_sql(self, compiler, connection, **extra):
        title = sql_fold("title_text")
        return f"(setweight(title, 'A') || setweight(body, 'C') || setweight(to_tsvector('pg_catalog.simple', {title}), 'A'))", []


def _searchable():
    """Live pages that everybody may read, with the words Wagtail keeps of them."""
    pages = Page.objects.live().exclude(restricted()).filter(depth__gt=HOME_DEPTH)
    entry = IndexEntry.objects.filter(object_id=Cast(OuterRef("pk"), TextField()), content_type=OuterRef("content_type"))
    return pages.annotate(
        vector=Subquery(entry.annotate(vector=_PageVector()).values("vector"), output_field=SearchVectorField()),
        words=Subquery(entry.values("body_text"), output_field=TextField()),
    )


class PageHits:
    """Themes and municipalities by name come first, then pages, those in the reader's language before the others."""

    def __init__(self, question):
        self.question, self.search = question, question.search
        language = "locale__language_code"
        found = answering(_searchable(), self.search, of="translation_key", language=language, reader=question.reader)
        excerpt = Excerpt("words", TextQuery(self.search.wanted, every=False), language=language)
        found = found.select_related("locale").annotate(excerpt=excerpt, article_kind=F("articlepage__kind"))
        self.found = Counted(found, "-own", "-rank", "-pk", first=question.share)

    @property
    def count(self):
        return len(self.places) + self.found.count

    @cached_property
    def places(self):
        """Themes and municipalities that the words name."""
        if not self.search.wanted or self.search.unwanted:
            return []
        themes = self.question.themes.meant_by(" ".join(self.search.words()))
        return [*(self._theme(theme) for theme in themes), *(self._municipality(place) for place in self._named())]

    def _named(self):
        """Municipalities of the region of which a name begins with the words, or with one of them."""
        words = [fold(word).casefold() for word in self.search.words() if len(word) >= SHORTEST]
        if not words:
            return []
        whole = (" ".join(words), *words)
        places = Municipality.objects.in_portal().select_related("region")
        return [place for place in places if any(fold(name).casefold().startswith(whole) for name in place.search_words())]

    def _theme(self, theme):
        return Hit(_("Theme"), theme_icon_name(theme.slug), theme.get_absolute_url(), marked(str(theme), self.search))

    def _municipality(self, place):
        return Hit(_("Municipality"), "pin", place.get_absolute_url(), marked(str(place), self.search), note=str(place.region))

    def hits(self, start, stop):
        lead = len(self.places)
        return [*self.places[start:stop], *self._page_hits(max(0, start - lead), max(0, stop - lead))]

    def _page_hits(self, start, stop):
        if stop <= start:
            return []
        return [self._page(page) for page in self.found[start:stop]]

    def _page(self, page):
        kind = ArticleKind(page.article_kind).label if page.article_kind else _("Page")
        return Hit(
            kind=str(kind),
            icon="article",
            url=address_of(page),
            title=marked(page.title, self.search),
            text=highlight(page.excerpt),
            language=page.locale.language_code,
        )
