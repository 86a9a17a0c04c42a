"""The list of articles, one kind of them, in pages; and what stands beside an article."""

from functools import cached_property

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from projects.models import Project

A_PAGE = 12
RELATED = 3


class ArticleList:
    """Articles for a reader: each once, of the `kind` and on the `page` of the query. Unknown values are ignored."""

    def __init__(self, articles, language, query, kinds):
        self.articles = articles.listed().once_each(language)
        self.kinds = kinds
        self.kind = query.get("kind", "") if query.get("kind") in kinds.values else ""
        self.number = query.get("page")

    @cached_property
    def page(self):
        chosen = self.articles.filter(kind=self.kind) if self.kind else self.articles
        return Paginator(chosen.for_cards(), A_PAGE).get_page(self.number)

    def tabs(self):
        """Links to all articles and to each kind."""
        choices = [("", _("All")), *self.kinds.choices]
        return [{"label": label, "url": f"?kind={kind}" if kind else "?", "current": kind == self.kind} for kind, label in choices]


def around(article, user):
    """What stands beside an article: its themes, and the newest projects that share one."""
    themes = list(article.themes.all())
    projects = Project.objects.visible_to(user).listed()
    terms = [f"theme:{theme.slug}" for theme in themes]
    related = list(projects.filter(facet_terms__overlap=terms).for_cards()[:RELATED]) if terms else []
    return {"article_themes": themes, "related_projects": related}
