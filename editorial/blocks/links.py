"""Links that editors set: to a page, to a part of the portal, or to another site."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from common.navigation import address
from editorial.translations import address_of

#: Parts of the portal an editor may link to. A link to a part that does not exist (yet) is not shown.
PARTS = [
    ("projects:list", _("Projects")),
    ("projects:map", _("Map")),
    ("editorial:themes", _("Themes")),
    ("editorial:municipalities", _("Municipalities")),
    ("organisations:list", _("Organisations")),
    ("livinglabs:list", _("Living labs")),
    ("workinggroups:list", _("Working groups")),
    ("events:list", _("Events")),
    ("needs:list", _("Needs")),
    ("projects:create", _("Post a project")),
    ("digests:settings", _("Weekly digest")),
    ("projects:feed", _("Feed of new projects")),
    ("search:results", _("Search")),
    ("account_signup", _("Register")),
]


class LinkValue(blocks.StructValue):
    """Where a link leads and what stands on it; `url` is empty when its target is gone."""

    @property
    def url(self):
        if self["part"]:
            return address(self["part"], get_language())
        if self["page"]:
            return address_of(self["page"]) if self["page"].live else ""
        return self["address"] or ""

    @property
    def label(self):
        if self["text"]:
            return self["text"]
        if self["part"]:
            return dict(PARTS)[self["part"]]
        return self["page"].title if self["page"] else self["address"]


class LinkBlock(blocks.StructBlock):
    """One target of three; the words may be left out where the target has a name of its own."""

    text = blocks.CharBlock(label=_("Words of the link"), required=False, max_length=80)
    part = blocks.ChoiceBlock(label=_("Part of the portal"), choices=PARTS, required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.URLBlock(label=_("Address elsewhere"), required=False, max_length=500)

    class Meta:
        value_class = LinkValue
        icon = "link"
        label = _("Link")

    def clean(self, value):
        """Exactly one target; a link elsewhere has words. Raises `StructBlockValidationError`."""
        cleaned = super().clean(value)
        targets = [name for name in ("part", "page", "address") if cleaned[name]]
        if len(targets) != 1:
            raise StructBlockValidationError(
                {"part": ValidationError(_("Choose one target: a part of the portal, a page or an address elsewhere."))}
            )
        if targets == ["address"] and not cleaned["text"]:
            raise StructBlockValidationError({"text": ValidationError(_("Write what the link leads to."))})
        return cleaned


class LinkGroupBlock(blocks.StructBlock):
    """A heading over links: one column of the footer."""

    title = blocks.CharBlock(label=_("Heading"), max_length=60)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=1, max_num=8)

    class Meta:
        icon = "list-ul"
        label = _("Column of links")
