"""Live lists that stand between editors' words. Each is read when a template asks for it, so an unused one costs nothing."""

from functools import cached_property

from editorial.figures import facet_counts
from editorial.models.news import ArticlePage
from projects.models import Project
from taxonomy.models import Municipality, Theme

#: The most a section shows; a block takes its share of it.
MOST_PROJECTS, MOST_ARTICLES = 12, 9


class LiveLists:
    """The lists for one reader in one language of content."""

    def __init__(self, user, locale_id):
        self.user, self.locale_id = user, locale_id

    @cached_property
    def counts(self):
        return facet_counts(self.user)

    @property
    def project_count(self):
        return self.counts["all"][""]

    @cached_property
    def latest(self):
        """The newest projects, ready for cards."""
        return list(Project.objects.visible_to(self.user).listed().for_cards()[:MOST_PROJECTS])

    @cached_property
    def themes(self):
        """[(theme, number of projects)] in the order of the themes."""
        by_slug = self.counts.get("theme", {})
        return [(theme, by_slug.get(theme.slug, 0)) for theme in Theme.objects.order_by("position", "slug")]

    @cached_property
    def articles(self):
        return list(ArticlePage.objects.listed().once_each(self.locale_id).for_cards()[:MOST_ARTICLES])

    @cached_property
    def numbers(self):
        """Key numbers of the region; what is nought is left out by the template."""
        in_portal = set(Municipality.objects.in_portal().values_list("slug", flat=True))
        return {
            "projects": self.project_count,
            "municipalities": len(in_portal & self.counts.get("municipality", {}).keys()),
            "of_municipalities": len(in_portal),
            "organisations": len(self.counts.get("organisation", {})),
            "in_operation": self.counts.get("phase", {}).get("operation", 0),
        }
