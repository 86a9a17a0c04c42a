"""The body of articles, pages and introductions."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from common.search import fold
from editorial.blocks.links import LinkBlock

#: What a paragraph may hold. Headings, pictures and tables are blocks of their own; embeds are off.
PARAGRAPH_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul", "h3", "superscript", "subscript"]
LINE_FEATURES = ["bold", "italic", "link"]


class HeadingValue(blocks.StructValue):
    @property
    def anchor(self):
        """The heading's id on its page, for links and the list of contents."""
        return slugify(fold(self["text"])) or "part"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)

    class Meta:
        value_class = HeadingValue
        template = "blocks/heading.html"
        icon = "title"
        label = _("Heading")


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("What was said"), max_length=600, rows=3)
    who = blocks.CharBlock(label=_("Who said it"), max_length=160, required=False)

    class Meta:
        template = "blocks/quote.html"
        icon = "openquote"
        label = _("Quotation")


class PictureBlock(blocks.StructBlock):
    """A picture always says what it shows."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("What the picture shows"), max_length=250, help_text=_("Read aloud to those who do not see the picture.")
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        template = "blocks/picture.html"
        icon = "image"
        label = _("Picture")


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("info", _("Good to know")), ("warning", _("Mind this")), ("success", _("Worked well"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=LINE_FEATURES)

    class Meta:
        template = "blocks/callout.html"
        icon = "warning"
        label = _("Callout")


class CardBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.TextBlock(label=_("Text"), max_length=300, rows=2, required=False)
    link = LinkBlock()

    class Meta:
        icon = "link"
        label = _("Card")


class CardsBlock(blocks.StructBlock):
    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1, max_num=6)

    class Meta:
        template = "blocks/cards.html"
        icon = "grip"
        label = _("Cards with links")


class DownloadBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = blocks.CharBlock(label=_("Text"), max_length=250, required=False)
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        template = "blocks/download.html"
        icon = "doc-full"
        label = _("Document to download")


class BodyBlock(blocks.StreamBlock):
    """The kinds of blocks, in the order editors are offered them."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(label=_("Text"), features=PARAGRAPH_FEATURES, template="blocks/paragraph.html", icon="pilcrow")
    checklist = blocks.ListBlock(
        blocks.RichTextBlock(label=_("Line"), features=LINE_FEATURES),
        label=_("Checklist"), template="blocks/checklist.html", icon="tick",
    )  # fmt: skip
    picture = PictureBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Words"), required=False)),
            ("number", blocks.CharBlock(label=_("Number"), required=False)),
        ],
        label=_("Table"), template="blocks/table.html", icon="table",
    )  # fmt: skip
    cards = CardsBlock()
    download = DownloadBlock()

    class Meta:
        block_counts = {"cards": {"max_num": 6}, "table": {"max_num": 20}}
