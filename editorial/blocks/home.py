"""The sections of the home page. Editors choose, order and name them; what is live comes with the page (`live`)."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from editorial.blocks.body import BodyBlock
from editorial.blocks.links import LinkBlock


class Section(blocks.StructBlock):
    """A heading, and what stands below it."""

    title = blocks.CharBlock(label=_("Heading"), max_length=120)


class HeroBlock(Section):
    lead = blocks.TextBlock(label=_("One sentence"), max_length=300, rows=2)
    placeholder = blocks.CharBlock(label=_("Examples of what to search for"), max_length=60, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Buttons"), min_num=0, max_num=2, default=[])

    class Meta:
        template = "blocks/home_hero.html"
        icon = "home"
        label = _("Opening with search and map")


class LatestBlock(Section):
    count = blocks.IntegerBlock(label=_("How many projects"), min_value=3, max_value=12, default=4)

    class Meta:
        template = "blocks/home_latest.html"
        icon = "list-ul"
        label = _("Latest projects")


class ThemesBlock(Section):
    text = blocks.CharBlock(label=_("Text"), max_length=120, required=False)

    class Meta:
        template = "blocks/home_themes.html"
        icon = "tag"
        label = _("Themes")


class CallBlock(Section):
    """A call to action; the deep ground is for the one that matters most."""

    text = blocks.TextBlock(label=_("Text"), max_length=500, rows=3)
    links = blocks.ListBlock(LinkBlock(), label=_("Buttons"), min_num=0, max_num=2, default=[])
    deep = blocks.BooleanBlock(label=_("On a dark ground"), required=False)
    numbers = blocks.BooleanBlock(label=_("With the numbers of the region"), required=False)

    class Meta:
        template = "blocks/home_call.html"
        icon = "pick"
        label = _("Call to action")


class NumbersBlock(Section):
    class Meta:
        template = "blocks/home_numbers.html"
        icon = "order"
        label = _("Numbers of the region")


class NewsBlock(Section):
    count = blocks.IntegerBlock(label=_("How many articles"), min_value=1, max_value=9, default=3)

    class Meta:
        template = "blocks/home_news.html"
        icon = "doc-full"
        label = _("News and guides")


class ContactBlock(Section):
    text = blocks.TextBlock(label=_("Text"), max_length=500, rows=3, required=False)
    name = blocks.CharBlock(label=_("Name"), max_length=120, required=False)
    email = blocks.EmailBlock(label=_("E-mail address"), required=False)
    phone = blocks.CharBlock(label=_("Telephone"), max_length=40, required=False)

    class Meta:
        template = "blocks/home_contact.html"
        icon = "mail"
        label = _("Contact")


class TextSectionBlock(Section):
    body = BodyBlock(label=_("Text"))

    class Meta:
        template = "blocks/home_text.html"
        icon = "pilcrow"
        label = _("Free text")


class HomeSections(blocks.StreamBlock):
    hero = HeroBlock()
    latest = LatestBlock()
    themes = ThemesBlock()
    call = CallBlock()
    numbers = NumbersBlock()
    news = NewsBlock()
    contact = ContactBlock()
    text = TextSectionBlock()

    class Meta:
        block_counts = {"hero": {"max_num": 1}, "latest": {"max_num": 1}, "themes": {"max_num": 1}, "news": {"max_num": 1}}
