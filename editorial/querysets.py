"""Questions about what editors wrote."""

from django.db import models
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet


def restricted():
    """Whether a page or one above it is shown to chosen people only, as a condition on a query of pages."""
    below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(PageViewRestriction.objects.annotate(below=below).filter(below__startswith=F("page__path")))


class ArticleQuerySet(PageQuerySet):
    def listed(self):
        """Live articles that everybody may read, the newest first."""
        return self.live().exclude(restricted()).order_by("-date", "-pk")

    def visible_to(self, user):
        """What everybody may read: nobody, whoever he or she is, is shown an article that is not live in a list or a mail."""
        return self.live().exclude(restricted())

    def once_each(self, language):
        """Each article once: in this language where it exists, else in the language that was there first."""
        siblings = self.model._default_manager.live().filter(translation_key=OuterRef("translation_key")).order_by()
        own = siblings.filter(locale__language_code=language)
        earlier = siblings.filter(locale_id__lt=OuterRef("locale_id"))
        return self.filter(Q(locale__language_code=language) | ~Exists(own) & ~Exists(earlier))

    def for_cards(self):
        """With all that a card shows: language, picture, and the slug of the first theme as `first_theme`."""
        themes = self.model._meta.get_field("themes").remote_field.through._default_manager.filter(articlepage=OuterRef("pk"))
        first = Subquery(themes.order_by("theme__position", "theme__slug").values("theme__slug")[:1])
        cards = self.select_related("locale", "picture").prefetch_related("picture__renditions")
        return cards.annotate(first_theme=first).defer_streamfields()


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class IntroductionQuerySet(models.QuerySet):
    def best_for(self, language, **about):
        """The introduction in this language, else the one in the language that was there first; None without any."""
        rows = list(self.filter(**about).select_related("locale").order_by("locale_id"))
        return next((row for row in rows if row.locale.language_code == language), rows[0] if rows else None)
