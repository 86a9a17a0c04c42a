"""What stands on every page: names and colours of the portal, extra menu entries, the footer, single texts."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.blocks import StreamBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField, StreamField
from wagtail.models import TranslatableMixin

from common.theming import LIMITS
from editorial.blocks.body import LINE_FEATURES
from editorial.blocks.links import LinkBlock, LinkGroupBlock


def _within(name):
    """Validators for a colour's number. Inside these limits text keeps its contrast (tests/common/test_theming.py)."""
    low, high = LIMITS[name]
    return [MinValueValidator(low), MaxValueValidator(high)]


class LinkStream(StreamBlock):
    link = LinkBlock()


class ColumnStream(StreamBlock):
    column = LinkGroupBlock()


@register_setting(icon="cog")
class PortalSettings(BaseSiteSetting):
    """Name, logo and colours. What is empty comes from the installation's settings."""

    name = models.CharField(_("name of the portal"), max_length=60, blank=True)
    region = models.CharField(_("name of the region"), max_length=60, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo"),
        help_text=_("Shown at 40 × 40 pixels beside the name; PNG or WebP with a transparent ground."),
    )  # fmt: skip
    contact_email = models.EmailField(_("e-mail address for questions"), blank=True)
    brand_hue = models.PositiveSmallIntegerField(
        _("main colour: hue"), null=True, blank=True, validators=_within("brand_hue"), help_text=_("0–360 degrees. 190 is a green blue.")
    )
    brand_chroma = models.FloatField(
        _("main colour: strength"), null=True, blank=True, validators=_within("brand_chroma"),
        help_text=_("0 (grey) to 0.12. Text stays readable inside these limits, whatever the hue."),
    )  # fmt: skip
    accent_hue = models.PositiveSmallIntegerField(
        _("second colour: hue"), null=True, blank=True, validators=_within("accent_hue"), help_text=_("0–360 degrees. 50 is copper.")
    )

    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("region"), FieldPanel("logo"), FieldPanel("contact_email")], heading=_("Name")),
            MultiFieldPanel([FieldPanel("brand_hue"), FieldPanel("brand_chroma"), FieldPanel("accent_hue")], heading=_("Colours")),
        ]
    )

    class Meta:
        verbose_name = _("name and colours")


class Menu(TranslatableMixin, models.Model):
    """Entries that editors add to the main menu of one language, after the portal's own."""

    links = StreamField(LinkStream(max_num=4), verbose_name=_("links"), blank=True)

    panels = [FieldPanel("links")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        constraints = [models.UniqueConstraint(fields=["locale"], name="menu_once")]

    def __str__(self):
        return f"{self._meta.verbose_name} ({self.locale.language_code})"


class Footer(TranslatableMixin, models.Model):
    """The columns of links at the end of every page of one language."""

    columns = StreamField(ColumnStream(max_num=4), verbose_name=_("columns"), blank=True)

    panels = [FieldPanel("columns")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("footer")
        verbose_name_plural = _("footers")
        constraints = [models.UniqueConstraint(fields=["locale"], name="footer_once")]

    def __str__(self):
        return f"{self._meta.verbose_name} ({self.locale.language_code})"


class Text(TranslatableMixin, models.Model):
    """A sentence of the portal's own pages that editors may say in their own words."""

    class Place(models.TextChoices):
        NOT_FOUND = "not_found", _("Page not found")
        SEARCH_EMPTY = "search_empty", _("Search without a hit")
        THEMES = "themes", _("Introduction to the themes")
        MUNICIPALITIES = "municipalities", _("Introduction to the municipalities")

    place = models.CharField(_("where it stands"), max_length=20, choices=Place)
    text = RichTextField(_("text"), features=LINE_FEATURES, max_length=1_000)

    panels = [FieldPanel("place"), FieldPanel("text")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = [models.UniqueConstraint(fields=["place", "locale"], name="text_once")]

    def __str__(self):
        return f"{self.get_place_display()} ({self.locale.language_code})"
