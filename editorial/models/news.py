"""News, guides and stories, and the page that lists them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from editorial.models.pages import EditorialPage, WrittenPage
from editorial.news import ArticleList, around
from editorial.querysets import ArticleManager
from editorial.reading import minutes_to_read
from taxonomy.models import Theme


class ArticleKind(models.TextChoices):
    NEWS = "news", pgettext_lazy("article kind", "News")
    GUIDE = "guide", pgettext_lazy("article kind", "Guide")
    STORY = "story", pgettext_lazy("article kind", "Story")


class NewsIndexPage(EditorialPage):
    """All articles of its language and, with a badge, those that exist in another one only."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)

    template = "editorial/news_index_page.html"
    search_fields = [*Page.search_fields, index.SearchField("intro")]
    content_panels = [*Page.content_panels, FieldPanel("intro")]
    parent_page_types = ["editorial.HomePage"]
    subpage_types = ["editorial.ArticlePage"]

    class Meta:
        verbose_name = _("news page")
        verbose_name_plural = _("news pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = ArticleList(ArticlePage.objects, get_language(), request.GET, ArticleKind)
        return context


class ArticlePage(WrittenPage):
    """One article. With a picture it says what the picture shows; without, it wears its theme's pattern."""

    kind = models.CharField(_("kind"), max_length=8, choices=ArticleKind, default=ArticleKind.NEWS)
    date = models.DateField(_("date"), default=timezone.localdate)
    author = models.CharField(_("written by"), max_length=120, blank=True)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), blank=True, related_name="articles")
    picture = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    picture_alt = models.CharField(_("what the picture shows"), max_length=250, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ArticleManager()

    template = "editorial/article_page.html"
    search_fields = [*WrittenPage.search_fields, index.FilterField("date"), index.FilterField("kind")]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("kind"), FieldPanel("date"), FieldPanel("author")], heading=_("About the article")),
        FieldPanel("themes"),
        FieldPanel("intro"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")),
        FieldPanel("body"),
    ]
    parent_page_types = ["editorial.NewsIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def clean(self):
        """A picture without words for those who do not see it is refused. Raises `ValidationError`."""
        super().clean()
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError({"picture_alt": gettext("Write what the picture shows.")})

    def get_absolute_url(self):
        return self.address

    @property
    def minutes(self):
        return minutes_to_read(self.intro, self.body)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(around(self, request.user))
        return context
