"""The list of articles: one kind or theme of them, in pages."""

from functools import cached_property

from django.core.paginator import Paginator

from projects.models import Project

A_PAGE = 12
RELATED = 3


class ArticleList:
    """Articles for a reader: each once, filtered by `kind` and `theme` of the query, unknown values ignored."""

    def __init__(self, articles, locale_id, query, kinds):
        self.articles = articles.listed().once_each(locale_id)
        self.kinds = kinds
        self.kind = query.get("kind", "") if query.get("kind") in kinds.values else ""
        self.number = query.get("page")

    @cached_property
    def page(self):
        chosen = self.articles.filter(kind=self.kind) if self.kind else self.articles
        return Paginator(chosen.for_cards(), A_PAGE).get_page(self.number)

    def tabs(self):
        """Links to all articles and to each kind."""
        choices = [("", None), *self.kinds.choices]
        return [{"value": value, "label": label, "current": value == self.kind} for value, label in choices]

    @staticmethod
    def around(article, user):
        """What stands beside an article: projects and articles of its themes."""
        themes = list(article.themes.all())
        projects = Project.objects.visible_to(user).listed()
        terms = [f"theme:{theme.slug}" for theme in themes]
        related = projects.filter(facet_terms__overlap=terms).for_cards()[:RELATED] if terms else []
        return {"article_themes": themes, "related_projects": related}
