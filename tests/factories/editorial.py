"""Pages under the home pages that load_reference made."""

import itertools

from editorial.models import ArticlePage, HomePage, NewsIndexPage, StandardPage

_numbers = itertools.count(1)


def home(language="en"):
    return HomePage.objects.get(locale__language_code=language)


def make_page(language="en", parent=None, page_class=StandardPage, **fields):
    """A live page below `parent`, the home page without one; `translation_of` makes it the same page in another language."""
    parent = parent or home(language)
    number = next(_numbers)
    original = fields.pop("translation_of", None)
    if original:
        fields["translation_key"] = original.translation_key
    fields = {"title": f"Page {number}", "slug": f"page-under-test-{number}", **fields}
    return parent.add_child(instance=page_class(locale=parent.locale, **fields))


def make_news(language="en", **fields):
    return make_page(language, page_class=NewsIndexPage, **{"title": "News", "slug": "news", **fields})


def make_article(parent, themes=(), **fields):
    article = make_page(parent=parent, page_class=ArticlePage, **fields)
    article.themes.set(themes)
    article.save()
    return article
