from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from digests.news import News, Told
from digests.sections.base import Section
from editorial.models import ArticlePage


class Article(Section):
    """The newest article of the editors, in the reader's language where there is one; none where an issue of theirs stands."""

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
            own = [one for one in mine if one.words[0][0] == reader.language] or mine
            found[reader.user.pk] = [Told(news, "everybody") for news in own[:1]]
        return found

    def published(self):
        return ArticlePage.objects.listed()

    def _articles(self, chunk):
        since, until = chunk.window
        rows = self.published().filter(first_published_at__gte=since, first_published_at__lt=until)
        return self.news_of(rows.order_by("-first_published_at", "-pk")[:20])

    def news_of(self, rows):
        """[News] of articles that everybody may read, in their order."""
        kind = ContentType.objects.get_for_model(ArticlePage).pk
        found = []
        for page in rows.select_related("locale"):
            code, url = page.locale.language_code, page.url or ""
            words, path = ((code, page.title, page.intro),), url.removeprefix(f"/{code}")
            found.append(News(self.key, (kind, page.pk), page.first_published_at, words, path, is_public=True))
        return found
