"""The home page: sections that editors arrange over live lists."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from editorial.blocks.home import HomeSections
from editorial.live import RegionLists
from editorial.models.pages import EditorialPage


class HomePage(EditorialPage):
    """The first page of one language. Made by `load_reference`, one for each language of the settings."""

    sections = StreamField(HomeSections(), verbose_name=_("sections"), blank=True)

    template = "editorial/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("sections")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["editorial.StandardPage", "editorial.NewsIndexPage"]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["live"] = RegionLists(request.user, self.locale.language_code)
        return context
