"""Words of editors over live lists: one introduction for each theme or municipality and language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail.search import index

from editorial.blocks.body import BodyBlock
from editorial.querysets import IntroductionQuerySet
from taxonomy.models import Municipality, Theme


class Introduction(TranslatableMixin, index.Indexed, models.Model):
    """A sentence and a text. The page's name is the theme's or municipality's own."""

    intro = models.TextField(_("introduction"), max_length=600)
    body = StreamField(BodyBlock(), verbose_name=_("text"), blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def content_language(self):
        return self.locale.language_code


class ThemeIntroduction(Introduction):
    """What a theme is about in this region."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="introductions", verbose_name=_("theme"))

    panels = [FieldPanel("theme"), FieldPanel("intro"), FieldPanel("body")]
    search_fields = [index.AutocompleteField("intro")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("introduction of a theme")
        verbose_name_plural = _("introductions of themes")
        constraints = [models.UniqueConstraint(fields=["theme", "locale"], name="theme_introduction_once")]

    def __str__(self):
        return str(self.theme)


class MunicipalityIntroduction(Introduction):
    """What a municipality wants to be known for."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="introductions", verbose_name=_("municipality"))

    panels = [FieldPanel("municipality"), FieldPanel("intro"), FieldPanel("body")]
    search_fields = [index.AutocompleteField("intro")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("introduction of a municipality")
        verbose_name_plural = _("introductions of municipalities")
        constraints = [models.UniqueConstraint(fields=["municipality", "locale"], name="municipality_introduction_once")]

    def __str__(self):
        return str(self.municipality)
