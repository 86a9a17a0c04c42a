"""What all editorial pages share, and the plain page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from common.slugs import is_path_word
from editorial.blocks.body import BodyBlock
from editorial.translations import address_of, breadcrumbs, translations_of


class EditorialPage(Page):
    """A page with a safe address, that knows its translations. `content_language` is set beside the page's own words."""

    class Meta:
        abstract = True

    @property
    def content_language(self):
        return self.locale.language_code

    @property
    def address(self):
        """Where a reader of the active language finds it, in that language or with a badge."""
        return address_of(self)

    def clean(self):
        """Refuses the words of the portal's own addresses, at any depth. Raises `ValidationError`."""
        super().clean()
        if self.slug and is_path_word(self.slug):
            raise ValidationError({"slug": gettext("The portal uses this word in its own addresses. Choose another one.")})

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(translations_of(self, request))
        context["trail"] = breadcrumbs(self)
        context["reader"] = get_language()
        return context

    def serve_preview(self, request, mode_name):
        """The page as its readers will see it, whatever the language of the editor."""
        with override(self.content_language):
            response = super().serve_preview(request, mode_name)
            if hasattr(response, "render"):
                response.render()
            return response


class WrittenPage(EditorialPage):
    """A page with a sentence that says what it is about, and a body of blocks."""

    intro = models.TextField(_("introduction"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]

    class Meta:
        abstract = True

    def headings(self):
        """(anchor, words) of the body's headings, for the list of contents."""
        return [(block.value.anchor, block.value["text"]) for block in self.body if block.block_type == "heading"]


class StandardPage(WrittenPage):
    """About, privacy, accessibility and the like; pages may stand below pages."""

    template = "editorial/standard_page.html"
    parent_page_types = ["editorial.HomePage", "editorial.StandardPage"]
    subpage_types = ["editorial.StandardPage"]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
