"""Questions about what editors wrote."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet


def restricted():
    """Whether a page or one above it is shown to chosen people only, as a condition on a query of pages."""
    rules = PageViewRestriction.objects.annotate(below=OuterRef("path")).filter(below__startswith=F("page__path"))
    return Exists(rules)


class ArticleQuerySet(PageQuerySet):
    def listed(self):
        """Live articles that everybody may read, the newest first."""
        return self.live().exclude(restricted()).order_by("-date", "-pk")

    def once_each(self, locale_id):
        """Each article once: in this language where it exists, else in the language that was there first."""
        siblings = self.model._default_manager.live().filter(translation_key=OuterRef("translation_key"))
        own, earlier = siblings.filter(locale_id=locale_id), siblings.filter(locale_id__lt=OuterRef("locale_id"))
        return self.filter(Q(locale_id=locale_id) | ~Exists(own) & ~Exists(earlier))

    def for_cards(self):
        """With all that a card shows."""
        return self.select_related("locale", "picture").prefetch_related("themes", "picture__renditions").defer_streamfields()


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class IntroductionQuerySet(models.QuerySet):
    def best_for(self, locale_id, **about):
        """The introduction in this language, else the one in the language that was there first; None without any."""
        rows = self.filter(**about).select_related("locale").order_by("locale_id")
        return next((row for row in rows if row.locale_id == locale_id), None) or next(iter(rows), None)
