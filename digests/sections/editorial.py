from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from digests.news import News, Told
from digests.sections.base import Section
from editorial.models import ArticlePage

MOST = 60  # in all languages


class Article(Section):
    """The newest article of the editors, in the reader's language where there is one; none where an issue of theirs stands.

    One that the reader could read before is no news when it comes in another language.
    """

    key = "article"
    label = _("From the editors")
    about = _("One article of the editors")
    shown = 1
    is_news = False

    def for_readers(self, chunk, cached):
        articles = cached((self.key, "articles"), lambda: self._articles(chunk))
        found = {}
        for reader in chunk.readers:
            mine = [one for one in articles if reader.since <= one.at < reader.until and not reader.issue]
            own = [one for one in mine if one.words[0][0] == reader.language]
            own = own or [one for one in mine if reader.language not in dict(one.paths)]
            found[reader.user.pk] = [Told(news, "everybody") for news in own[:1]]
        return found

    def published(self):
        return ArticlePage.objects.listed()

    def _articles(self, chunk):
        since, until = chunk.window
        rows = self.published().filter(first_published_at__gte=since, first_published_at__lt=until)
        return self.news_of(rows.order_by("-first_published_at", "-pk")[:MOST])

    def news_of(self, rows):
        """[News] of articles that everybody may read, in their order, each with the languages it is written in; two queries."""
        rows, kind = list(rows.select_related("locale")), ContentType.objects.get_for_model(ArticlePage).pk
        pages = {}
        for page in self.published().filter(translation_key__in=[row.translation_key for row in rows]).select_related("locale"):
            pages.setdefault(page.translation_key, []).append(page)
        found = []
        for row in rows:
            written = [row, *(page for page in pages.get(row.translation_key, ()) if page.pk != row.pk)]
            words = tuple((page.locale.language_code, page.title, page.intro) for page in written)
            paths = tuple((page.locale.language_code, page.url or "") for page in written)
            url = paths[0][1].removeprefix(f"/{words[0][0]}")
            found.append(News(self.key, (kind, row.pk), row.first_published_at, words, url, is_public=True, paths=paths))
        return found
